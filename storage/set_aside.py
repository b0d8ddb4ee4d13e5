"""Set aside: words that were taken off every screen while a legal hold lasts. They stay sealed until it ends, and nobody sees them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, delete
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base
from storage.items import Item
from storage.keeping import Holds
from storage.kept import KEPT
from storage.sealing import Sealed
from storage.tenancy import OfConsortium, Session, of_the_same
from storage.traces import entries_about, publications_with

WORDS = frozenset({Holds.WORDS, Holds.NAME})


class SetAside(OfConsortium, Base):
    """What one person's columns of one row held, and when it was taken away; without a person, the consortium's.

    `words` is sealed: JSON, by the names of the columns.
    """

    __tablename__ = "set_aside"
    __table_args__ = (Index("ix_set_aside_person", "person_id"), of_the_same("person", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    of_table: Mapped[str]
    row_id: Mapped[int]
    person_id: Mapped[int | None] = mapped_column()
    words = Sealed(str)
    at: Mapped[datetime]


def set_aside(session: Session, records: Iterable[Base], now: datetime) -> None:
    """All words that stand in these rows."""
    for record in records:
        for person_id, words in _words_by_person(record).items():
            _set_aside(session, record, person_id, words, now)


def set_aside_published(session: Session, items: Sequence[Item], now: datetime) -> None:
    """All that stands of these items in agendas as they were published, in each version; as their authors'."""
    for item in items:
        for publication in publications_with(session, [item.id]):
            words = {"entries": entries_about(publication, item)}
            _set_aside(session, publication, item.proposer_id, words, now)


def _set_aside(
    session: Session, record: Any, person_id: int | None, words: dict[str, Any], now: datetime
) -> None:
    aside = SetAside(of_table=record.__tablename__, row_id=record.id, person_id=person_id, at=now)
    session.add(aside)
    session.flush()
    aside.words = json.dumps(words, ensure_ascii=False)


def _words_by_person(record: Base) -> dict[int | None, dict[str, str]]:
    """By the names of the columns, as the table of what is kept tells of them. None: the consortium's."""
    found: defaultdict[int | None, dict[str, str]] = defaultdict(dict)
    for kept in KEPT:
        if kept.table == record.__tablename__ and kept.holds & WORDS and (held := getattr(record, kept.name)):
            whose = getattr(record, kept.whose) if isinstance(kept.whose, str) else None
            found[whose][kept.name] = held
    return found


def forget_what_was_set_aside(session: Session) -> None:
    session.execute(delete(SetAside), execution_options={"synchronize_session": False})
