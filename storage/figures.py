"""Figures about the outbox, for those who watch it. They count, and name nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select, true

from storage.consortia import Consortium, unconfirmed
from storage.heartbeats import workspaces_at_work
from storage.post_facts import NOBODY, PUT_OFF, PostState
from storage.posts import Post
from storage.tenancy import Session, across_consortia


def _unsent(now: datetime) -> ColumnElement[bool]:
    """Until the moment to which the bot itself has put it off, it is not missing."""
    return and_(
        Post.state.in_([PostState.DUE, PostState.SENDING]),
        Post.ts.is_(None),
        Post.place != NOBODY,
        ~and_(Post.error.is_not_distinct_from(PUT_OFF), Post.not_before > now),
    )


def _is_somebodys(session: Session) -> ColumnElement[bool]:
    """What is owed by a workspace that was mistyped is owed by nobody."""
    return Post.consortium_id.not_in([consortium.id for consortium in unconfirmed(session)])


@dataclass(frozen=True)
class Figures:
    """`oldest_due` is how long the oldest message is overdue that is not there yet.

    Edits do not count: no row says since when one is owed. `unserved` counts what is due in workspaces without a bot.
    """

    oldest_due: timedelta
    unknown: int
    unserved: int = 0


def figures(session: Session, now: datetime) -> Figures:
    with across_consortia(session):
        oldest = session.scalar(
            select(Post.due_at)
            .where(_unsent(now), Post.due_at <= now, _is_somebodys(session))
            .order_by(Post.due_at)
            .limit(1)
        )
    return Figures(
        oldest_due=now - oldest if oldest else timedelta(0),
        unknown=how_many(session, PostState.UNKNOWN),
        unserved=sum(unserved(session, now).values()),
    )


def how_many(session: Session, state: PostState, since: datetime | None = None) -> int:
    """Posts that have ended so, of those that were due since then."""
    recent = Post.due_at >= since if since else true()
    with across_consortia(session):
        return session.scalar(select(func.count()).where(Post.state == state, recent)) or 0


def how_many_unsent(session: Session, before: datetime, after: datetime | None = None) -> int:
    """Messages that are not there, of those that are due by then."""
    ripe = and_(Post.due_at <= before, Post.due_at > after if after else true(), _is_somebodys(session))
    with across_consortia(session):
        return session.scalar(select(func.count()).where(_unsent(before), ripe)) or 0


def unserved(session: Session, before: datetime) -> dict[str, int]:
    """By workspace, how many messages wait for a bot that nobody runs there, of those that are due by then.

    A bot that does not know its workspace yet may be anybody's. Where no bot ever ran, none is missed.
    """
    at_work = workspaces_at_work(session)
    if not at_work or None in at_work:
        return {}
    waiting = (
        select(Consortium.team_id, func.count())
        .join(Post, Post.consortium_id == Consortium.id)
        .where(_unsent(before), Post.due_at <= before, Consortium.team_id.not_in(at_work))
        .group_by(Consortium.team_id)
        .order_by(Consortium.team_id)
    )
    with across_consortia(session):
        return {str(team): int(count) for team, count in session.execute(waiting)}
