"""New keys: everything is sealed under them, beside a bot that writes and whenever the rotation is killed."""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, select, text, update

from storage.database import Database
from storage.items import Item
from storage.keys import KeyRing, a_key, write_keys
from storage.sealing import Cell, key_of, seal
from storage.tenancy import enter
from storage.upkeep.resealing import cells, closed_cells, drop_unused_keys, keys_in_use, seal_everything
from tests.at_once import wait_until_it_waits
from tests.builders import a_consortium, a_person, an_item
from tests.handlers.steps import on_postgres

ITEMS = 120
KILLS = 50
TOUCHES = {"open", "os.rename", "os.link", "os.remove", "os.chmod"}
"""What Python itself reports of work on files."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "agenda.keys"
    write_keys(file, dict([a_key()]))
    return file


@pytest.fixture(autouse=True)
def url(database: Database, file: Path) -> str:
    """Of a database with a note in each of its items."""
    database.keys = KeyRing.in_file(file)
    with database.transaction() as session:
        consortium = a_consortium(session)
        enter(session, consortium.id)
        person = a_person(session, consortium)
        for number in range(ITEMS):
            an_item(session, person).note = f"{number}: 0"
    database.engine.dispose()
    return database.engine.url.render_as_string(hide_password=False)


def notes(database: Database) -> list[str]:
    with database.transaction(1) as session:
        return [str(item.note) for item in session.scalars(select(Item).order_by(Item.id))]


def test_every_cell_stands_under_the_new_key_and_says_the_same(database: Database, file: Path) -> None:
    before = notes(database)
    new = KeyRing.in_file(file).add()

    assert seal_everything(database).count == ITEMS
    with database.engine.connect() as connection:
        assert {key_of(stands) for _, stands in cells(connection)} == {new}
    assert notes(database) == before
    assert seal_everything(database).count == 0


def test_old_keys_are_dropped_once_nothing_is_sealed_under_them(database: Database, file: Path) -> None:
    ring = KeyRing.in_file(file)
    [old], new = ring.ids, ring.add()
    assert drop_unused_keys(database) == set()

    seal_everything(database)
    assert drop_unused_keys(database) == {old}
    assert KeyRing.in_file(file).ids == [new]
    assert len(notes(database)) == ITEMS


def test_what_does_not_open_is_told_and_left_as_it_is(database: Database, file: Path) -> None:
    table = Item.__table__
    with database.engine.begin() as connection:
        stolen = connection.scalar(select(table.c.note).where(table.c.id == 1))
        connection.execute(table.update().where(table.c.id == 2).values(note=stolen))
    ring = KeyRing.in_file(file)
    [old] = ring.ids
    ring.add()

    sealed = seal_everything(database)
    assert sealed.count == ITEMS - 1
    assert [cell.row_id for cell in sealed.closed] == [2]
    with database.engine.connect() as connection:
        assert connection.scalar(select(table.c.note).where(table.c.id == 2)) == stolen
        assert keys_in_use(connection) == {old, ring.newest}


def test_a_decision_that_comes_in_between_is_not_undone(database: Database, file: Path) -> None:
    """A note written when the rotation has read the one before, and not yet written it back."""
    ring = KeyRing.in_file(file)
    ring.add()
    with database.transaction(1) as session:
        first = session.scalars(select(Item).order_by(Item.id)).first()
        assert first is not None
    newer = seal(ring, Cell(first.consortium_id, "item", "note", first.id), "newer")
    this = update(Item.__table__).where(Item.__table__.c.id == first.id).values(note=newer)
    decided = []

    def decide(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE item") and not decided:
            decided.append(newer)
            connection.execute(this)

    event.listen(database.engine, "before_cursor_execute", decide)
    seal_everything(database)
    event.remove(database.engine, "before_cursor_execute", decide)
    assert notes(database) == ["newer", *(f"{number}: 0" for number in range(1, ITEMS))]


ROW, TABLE = "SELECT 1 FROM item WHERE id = {} FOR UPDATE", "LOCK TABLE {} IN ROW EXCLUSIVE MODE"


@on_postgres
@pytest.mark.parametrize(
    ("rotation", "has", "wants"),
    [
        (seal_everything, ROW.format(10), ROW.format(1)),
        (drop_unused_keys, TABLE.format("question"), TABLE.format("item")),
    ],
)
def test_a_rotation_that_waits_for_a_bot_which_waits_for_it_does_it_anew(
    database: Database, file: Path, rotation: Callable[[Database], object], has: str, wants: str
) -> None:
    before = notes(database)
    KeyRing.in_file(file).add()
    with database.engine.connect() as bot, ThreadPoolExecutor(1) as threads:
        bot.execute(text("SET LOCAL deadlock_timeout = '1min'"))  # so that it is not the bot that gives way
        bot.execute(text(has))
        rotating = threads.submit(rotation, database)
        wait_until_it_waits(database, rotating)
        bot.execute(text(wants))
        bot.rollback()
        rotating.result()
    assert notes(database) == before
    assert seal_everything(database).count == (0 if rotation is seal_everything else ITEMS)


@pytest.mark.slow
def test_rotations_killed_under_load_lose_nothing(url: str, file: Path) -> None:
    chance = random.Random(4167)
    with _writing(url, file) as written:
        kills = sum(_killed(_rotate, url, file, after=chance.randrange(120)) for _ in range(KILLS))
    assert kills > KILLS / 2

    with closing(Database(url, KeyRing.in_file(file))) as last:
        [new, *old] = KeyRing.in_file(file).ids
        assert old
        seal_everything(last)
        with last.engine.connect() as connection:
            assert keys_in_use(connection) == {new}
            assert last.keys is not None
            assert closed_cells(connection, last.keys) == []
        drop_unused_keys(last)
        assert len(written) > KILLS
        for number, note in enumerate(notes(last)):
            # What was on its way when the writer ended may be there as well.
            assert note in (f"{number}: {written.get(number, 0)}", f"{number}: {written.get(number, 0) + 1}")


def _rotate(url: str, file: Path) -> None:
    with closing(Database(url, KeyRing.in_file(file))) as database:
        event.listen(database.engine, "before_cursor_execute", lambda *_: _step())
        KeyRing.in_file(file).add()
        seal_everything(database)


def _write(url: str, file: Path, told: int) -> None:
    """As a bot does that has been running since before: it says what is committed."""
    with closing(Database(url, KeyRing.in_file(file))) as database, os.fdopen(told, "w") as pipe:
        count = 0
        while True:
            number, times = count % ITEMS, count // ITEMS + 1
            with database.transaction(1) as session:
                item = session.scalars(select(Item).order_by(Item.id).offset(number).limit(1)).one()
                assert str(item.note).startswith(f"{number}: ")
                item.note = f"{number}: {times}"
            print(json.dumps([number, times]), file=pipe, flush=True)
            count += 1
            time.sleep(0.005)  # SQLite has no queue: who never pauses lets nobody in


_steps_left = [-1]


def _step() -> None:
    _steps_left[0] -= 1
    if _steps_left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def _killed(work: Callable[[str, Path], None], url: str, file: Path, after: int) -> bool:
    """Do it in a process that is killed after so many statements and touches of files; say whether it was."""
    child = os.fork()
    if child == 0:
        _steps_left[0] = after
        sys.addaudithook(lambda touch, _: _step() if touch in TOUCHES else None)
        _run_and_leave(lambda: work(url, file))
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the rotation failed"
    return os.WIFSIGNALED(status)


@contextmanager
def _writing(url: str, file: Path) -> Iterator[dict[int, int]]:
    """A process that writes meanwhile; at the end, which number each note has reached is there to be read."""
    reading, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run_and_leave(lambda: _write(url, file, told))
    os.close(told)
    reached: dict[int, int] = {}
    try:
        yield reached
        assert os.waitpid(child, os.WNOHANG) == (0, 0), "the writer failed"
    finally:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        reached.update(json.loads(line) for line in pipe if line.endswith("\n"))


def _run_and_leave(work: Callable[[], None]) -> None:
    """Nothing that belongs to the process before is tidied up."""
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)
