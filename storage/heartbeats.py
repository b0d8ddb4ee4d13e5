"""Heartbeats: when the clock of each replica last ticked."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base
from storage.tenancy import Session

BEATS_STAY = timedelta(days=7)
AS_LATELY = timedelta(minutes=2)
"""Longer than any bot takes from tick to tick."""


class Heartbeat(Base):
    """The last tick of one replica; `replica` is made anew at each start and names no machine.

    `team_id` is the workspace for which it speaks; empty while Slack has not told it.
    """

    __tablename__ = "heartbeat"

    replica: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    team_id: Mapped[str | None]


def beat(session: Session, replica: str, now: datetime, team_id: str | None = None) -> None:
    session.merge(Heartbeat(replica=replica, at=now, team_id=team_id))


def newest_beat(session: Session) -> datetime | None:
    """Of any replica."""
    return session.scalar(select(func.max(Heartbeat.at)))


def workspaces_at_work(session: Session) -> set[str | None]:
    """Those for which a bot ticked as lately as any; among them None, if one of these bots does not know its own yet."""
    newest = newest_beat(session)
    if newest is None:
        return set()
    lately = select(Heartbeat.team_id).where(Heartbeat.at >= newest - AS_LATELY)
    return set(session.scalars(lately))


def a_bot_works_for(session: Session, team_id: str, now: datetime) -> bool:
    newest = newest_beat(session)
    beats_now = newest is not None and abs(now - newest) <= AS_LATELY
    return beats_now and team_id in workspaces_at_work(session)


def forget_beats_but_those(session: Session, since: datetime, until: datetime) -> None:
    """Replicas end without a word, and come back under another name. What lies ahead was left by a clock that was ahead."""
    session.execute(delete(Heartbeat).where(or_(Heartbeat.at < since, Heartbeat.at > until)))
