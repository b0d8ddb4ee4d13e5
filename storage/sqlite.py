"""The one door to SQLite: its library, its connections and engines, and what SQLite alone asks for."""

# Two SQLite libraries in one process break each other's locks (sqlite.org/howtocorrupt.html, 2.2.1), and the file with
# them. Nobody else imports one, and SQLAlchemy is told to use this one. Another library is another line here.
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import dbapi2 as library
from typing import Any, Literal

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event

from storage.troubles import tells_its_troubles

Error = library.Error
VERSION = library.sqlite_version
Mode = Literal["ro", "rw", "rwc"]
"""To read, to write, or to write and make the file where there is none."""

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
    for pragma in (
        f"journal_mode={'WAL' if wal_is_safe() else 'DELETE'}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
