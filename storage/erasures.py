"""Erasures: what was erased for good, and up to which day a legal hold lasts. A restored backup knows neither, so a file beside the keys does.

A mark tells nobody what was erased: it is made with the consortium's namespace, which nobody else knows.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import UniqueConstraint, select
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
    """`number`: of an item how often its words were removed by then; of a hold its last day, as Python counts days; else 0."""

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


def note_of_person(session: Session, person: Person) -> Note:
    return Note(Noted.PERSON, _mark(session, Noted.PERSON, person.id, person.team_id, person.user_id))


def note_of_item(session: Session, item: Item) -> Note:
    return Note(Noted.ITEM, _mark(session, Noted.ITEM, item.id), item.removals)


def note_of_tip(session: Session, tip: Tip) -> Note:
    return Note(Noted.TIP, _mark(session, Noted.TIP, tip.id))


def note_of_collaborative(session: Session, collaborative: Collaborative) -> Note:
    return Note(Noted.COLLABORATIVE, _mark(session, Noted.COLLABORATIVE, collaborative.id))


def note_of_consortium(session: Session) -> Note:
    return Note(Noted.CONSORTIUM, _mark(session, Noted.CONSORTIUM))


def note_of_hold(session: Session, hold: LegalHold | None) -> Note:
    """Without one it is of none that would last."""
    return Note(Noted.HOLD, _mark(session, Noted.HOLD), hold.until.toordinal() if hold else 0)


def note_down(session: Session, notes: Collection[Note], now: datetime) -> None:
    for note in notes:
        insert_if_new(session, Erasure, **note._asdict(), at=now)


def every_note(session: Session) -> list[Note]:
    """Of all consortia, in the order in which they were written down."""
    with across_consortia(session):
        found = session.execute(select(Erasure.what, Erasure.mark, Erasure.number).order_by(Erasure.id))
        return [Note(*row) for row in found]


def _mark(session: Session, what: Noted, *named: object) -> str:
    namespace = session.get_one(Consortium, own(session)).namespace
    return sha256("|".join(map(str, (namespace, what, *named))).encode()).hexdigest()
