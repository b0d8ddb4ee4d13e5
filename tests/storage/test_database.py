"""Transactions, moments, and what SQLite needs to be safe."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, inspect, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from storage.consortia import Consortium, consortium_of
from storage.database import Database, unless_taken
from storage.heartbeats import Heartbeat
from storage.inserts import insert_if_new
from storage.people import Person
from storage.sqlite import has_the_wal_fix
from storage.tenancy import Session, across_consortia
from storage.troubles import DatabaseTrouble
from tests.at_once import at_once
from tests.builders import NOON, a_consortium

TIMES, THREADS = 20, 4


def test_what_was_done_is_there_after_the_end(database: Database) -> None:
    with database.transaction() as session:
        a_consortium(session)

    with database.transaction() as session:
        assert consortium_of(session, "T0SISTER") is not None


def test_an_exception_takes_everything_back_and_comes_out_as_it_is(database: Database) -> None:
    def fails(session: Session) -> None:
        a_consortium(session)
        raise LookupError("this one")

    with pytest.raises(LookupError, match="this one"), database.transaction() as session:
        fails(session)

    with database.transaction() as session:
        assert consortium_of(session, "T0SISTER") is None


async def test_a_unit_is_committed_before_its_answer_comes_and_its_records_can_still_be_read(
    database: Database,
) -> None:
    consortium = await database.run(a_consortium)

    assert (consortium.name, consortium.created_at) == ("Sister Peace Initiatives", NOON)
    known = await database.run(lambda session: consortium_of(session, "T0SISTER"))
    assert known is not None


async def test_the_exception_of_a_unit_comes_out_and_takes_it_back(database: Database) -> None:
    def fails(session: Session) -> None:
        a_consortium(session)
        raise LookupError("this one")

    with pytest.raises(LookupError, match="this one"):
        await database.run(fails)
    assert await database.run(lambda session: consortium_of(session, "T0SISTER")) is None


async def test_units_run_beside_the_event_loop(database: Database) -> None:
    here = threading.get_ident()

    there = await asyncio.gather(*(database.run(lambda _: threading.get_ident()) for _ in range(3)))
    assert here not in there


def count_up(session: Session) -> None:
    """Read, then write what was read: the way in which updates get lost. SQLite locks no rows, and needs none."""
    consortium = session.query(Consortium).with_for_update().one()
    consortium.told_after_minutes += 1


def test_no_update_is_lost_and_nobody_finds_it_locked(database: Database) -> None:
    with database.transaction() as session:
        a_consortium(session, told_after_minutes=0)

    def work() -> None:
        for _ in range(TIMES):
            with database.transaction() as session:
                count_up(session)

    with ThreadPoolExecutor(THREADS) as threads:
        for working in [threads.submit(work) for _ in range(THREADS)]:
            working.result()
    with database.transaction() as session:
        consortium = consortium_of(session, "T0SISTER")
        assert consortium is not None
        assert consortium.told_after_minutes == TIMES * THREADS


@pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")
@pytest.mark.usefixtures("founded")
async def test_of_two_that_wait_for_each_other_both_are_done(database: Database) -> None:
    both_hold_one = threading.Barrier(2)
    first_tries = {"one", "other"}

    def take(session: Session, name: str, *people: int) -> str:
        for person in people:
            with across_consortia(session):
                session.execute(select(Person.id).where(Person.id == person).with_for_update())
            if name in first_tries:
                first_tries.remove(name)
                both_hold_one.wait(timeout=20)
        return name

    done = await asyncio.gather(
        database.run(lambda session: take(session, "one", 1, 2)),
        database.run(lambda session: take(session, "other", 2, 1)),
    )
    assert done == ["one", "other"]


@pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")
def test_who_has_to_give_way_each_time_is_told_so_in_a_line(database: Database) -> None:
    def gives_way(session: Session) -> None:
        with across_consortia(session):
            session.execute(text("DO $$ BEGIN RAISE deadlock_detected; END $$"))

    with pytest.raises(DatabaseTrouble, match=r"broke this off each time.* Try again when"):
        database.do(gives_way)


@pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")
def test_a_database_that_isolates_more_strictly_by_default_breaks_off_nothing(database: Database) -> None:
    """Somebody set it so for all programs; the bot is written for the usual one."""
    name = database.engine.url.database
    with database.engine.begin() as connection:
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'"))
    database.engine.dispose()
    with database.engine.begin() as connection:
        assert connection.scalar(text("SHOW default_transaction_isolation")) == "serializable"
        assert connection.scalar(text("SHOW transaction_isolation")) == "read committed"


def test_a_moment_without_a_time_zone_is_refused(session: Session) -> None:
    with pytest.raises(StatementError, match="a moment without a time zone"):
        a_consortium(session, created_at=datetime(2027, 1, 21, 10))  # noqa: DTZ001 - it is to be refused


def test_every_moment_comes_back_in_utc(database: Database) -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    with database.transaction() as session:
        a_consortium(session, created_at=elsewhere.replace(microsecond=123456))

    with database.transaction() as session:
        consortium = session.query(Consortium).one()
        assert consortium.created_at == NOON.replace(microsecond=123456)
        assert consortium.created_at.tzinfo is UTC


def test_moments_of_different_zones_compare_by_what_they_are(session: Session) -> None:
    west = NOON.astimezone(timezone(timedelta(hours=-8)))
    a_consortium(session, created_at=west)

    later = NOON.astimezone(timezone(timedelta(hours=9))) + timedelta(seconds=1)
    assert session.query(Consortium).filter(Consortium.created_at < later).count() == 1
    assert session.query(Consortium).filter(Consortium.created_at > later).count() == 0


def test_a_key_is_new_once(session: Session) -> None:
    assert insert_if_new(session, Heartbeat, replica="one", at=NOON)
    assert not insert_if_new(session, Heartbeat, replica="one", at=NOON)
    assert insert_if_new(session, Heartbeat, replica="two", at=NOON)


def test_of_two_at_once_one_is_new(database: Database) -> None:
    def new(session: Session) -> bool:
        return insert_if_new(session, Heartbeat, replica="one", at=NOON)

    assert at_once(database, new, new) == (True, False)


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 44, 9), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_the_log_is_written_ahead_only_where_sqlite_has_the_fix(
    version: tuple[int, ...], *, is_safe: bool
) -> None:
    assert has_the_wal_fix(version) is is_safe


def test_a_row_that_points_nowhere_is_refused(session: Session) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), across_consortia(session):
        session.execute(
            text("INSERT INTO curator (consortium_id, person_id, collaborative_id) VALUES (999, 999, 999)")
        )


def test_a_key_that_is_taken_is_told_apart_from_all_else(database: Database) -> None:
    """SQLite's libraries tell different codes for it."""
    refusal = LookupError("taken")
    with database.transaction() as session:
        a_consortium(session)
    with pytest.raises(LookupError), database.transaction() as session, unless_taken(session, refusal):
        session.execute(
            insert(Consortium).from_select(
                _COPIED, select(*(Consortium.__table__.c[name] for name in _COPIED))
            )
        )
    with pytest.raises(IntegrityError), database.transaction() as session, unless_taken(session, refusal):
        session.execute(update(Consortium).values(name=None))


_COPIED = [column.key for column in inspect(Consortium).columns if column.key != "id"]
