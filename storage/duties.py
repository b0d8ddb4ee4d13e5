"""Duties: what there is to do for a meeting besides its agenda, and which collaborative does it. Who takes notes stands with who comes."""

from datetime import date
from enum import StrEnum

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.consortia import Collaborative
from storage.database import Base, one_of
from storage.meetings import Meeting
from storage.people import Person
from storage.tenancy import OfConsortium, Session, of_the_same


class Work(StrEnum):
    """What there is to do."""

    ROOM = "room"
    FOOD = "food"
    INTERPRETER = "interpreter"
    WELCOME = "welcome"


class Duty(OfConsortium, Base):
    """That a collaborative does this for a meeting, as somebody of it said; or that person alone, where nobody knows whom they are with.

    `day` is the local day of the meeting when they said so. On another day nobody does it until somebody says so again.
    """

    __tablename__ = "duty"
    __table_args__ = (
        UniqueConstraint("meeting_id", "work"),
        of_the_same("meeting", "meeting_id"),
        of_the_same("collaborative", "collaborative_id"),
        of_the_same("person", "taken_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column()
    work: Mapped[Work] = mapped_column(one_of(Work))
    collaborative_id: Mapped[int | None] = mapped_column()
    taken_by_id: Mapped[int] = mapped_column()
    day: Mapped[date]

    collaborative: Mapped[Collaborative | None] = relationship(lazy="joined", foreign_keys=[collaborative_id])
    taken_by: Mapped[Person] = relationship(lazy="joined", foreign_keys=[taken_by_id])

    @property
    def whose(self) -> Collaborative | None:
        """Who took it alone may have said since whom they are with."""
        return self.collaborative or self.taken_by.collaborative

    @property
    def stands(self) -> bool:
        """Whether whoever took it is still among us."""
        if self.whose is not None:
            return self.whose.position is not None
        return self.taken_by.takes_part and self.taken_by.left_at is None


def duties_of(session: Session, meeting: Meeting) -> dict[Work, Duty]:
    """As they are taken for the day on which it is by now, in the order in which people read them."""
    taken = session.scalars(select(Duty).where(Duty.meeting_id == meeting.id, Duty.day == meeting.day))
    by_work = {duty.work: duty for duty in taken if duty.stands}
    return {work: by_work[work] for work in Work if work in by_work}


def let_go_of(session: Session, meeting: Meeting, work: Work) -> None:
    """Nobody does it any more."""
    taken = session.scalars(select(Duty).where(Duty.meeting_id == meeting.id, Duty.work == work))
    for duty in taken.all():
        session.delete(duty)
    session.flush()
