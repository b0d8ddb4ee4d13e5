"""What was deleted is gone from the database's files, too: they are written anew without it."""

from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from storage import sqlite
from storage.database import Database, again_where_it_gave_way
from storage.upkeep.records import Base

if TYPE_CHECKING:
    from psycopg.errors import Diagnostic  # a bot on SQLite loads no driver of Postgres

SECONDS_TO_WAIT = 30
SAMPLES = "pg_statistic"
"""Of what stands in its tables Postgres keeps samples there."""


_WRITING_ANEW = [
    *(text(f"VACUUM (FULL, ANALYZE) {table.name}") for table in Base.metadata.sorted_tables),
    text(f"VACUUM (FULL) {SAMPLES}"),
]


class Wiped(Enum):
    EVERYWHERE = auto()
    NOT_WHILE_IN_USE = auto()
    """Somebody reads the SQLite file for long."""
    NOT_BY_US = auto()
    """The role of the bot owns its tables, and not the database."""


def wipe(database: Database) -> Wiped:
    """Say how far it was done.

    What SQLite deletes is overwritten in any case. Postgres' write-ahead log is its own to forget.
    """
    file = sqlite.file_of(database.engine.url)
    return _write_tables_anew(database) if file is None else _write_file_anew(database, file)


def _write_file_anew(database: Database, file: Path) -> Wiped:
    database.engine.dispose()
    try:
        is_done = sqlite.write_anew(file, SECONDS_TO_WAIT)
    except sqlite.Error:
        is_done = False
    return Wiped.EVERYWHERE if is_done else Wiped.NOT_WHILE_IN_USE


def _write_tables_anew(database: Database) -> Wiped:
    """What Postgres does not let the role write anew it skips, with a warning: it is no error."""
    said: list[str | None] = []

    def hear(notice: "Diagnostic") -> None:
        said.append(notice.severity_nonlocalized)

    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        driver: Any = connection.connection.driver_connection
        driver.add_notice_handler(hear)
        for writing_anew in _WRITING_ANEW:
            again_where_it_gave_way(partial(connection.execute, writing_anew))
        driver.remove_notice_handler(hear)
    return Wiped.NOT_BY_US if "WARNING" in said else Wiped.EVERYWHERE
