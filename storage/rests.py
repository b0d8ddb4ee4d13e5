"""Posts that rest: until a place is open again, or because the bot itself waits with them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update

from storage.post_facts import PUT_OFF, PostState
from storage.posts import Post
from storage.tenancy import Session


def end_rests_in(session: Session, place: str, closed_for: Collection[str]) -> None:
    """The place was closed, for one of these words, and is open: what rests for it rests no longer."""
    _end_rests(session, Post.place == place, Post.error.in_(closed_for))


def look_anew_at_what_is_put_off(session: Session) -> None:
    """The bot waits for something else by now: each is looked at once more."""
    _end_rests(session, Post.error == PUT_OFF)


def put_off_beyond(session: Session, moment: datetime) -> list[Post]:
    """What the bot itself puts off until later than that. Locked."""
    waits = select(Post).where(Post.state == PostState.DUE, Post.error == PUT_OFF, Post.not_before > moment)
    return list(
        session.scalars(
            waits.order_by(Post.id)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )
    )


def _end_rests(session: Session, *which: ColumnElement[bool]) -> None:
    is_sure = or_(~Post.may_be_there, Post.error == PUT_OFF)
    session.execute(update(Post).where(Post.state == PostState.DUE, is_sure, *which).values(not_before=None))
