"""Posts that wait for people: for somebody who says whether they arrived, or for somebody to whom they can go."""

from sqlalchemy import ColumnElement, select

from storage.post_facts import NOBODY, PostState
from storage.posts import Post
from storage.tenancy import Session


def of_unknown_fate(session: Session) -> list[Post]:
    """Those of which nobody knows whether they arrived, but for any that somebody is answering for just now. Locked."""
    return _each(session, Post.state == PostState.UNKNOWN)


def held_for_nobody(session: Session) -> list[Post]:
    """Those that are owed to whoever will decide, but for any that somebody is handing over just now. Locked."""
    return _each(session, Post.state == PostState.DUE, Post.place == NOBODY)


def _each(session: Session, *conditions: ColumnElement[bool]) -> list[Post]:
    free = select(Post).where(*conditions).order_by(Post.id).with_for_update(skip_locked=True)
    return list(session.scalars(free.execution_options(populate_existing=True)))
