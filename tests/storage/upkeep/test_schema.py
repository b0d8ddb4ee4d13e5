"""The schema after the migrations is that of the records, on both engines."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Inspector, event, inspect, text

from storage.database import Database, connect
from storage.upkeep import migrating, schema
from storage.upkeep.records import Base
from storage.upkeep.schema import DatabaseIsNewer, bring_up_to_date, is_up_to_date
from tests.at_once import wait_until_it_waits


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def up_to_date(migrated_url: str) -> Iterator[Engine]:
    engine = connect(migrated_url)
    yield engine
    engine.dispose()


def has_foreign_keys(engine: Engine) -> bool:
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        return connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def facts(engine: Engine) -> dict[str, list[str]]:
    """What the database itself says of each table: columns, keys, indexes."""
    looking = inspect(engine)
    return {table: sorted(_facts(looking, table)) for table in looking.get_table_names()}


def _facts(looking: Inspector, table: str) -> Iterator[str]:
    for column in looking.get_columns(table):
        yield f"{column['name']} {column['type']} {column['nullable']}"
    yield repr(looking.get_pk_constraint(table))
    for asked in (looking.get_indexes, looking.get_unique_constraints, looking.get_foreign_keys):
        yield from map(_plain, asked(table))


def _plain(fact: Any) -> str:
    """Of which rows an index is stands there as an object."""
    options = {name: str(option) for name, option in fact.get("dialect_options", {}).items()}
    return repr({**fact, "dialect_options": options})


def test_an_empty_database_gets_the_schema_of_the_records(engine: Engine) -> None:
    assert not is_up_to_date(engine)

    bring_up_to_date(engine)
    assert is_up_to_date(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrated_schema_is_the_one_made_from_the_records(
    up_to_date: Engine, new_database: Callable[[], str]
) -> None:
    made = connect(new_database())
    Base.metadata.create_all(made)

    migrated = facts(up_to_date)
    del migrated["alembic_version"]
    assert migrated == facts(made)
    made.dispose()


def test_sqlite_gives_no_number_twice_where_the_records_want_that(up_to_date: Engine) -> None:
    """No inspector tells it, and a table that is rebuilt by a later revision loses it unless that says so again."""
    if up_to_date.dialect.name != "sqlite":
        return
    wanted = {name for name, table in Base.metadata.tables.items() if table.kwargs["sqlite_autoincrement"]}
    with up_to_date.connect() as connection:
        made = connection.execute(text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'"))
        assert set(made.scalars()) == wanted >= {"item", "tip", "post"}


def test_a_second_run_changes_nothing(up_to_date: Engine) -> None:
    with up_to_date.begin() as connection:
        connection.execute(text("INSERT INTO heartbeat (replica, at) VALUES ('kept', '2026-11-23 20:00:00')"))
    before = facts(up_to_date)

    bring_up_to_date(up_to_date)
    assert facts(up_to_date) == before
    with up_to_date.connect() as connection:
        assert connection.execute(text("SELECT replica FROM heartbeat")).scalars().all() == ["kept"]
        versions = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    assert len(versions) == 1


def test_a_newer_database_is_refused_with_one_clear_line(up_to_date: Engine) -> None:
    with up_to_date.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = facts(up_to_date)

    with pytest.raises(DatabaseIsNewer) as refused:
        bring_up_to_date(up_to_date)
    assert "revision 9999" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert facts(up_to_date) == before
    assert not is_up_to_date(up_to_date)
    assert has_foreign_keys(up_to_date)


def test_foreign_keys_are_on_again_afterwards(engine: Engine) -> None:
    bring_up_to_date(engine)

    assert has_foreign_keys(engine)


def test_a_migration_that_fails_leaves_nothing_half_done(
    engine: Engine,
) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (id INTEGER)"))
        connection.execute(
            text("CREATE INDEX ix_post_subject ON theirs (id)")
        )  # in the way of the first revision

    with pytest.raises(Exception, match=r"(?i)already exists"):
        bring_up_to_date(engine)
    assert list(facts(engine)) == ["theirs"]
    assert has_foreign_keys(engine)


def test_two_who_bring_it_up_to_date_at_once_both_find_it_so(database_url: str) -> None:
    first, second = Database(database_url), Database(database_url)
    with ThreadPoolExecutor(1) as threads:
        rivals: list[Future[None]] = []

        def let_the_other_begin(_: Connection) -> None:
            if not rivals:
                rivals.append(threads.submit(bring_up_to_date, second.engine))
                wait_until_it_waits(first, rivals[0])

        event.listen(first.engine, "commit", let_the_other_begin)
        bring_up_to_date(first.engine)
        rivals[0].result()
    assert is_up_to_date(second.engine)
    first.close()
    second.close()


def test_the_files_are_called_after_the_revisions_in_their_order() -> None:
    scripts = ScriptDirectory(str(migrating.MIGRATIONS))
    assert [script.revision for script in scripts.walk_revisions()] == schema.REVISIONS[::-1]


def test_a_row_that_points_nowhere_is_no_end_of_a_migration(tmp_path: Path) -> None:
    """On SQLite, where foreign keys are off meanwhile."""
    engine = connect(f"sqlite:///{tmp_path}/database.db")
    with schema._for_migrations(engine) as connection:
        command.upgrade(migrating.config(connection), schema.REVISIONS[-2])
    with engine.connect() as connection, closing(connection.connection.cursor()) as driver:
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("INSERT INTO curator (consortium_id, person_id, collaborative_id) VALUES (9, 9, 9)")
        driver.execute("PRAGMA foreign_keys=ON")

    with pytest.raises(RuntimeError, match="points nowhere"):
        bring_up_to_date(engine)
    assert has_foreign_keys(engine)
    engine.dispose()
