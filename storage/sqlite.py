"""The one door to SQLite: its library, its connections and engines, and what SQLite alone asks for."""

# Two SQLite libraries in one process break each other's locks (sqlite.org/howtocorrupt.html, 2.2.1), and the file with
# them. Nobody else imports one, and SQLAlchemy is told to use this one.
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

import structlog
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event

try:
    from pysqlite3 import dbapi2 as library
except ImportError:  # it has no wheel for this machine (pyproject.toml)
    from sqlite3 import dbapi2 as library

from storage.sqlite_troubles import UNSAFE_WAL, file_tells_its_troubles
from storage.troubles import DatabaseTrouble

log = structlog.get_logger(__name__)

Error = library.Error
VERSION = library.sqlite_version
Mode = Literal["ro", "rw", "rwc"]
"""To read, to write, or to write and make the file where there is none."""
Identity = tuple[int, int] | None
"""Which file it is, whatever its name; None of one that is not there."""

SECONDS_FOR_A_LOCK = 10
A_MOMENT = 0.1
FULL_DISK = 13
"""SQLITE_FULL (sqlite.org/rescode.html)."""
EVERY_TABLE = "=0x10002"
"""Also those of which this connection asked nothing (sqlite.org/pragma.html#pragma_optimize)."""


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
    file_tells_its_troubles(engine, file_of(address))
    event.listen(engine, "connect", _make_safe)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def engine_to_look(file: Path, mode: Mode, seconds: float = SECONDS_FOR_A_LOCK) -> Engine:
    """An engine that changes no setting of the file. To write, it puts right what a crash left half written."""
    engine = create_engine(
        "sqlite://", module=library, creator=lambda: open_file(file, mode, seconds), poolclass=NullPool
    )
    return file_tells_its_troubles(engine, file)


def identity_of(file: Path) -> Identity:
    """As long as somebody has a file open, no other has its number."""
    try:
        there = file.stat()
    except OSError:
        return None
    return there.st_dev, there.st_ino


def wal_of(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def journals_of(file: Path) -> list[Path]:
    """Those with something in them. They would be played into whichever file takes the place of their own.

    The index of a WAL (-shm) is none of them: whoever opens the file first makes it anew.
    """
    journals = [file.with_name(f"{file.name}-journal"), wal_of(file)]
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


def count_roughly(connection: Connection, *, every_table: bool = False) -> None:
    """Note how much there is of what, where that changed much: SQLite chooses its indexes by it, and counts only when it is told to.

    Postgres does so by itself.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA optimize{EVERY_TABLE if every_table else ''}")


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
    for pragma in (
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "wal_autocheckpoint=0",
        "analysis_limit=1000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def write_anew(file: Path, seconds: float) -> bool:
    """Write the whole file of what is in it, so that nothing is left of what was deleted, and bring its WAL in.

    Say whether the WAL is empty: whoever reads from it is waited for so long. Raises Error where others don't let go of the file.
    """
    with closing(open_file(file, "rw", seconds)) as connection:
        connection.isolation_level = None
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA temp_store=MEMORY")  # or a copy would lie in a folder for anything
        connection.execute("VACUUM")
        until = time.monotonic() + seconds
        while not (is_empty := bring_wal_in(connection)) and time.monotonic() < until:
            time.sleep(A_MOMENT)
        return is_empty


def bring_wal_in(connection: library.Connection) -> bool:
    """Write all of the WAL into its file, and leave nothing in it; say whether that was done.

    It waits for nobody: what others still read stays for the next time.
    """
    connection.execute("PRAGMA busy_timeout=0")
    try:
        (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except Error as error:  # what is in the WAL is safe there
        code = getattr(error, "sqlite_errorcode", None)
        if code != FULL_DISK:  # of which whoever writes tells in a line of its own
            log.warning("the WAL stays beside its file", code=code)
        is_busy = True
    connection.execute(f"PRAGMA busy_timeout={SECONDS_FOR_A_LOCK * 1000}")
    return not is_busy


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
