"""One library speaks to SQLite files, whichever it is, and a file is opened as it was asked for."""

import json
import shutil
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest
from sqlalchemy import URL, event, text
from sqlalchemy.pool import Pool

from storage import sqlite
from storage.database import Database, connect
from storage.sqlite_troubles import UNSAFE_WAL
from storage.troubles import DatabaseTrouble
from storage.upkeep.backup import back_up, put_back
from storage.upkeep.inspection import Checkup
from storage.upkeep.open_database import KeySource, opened
from tests.builders import a_consortium
from tests.keys import KEYS

PROJECT = Path(__file__).parents[2]
SOURCE = KeySource(Path("no-such-file"), KEYS)
AROUND_THE_DOOR = """\
import sqlite3
import sqlite3.dbapi2 as driver
from sqlite3 import dbapi2
from sqlite3.dbapi2 import connect
import _sqlite3
import pysqlite3
import aiosqlite
import apsw
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
import sqlalchemy; sqlalchemy.create_engine("sqlite://")
"""


WITH_PYTHONS_OWN = """\
import sys
sys.modules["pysqlite3"] = None
from pathlib import Path
from storage import sqlite
from storage.consortia import every_consortium
from storage.upkeep.open_database import KeySource, opened
from tests.builders import a_consortium
from tests.keys import KEYS

sqlite.library.sqlite_version_info = (3, 40, 1)
with opened(sys.argv[1], KeySource(Path("no-such-file"), KEYS)) as database:
    with database.transaction() as session:
        a_consortium(session, team_id="T0SECOND", channel_id="C0SECOND")
        print(*(one.team_id for one in every_consortium(session)))
    with database.engine.connect() as connection:
        print(sqlite.writes_ahead(connection))
"""
"""As on a machine for which there is no wheel."""


class AnothersConnection(sqlite.library.Connection):
    pass


@pytest.fixture
def another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another library stands behind the door, and Python's own can be neither imported nor used."""
    pythons, library = sqlite.library, ModuleType("another")
    library.__dict__.update(vars(pythons), connect=partial(pythons.connect, factory=AnothersConnection))
    monkeypatch.setattr(sqlite, "library", library)
    monkeypatch.setattr(pythons, "connect", _refuse)
    for name in ("sqlite3", "sqlite3.dbapi2"):
        monkeypatch.setitem(sys.modules, name, None)


def _refuse(*_: object, **__: object) -> NoReturn:
    raise AssertionError("somebody went around the door")


def leave_it(_: Database) -> None:
    pass


@pytest.mark.usefixtures("another")
def test_a_library_put_behind_the_door_is_used_by_all_who_open_a_file(tmp_path: Path) -> None:
    connections: list[object] = []

    def note(connection: object, _record: object) -> None:
        connections.append(connection)

    url, backup = f"sqlite:///{tmp_path}/agenda.db", tmp_path / "backup.db"
    event.listen(Pool, "connect", note)
    try:
        with opened(url, SOURCE):
            back_up(url, backup)
        assert Checkup(url).is_whole()
        put_back(backup, f"sqlite:///{tmp_path}/restored.db", SOURCE, leave_it)
    finally:
        event.remove(Pool, "connect", note)
    assert len(connections) > 3
    assert {type(connection) for connection in connections} == {AnothersConnection}


def as_a_kill_leaves_it(file: Path) -> Path:
    """Its WAL has what it has not."""
    with opened(f"sqlite:///{file}", SOURCE) as database:
        with database.transaction() as session:
            a_consortium(session, team_id="T0FIRST")
        folder = file.with_name("killed")
        folder.mkdir()
        for one in (file, file.with_name(f"{file.name}-wal")):
            shutil.copy(one, folder)
    assert b"T0FIRST" not in (folder / file.name).read_bytes()
    return folder / file.name


@pytest.mark.skipif(not sqlite.wal_is_safe(), reason="this SQLite leaves no file in WAL mode")
def test_pythons_own_library_goes_on_with_a_file_that_was_left_in_wal_mode(tmp_path: Path) -> None:
    file = as_a_kill_leaves_it(tmp_path / "agenda.db")
    other = [sys.executable, "-c", WITH_PYTHONS_OWN, f"sqlite:///{file}"]
    told = subprocess.run(other, cwd=PROJECT, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own program
    assert told.splitlines() == ["T0FIRST T0SECOND", "False"]
    with connect(f"sqlite:///{file}").connect() as connection:
        assert sqlite.writes_ahead(connection)


def test_a_file_that_others_keep_in_wal_mode_is_refused_where_that_is_not_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "agenda.db"
    monkeypatch.setattr(sqlite, "SECONDS_FOR_A_LOCK", 0.1)
    with closing(sqlite.open_file(file, "rwc")) as another:
        another.execute("PRAGMA journal_mode=WAL")
        another.execute("CREATE TABLE item (title TEXT)")
        monkeypatch.setattr(sqlite, "wal_is_safe", lambda: False)
        with pytest.raises(DatabaseTrouble), connect(f"sqlite:///{file}").connect():
            pass
    with connect(f"sqlite:///{file}").connect() as connection:
        assert not sqlite.writes_ahead(connection)


def test_a_wal_that_stays_in_spite_of_us_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "wal_is_safe", iter([True, False]).__next__)
    with pytest.raises(DatabaseTrouble) as trouble, connect(f"sqlite:///{tmp_path}/agenda.db").connect():
        pass
    assert (trouble.value.says, trouble.value.then) == UNSAFE_WAL


@pytest.mark.parametrize(
    "place",
    ["bench/any.py", "bot/any.py", "handlers/any.py", "playground/any.py", "storage/any.py", "tests/any.py"],
)
def test_nobody_may_go_around_the_door(place: str) -> None:
    found = _ruff("--stdin-filename", place, "-", said=AROUND_THE_DOOR)
    assert [row for _, row in found] == list(range(1, AROUND_THE_DOOR.count("\n") + 1))


def test_only_the_engine_for_postgres_is_made_elsewhere() -> None:
    assert {file for file, _ in _ruff("--ignore-noqa", ".")} == {"storage/database.py"}


def _ruff(*arguments: str, said: str = "") -> list[tuple[str, int]]:
    """File and line of all that goes around the door."""
    command = [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--output-format", "json"]
    run = subprocess.run(  # noqa: S603 - our own program, no word of anybody else's
        [*command, *arguments], cwd=PROJECT, input=said, capture_output=True, text=True, check=False
    )
    found = [
        (Path(each["filename"]).relative_to(PROJECT).as_posix(), each["location"]["row"])
        for each in json.loads(run.stdout)
    ]
    return sorted(found)


@pytest.mark.parametrize("mode", ["ro", "rw"])
def test_a_file_that_is_not_there_is_made_only_where_that_was_asked_for(
    tmp_path: Path, mode: sqlite.Mode
) -> None:
    file = tmp_path / "agenda.db"
    with pytest.raises(sqlite.Error):
        sqlite.open_file(file, mode)
    with pytest.raises(DatabaseTrouble), sqlite.engine_to_look(file, mode).connect():
        pass
    assert not file.exists()
    sqlite.open_file(file, "rwc").close()
    assert file.exists()


def test_what_is_opened_to_be_read_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "agenda.db"
    sqlite.open_file(file, "rwc").close()
    with sqlite.engine_to_look(file, "ro").connect() as connection, pytest.raises(DatabaseTrouble):
        connection.execute(text("CREATE TABLE item (title TEXT)"))


def test_a_name_may_hold_what_means_something_in_an_address(tmp_path: Path) -> None:
    file, copied = tmp_path / "a?mode=ro#b%20c.db", tmp_path / "copied.db"
    engine = sqlite.engine_to_work(URL.create("sqlite", database=str(file)))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE item (title TEXT)"))
        connection.execute(text("INSERT INTO item VALUES ('Budget')"))
    engine.dispose()
    sqlite.copy(file, copied, 1)
    with closing(sqlite.open_file(copied, "ro")) as copy:
        assert copy.execute("SELECT title FROM item").fetchall() == [("Budget",)]
    assert sorted(tmp_path.iterdir()) == [file, copied]
