"""The one door to SQLite: its library, its connections and engines, and what SQLite alone asks for."""

# Two SQLite libraries in one process break each other's locks (sqlite.org/howtocorrupt.html, 2.2.1), and the file with
# them. Nobody else imports one, and SQLAlchemy is told to use this one. Another library is another line here.
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DisconnectionError

try:
    from pysqlite3 import dbapi2 as library
except ImportError:  # it has no wheel for this machine (pyproject.toml)
    from sqlite3 import dbapi2 as library

from storage.troubles import MOVED, UNSAFE_WAL, DatabaseTrouble, must_be_a_file_of_ours, tells_its_troubles

Error = library.Error
VERSION = library.sqlite_version
Mode = Literal["ro", "rw", "rwc"]
"""To read, to write, or to write and make the file where there is none."""
Identity = tuple[int, int] | None
"""Which file it is, whatever its name; None of one that is not there."""

SECONDS_FOR_A_LOCK = 10


def is_sqlite(address: URL) -> bool:
    return address.get_backend_name() == "sqlite"


def file_of(address: URL) -> Path | None:
    """The file of a SQLite database; None of another."""
    return Path(address.database or "") if is_sqlite(address) else None


def open_file(file: Path, mode: Mode = "rw", seconds: float = SECONDS_FOR_A_LOCK) -> library.Connection:
    """A plain connection, which waits so long for a lock. It changes no setting of the file. Raises Error where nothing opens."""
    address = f"{file.absolute().as_uri()}?mode={mode}"
    return library.connect(address, timeout=seconds, uri=True, check_same_thread=False)


def engine_to_work(address: URL) -> Engine:
    """An engine with the settings that make SQLite safe. It makes the file where there is none."""
    waiting = {"check_same_thread": False, "timeout": SECONDS_FOR_A_LOCK}
    engine = create_engine(address, module=library, connect_args=waiting)
    tells_its_troubles(engine, file_of(address))
    event.listen(engine, "connect", _make_safe)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def engine_to_look(file: Path, mode: Mode, seconds: float = SECONDS_FOR_A_LOCK) -> Engine:
    """An engine that changes no setting of the file. To write, it puts right what a crash left half written."""
    engine = create_engine(
        "sqlite://", module=library, creator=lambda: open_file(file, mode, seconds), poolclass=NullPool
    )
    return tells_its_troubles(engine, file)


def follows_its_file(engine: Engine, file: Path, look: Callable[[], None]) -> None:
    """Work on whichever file is there from now on, and make none. Where another has taken the place of the one that was open, `look` first."""
    followed = _Followed(file, look)
    event.listen(engine, "do_connect", followed.look_first)
    event.listen(engine, "connect", followed.note)
    event.listen(engine, "checkout", followed.must_be_of_this_file)
    event.listen(engine, "commit", followed.must_still_be_there)
    event.listen(engine, "engine_disposed", followed.unpin)


class _Followed:
    """A connection goes on with the file that it opened, also where that was moved away, and what it writes is found by nobody."""

    def __init__(self, file: Path, look: Callable[[], None]) -> None:
        self._file, self._look = file, look
        self._known, self._pinned = identity_of(file), _pin(file)

    def look_first(self, *_: Any) -> None:
        must_be_a_file_of_ours(self._file)
        there = identity_of(self._file)
        if there is None:
            raise DatabaseTrouble(*MOVED)
        if there != self._known:
            self._look()
            self._known = there
            self.unpin()
            self._pinned = _pin(self._file)

    def note(self, _: library.Connection, record: Any) -> None:
        record.info["file"] = self._known

    def must_be_of_this_file(self, connection: library.Connection, record: Any, _: Any) -> None:
        if record.info.get("file") != identity_of(self._file):
            _empty_its_wal(connection)
            raise DisconnectionError  # upon which the pool connects anew

    def must_still_be_there(self, connection: Connection) -> None:
        """A commit into the WAL of a file that was moved succeeds."""
        if connection.info.get("file") != identity_of(self._file):
            raise DatabaseTrouble(*MOVED)

    def unpin(self, *_: Any) -> None:
        if self._pinned is not None:
            os.close(self._pinned)
        self._pinned = None


def _empty_its_wal(connection: library.Connection) -> None:
    """Bring all of a file's WAL into it. SQLite does so when the last connection closes, but not where the file was moved."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _pin(file: Path) -> int | None:
    """Keep the number of a file from being given to another once it is removed. On Linux this can be done without opening it, which would end SQLite's locks."""
    return os.open(file, os.O_PATH) if hasattr(os, "O_PATH") and file.exists() else None


def identity_of(file: Path) -> Identity:
    """As long as somebody has a file open, no other has its number."""
    try:
        there = file.stat()
    except OSError:
        return None
    return there.st_dev, there.st_ino


def journals_of(file: Path) -> list[Path]:
    """Those with something in them. They would be played into whichever file takes the place of their own.

    The index of a WAL (-shm) is none of them: whoever opens the file first makes it anew.
    """
    journals = [file.with_name(f"{file.name}-{kind}") for kind in ("journal", "wal")]
    return [journal for journal in journals if journal.exists() and journal.stat().st_size]


def copy(source: Path, target: Path, seconds: float) -> None:
    """Write all of a file as of one moment into an empty one, also while somebody writes. Raises Error, and may leave a part."""
    with closing(open_file(source, "rw", seconds)) as reading:
        reading.isolation_level = None
        reading.execute("VACUUM INTO ?", (str(target),))


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """SQLite rebuilds tables, and would delete the rows that point at them. Inside a transaction it ignores the switch.

    What was done is committed. Raises RuntimeError, and rolls back, if a row points nowhere then.
    """
    driver = connection.connection.cursor()
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        if rows_that_point_nowhere(connection):
            raise RuntimeError("a migration left a row that points nowhere")
        connection.commit()
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")
        driver.close()


def is_whole(connection: Connection) -> bool:
    """Whether SQLite finds every page of the file sound. Raises DatabaseTrouble where it cannot even look."""
    return connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() == "ok"


def rows_that_point_nowhere(connection: Connection) -> int:
    return len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())


def writes_ahead(connection: Connection) -> bool:
    """Whether the file is in WAL mode."""
    return connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def wal_is_safe() -> bool:
    """Whether this SQLite has the fix of the WAL-reset bug, which can corrupt a file (sqlite.org/wal.html#walresetbug)."""
    return has_the_wal_fix(library.sqlite_version_info)


def has_the_wal_fix(version: tuple[int, ...]) -> bool:
    backports = ((3, 44, 6), (3, 50, 7))
    return version >= (3, 51, 3) or any(version[:2] == fixed[:2] and version >= fixed for fixed in backports)


def _make_safe(connection: library.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver would begin late, and two readers could lose an update
    _choose_journal(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _choose_journal(connection: library.Connection) -> None:
    """WAL where it is safe; a disk that can't share memory leaves `DELETE`, which always is.

    SQLite answers which it is, and changes nothing while another has the file open. Raises DatabaseTrouble where
    it stays WAL, and is not safe.
    """
    (journal,) = connection.execute(f"PRAGMA journal_mode={'WAL' if wal_is_safe() else 'DELETE'}").fetchone()
    if journal == "wal" and not wal_is_safe():
        raise DatabaseTrouble(*UNSAFE_WAL)


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
