"""The database's schema: which revision it is at, and the way to the newest."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from enum import Enum
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from storage import sqlite
from storage.database import again_where_it_gave_way
from storage.postgres_troubles import NO_RIGHTS, NO_SCHEMA, NOT_UTF8, READ_ONLY
from storage.sqlite import file_of, foreign_keys_off, is_sqlite
from storage.sqlite_troubles import must_be_a_file_of_ours
from storage.troubles import DatabaseTrouble
from storage.upkeep.one_process import AlreadyRunning, only_one_on
from storage.upkeep.records import Base

REVISIONS = sorted(
    file.name.partition("_")[0] for file in (Path(__file__).parents[1] / "migrations/versions").glob("*.py")
)
"""Each file is called after its revision, and they follow one another."""
OUR_TABLES = frozenset(Base.metadata.tables)
MIGRATING = 0x4167656E6461
"""The number of our lock among those of one database: the word Agenda."""


_OF_USE = """
    SELECT current_setting('server_encoding'), current_schema(), current_setting('transaction_read_only'),
           has_schema_privilege(current_schema(), 'CREATE')
"""


class Age(Enum):
    """Of a database, next to what this version of the program knows."""

    OLDER = "older"
    NEWEST = "newest"
    NEWER = "newer"


class DatabaseIsNewer(Exception):
    """A newer version of the program has used this database; this one does not know its schema."""


def bring_up_to_date(engine: Engine, *, alone: bool = False) -> None:
    """Bring the schema to the newest revision, all of it or nothing.

    A SQLite file is migrated under no bot, since an older one that runs would go on writing: raises AlreadyRunning, unless
    the caller is `alone` with the file.
    """
    file = file_of(engine.url)
    if file is not None:
        must_be_a_file_of_ours(file)
    with engine.connect() as connection:
        must_be_of_use(connection)
        if known_revision(connection) == REVISIONS[-1]:
            return
    try:
        with nullcontext() if alone or file is None else only_one_on(file, sqlite.SECONDS_FOR_A_LOCK):
            again_where_it_gave_way(partial(_migrate, engine))
    except AlreadyRunning:
        if not is_up_to_date(engine):  # else it was that other who has just migrated
            raise


def _migrate(engine: Engine) -> None:
    from storage.upkeep.migrating import upgrade  # noqa: PLC0415 - most starts need no Alembic

    with _for_migrations(engine) as connection:
        _wait_for_others(connection)
        known_revision(connection)
        upgrade(connection)


def must_be_of_use(connection: Connection) -> None:
    """Raises DatabaseTrouble where there is no room for our tables, and where a Postgres would keep no words or can only be read."""
    if connection.dialect.name == "postgresql":
        _must_be_a_postgres_of_use(connection)
    _must_have_room(connection)


def _must_have_room(connection: Connection) -> None:
    """Another program may have tables of the same names."""
    if _revision(connection) is None:
        taken = sorted(OUR_TABLES.intersection(inspect(connection).get_table_names()))
        if taken:
            raise DatabaseTrouble(
                f"Another program has tables of the bot's names in this database: {', '.join(taken)}.",
                "give the bot a database or a schema of its own, and correct DATABASE_URL.",
            )


def _must_be_a_postgres_of_use(connection: Connection) -> None:
    encoding, schema, is_read_only, may_create = connection.exec_driver_sql(_OF_USE).one()
    if encoding != "UTF8":
        raise DatabaseTrouble(*NOT_UTF8)
    if is_read_only == "on":
        raise DatabaseTrouble(*READ_ONLY)
    if schema is None:
        raise DatabaseTrouble(*NO_SCHEMA)
    if not may_create:
        raise DatabaseTrouble(*NO_RIGHTS)


def _wait_for_others(connection: Connection) -> None:
    """One migrates at a time: on Postgres two would both make the first table, and on SQLite the file itself is locked."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATING})")


def is_up_to_date(engine: Engine) -> bool:
    with engine.connect() as connection:
        return _revision(connection) == REVISIONS[-1]


def known_revision(connection: Connection) -> str | None:
    """The revision that the database is at, None of an empty one; one that this program does not know is refused."""
    at = _revision(connection)
    if at is not None and at not in REVISIONS:
        raise DatabaseIsNewer(
            f"The database is at revision {at}, which this version of the program does not know. "
            "Install the newer version; or give the bot a database of its own, if this one is another program's."
        )
    return at


def age_of(connection: Connection) -> Age:
    try:
        at = known_revision(connection)
    except DatabaseIsNewer:
        return Age.NEWER
    return Age.NEWEST if at == REVISIONS[-1] else Age.OLDER


def _revision(connection: Connection) -> str | None:
    """Where Alembic has written down that the schema is."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    at: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return at


@contextmanager
def _for_migrations(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        if is_sqlite(engine.url):
            with foreign_keys_off(connection):
                yield connection
        else:
            yield connection
            connection.commit()
