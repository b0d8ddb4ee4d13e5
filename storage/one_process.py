"""One process at a time works on a SQLite file: two would not see each other's claims in time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL

from storage.database import DatabaseIsAway


class AlreadyRunning(Exception):  # noqa: N818 - it is a state of affairs, and its text is shown to operators
    """Another process works on this file."""

    def __init__(self) -> None:
        super().__init__(
            "Another bot works with this SQLite file. End it first, or use Postgres, where any number may run."
        )


@contextmanager
def only_one_process(url: URL) -> Iterator[None]:
    """Hold the lock beside a SQLite file, or raise AlreadyRunning; a process that is killed lets go of it. Postgres needs none."""
    if url.get_backend_name() != "sqlite" or not url.database:
        yield
        return
    if not Path(url.database).parent.is_dir():
        raise DatabaseIsAway
    lock = FileLock(f"{url.database}.lock", timeout=0)
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
