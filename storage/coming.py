"""Coming: who says that they come to a meeting, what they need there, and how many a collaborative says that it brings."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    JSON,
    Index,
    Select,
    Text,
    UniqueConstraint,
    bindparam,
    cast,
    column,
    delete,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from storage.consortia import Collaborative
from storage.database import Base
from storage.duties import Duty
from storage.meetings import Meeting
from storage.people import Person
from storage.sealing import Sealed
from storage.tenancy import OfConsortium, Session, of_the_same

WORD_OF_COMING_STAYS, NAMES_STAY = timedelta(days=7), timedelta(days=30)
"""After the meeting: what people said of coming, and that they came."""


class Need(StrEnum):
    """What somebody needs on the day, or offers for it."""

    INTERPRETER = "an interpreter"
    INTERPRETS = "interprets"
    ACCESS = "access"
    FOOD = "food"
    CHILD_CARE = "child care"


class Coming(OfConsortium, Base):
    """What one person said of one meeting: whether they come, whether it is their first, and the ids of the collaboratives whose people they know.

    `day` is the local day of the meeting when they said so. On another day nobody knows. `takes_notes`: they take notes there.
    What they need may tell of their health: `needs` and `more` are sealed.
    """

    __tablename__ = "coming"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        Index("ix_coming_person", "person_id"),
        of_the_same("meeting", "meeting_id"),
        of_the_same("person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column()
    person_id: Mapped[int] = mapped_column()
    day: Mapped[date]
    comes: Mapped[bool]
    takes_notes: Mapped[bool] = mapped_column(default=False)
    is_new: Mapped[bool] = mapped_column(default=False)
    knows: Mapped[list[int]] = mapped_column(JSON, default=list)
    needs = Sealed(str)
    more = Sealed(str)

    person: Mapped[Person] = relationship(lazy="joined", foreign_keys=[person_id])

    def comes_on(self, day: date) -> bool | None:
        """What they said of the meeting on this local day, or None where they said it of another."""
        return self.comes if self.day == day else None

    def say(self, day: date, *, comes: bool) -> None:
        """Of the meeting on that day. Who can't come takes no notes, nor does who said so of another day."""
        self.takes_notes = self.takes_notes and comes and self.day == day
        self.comes, self.day = comes, day

    def take_over(self, other: "Coming", day: date) -> None:
        """What only the other told, of a meeting that is on this local day. What was said of another day counts no more."""
        said = [one for one in (self, other) if one.day == day] or [self]
        self.comes = any(one.comes for one in said)
        self.takes_notes = any(one.takes_notes for one in said)
        self.day = said[0].day
        self.is_new, self.needed = self.is_new or other.is_new, self.needed | other.needed
        self.knows, self.more = sorted({*self.knows, *other.knows}), self.more or other.more

    @property
    def needed(self) -> frozenset[Need]:
        return frozenset(map(Need, (self.needs or "").splitlines()))

    @needed.setter
    def needed(self, needed: frozenset[Need]) -> None:
        self.needs = "\n".join(sorted(needed)) or None


class Party(OfConsortium, Base):
    """How many `people` one collaborative says that it brings to one meeting, on this local `day`, and how many of them are `new`. Who these are is sealed."""

    __tablename__ = "party"
    __table_args__ = (
        UniqueConstraint("meeting_id", "collaborative_id"),
        of_the_same("meeting", "meeting_id"),
        of_the_same("collaborative", "collaborative_id"),
        of_the_same("person", "said_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column()
    collaborative_id: Mapped[int] = mapped_column()
    day: Mapped[date]
    people: Mapped[int | None]
    new: Mapped[int | None]
    who_is_new = Sealed(str)
    said_by_id: Mapped[int] = mapped_column()

    collaborative: Mapped[Collaborative] = relationship(lazy="joined", foreign_keys=[collaborative_id])


def coming_of(session: Session, meeting: Meeting, person: Person) -> Coming | None:
    theirs = select(Coming).where(Coming.meeting_id == meeting.id, Coming.person_id == person.id)
    return session.scalar(theirs)


def party_of(session: Session, meeting: Meeting, collaborative: Collaborative) -> Party | None:
    theirs = select(Party).where(Party.meeting_id == meeting.id, Party.collaborative_id == collaborative.id)
    return session.scalar(theirs)


def those_coming(session: Session, meeting: Meeting) -> list[Coming]:
    """Who said that they come, maybe on another day, and is still among us; in the order in which they said so."""
    return list(session.scalars(_coming(meeting).order_by(Coming.id)))


def note_takers(session: Session, meeting: Meeting) -> list[Person]:
    """Who takes notes on the day on which it is by now, in the order in which they said that they come."""
    taking = _coming(meeting).where(Coming.takes_notes, Coming.day == meeting.day)
    return [one.person for one in session.scalars(taking.order_by(Coming.id))]


def _coming(meeting: Meeting) -> Select[Coming]:
    there = (Person.left_at.is_(None), Person.deactivated_at.is_(None), Person.erased_at.is_(None))
    coming = select(Coming).join(Person, Coming.person_id == Person.id)
    return coming.where(Coming.meeting_id == meeting.id, Coming.comes, *there)


def parties_of(session: Session, meeting: Meeting) -> list[Party]:
    return list(session.scalars(select(Party).where(Party.meeting_id == meeting.id).order_by(Party.id)))


def let_one_word_stand(session: Session, other: Person, person: Person) -> None:
    """Where both said something of one meeting, the person's word stands, with what only the other told."""
    for left, stays, day in said_by_both(session, other, person):
        stays.take_over(left, day)
        session.delete(left)
    session.flush()


def said_by_both(session: Session, other: Person, person: Person) -> list[tuple[Coming, Coming, date]]:
    """What the other said of a meeting, what the person said of it, and its local day."""
    theirs, own = aliased(Coming), aliased(Coming)
    both = select(theirs, own, Meeting.day).join(own, own.meeting_id == theirs.meeting_id)
    both = both.join(Meeting, Meeting.id == theirs.meeting_id)
    both = both.where(theirs.person_id == other.id, own.person_id == person.id)
    return [(left, stays, day) for left, stays, day in session.execute(both)]


A_DAY = timedelta(days=1)
AS_IT_STANDS = {"synchronize_session": False}
_BEFORE = select(Meeting.id).where(Meeting.day < bindparam("over_since"))
_SAID_MORE = or_(
    column("needs").is_not(None),
    column("more").is_not(None),
    Coming.takes_notes,
    Coming.is_new,
    cast(Coming.knows, Text) != "[]",
)


def forget_the_day(session: Session, now: datetime) -> None:
    """Forget what people said of coming to a meeting and what they did for it, but that they came, once it has been over so long on every clock on earth."""
    over = {"over_since": _over_since(now, WORD_OF_COMING_STAYS)}
    said = update(Coming).where(Coming.meeting_id.in_(_BEFORE), _SAID_MORE)
    said = said.values(sealed_needs=None, sealed_more=None, knows=[], takes_notes=False, is_new=False)
    named = update(Party).where(Party.meeting_id.in_(_BEFORE), column("who_is_new").is_not(None))
    done = delete(Duty).where(Duty.meeting_id.in_(_BEFORE))
    for forgetting in (said, named.values(sealed_who_is_new=None), done):
        session.execute(forgetting, over, execution_options=AS_IT_STANDS)


def forget_who_comes(session: Session, now: datetime) -> None:
    """Forget who came to a meeting, likewise."""
    over = {"over_since": _over_since(now, NAMES_STAY)}
    for record in (Coming, Party):
        forgetting = delete(record).where(record.meeting_id.in_(_BEFORE))
        session.execute(forgetting, over, execution_options=AS_IT_STANDS)


def _over_since(now: datetime, stays: timedelta) -> date:
    """What was before that local day has been over so long, wherever."""
    return (now - A_DAY - stays).date()
