"""What of the outbox can't be trusted as it stands: after a restore, and after a clock that was ahead."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select, update

from storage.happenings import ClockSetBack
from storage.post_facts import PostState
from storage.post_life import CLOCKS_DIFFER_BY
from storage.posts import Post
from storage.tenancy import Session, across_consortia


def mark_what_may_have_been_sent(session: Session, since: datetime, not_before: datetime) -> int:
    """After a restore: what was not sent by `since` may have been sent later, also before it was due.

    From `not_before` on it is looked for, and sent only if it is not there.
    """
    unsent = and_(Post.state.in_([PostState.DUE, PostState.SENDING, PostState.FAILED]), Post.ts.is_(None))
    marking = (
        update(Post)
        .where(unsent)
        .values(
            may_be_there=True,
            tried_version=0,  # what stands there may say anything
            state=case((Post.state == PostState.SENDING, PostState.DUE), else_=Post.state),
            fence=case((Post.fence > 0, Post.fence + 1), else_=0),
            lease_until=None,
            not_before=not_before,
            first_tried_at=func.coalesce(Post.first_tried_at, since),
        )
    )
    with across_consortia(session):
        return len(session.execute(marking.returning(Post.id)).all())


def set_back(session: Session, now: datetime, setting: Callable[[Post], ClockSetBack]) -> list[Post]:
    """Take back what a clock that was ahead did to what is owed, or may stand there twice. It gives those that are due sooner by it."""
    late = now + CLOCKS_DIFFER_BY
    waits = or_(Post.due_at > late, Post.lease_until > late, Post.not_before > late, Post.sweep_at > late)
    ahead = select(Post).where(or_(waits, Post.first_tried_at > late, Post.sent_at > late))
    sooner = []
    for post in session.scalars(ahead.with_for_update(skip_locked=True)):
        due = post.due_at
        post.live_through(setting(post), now)
        if post.due_at < due:
            sooner.append(post)
    return sooner
