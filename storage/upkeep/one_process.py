"""One process at a time works on a SQLite file: two would not see each other's claims in time."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from errno import ENOLCK
from pathlib import Path

from filelock import FileLock, Timeout

from storage.database import address_of
from storage.sqlite import file_of
from storage.sqlite_troubles import DOES_NOT_OPEN, NO_LOCKS, must_be_a_file_of_ours
from storage.troubles import DatabaseTrouble


class AlreadyRunning(Exception):
    """Another process works on this file."""

    def __init__(self) -> None:
        super().__init__(
            "Another bot works with this SQLite file. End it first, or use Postgres, where any number may run."
        )


def lock_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.lock")


@contextmanager
def only_one_process(url: str) -> Iterator[None]:
    """Hold the lock beside a SQLite file, or raise AlreadyRunning; a process that is killed lets go of it. Postgres needs none."""
    file = file_of(address_of(url))
    with nullcontext() if file is None else only_one_on(file, seconds=0):
        yield


@contextmanager
def only_one_on(file: Path, seconds: float) -> Iterator[None]:
    """The same for a file, after waiting so long for whoever has it."""
    must_be_a_file_of_ours(file)
    lock = FileLock(lock_of(file), timeout=seconds)
    try:
        lock.acquire()
    except Timeout:
        raise AlreadyRunning from None
    except OSError as error:
        raise DatabaseTrouble(*(NO_LOCKS if error.errno == ENOLCK else DOES_NOT_OPEN)) from None
    try:
        yield
    finally:
        lock.release()
