"""Figures about the outbox, for those who watch it. They count, and name nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, select, true

from storage.outbox import Post
from storage.post_facts import PostState
from storage.tenancy import Session, across_consortia

_UNSENT = and_(Post.state.in_([PostState.DUE, PostState.SENDING]), Post.ts.is_(None))


@dataclass(frozen=True)
class Figures:
    """`oldest_due` is how long the oldest message is overdue that is not there yet.

    Edits do not count: no row says since when one is owed.
    """

    oldest_due: timedelta
    unknown: int


def figures(session: Session, now: datetime) -> Figures:
    with across_consortia(session):
        oldest = session.scalar(
            select(Post.due_at).where(_UNSENT, Post.due_at <= now).order_by(Post.due_at).limit(1)
        )
    unknown = how_many(session, PostState.UNKNOWN)
    return Figures(oldest_due=now - oldest if oldest else timedelta(0), unknown=unknown)


def how_many(session: Session, state: PostState, since: datetime | None = None) -> int:
    """Posts that have ended so, of those that were due since then."""
    recent = Post.due_at >= since if since else true()
    with across_consortia(session):
        return session.scalar(select(func.count()).where(Post.state == state, recent)) or 0


def how_many_unsent(session: Session, before: datetime, after: datetime | None = None) -> int:
    """Messages that are not there, of those that are due by then."""
    ripe = and_(Post.due_at <= before, Post.due_at > after if after else true())
    with across_consortia(session):
        return session.scalar(select(func.count()).where(_UNSENT, ripe)) or 0
