"""Figures about the outbox, for those who watch it. They count, and name nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from storage.outbox import Post, PostState
from storage.tenancy import Session, across_consortia


@dataclass(frozen=True)
class Figures:
    """`oldest_due` is how long the oldest message is overdue that is not there yet.

    Edits do not count: no row says since when one is owed.
    """

    oldest_due: timedelta
    unknown: int


def figures(session: Session, now: datetime) -> Figures:
    unsent = Post.state.in_([PostState.DUE, PostState.SENDING])
    with across_consortia(session):
        oldest = session.scalar(
            select(Post.due_at)
            .where(unsent, Post.ts.is_(None), Post.due_at <= now)
            .order_by(Post.due_at)
            .limit(1)
        )
        unknown = session.scalar(select(func.count()).where(Post.state == PostState.UNKNOWN))
    return Figures(oldest_due=now - oldest if oldest else timedelta(0), unknown=unknown or 0)
