"""Heartbeats: when the clock of each replica last ticked."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base
from storage.tenancy import Session


class Heartbeat(Base):
    """The last tick of one replica; `replica` is made anew at each start and names no machine."""

    __tablename__ = "heartbeat"

    replica: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


def beat(session: Session, replica: str, now: datetime) -> None:
    session.merge(Heartbeat(replica=replica, at=now))


def last_beat(session: Session, replica: str) -> datetime | None:
    heartbeat = session.get(Heartbeat, replica)
    return heartbeat.at if heartbeat else None


def newest_beat(session: Session) -> datetime | None:
    """Of any replica."""
    return session.scalar(select(func.max(Heartbeat.at)))


def forget_beats_before(session: Session, moment: datetime) -> None:
    """Replicas end without a word, and come back under another name."""
    session.execute(delete(Heartbeat).where(Heartbeat.at < moment))
