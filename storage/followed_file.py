"""The file of a SQLite database under a bot that runs: people move it, put another in its place, or write over it.

A connection goes on with the file that it opened, and with its WAL. What it writes into one that was moved is found by
nobody.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError

from storage.sqlite import Error, Identity, bring_wal_in, identity_of, open_file
from storage.sqlite_troubles import MOVED, must_be_a_file_of_ours
from storage.troubles import DatabaseTrouble

LONGEST_IN_THE_WAL = 1.0
"""Seconds, after which what was written is brought into the file as soon as its connection is free."""
Content = tuple[int, int] | None
"""When the file was written last, and how long it is; None of one that is not there."""


def follows_its_file(engine: Engine, file: Path, look: Callable[[], None]) -> None:
    """Work on whichever file is there from now on, and make none. Where another has taken the place of the one that was open, `look` first."""
    followed = _Followed(file, look)
    event.listen(engine, "do_connect", followed.connect)
    event.listen(engine, "connect", followed.after_connecting)
    event.listen(engine, "checkout", followed.before_use)
    event.listen(engine, "commit", followed.before_commit)
    event.listen(engine, "checkin", followed.after_use)
    event.listen(engine, "engine_disposed", followed.unpin)


class _Followed:
    def __init__(self, file: Path, look: Callable[[], None]) -> None:
        self._file, self._look = file, look
        self._known, self._pinned = identity_of(file), _pin(file)
        self._brought_in_at = 0.0

    def connect(self, *_: Any) -> Any:
        must_be_a_file_of_ours(self._file)
        there = identity_of(self._file)
        if there is None:
            raise DatabaseTrouble(*MOVED)
        if there != self._known:
            self._look()
            self._known = there
            self.unpin()
        return self._opened()

    def _opened(self) -> Any:
        """It may be moved away at any moment, also after the look at it: no file is made in its place."""
        try:
            return open_file(self._file, "rw")
        except Error:
            if identity_of(self._file) is None:
                raise DatabaseTrouble(*MOVED) from None
            raise

    def after_connecting(self, connection: Any, record: Any) -> None:
        if self._pinned is None:
            self._pinned = _pin(self._file)
        (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
        record.info.update(file=self._known, writes_ahead=journal == "wal", content=_content_of(self._file))

    def before_use(self, connection: Any, record: Any, _: Any) -> None:
        """A connection in WAL mode sees no change of the file itself: it believes what it has read before."""
        if not self._is_there(record.info):
            if self._has_a_name_still():
                bring_wal_in(connection)
            raise DisconnectionError  # upon which the pool connects anew
        if record.info["writes_ahead"] and record.info["content"] != _content_of(self._file):
            raise DisconnectionError

    def before_commit(self, connection: Connection) -> None:
        """A commit into the WAL of a file that was moved succeeds."""
        if not self._is_there(connection.info):
            raise DatabaseTrouble(*MOVED)

    def after_use(self, connection: Any, record: Any) -> None:
        """Bring the WAL into the file, so that little of what was written stands beside it."""
        now = time.monotonic()
        if connection is None or not self._is_there(record.info):
            return
        if record.info["writes_ahead"] and now - self._brought_in_at >= LONGEST_IN_THE_WAL:
            bring_wal_in(connection)
            self._brought_in_at = now
            record.info["content"] = _content_of(self._file)

    def unpin(self, *_: Any) -> None:
        if self._pinned is not None:
            os.close(self._pinned)
        self._pinned = None

    def _is_there(self, info: Any) -> bool:
        known: Identity = info.get("file")
        return known == identity_of(self._file)

    def _has_a_name_still(self) -> bool:
        """A file that was moved to another disk is removed here, and what its WAL holds stands nowhere else."""
        return self._pinned is None or os.fstat(self._pinned).st_nlink > 0


def _content_of(file: Path) -> Content:
    try:
        there = file.stat()
    except OSError:
        return None
    return there.st_mtime_ns, there.st_size


def _pin(file: Path) -> int | None:
    """Keep the number of a file from being given to another once it is removed. On Linux this can be done without opening it, which would end SQLite's locks."""
    return os.open(file, os.O_PATH) if hasattr(os, "O_PATH") and file.exists() else None
