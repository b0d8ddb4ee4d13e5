"""Where the bot keeps things while it is measured, and how many things it has kept."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

import psycopg

from storage.sqlite import VERSION, open_file

Question = Literal[
    "SELECT count(DISTINCT title) FROM item", "SELECT count(*) FROM deed", "SELECT count(*) FROM post"
]
ITEMS, DEEDS, POSTS = get_args(Question)
ON_DISK = Path("/var/tmp")  # noqa: S108 - in it a folder is made; /tmp lies in memory on some machines


class Server(Protocol):
    def create(self) -> str:
        """Give the URL of a new database."""

    def url(self, database: str) -> str: ...


@dataclass(frozen=True)
class Engine:
    """`about` says what a figure depends on: the version, and what it takes to commit."""

    name: str
    about: str
    new_database: Callable[[], str]
    count_in: Callable[[str, Question], int]


def disk() -> Path:
    return ON_DISK if ON_DISK.is_dir() else Path(tempfile.gettempdir())


@contextmanager
def folder_on_disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-", dir=disk()) as name:
        yield Path(name)


def sqlite(folder: Path) -> Engine:
    urls = (f"sqlite:///{folder}/{number}.db" for number in count(1))
    about = f"SQLite {VERSION}, a file on disk"
    return Engine("SQLite", about, lambda: next(urls), _count_in_sqlite)


@contextmanager
def postgres(on_disk: Path | None = None) -> Iterator[Engine]:
    """The server of the tests. It keeps its files in a new folder on disk and waits for it, or in memory and does not wait."""
    from tests.servers import running_postgres  # noqa: PLC0415 - only who measures Postgres needs the tests

    with running_postgres(on_disk) as server:
        yield on_server(server)


def on_server(server: Server) -> Engine:
    return Engine("Postgres", _about_postgres(server.url("postgres")), server.create, _count_in_postgres)


def _count_in_sqlite(url: str, what: Question) -> int:
    with closing(open_file(Path(url.removeprefix("sqlite:///")))) as connection:
        return int(connection.execute(what).fetchone()[0])


def _count_in_postgres(url: str, what: Question) -> int:
    with psycopg.connect(plain(url)) as connection:
        return int(_only(connection.execute(what).fetchone()))


def _about_postgres(url: str) -> str:
    with psycopg.connect(plain(url)) as connection:
        shown = [connection.execute(f"SHOW {name}").fetchone() for name in ("server_version", "fsync")]
    version, fsync = (_only(row) for row in shown)
    return f"Postgres {version}, fsync {fsync}"


def plain(url: str) -> str:
    """Without the driver that SQLAlchemy names in it."""
    return url.replace("postgresql+psycopg:", "postgresql:")


def _only(row: tuple[Any, ...] | None) -> Any:
    return row[0] if row else None
