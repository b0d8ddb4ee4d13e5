"""A database is opened with keys that fit it, and what is plain in it from before is sealed."""

from pathlib import Path

import pytest
from sqlalchemy import text, update

from storage.consortia import every_consortium
from storage.database import Database
from storage.items import Item, Reason
from storage.keys import KeyRing, KeysAreWrong, a_key, write_keys
from storage.postgres_troubles import NEWER, TOO_SLOW
from storage.sealing import key_of
from storage.tenancy import enter
from storage.troubles import DatabaseTrouble
from storage.upkeep.open_database import KeySource, opened
from storage.upkeep.resealing import cells, closed_cells
from tests.builders import a_consortium, a_person, an_item
from tests.handlers.steps import on_postgres

CANARY = "canary-40be"
CUT_OFF_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
def url(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


@pytest.fixture
def source(tmp_path: Path) -> KeySource:
    return KeySource(tmp_path / "agenda.keys")


@pytest.fixture
def plain(database: Database) -> int:
    """An item as the version before left it."""
    with database.transaction() as session:
        consortium = a_consortium(session)
        enter(session, consortium.id)
        item = an_item(session, a_person(session, consortium))
        plain = {"reason": "too full", "note": CANARY}
        session.connection().execute(
            update(Item.__table__).where(Item.__table__.c.id == item.id).values(plain)
        )
    return item.id


def in_cells(database: Database) -> dict[str, str]:
    with database.engine.connect() as connection:
        return {cell.column: stands for cell, stands in cells(connection)}


def test_the_first_start_makes_a_key_and_the_next_ones_keep_it(url: str, source: KeySource) -> None:
    with opened(url, source):
        made = source.file.read_text()
    with opened(url, source) as database:
        assert database.keys is not None
        assert len(database.keys.ids) == 1
    assert source.file.read_text() == made
    assert source.file.stat().st_mode & 0o777 == 0o600


def test_what_is_plain_from_before_is_sealed_at_the_start(url: str, source: KeySource, plain: int) -> None:
    with opened(url, source) as database:
        with database.transaction(1) as session:
            item = session.get_one(Item, plain)
            assert (item.reason, item.note) == (Reason.TOO_FULL, CANARY)
        assert database.keys is not None
        assert [key_of(stands) for stands in in_cells(database).values()] == database.keys.ids * 2
        assert CANARY not in repr(in_cells(database))


@pytest.mark.usefixtures("plain")
def test_keys_in_the_environment_go_before_the_file(url: str, source: KeySource) -> None:
    lines = "mine:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    with opened(url, KeySource(source.file, lines)) as database:
        assert {key_of(stands) for stands in in_cells(database).values()} == {"mine"}
    assert not source.file.exists()


@pytest.mark.usefixtures("plain")
def test_lost_keys_are_named_and_not_replaced(url: str, source: KeySource) -> None:
    with opened(url, source) as database:
        assert database.keys is not None
        [lost] = database.keys.ids
    source.file.unlink()
    with pytest.raises(KeysAreWrong, match=lost) as refused, opened(url, source):
        pass
    assert "\n" not in str(refused.value)
    assert str(source.file) in str(refused.value)
    assert not source.file.exists()


@pytest.mark.usefixtures("plain")
def test_a_key_that_is_missing_is_named(database: Database, url: str, source: KeySource) -> None:
    with opened(url, source):
        [lost] = KeyRing.in_file(source.file).ids
    write_keys(source.file, dict([a_key()]))
    before = in_cells(database)
    misses = f"Key {lost} is not in {source.file}"
    with pytest.raises(KeysAreWrong, match=misses) as refused, opened(url, source):
        pass
    assert "\n" not in str(refused.value)
    assert in_cells(database) == before


@pytest.mark.usefixtures("plain")
def test_another_key_of_the_same_name_is_named(url: str, source: KeySource) -> None:
    with opened(url, source) as database:
        assert database.keys is not None
        [spoiled] = database.keys.ids
    write_keys(source.file, {spoiled: a_key()[1]})
    with pytest.raises(KeysAreWrong, match=f"Key {spoiled} in .* is another one"), opened(url, source):
        pass


@pytest.mark.usefixtures("plain")
def test_one_cell_that_somebody_tampered_with_stops_nobody(url: str, source: KeySource) -> None:
    table = Item.__table__
    with opened(url, source) as database, database.engine.begin() as connection:
        connection.execute(update(table).values(note=table.c.reason))
    with opened(url, source) as database, database.engine.connect() as connection:
        assert database.keys is not None
        assert [cell.column for cell in closed_cells(connection, database.keys)] == ["note"]


@pytest.mark.usefixtures("plain")
def test_a_rotation_that_was_broken_off_is_finished_at_the_next_start(url: str, source: KeySource) -> None:
    with opened(url, source):
        new = KeyRing.in_file(source.file).add()
    with opened(url, source) as database:
        assert {key_of(stands) for stands in in_cells(database).values()} == {new}


@on_postgres
def test_an_older_bot_that_runs_writes_nothing_once_a_newer_version_has_migrated(
    url: str, source: KeySource, database: Database
) -> None:
    with opened(url, source) as older:
        with older.transaction() as session:
            a_consortium(session, team_id="T0BEFORE")
        with database.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        for _ in range(2):
            with pytest.raises(DatabaseTrouble) as refused, older.transaction() as session:
                a_consortium(session, team_id="T0AFTER")
            assert (refused.value.says, refused.value.then) == NEWER
    with database.transaction() as session:
        assert [one.team_id for one in every_consortium(session)] == ["T0BEFORE"]


@on_postgres
def test_a_connection_that_broke_is_made_anew_before_anything_is_asked_of_it(
    url: str, source: KeySource, database: Database
) -> None:
    with opened(url, source) as at_work:
        for team in ("T0BEFORE", "T0AFTER"):
            with at_work.transaction() as session:
                a_consortium(session, team_id=team)
            with database.engine.begin() as connection:
                connection.execute(text(CUT_OFF_OTHERS))
    with database.transaction() as session:
        assert {one.team_id for one in every_consortium(session)} == {"T0BEFORE", "T0AFTER"}


@on_postgres
def test_a_question_that_takes_too_long_is_a_trouble_of_the_database(
    url: str, source: KeySource, database: Database
) -> None:
    with opened(url, source) as at_work, database.engine.begin() as another:
        with at_work.engine.connect() as connection:
            connection.exec_driver_sql("SET statement_timeout = '50ms'")
            connection.commit()
        another.execute(text("LOCK TABLE alembic_version"))
        with pytest.raises(DatabaseTrouble) as trouble, at_work.transaction() as session:
            every_consortium(session)
        assert (trouble.value.says, trouble.value.then) == TOO_SLOW
