"""The database's schema: which revision it is at, and the way to the newest."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.database import DatabaseIsAway
from storage.sqlite import foreign_keys_off, is_sqlite

MIGRATIONS = Path(__file__).parents[1] / "migrations"
MIGRATING = 0x4167656E6461
"""The number of our lock among those of one database: the word Agenda."""


class Age(Enum):
    """Of a database, next to what this version of the program knows."""

    OLDER = "older"
    NEWEST = "newest"
    NEWER = "newer"


class DatabaseIsNewer(Exception):
    """A newer version of the program has used this database; this one does not know its schema."""


def bring_up_to_date(engine: Engine) -> None:
    """Bring the schema to the newest revision, all of it or nothing."""
    _knock(engine)
    with _for_migrations(engine) as connection:
        _wait_for_others(connection)
        known_revision(connection)
        command.upgrade(_config(connection), "head")


def _knock(engine: Engine) -> None:
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
    except DBAPIError:  # its text may hold parts of the address
        raise DatabaseIsAway from None


def _wait_for_others(connection: Connection) -> None:
    """One migrates at a time: on Postgres two would both make the first table, and on SQLite the file itself is locked."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATING})")


def is_up_to_date(engine: Engine) -> bool:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == _scripts().get_current_head()


def known_revision(connection: Connection) -> str | None:
    """The revision that the database is at, None of an empty one; one that this program does not know is refused."""
    at = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in _scripts().walk_revisions()}
    if at is not None and at not in known:
        raise DatabaseIsNewer(
            f"The database is at revision {at}, which this version of the program does not know. Install the newer version."
        )
    return at


def age_of(connection: Connection) -> Age:
    try:
        at = known_revision(connection)
    except DatabaseIsNewer:
        return Age.NEWER
    return Age.NEWEST if at == _scripts().get_current_head() else Age.OLDER


@contextmanager
def _for_migrations(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        if is_sqlite(engine.url):
            with foreign_keys_off(connection):
                yield connection
        else:
            yield connection
            connection.commit()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))
