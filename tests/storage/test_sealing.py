"""What is sealed opens in its own cell and with its own key, and nowhere else."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import select, update

from storage.consortia import Consortium
from storage.database import Database
from storage.items import Item, Reason
from storage.keys import KeyRing, a_key
from storage.sealing import CannotOpen, Cell, NoKeys, key_of, seal, unseal
from storage.tenancy import Session, across_consortia
from storage.upkeep.resealing import cells, closed_cells
from tests.builders import a_consortium, a_person, an_item
from tests.keys import RING

CANARY = "canary-91d4"
CELL = Cell(1, "item", "note", 7)


def cell_of(item: Item, column: str) -> Cell:
    return Cell(item.consortium_id, "item", column, item.id)


def an_item_not_taken(session: Session, consortium: Consortium, note: str = CANARY) -> Item:
    with across_consortia(session):
        item = an_item(session, a_person(session, consortium, user_id=f"U{note}"))
        item.reason, item.note = Reason.OTHER, note
    return item


def an_item_of_ours(session: Session) -> Item:
    with across_consortia(session):
        return an_item(session, a_person(session, a_consortium(session)))


def test_a_text_comes_back_as_it_was() -> None:
    for text in ("", "a", "\0", "é 👩🏽‍🚒\n", "v1.tests.AAAA", "x" * 31, "x" * 32, "x" * 20_000):
        assert unseal(RING, CELL, seal(RING, CELL, text)) == text


def test_the_same_text_is_never_sealed_the_same_way() -> None:
    assert len({seal(RING, CELL, CANARY) for _ in range(100)}) == 100


def test_no_reason_is_known_by_its_length() -> None:
    assert len({len(seal(RING, CELL, reason)) for reason in Reason}) == 1


@pytest.mark.parametrize(
    "other",
    [
        Cell(2, "item", "note", 7),
        Cell(1, "tip", "note", 7),
        Cell(1, "item", "reason", 7),
        Cell(1, "item", "note", 8),
    ],
    ids=["consortium", "table", "column", "row"],
)
def test_in_another_cell_it_does_not_open(other: Cell) -> None:
    with pytest.raises(CannotOpen) as refused:
        unseal(RING, other, seal(RING, CELL, CANARY))
    assert refused.value.cell == other


def test_what_was_changed_anywhere_does_not_open() -> None:
    sealed = seal(RING, CELL, CANARY)
    for at, letter in enumerate(sealed):
        with pytest.raises(CannotOpen):
            unseal(RING, CELL, sealed[:at] + ("B" if letter == "A" else "A") + sealed[at + 1 :])
        with pytest.raises(CannotOpen):
            unseal(RING, CELL, sealed[:at])


def test_another_key_of_the_same_name_does_not_open_it() -> None:
    with pytest.raises(CannotOpen):
        unseal(KeyRing({"tests": a_key()[1]}), CELL, seal(RING, CELL, CANARY))


def test_an_unknown_key_is_said_without_a_word_of_what_is_sealed() -> None:
    sealed = seal(KeyRing(dict([a_key()])), CELL, CANARY)
    with pytest.raises(CannotOpen) as refused:
        unseal(RING, CELL, sealed)
    assert str(refused.value) == "item.note of row 7 does not open"


def test_a_plain_text_is_never_shown_for_a_sealed_one() -> None:
    for plain in (CANARY, "v1.0 is better", f"v1.tests.{CANARY}"):
        assert key_of(plain) is None
        with pytest.raises(CannotOpen):
            unseal(RING, CELL, plain)


def test_a_record_is_plain_to_its_holder_and_sealed_in_its_table(session: Session, ours: Consortium) -> None:
    item = an_item_not_taken(session, ours)
    assert (item.reason, item.note) == (Reason.OTHER, CANARY)

    row = session.connection().execute(select(Item.__table__)).mappings().one()
    assert [key_of(row[column]) for column in ("reason", "note")] == ["tests", "tests"]
    assert CANARY not in repr(row)
    assert unseal(RING, cell_of(item, "note"), row["note"]) == CANARY


def test_a_record_opens_also_when_its_session_is_closed(database: Database) -> None:
    with database.transaction() as session:
        written = an_item_not_taken(session, a_consortium(session))
    with database.transaction(1) as session:
        read = session.scalars(select(Item)).one()
    assert (written.note, read.note, read.reason) == (CANARY, CANARY, Reason.OTHER)


def test_what_another_wrote_meanwhile_opens_too(database: Database) -> None:
    with database.transaction() as session:
        known = an_item_of_ours(session)
    with database.transaction(1) as session:
        session.get_one(Item, known.id).note = CANARY
    with database.transaction(1) as session:
        session.add(known)
        session.refresh(known)
    assert known.note == CANARY


def test_nothing_is_nothing_and_needs_no_key(database: Database) -> None:
    without_keys = Database(database.engine.url.render_as_string(hide_password=False))
    with without_keys.transaction() as session, across_consortia(session):
        item = an_item_of_ours(session)
        item.note = None
        assert (item.reason, item.note) == (None, None)
        with pytest.raises(NoKeys):
            item.note = CANARY
    without_keys.close()


def test_a_row_that_has_no_id_yet_seals_nothing(session: Session, ours: Consortium) -> None:
    item = Item(consortium_id=ours.id)
    session.add(item)
    with (
        session.no_autoflush,
        pytest.raises(ValueError, match=r"item\.note is sealed for a row that has no id"),
    ):
        item.note = CANARY
    session.expunge(item)


def test_what_stands_in_another_cell_is_refused_every_time(database: Database) -> None:
    """Every sealed cell is put in every other one: of another row, of another column, of another consortium."""
    with database.transaction() as session:
        consortia = [a_consortium(session, team_id=team) for team in ("T0OURS", "T0THEIRS")]
        ids = [
            an_item_not_taken(session, one, f"{CANARY} {one.id} {n}").id for one in consortia for n in "ab"
        ]
    places = [(item_id, column) for item_id in ids for column in ("reason", "note")]
    moves = list(permutations(places, 2))
    assert len(moves) == 56
    assert sum(_is_refused(database, *move) for move in moves) == len(moves)


def _is_refused(database: Database, source: tuple[int, str], target: tuple[int, str]) -> bool:
    """Put a sealed text into another cell, look at it there, and take it all back."""
    table = Item.__table__
    with Session(database.engine, info={"keys": RING}) as session, across_consortia(session):
        moved = select(table.c[source[1]]).where(table.c.id == source[0]).scalar_subquery()
        session.connection().execute(update(table).where(table.c.id == target[0]).values({target[1]: moved}))
        item = session.get_one(Item, target[0])
        with pytest.raises(CannotOpen) as refused:
            getattr(item, target[1])
        found = closed_cells(session.connection(), RING)
        return found == [refused.value.cell] == [cell_of(item, target[1])]


def test_every_cell_that_is_sealed_is_found(session: Session, ours: Consortium, others: Consortium) -> None:
    items = [an_item_not_taken(session, one, f"{CANARY} {one.id}") for one in (ours, others)]
    found: Iterator[Any] = (cell for cell, _ in cells(session.connection()))
    assert set(found) == {cell_of(item, column) for item in items for column in ("reason", "note")}
    assert closed_cells(session.connection(), RING) == []
