"""Where the bot keeps things while it is measured, and how many things it has kept."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from storage.sqlite import VERSION, open_file

ITEMS = "SELECT count(DISTINCT title) FROM item"
ON_DISK = Path("/var/tmp")  # noqa: S108 - in it a folder is made; /tmp lies in memory on some machines


@dataclass(frozen=True)
class Engine:
    """`about` says what a figure depends on: the version, and what it takes to commit."""

    name: str
    about: str
    new_database: Callable[[], str]
    items_in: Callable[[str], int]


@contextmanager
def folder_on_disk() -> Iterator[Path]:
    parent = ON_DISK if ON_DISK.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="bench-", dir=parent) as name:
        yield Path(name)


def sqlite(folder: Path) -> Engine:
    urls = (f"sqlite:///{folder}/{number}.db" for number in count(1))
    about = f"SQLite {VERSION}, a file on disk"
    return Engine("SQLite", about, lambda: next(urls), _items_in_sqlite)


@contextmanager
def postgres() -> Iterator[Engine]:
    """The server of the tests, which keeps its files in memory and does not wait for a disk."""
    from tests.servers import running_postgres  # noqa: PLC0415 - only who measures Postgres needs the tests

    with running_postgres() as server:
        about = _about_postgres(server.url("postgres"))
        yield Engine("Postgres", about, server.create, _items_in_postgres)


def _items_in_sqlite(url: str) -> int:
    with closing(open_file(Path(url.removeprefix("sqlite:///")))) as connection:
        return int(connection.execute(ITEMS).fetchone()[0])


def _items_in_postgres(url: str) -> int:
    with psycopg.connect(_plain(url)) as connection:
        return int(_only(connection.execute(ITEMS).fetchone()))


def _about_postgres(url: str) -> str:
    with psycopg.connect(_plain(url)) as connection:
        shown = [connection.execute(f"SHOW {name}").fetchone() for name in ("server_version", "fsync")]
    version, fsync = (_only(row) for row in shown)
    return f"Postgres {version}, fsync {fsync}"


def _plain(url: str) -> str:
    """Without the driver that SQLAlchemy names in it."""
    return url.replace("postgresql+psycopg:", "postgresql:")


def _only(row: tuple[Any, ...] | None) -> Any:
    return row[0] if row else None
