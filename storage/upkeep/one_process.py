"""One process at a time works on a SQLite file: two would not see each other's claims in time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from storage.database import DatabaseIsAway


class AlreadyRunning(Exception):  # noqa: N818 - it is a state of affairs, and its text is shown to operators
    """Another process works on this file."""

    def __init__(self) -> None:
        super().__init__(
            "Another bot works with this SQLite file. End it first, or use Postgres, where any number may run."
        )


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database; None of another."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # their texts hold parts of the address
        raise DatabaseIsAway from None
    is_file = address.get_backend_name() == "sqlite" and address.database
    return Path(str(address.database)) if is_file else None


@contextmanager
def only_one_process(url: str) -> Iterator[None]:
    """Hold the lock beside a SQLite file, or raise AlreadyRunning; a process that is killed lets go of it. Postgres needs none."""
    file = sqlite_file(url)
    if file is None:
        yield
        return
    if not file.parent.is_dir():
        raise DatabaseIsAway
    lock = FileLock(f"{file}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise AlreadyRunning from None
    except OSError:  # nothing can be written there
        raise DatabaseIsAway from None
    try:
        yield
    finally:
        lock.release()
