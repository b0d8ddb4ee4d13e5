"""The file of a SQLite database under a bot that runs: people move it, put another in its place, or copy one over it.

A connection goes on with the file that it opened, and with its WAL. What it writes into one that was moved is found by
nobody, and a WAL that is played into another file damages it.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError

from storage.sqlite import bring_wal_in, identity_of, wal_of
from storage.troubles import MOVED, WRITTEN_OVER, DatabaseTrouble, must_be_a_file_of_ours

LONGEST_IN_THE_WAL = 1.0
"""Seconds, after which what was written is brought into the file as soon as its connection is free."""


def follows_its_file(engine: Engine, file: Path, look: Callable[[], None]) -> None:
    """Work on whichever file is there from now on, and make none. Where another has taken the place of the one that was open, `look` first."""
    followed = _Followed(file, look)
    event.listen(engine, "do_connect", followed.look_first)
    event.listen(engine, "connect", followed.note)
    event.listen(engine, "checkout", followed.must_be_of_this_file)
    event.listen(engine, "commit", followed.must_still_be_there)
    event.listen(engine, "checkin", followed.bring_in)
    event.listen(engine, "close", followed.spare_what_was_copied_over)
    event.listen(engine, "engine_disposed", followed.unpin)


class _Content(NamedTuple):
    """By which it is seen that somebody wrote the file. With a WAL only `bring_in` does."""

    changed_at: int
    size: int


class _Followed:
    def __init__(self, file: Path, look: Callable[[], None]) -> None:
        self._file, self._look = file, look
        self._known, self._pinned = identity_of(file), _pin(file)
        self._content: _Content | None = None
        self._brought_in_at = 0.0
        self._one_at_a_time = Lock()

    def look_first(self, *_: Any) -> None:
        must_be_a_file_of_ours(self._file)
        there = identity_of(self._file)
        if there is None:
            raise DatabaseTrouble(*MOVED)
        if there != self._known:
            self._look()
            self._known = there
            self.unpin()

    def note(self, connection: Any, record: Any) -> None:
        record.info["file"] = self._known
        if self._pinned is None:
            self._pinned = _pin(self._file)
        (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
        self._content = _content_of(self._file) if journal == "wal" else None

    def must_be_of_this_file(self, connection: Any, record: Any, _: Any) -> None:
        with self._one_at_a_time:
            if record.info.get("file") != identity_of(self._file):
                if self._has_a_name_still():
                    bring_wal_in(connection)
                raise DisconnectionError  # upon which the pool connects anew
            if self._is_written_over():
                self._known = None  # so it is looked at before it is opened
                if self._has_a_wal():
                    raise DatabaseTrouble(*WRITTEN_OVER)
                raise DisconnectionError

    def must_still_be_there(self, connection: Connection) -> None:
        """A commit into the WAL of a file that was moved succeeds."""
        with self._one_at_a_time:
            if connection.info.get("file") != identity_of(self._file):
                raise DatabaseTrouble(*MOVED)
            if self._is_written_over():
                raise DatabaseTrouble(*WRITTEN_OVER)

    def bring_in(self, connection: Any, record: Any) -> None:
        """The WAL into the file, so that little of what was written stands beside it."""
        now = time.monotonic()
        if connection is None or now - self._brought_in_at < LONGEST_IN_THE_WAL:
            return
        with self._one_at_a_time:
            is_ours = record.info.get("file") == identity_of(self._file) and not self._is_written_over()
            if self._content is not None and is_ours:
                bring_wal_in(connection)
                self._content, self._brought_in_at = _content_of(self._file), now

    def spare_what_was_copied_over(self, _: Any, record: Any) -> None:
        """SQLite plays the WAL into the file as it closes the last connection."""
        is_there = record.info.get("file") == identity_of(self._file)
        if is_there and self._is_written_over() and self._has_a_wal():
            os.truncate(wal_of(self._file), 0)

    def unpin(self, *_: Any) -> None:
        if self._pinned is not None:
            os.close(self._pinned)
        self._pinned = None

    def _is_written_over(self) -> bool:
        return self._content is not None and self._content != _content_of(self._file)

    def _has_a_wal(self) -> bool:
        wal = wal_of(self._file)
        return wal.exists() and wal.stat().st_size > 0

    def _has_a_name_still(self) -> bool:
        """A file that was moved to another disk is removed here, and what its WAL holds stands nowhere else."""
        return self._pinned is None or os.fstat(self._pinned).st_nlink > 0


def _content_of(file: Path) -> _Content | None:
    try:
        there = file.stat()
    except OSError:
        return None
    return _Content(there.st_mtime_ns, there.st_size)


def _pin(file: Path) -> int | None:
    """Keep the number of a file from being given to another once it is removed. On Linux this can be done without opening it, which would end SQLite's locks."""
    return os.open(file, os.O_PATH) if hasattr(os, "O_PATH") and file.exists() else None
