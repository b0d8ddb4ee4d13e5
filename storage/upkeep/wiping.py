"""What was deleted is gone from the database's files, too: they are written anew without it."""

from pathlib import Path

from sqlalchemy import text

from storage import sqlite
from storage.database import Database
from storage.upkeep.records import Base

SECONDS_TO_WAIT = 30
SAMPLES = "pg_statistic"
"""Of what stands in its tables Postgres keeps samples there."""


def wipe(database: Database) -> bool:
    """Say whether it was done: a SQLite file that somebody reads for long can't be.

    What SQLite deletes is overwritten in any case. Postgres' write-ahead log is its own to forget.
    """
    file = sqlite.file_of(database.engine.url)
    return _write_tables_anew(database) if file is None else _write_file_anew(database, file)


def _write_file_anew(database: Database, file: Path) -> bool:
    database.engine.dispose()
    try:
        return sqlite.write_anew(file, SECONDS_TO_WAIT)
    except sqlite.Error:
        return False


def _write_tables_anew(database: Database) -> bool:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in Base.metadata.sorted_tables:
            connection.execute(text(f"VACUUM (FULL, ANALYZE) {table.name}"))
        connection.execute(text(f"VACUUM (FULL) {SAMPLES}"))
    return True
