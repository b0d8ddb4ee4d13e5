"""Databases with the newest schema and nothing in them, for trials outside of pytest and for servers that are to fail."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from storage import sqlite
from storage.database import connect
from storage.upkeep.schema import bring_up_to_date
from tests.servers import PostgresServer, SqliteFiles, running_postgres


@contextmanager
def on_postgres() -> Iterator[tuple[PostgresServer, str]]:
    """A server of its own, and the URL of a database that keeps what was committed when the server is stopped."""
    with running_postgres() as server:
        url = f"{server.url('postgres')}&options=-csynchronous_commit%3Don"
        _migrate(url)
        yield server, url


def on_sqlite(folder: Path) -> str:
    url = SqliteFiles(folder).create()
    _migrate(url)
    return url


def unsound(url: str) -> list[str]:
    """What SQLite finds wrong with the file, as a killed process left it."""
    with closing(sqlite.open_file(Path(str(make_url(url).database)))) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        return [line for line in found if line != "ok"] + [
            str(row) for row in connection.execute("PRAGMA foreign_key_check")
        ]


def _migrate(url: str) -> None:
    engine = connect(url)
    bring_up_to_date(engine)
    engine.dispose()
