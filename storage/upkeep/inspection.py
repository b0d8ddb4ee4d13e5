"""A database looked at and left as it is: whether it opens, is whole, and is one that this program knows."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, NullPool, event, func, select

from storage import sqlite
from storage.database import address_of, postgres_engine
from storage.sqlite_troubles import must_be_a_file_of_ours
from storage.tenancy import Session, enter
from storage.troubles import DatabaseTrouble
from storage.upkeep.schema import Age, age_of, must_be_of_use

SECONDS_TO_CONNECT = 2
SECONDS_TO_ANSWER = 2


class Checkup:
    """It makes no file, changes no setting and takes no lock for longer than a question."""

    def __init__(self, url: str) -> None:
        """It raises DatabaseTrouble where the URL is none."""
        address = address_of(url)
        self.file = sqlite.file_of(address)
        self._engine = _postgres(address) if self.file is None else _sqlite(self.file)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def session(self, consortium_id: int | None = None) -> Iterator[Session]:
        with Session(self._engine) as session:
            if consortium_id is not None:
                enter(session, consortium_id)
            yield session

    def must_open(self) -> None:
        """Raises DatabaseTrouble where no database lets us in: SQLite reads a file only when it is asked something."""
        with self.connection() as connection:
            connection.exec_driver_sql("SELECT 1" if self.file is None else "PRAGMA schema_version")

    def must_be_of_use(self) -> None:
        """Raises DatabaseTrouble where nothing can be written, or not all that people write. A file need not be there yet."""
        if self.file is not None:
            must_be_a_file_of_ours(self.file)
        if self.file is None or os.path.exists(self.file):  # noqa: PTH110 - it raises nothing
            with self.connection() as connection:
                must_be_of_use(connection)

    def age(self) -> Age:
        with self.connection() as connection:
            return age_of(connection)

    def is_whole(self) -> bool:
        if self.file is None:
            return True
        try:
            with self.connection() as connection:
                return sqlite.is_whole(connection)
        except DatabaseTrouble:  # what is broken may also be what the question is answered from
            return False

    def rows_that_point_nowhere(self) -> int:
        """Postgres lets none be; SQLite does while somebody has its foreign keys switched off."""
        if self.file is None:
            return 0
        with self.connection() as connection:
            return sqlite.rows_that_point_nowhere(connection)

    def journal_can_break_it(self) -> bool:
        """Whether the file is in the mode that the WAL-reset bug of this SQLite can corrupt."""
        if self.file is None or sqlite.wal_is_safe():
            return False
        with self.connection() as connection:
            return sqlite.writes_ahead(connection)

    def clock_is_ahead_of(self, now: datetime) -> timedelta:
        if self.file is not None:
            return timedelta(0)
        with self.connection() as connection:
            told: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return told - now


def _sqlite(file: Path) -> Engine:
    """A file that is not there is not made. What a crash left half written is put right by being read."""
    return sqlite.engine_to_look(file, "rw", SECONDS_TO_ANSWER)


def _postgres(address: URL) -> Engine:
    engine = postgres_engine(
        address, poolclass=NullPool, connect_args={"connect_timeout": SECONDS_TO_CONNECT}
    )
    event.listen(engine, "begin", _answer_soon)
    return engine


def _answer_soon(connection: Connection) -> None:
    """For this transaction alone: a pooler lets no option through, and gives the session to somebody else afterwards."""
    connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{SECONDS_TO_ANSWER}s'")
