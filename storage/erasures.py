"""Erasures: what was erased for good, and up to which day a legal hold lasts. A restored backup knows neither, so a file beside the keys does.

A mark tells nobody what was erased: it is made with the consortium's namespace, which nobody else knows. What a database has a note
of was done in it, by whatever number it is known by then. So what comes back after it is not taken for what was erased.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.consortia import Collaborative, Consortium
from storage.database import Base, one_of
from storage.inserts import insert_if_new
from storage.items import Item
from storage.legal_holds import LegalHold
from storage.people import Person
from storage.tenancy import OfConsortium, Session, across_consortia, own
from storage.tips import Tip


class Noted(StrEnum):
    PERSON = "person"
    ITEM = "item"  # its words
    TIP = "tip"  # the same
    COLLABORATIVE = "collaborative"
    CONSORTIUM = "consortium"
    HOLD = "hold"


class Note(NamedTuple):
    """`number`: of an item how often its words were removed by then; of a person, a collaborative and a day up to which a hold lasts the how manieth of that mark it is; else 0."""

    what: Noted
    mark: str
    number: int = 0


class Erasure(OfConsortium, Base):
    """One note, written in the transaction that erased."""

    __tablename__ = "erasure"
    __table_args__ = (UniqueConstraint("consortium_id", "what", "mark", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[Noted] = mapped_column(one_of(Noted))
    mark: Mapped[str]
    number: Mapped[int]
    at: Mapped[datetime]


def notes_of_person(session: Session, person: Person) -> tuple[Note, Note]:
    """In their workspace, and in whichever: a backup may know them under another one."""
    by_user_id = _next(session, Noted.PERSON, person.user_id)
    return _next(session, Noted.PERSON, person.team_id, person.user_id), by_user_id


def was_erased(session: Session, user_id: str) -> bool:
    """Whoever went by that user id."""
    theirs = Erasure.what == Noted.PERSON, Erasure.mark == _mark(session, Noted.PERSON, user_id)
    return session.scalar(select(Erasure.id).where(*theirs).limit(1)) is not None


def note_of_item(session: Session, item: Item) -> Note:
    return Note(Noted.ITEM, _mark(session, Noted.ITEM, item.id), item.removals)


def note_of_tip(session: Session, tip: Tip) -> Note:
    return Note(Noted.TIP, _mark(session, Noted.TIP, tip.id))


def note_of_collaborative(session: Session, collaborative: Collaborative) -> Note:
    return _next(session, Noted.COLLABORATIVE, collaborative.id)


def note_of_consortium(session: Session) -> Note:
    return Note(Noted.CONSORTIUM, _mark(session, Noted.CONSORTIUM))


def note_of_hold(session: Session, hold: LegalHold) -> Note:
    return _next(session, Noted.HOLD, hold.until)


def mark_of_hold(session: Session, until: date) -> str:
    """Of one that lasts up to that day."""
    return _mark(session, Noted.HOLD, until)


def said_at(session: Session, hold: LegalHold) -> datetime | None:
    """When its last day was said, the last time."""
    marked = Erasure.what == Noted.HOLD, Erasure.mark == mark_of_hold(session, hold.until)
    return session.scalar(select(func.max(Erasure.at)).where(*marked))


def note_down(session: Session, notes: Collection[Note], now: datetime) -> None:
    for note in notes:
        insert_if_new(session, Erasure, **note._asdict(), at=now)


def every_note(session: Session) -> list[Note]:
    """Of all consortia, in the order in which they were written down."""
    with across_consortia(session):
        found = session.execute(select(Erasure.what, Erasure.mark, Erasure.number).order_by(Erasure.id))
        return [Note(*row) for row in found]


def take_over(session: Session, notes: Sequence[Note], now: datetime) -> list[Note]:
    """Write down those of a file, and give those of which this database knew nothing."""
    known = {Note(*row) for row in session.execute(select(Erasure.what, Erasure.mark, Erasure.number))}
    unknown = [note for note in notes if note not in known]
    note_down(session, unknown, now)
    return unknown


def _next(session: Session, what: Noted, *named: object) -> Note:
    mark = _mark(session, what, *named)
    before = select(func.max(Erasure.number)).where(Erasure.what == what, Erasure.mark == mark)
    return Note(what, mark, (session.scalar(before) or 0) + 1)


def _mark(session: Session, what: Noted, *named: object) -> str:
    namespace = session.get_one(Consortium, own(session)).namespace
    return sha256("|".join(map(str, (namespace, what, *named))).encode()).hexdigest()
