"""Live meetings: what is on while people meet, and what had its turn."""

from datetime import datetime

from sqlalchemy import JSON, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base
from storage.meetings import Meeting
from storage.tenancy import OfConsortium, Session, of_the_same, prepared


class LiveMeeting(OfConsortium, Base):
    """How a meeting goes, from its start at `started_at` until somebody ends it at `ended_at`, or its time does.

    `item_id` is the item that is on `since` then; without one, people say hello, or nothing is left. Of the others `had_turn` holds the
    ids of those that are over, and `put_off` of those that come once more, after all that had no turn, in this order. `came_after` is the id
    of the item that was on before, 0 where none was, and None where nobody can go back to it. How long an item took is kept of none. `told_at`: when it was last told how much time is left.
    """

    __tablename__ = "live_meeting"
    __table_args__ = (
        UniqueConstraint("meeting_id"),
        of_the_same("meeting", "meeting_id"),
        of_the_same("item", "item_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column()
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    item_id: Mapped[int | None] = mapped_column()
    since: Mapped[datetime]
    had_turn: Mapped[list[int]] = mapped_column(JSON)
    put_off: Mapped[list[int]] = mapped_column(JSON)
    came_after: Mapped[int | None]
    told_at: Mapped[datetime]

    meeting: Mapped[Meeting] = relationship(lazy="joined", foreign_keys=[meeting_id])

    @property
    def is_at_its_opening(self) -> bool:
        return self.item_id is None and not self.had_turn and not self.put_off


_OF = prepared(select(LiveMeeting).where(LiveMeeting.meeting_id == bindparam("meeting_id")))


def live_of(session: Session, meeting: Meeting) -> LiveMeeting | None:
    """How it goes, or went, if anybody ever started it."""
    return session.scalar(_OF, {"meeting_id": meeting.id})


def is_live(session: Session, meeting: Meeting) -> bool:
    """Whether somebody has started it, and nobody has ended it."""
    live = live_of(session, meeting)
    return live is not None and live.ended_at is None


_NOT_ENDED = prepared(select(LiveMeeting).where(LiveMeeting.ended_at.is_(None)).order_by(LiveMeeting.id))


def live_meetings(session: Session) -> list[LiveMeeting]:
    """Those that nobody has ended."""
    return list(session.scalars(_NOT_ENDED))
