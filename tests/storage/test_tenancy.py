"""The guard: whatever way rows are asked for or written, they are of one consortium. The bug is planted, and seen."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, exists, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm import aliased

import storage
from storage.consortia import Consortium
from storage.inbox import Input
from storage.inserts import insert_if_new
from storage.items import Item
from storage.meetings import Meeting
from storage.tenancy import (
    CrossesConsortia,
    Session,
    across_consortia,
    enter,
    of_no_consortium,
    prepared,
    sees,
)
from storage.tips import Tip
from storage.upkeep.records import Base
from tests.builders import NOON
from tests.storage.twins import RECORDS, Twin, Twins, key_of, unguarded


@pytest.fixture
def session(among_twins: Session) -> Session:
    return among_twins


# --- Every way to ask, of every record: whose rows are found


def entity(session: Session, record: Any, _: Any) -> list[int]:
    return [row.consortium_id for row in session.scalars(select(record))]


def alias(session: Session, record: Any, _: Any) -> list[int]:
    return [row.consortium_id for row in session.scalars(select(aliased(record)))]


def queried(session: Session, record: Any, _: Any) -> list[int]:
    return [row.consortium_id for row in session.query(record)]


def column(session: Session, record: Any, _: Any) -> list[int]:
    return list(session.scalars(select(record.consortium_id)))


def computed(session: Session, record: Any, _: Any) -> list[int]:
    """Theirs is the lower number."""
    return list(session.scalars(select(func.min(record.consortium_id))))


def nested(session: Session, record: Any, _: Any) -> list[int]:
    return list(session.scalars(select(select(record.consortium_id).subquery())))


def common(session: Session, record: Any, _: Any) -> list[int]:
    return list(session.scalars(select(select(record.consortium_id).cte())))


def either(session: Session, record: Any, _: Any) -> list[int]:
    return list(session.scalars(select(record.consortium_id).union(select(record.consortium_id))))


def below(session: Session, record: Any, _: Any) -> list[int]:
    """Through a question about what is nobody's own."""
    has_one = exists(select(record.consortium_id).where(record.consortium_id == Consortium.id))
    return list(session.scalars(select(Consortium.id).where(has_one)))


def counted(session: Session, record: Any, theirs: Any) -> list[int]:
    of_theirs = record.consortium_id == theirs.consortium_id
    count = session.scalar(select(func.count()).select_from(record).where(of_theirs)) or 0
    return [theirs.consortium_id] * count


@cache
def _prepared(record: Any) -> Any:
    return prepared(select(record.consortium_id))


def asked_again(session: Session, record: Any, _: Any) -> list[int]:
    """By a question that was built for whoever asks."""
    return list(session.scalars(_prepared(record)))


def by_key(session: Session, record: Any, theirs: Any) -> list[int]:
    found = session.get(record, key_of(theirs))
    return [found.consortium_id] if found else []


def changed(session: Session, record: Any, theirs: Any) -> list[int]:
    values = {"consortium_id": theirs.consortium_id}
    of_theirs = record.consortium_id == theirs.consortium_id
    return list(
        session.scalars(update(record).where(of_theirs).values(values).returning(record.consortium_id))
    )


def deleted(session: Session, record: Any, theirs: Any) -> list[int]:
    of_theirs = record.consortium_id == theirs.consortium_id
    return list(session.scalars(delete(record).where(of_theirs).returning(record.consortium_id)))


Way = Callable[[Session, Any, Any], list[int]]
FINDS_OURS: tuple[Way, ...] = (
    entity,
    alias,
    queried,
    column,
    computed,
    nested,
    common,
    either,
    below,
    asked_again,
)
FINDS_NOTHING: tuple[Way, ...] = (counted, by_key, changed, deleted)
WAYS = FINDS_OURS + FINDS_NOTHING

each_record = pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)


def whose(session: Session, record: Any, theirs: Any) -> dict[str, set[int]]:
    """Whose rows are found, each way; what it does is taken back."""
    found = {}
    for way in WAYS:
        with session.begin_nested() as tried:
            try:
                found[way.__name__] = set(way(session, record, theirs))
            except IntegrityError:  # others' rows point at what it was about to delete
                found[way.__name__] = {theirs.consortium_id}
            tried.rollback()
    return found


@each_record
def test_whatever_way_it_is_asked_only_ours_is_found(session: Session, twins: Twins, record: Any) -> None:
    ours, theirs = (twin.row(record) for twin in twins)

    found = whose(session, record, theirs)
    assert found == {way.__name__: {ours.consortium_id} for way in FINDS_OURS} | {
        way.__name__: set() for way in FINDS_NOTHING
    }


@each_record
def test_with_the_bug_planted_theirs_is_found_whatever_way_it_is_asked(
    session: Session, twins: Twins, record: Any
) -> None:
    theirs = twins[1].row(record)
    _prepared(record)  # nobody could prepare it meanwhile: it would be refused

    with unguarded(record):
        found = whose(session, record, theirs)
    missed = {way for way, owners in found.items() if theirs.consortium_id not in owners}
    assert missed == {"by_key"}  # what `get` finds is looked at once more


@each_record
def test_without_a_consortium_nothing_can_be_asked(session: Session, twins: Twins, record: Any) -> None:
    session.info.clear()

    for way in WAYS:
        with pytest.raises(CrossesConsortia):
            way(session, record, twins[1].row(record))


@pytest.mark.parametrize("sight", ["nobody", "ours"])
def test_what_cannot_be_narrowed_is_refused(session: Session, twins: Twins, sight: str) -> None:
    if sight == "nobody":
        session.info.clear()
    assert twins

    for statement in (
        text("SELECT 1"),
        select(Item.__table__),
        insert(Item).values(id=1),
        delete(Item.__table__),
    ):
        with pytest.raises(CrossesConsortia):
            session.execute(statement)


MEETINGS = Meeting.__table__
THROUGH_TABLES = {
    "a table": select(Item.__table__),
    "one beside a record": select(Item.id).join(MEETINGS, MEETINGS.c.id == Item.meeting_id),
    "one within": select(Item.id).where(Item.meeting_id.in_(select(MEETINGS.c.id))),
    "one under another name": select(Item.id).where(Item.id.in_(select(Item.__table__.alias("other").c.id))),
    "plain text": text("SELECT id FROM item"),
}


@pytest.mark.parametrize("way", THROUGH_TABLES)
def test_what_cannot_be_narrowed_is_not_even_prepared(way: str) -> None:
    with pytest.raises(CrossesConsortia, match="not narrowed"):
        prepared(THROUGH_TABLES[way])


def test_what_was_prepared_asks_for_the_rows_of_whoever_asks(session: Session, twins: Twins) -> None:
    def whose_items() -> list[int]:
        return list(session.scalars(_prepared(Item)))

    ours, theirs = (twin.consortium.id for twin in twins)
    assert set(whose_items()) == {ours}
    session.info.clear()
    enter(session, theirs)
    assert set(whose_items()) == {theirs}
    with across_consortia(session), pytest.raises(CrossesConsortia):
        whose_items()


def test_only_what_is_of_no_consortium_is_asked_without_one(session: Session, twins: Twins) -> None:
    session.info.clear()
    assert session.scalars(of_no_consortium(select(Consortium.id))).all() == sorted(
        twin.consortium.id for twin in twins
    )
    with pytest.raises(CrossesConsortia):
        of_no_consortium(
            select(Consortium).where(exists(select(Item.id).where(Item.consortium_id == Consortium.id)))
        )


@each_record
def test_what_is_in_memory_is_found_by_its_owner_alone(session: Session, twins: Twins, record: Any) -> None:
    key = key_of(twins[1].row(record))
    with across_consortia(session):
        loaded = session.get_one(record, key)
        assert session.get(record, key) is loaded

    assert session.get(record, key) is None
    with pytest.raises(NoResultFound):
        session.get_one(record, key)


# --- What is written


def test_what_is_new_is_of_the_consortium_that_was_entered(session: Session, twins: Twins) -> None:
    new = Input(key="new", at=NOON)
    session.add(new)
    session.flush()
    assert insert_if_new(session, Input, key="newer", at=NOON)

    with across_consortia(session):
        owners = session.scalars(select(Input.consortium_id).where(Input.key.in_(["new", "newer"])))
        assert set(owners) == {twins[0].consortium.id}


def a_new_row(_: Session, theirs: Twin) -> Input:
    return Input(consortium_id=theirs.consortium.id, key="new", at=NOON)


def a_changed_row(session: Session, theirs: Twin) -> Item:
    with across_consortia(session):
        item = session.get_one(Item, theirs.item.id)
    item.title = "Ours"
    return item


def a_row_taken_over(session: Session, theirs: Twin) -> Item:
    with across_consortia(session):
        item = session.get_one(Item, theirs.loose_item.id)
    item.consortium_id = sees(session)
    return item


@pytest.mark.parametrize(
    "a_row", [a_new_row, a_changed_row, a_row_taken_over], ids=lambda a_row: a_row.__name__
)
def test_nothing_is_written_into_another_consortium_or_taken_from_it(
    session: Session, twins: Twins, a_row: Callable[[Session, Twin], Any]
) -> None:
    session.add(a_row(session, twins[1]))

    with pytest.raises(CrossesConsortia):
        session.flush()
    session.expunge_all()


def test_nothing_of_another_consortium_is_deleted(session: Session, twins: Twins) -> None:
    with across_consortia(session):
        session.delete(tip := session.get_one(Tip, twins[1].tip.id))
        session.info.update(consortium=twins[0].consortium.id)
        with pytest.raises(CrossesConsortia):
            session.flush()
        session.expunge(tip)


def test_nothing_is_inserted_into_another_consortium(session: Session, twins: Twins) -> None:
    with pytest.raises(CrossesConsortia):
        insert_if_new(session, Input, consortium_id=twins[1].consortium.id, key="new", at=NOON)


def test_without_a_consortium_nothing_is_written(session: Session, twins: Twins) -> None:
    session.info.clear()

    with pytest.raises(CrossesConsortia):
        insert_if_new(session, Input, consortium_id=twins[0].consortium.id, key="new", at=NOON)
    session.add(a_new_row(session, twins[0]))
    with pytest.raises(CrossesConsortia):
        session.flush()
    session.expunge_all()


# --- Sight


def test_from_one_consortium_there_is_no_way_into_another(session: Session, twins: Twins) -> None:
    ours, theirs = (twin.consortium.id for twin in twins)
    enter(session, ours)

    with pytest.raises(CrossesConsortia):
        enter(session, theirs)
    assert sees(session) == ours


def test_who_looked_across_sees_one_again_also_after_an_error(session: Session, twins: Twins) -> None:
    with pytest.raises(LookupError), across_consortia(session):
        raise LookupError
    assert sees(session) == twins[0].consortium.id


LOOKS_ACROSS = {
    "storage/consortia.py": 2,
    "storage/erasures.py": 1,
    "storage/figures.py": 4,
    "storage/outbox_doubted.py": 1,
    "storage/upkeep/last_activity.py": 1,
    "storage/upkeep/note_gap.py": 1,
    "storage/use.py": 3,
}
WAYS_AROUND = re.compile(r"\.connection\(|__table__|\bbulk_|from_statement|exec_driver_sql|\btext\(|info\[")
BELOW_THE_GUARD = {
    "storage/postgres_revision.py",  # it asks for the revision alone
    *(f"storage/{name}.py" for name in ("database", "followed_file", "inserts", "sqlite", "tenancy")),
    *(f"storage/upkeep/{name}.py" for name in ("backup", "inspection", "lost_numbers", "resealing")),
    *(f"storage/upkeep/{name}.py" for name in ("schema", "wiping")),
}


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    project = Path(storage.__file__).parents[1]
    for folder in folders:
        for path in (project / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path.relative_to(project).as_posix(), path.read_text(encoding="utf-8")


def test_only_inserts_of_rows_that_are_held_pass_the_guard() -> None:
    around = {
        name for name, code in sources("storage", "bot", "handlers", "program") if "inserts_own_rows(" in code
    }
    assert around == {"storage/inserts.py", "storage/tenancy.py"}


def test_only_these_look_across() -> None:
    found = {
        name: code.count("with across_consortia(")
        for name, code in sources("storage", "bot", "handlers", "program")
    }
    assert {name: times for name, times in found.items() if times} == LOOKS_ACROSS


def test_nothing_goes_around_the_guard() -> None:
    around = {name for name, code in sources("storage") if WAYS_AROUND.search(code)}
    assert around <= BELOW_THE_GUARD


def test_every_table_belongs_to_a_consortium() -> None:
    owned = {record.__tablename__ for record in RECORDS}
    assert Base.metadata.tables.keys() - owned == {"consortium", "heartbeat"}
    assert all("consortium_id" in Base.metadata.tables[table].columns for table in owned)
