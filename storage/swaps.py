"""Swaps: what one host asks another, to change places with them or to host a meeting in their place."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.consortia import Collaborative
from storage.database import Base, one_of
from storage.meetings import Meeting, MeetingState
from storage.people import Person
from storage.tenancy import OfConsortium, Session, of_the_same


class SwapState(StrEnum):
    """What has become of it."""

    OPEN = "open"
    AGREED = "agreed"
    DECLINED = "declined"
    TAKEN_BACK = "taken back"
    LAPSED = "lapsed"  # one of its meetings has begun, was cancelled, or got another host, or a host has left


class Swap(OfConsortium, Base):
    """That `host`, who hosted the meeting then, asked the `other` to host it, in exchange for the other's meeting if there is one."""

    __tablename__ = "swap"
    __table_args__ = (
        of_the_same("meeting", "meeting_id"),
        of_the_same("collaborative", "host_id"),
        of_the_same("collaborative", "other_id"),
        of_the_same("meeting", "in_exchange_id"),
        of_the_same("person", "asked_by_id"),
        of_the_same("person", "answered_by_id"),
        {"sqlite_autoincrement": True},  # what is told of one is not told of another
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column()
    host_id: Mapped[int] = mapped_column()
    other_id: Mapped[int] = mapped_column()
    in_exchange_id: Mapped[int | None] = mapped_column()
    state: Mapped[SwapState] = mapped_column(one_of(SwapState))
    asked_by_id: Mapped[int] = mapped_column()
    asked_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = mapped_column()
    answered_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship(lazy="joined", foreign_keys=[meeting_id])
    in_exchange: Mapped[Meeting | None] = relationship(lazy="joined", foreign_keys=[in_exchange_id])
    host: Mapped[Collaborative] = relationship(lazy="joined", foreign_keys=[host_id])
    other: Mapped[Collaborative] = relationship(lazy="joined", foreign_keys=[other_id])
    asked_by: Mapped[Person] = relationship(lazy="joined", foreign_keys=[asked_by_id])

    @property
    def meetings(self) -> list[Meeting]:
        return [self.meeting, *([self.in_exchange] if self.in_exchange else [])]

    @property
    def first_meeting(self) -> Meeting:
        return min(self.meetings, key=lambda meeting: meeting.day)

    @property
    def holds(self) -> bool:
        """Whether its meetings are hosted as it asks."""
        is_given = self.meeting.host is self.other
        is_taken = self.in_exchange is None or self.in_exchange.host is self.host
        return is_given and is_taken and all(one.state != MeetingState.CANCELLED for one in self.meetings)

    @property
    def host_that_left(self) -> Collaborative | None:
        """Who would get a meeting by it, and is out of hosting order by now."""
        would_host = [self.other, *([self.host] if self.in_exchange else [])]
        return next((one for one in would_host if one.position is None), None)


def swap_by_id(session: Session, swap_id: int) -> Swap | None:
    return session.scalar(_with_id(swap_id))


def lock_swap(session: Session, swap_id: int) -> Swap | None:
    """The swap, locked until the transaction ends, and read after that. Its meetings are locked before it."""
    session.execute(select(Swap.id).where(Swap.id == swap_id).with_for_update())
    return session.scalar(_with_id(swap_id).execution_options(populate_existing=True))


def _with_id(swap_id: int) -> Select[Swap]:
    return select(Swap).where(Swap.id == swap_id)


def unanswered_swaps(session: Session) -> list[Swap]:
    """In the order in which they were asked for. Whether one can still be agreed to, the bot decides."""
    return list(session.scalars(select(Swap).where(Swap.state == SwapState.OPEN).order_by(Swap.id)))


def swaps_about(session: Session, meeting: Meeting) -> list[Swap]:
    """All that were ever asked for, in that order."""
    about_it = or_(Swap.meeting_id == meeting.id, Swap.in_exchange_id == meeting.id)
    return list(session.scalars(select(Swap).where(about_it).order_by(Swap.id)))
