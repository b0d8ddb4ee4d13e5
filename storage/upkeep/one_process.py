"""One process at a time works on a SQLite file: two would not see each other's claims in time."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from storage.database import DatabaseIsAway, address_of
from storage.sqlite import file_of


class AlreadyRunning(Exception):
    """Another process works on this file."""

    def __init__(self) -> None:
        super().__init__(
            "Another bot works with this SQLite file. End it first, or use Postgres, where any number may run."
        )


@contextmanager
def only_one_process(url: str) -> Iterator[None]:
    """Hold the lock beside a SQLite file, or raise AlreadyRunning; a process that is killed lets go of it. Postgres needs none."""
    file = file_of(address_of(url))
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
