"""Backups of a SQLite database: made while the bot writes, checked, and put back."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError

from storage import sqlite
from storage.database import Database, address_of
from storage.files import draft_of, publish
from storage.sealing import Cell
from storage.sqlite_troubles import must_have_one_name
from storage.troubles import DatabaseTrouble, Told
from storage.upkeep.one_process import only_one_process
from storage.upkeep.open_database import KeySource, opened
from storage.upkeep.resealing import closed_cells, keys_in_use
from storage.upkeep.schema import known_revision

SECONDS_TO_WAIT = 30
NOT_OURS: Told = ("The file at DATABASE_URL is not a database of this bot.", "correct DATABASE_URL.")


class BackupFailed(Exception):
    """One line that says why there is no backup, or why it was not put back. Nothing was changed."""


@dataclass(frozen=True)
class Contents:
    """What a database file holds."""

    revision: str
    rows: dict[str, int]
    keys: set[str]
    closed: list[Cell]


def back_up(url: str, backup: Path) -> Contents:
    """Write all that is committed by now into one new file, which holds no key. Raises DatabaseTrouble or BackupFailed."""
    database = sqlite.file_of(address_of(url))
    if database is None:
        raise BackupFailed("This is for SQLite. Back a Postgres up with pg_dump; the README says how.")
    with _opened_to_read(database) as connection:
        must_have_one_name(database)
        if known_revision(connection) is None:
            raise DatabaseTrouble(*NOT_OURS)
    _must_be_new(backup)
    with _files_that_obey(), draft_of(backup) as draft:
        _copy(database, draft)
        contents = examine(draft)
        if not publish(draft, backup):
            raise BackupFailed(f"{backup} is there already. Name another file.")
    return contents


def examine(file: Path, source: KeySource | None = None) -> Contents:
    """Look at every page, every row and, with keys, every sealed cell of a file, and change nothing."""
    if not os.path.isfile(file):  # noqa: PTH113 - it raises nothing
        raise BackupFailed(f"There is no file {file}.")
    try:
        with _opened_to_read(file) as connection:
            _must_be_sound(connection, file)
            revision = known_revision(connection)
            if revision is None:
                raise BackupFailed(f"{file} is not a database of this bot.")
            keys = keys_in_use(connection)
            closed = closed_cells(connection, source.ring()) if keys and source else []
            return Contents(revision, _rows(connection), keys, closed)
    except (DBAPIError, DatabaseTrouble):
        raise BackupFailed(f"{file} can't be read as a database.") from None


def put_back(backup: Path, url: str, source: KeySource, prepare: Callable[[Database], None]) -> Contents:
    """Make the backup the database, once it is sound, opened and prepared. What is there is never overwritten."""
    target = sqlite.file_of(address_of(url))
    if target is None:
        raise BackupFailed("This is for SQLite. Restore a Postgres with pg_restore; the README says how.")
    with only_one_process(url), _files_that_obey():
        _must_be_free(target)
        contents = examine(backup)
        with draft_of(target) as draft:
            _copy(backup, draft)
            with opened(f"sqlite:///{draft}", source, alone=True) as database:
                prepare(database)
            publish(draft, target, replace=True)  # nobody else may work there, and what is there is empty
    return contents


@contextmanager
def _files_that_obey() -> Iterator[None]:
    """A folder that may not be written, a disk that is full: the system says which file and why."""
    try:
        yield
    except OSError as error:
        raise BackupFailed(f"{error.filename or 'A file'} can't be written: {error.strerror}.") from None


def _must_be_new(backup: Path) -> None:
    if os.path.lexists(backup):
        raise BackupFailed(f"{backup} is there already. Name another file.")
    if not os.path.isdir(backup.parent):  # noqa: PTH112 - it raises nothing
        raise BackupFailed(f"There is no folder {backup.parent}.")


def _must_be_free(target: Path) -> None:
    own = [target] if target.exists() and target.stat().st_size else []
    there = [*own, *sqlite.journals_of(target)]
    if there:
        names = " and ".join(map(str, there))
        raise BackupFailed(f"{names} would be overwritten. Move what is there away first.")


def _copy(database: Path, draft: Path) -> None:
    """A whole copy as of one moment, also while somebody writes; theirs waits no longer than the copying takes."""
    try:
        sqlite.copy(database, draft, SECONDS_TO_WAIT)
    except sqlite.Error as error:
        raise BackupFailed(f"{database} can't be copied: {error}.") from None


@contextmanager
def _opened_to_read(file: Path) -> Iterator[Connection]:
    engine = sqlite.engine_to_look(file, "ro")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _must_be_sound(connection: Connection, file: Path) -> None:
    try:
        is_sound = sqlite.is_whole(connection) and not sqlite.rows_that_point_nowhere(connection)
    except DatabaseTrouble:
        raise BackupFailed(f"{file} is damaged.") from None
    if not is_sound:
        raise BackupFailed(f"{file} is damaged.")


def _rows(connection: Connection) -> dict[str, int]:
    tables = sorted(set(inspect(connection).get_table_names()) - {"alembic_version"})
    quoted = connection.dialect.identifier_preparer.quote
    return {
        table: connection.exec_driver_sql(f"SELECT count(*) FROM {quoted(table)}").scalar_one()  # noqa: S608 - a name that the database gave
        for table in tables
    }
