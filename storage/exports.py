"""Exports: all that is kept about one person, or of the whole consortium, by the table of what is kept."""

from typing import Any

from sqlalchemy import select

from storage.by_table import attribute_of, record_of
from storage.consortia import Collaborative, Consortium
from storage.items import Item
from storage.keeping import Export, Kept, Rows, Tie
from storage.kept import KEPT
from storage.kept_rows import ROWS
from storage.meetings import Meeting
from storage.people import Person
from storage.posts import Post
from storage.tenancy import Session, own

OF_COLLABORATIVE = {
    "collaborative": "id",
    "meeting": "host_id",
    "attendance": "collaborative_id",
    "party": "collaborative_id",
    "duty": "collaborative_id",
}
"""By table, the column that points to the collaborative to which a row belongs."""
Exported = dict[str, Any]
"""A row: what it holds by the names of its columns."""


def rows_of_person(session: Session, person: Person) -> dict[str, list[Exported]]:
    """By what these rows are to them. What is sealed is opened."""
    return {
        tie.called: [
            _named(session, _row(one, _columns_of(rows, tie))) for one in _theirs(session, rows, tie, person)
        ]
        for rows in ROWS
        for tie in rows.ties
    }


def rows_of_consortium(session: Session) -> dict[str, list[Exported]]:
    """By table. Numbers point from one to the other."""
    return {
        rows.table: [_row(one, columns) for one in _all(session, rows.table)]
        for rows in ROWS
        if (columns := _columns_of_consortium(rows))
    }


def rows_of_collaborative(session: Session, collaborative: Collaborative) -> dict[str, list[Exported]]:
    """By table, what points to it and is nobody's alone: itself, how many came of it, what it brings, and the meetings that it hosted."""
    return {
        rows.table: [_row(one, columns) for one in _pointing(session, rows.table, collaborative)]
        for rows in ROWS
        if rows.table in OF_COLLABORATIVE and (columns := _columns_of_consortium(rows))
    }


def _pointing(session: Session, table: str, collaborative: Collaborative) -> list[Any]:
    record = record_of(table)
    points = attribute_of(record, OF_COLLABORATIVE[table])
    theirs = select(record).where(points == collaborative.id)
    return list(session.scalars(theirs.order_by(*record.__mapper__.primary_key)))


def _columns_of(rows: Rows, tie: Tie) -> list[str]:
    words = [kept.name for kept in _kept_in(rows.table, Export.PERSON) if kept.whose == tie.column]
    return [*words, *tie.told, *tie.shows]


def _columns_of_consortium(rows: Rows) -> list[str]:
    words = [kept.name for kept in _kept_in(rows.table, Export.CONSORTIUM)]
    return [*rows.shows, *words] if rows.shows else []


def _kept_in(table: str, export: Export) -> list[Kept]:
    return [kept for kept in KEPT if kept.table == table and export in kept.exports]


def _row(record: Any, columns: list[str]) -> Exported:
    return {column: getattr(record, column) for column in columns}


def _theirs(session: Session, rows: Rows, tie: Tie, person: Person) -> list[Any]:
    """A person's direct messages are known by their user id. What was never told is no news of theirs."""
    record = record_of(rows.table)
    points = attribute_of(record, tie.column)
    is_theirs = points == (person.user_id if record is Post and tie.column == "place" else person.id)
    return list(session.scalars(select(record).where(is_theirs).order_by(*record.__mapper__.primary_key)))


def _all(session: Session, table: str) -> list[Any]:
    """What nobody but its author ever saw is theirs alone."""
    record = record_of(table)
    if record is Consortium:
        return [session.get_one(Consortium, own(session))]
    every = select(record).order_by(*record.__mapper__.primary_key)
    return list(session.scalars(every.where(Item.submitted_at.is_not(None)) if record is Item else every))


def _named(session: Session, row: Exported) -> Exported:
    """A collaborative by its name, and a meeting by its day: their numbers would tell nothing."""
    named = dict(row)
    if "collaborative_id" in row:
        there = session.get(Collaborative, named.pop("collaborative_id") or 0)
        named["collaborative"] = there.name if there else None
    if "meeting_id" in row:
        meeting = session.get(Meeting, named.pop("meeting_id") or 0)
        named["meeting"] = meeting.day if meeting else None
    return named
