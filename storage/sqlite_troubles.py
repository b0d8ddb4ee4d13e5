"""What can be wrong with a SQLite file, its folder and its disk."""

import os
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import ExceptionContext

from storage.troubles import BROKEN_DISK, DAMAGED, FULL, NO_MEMORY, DatabaseTrouble, Told, tells_its_troubles

NO_OPTIONS = (
    "DATABASE_URL names a SQLite file and has options after its question mark.",
    "take out the question mark and what follows it.",
)
LOCKED = (
    "Another program holds the database file.",
    "end it, or its transaction, and try again.",
)
NO_LOCKS = (
    "The folder of the database file knows no locks, as folders on a network often do.",
    "put the file on a disk of this machine.",
)
NO_FILE_OF_OURS = (
    "The file at DATABASE_URL is no SQLite database.",
    "correct DATABASE_URL, or restore a backup.",
)
NO_FILE = (
    "There is no database file at DATABASE_URL.",
    "correct DATABASE_URL, or set up a consortium first.",
)
MOVED = (
    "The database file was moved away while the bot works with it.",
    "put it back, and the bot goes on by itself. To restore a backup, end the bot first.",
)
LINKED = (
    "The database file has two names (a hard link), and its lock and its journals lie beside one of them alone.",
    "end all that uses it, find the names with find -samefile, and remove all but the one that the bot used.",
)
MOUNTED_ALONE = (
    "The database file is mounted without its folder, so its lock and its journals do not lie beside it.",
    "end all that uses it, and mount the folder in which the file is.",
)
UNSAFE_WAL = (
    "The database file is in WAL mode, and this SQLite has a bug that can corrupt it there.",
    "end all that uses the file, then python -m bot migrate.",
)
NO_FOLDER = ("The folder of the database file is not there.", "make it, or correct DATABASE_URL.")
A_FOLDER = (
    "What DATABASE_URL names is a folder, and no file.",
    "add the name of a file: sqlite:////folder/agenda.db",
)
READ_ONLY_DISK = (
    "The disk of the database file is mounted so that it can only be read.",
    "mount it to be written, or put the file elsewhere.",
)
FILE_NOT_OURS = (
    "The user that runs this may not read and write the database file.",
    "let it: chown the file to that user.",
)
FOLDER_NOT_OURS = (
    "The user that runs this may not write into the folder of the database file.",
    "let it: chown the folder to that user. SQLite makes its journal there.",
)
DOES_NOT_OPEN = (
    "The database file does not open.",
    "correct DATABASE_URL, or see whether its disk can be written.",
)

# https://www.sqlite.org/rescode.html
_BY_CODE: dict[int, Told] = {
    3: FILE_NOT_OURS,
    5: LOCKED,
    6: LOCKED,
    7: NO_MEMORY,
    8: FILE_NOT_OURS,
    10: BROKEN_DISK,
    11: DAMAGED,
    13: FULL,
    14: DOES_NOT_OPEN,
    15: NO_LOCKS,
    22: NO_LOCKS,
    26: NO_FILE_OF_OURS,
}
_ABOUT_THE_FILE = {3, 8, 10, 14}
"""Codes of which the file and its folder know more."""

_FILE_HAS_MOVED = 1032
_ABOUT_LOCKS = {2058, 2314, 3594, 3850}
"""Failures to unlock, to lock for reading, to see who has reserved, and to lock."""


def file_tells_its_troubles(engine: Engine, file: Path | None) -> Engine:
    """Let what goes wrong with the file come out as a DatabaseTrouble."""

    def told(failure: ExceptionContext) -> Told | None:
        return _told(failure.original_exception, file)

    return tells_its_troubles(engine, told)


def must_be_a_file_of_ours(file: Path) -> None:
    """Raises DatabaseTrouble where a SQLite file can't be opened and written, as far as looking tells. It need not be there yet."""
    told = _about(file)
    if told:
        raise DatabaseTrouble(*told)


def must_have_one_name(file: Path) -> None:
    """Raises DatabaseTrouble where a file that is there has another name, too, under which nobody sees our lock and our WAL."""
    told = _about_its_names(file)
    if told:
        raise DatabaseTrouble(*told)


def _told(failure: BaseException, file: Path | None) -> Told | None:
    code = getattr(failure, "sqlite_errorcode", None)
    if code is None:
        return None
    if code in _ABOUT_LOCKS:
        return NO_LOCKS
    if code == _FILE_HAS_MOVED:
        return MOVED
    primary = code & 0xFF
    if file is None or primary not in _ABOUT_THE_FILE:
        return _BY_CODE.get(primary)
    return _about(file) or (_BY_CODE[primary] if os.path.lexists(file) else NO_FILE)


def _about(file: Path) -> Told | None:
    """A folder into which nobody may look raises at each question."""
    try:
        return _about_what_can_be_seen(file)
    except PermissionError:
        return FOLDER_NOT_OURS
    except (OSError, RuntimeError):  # a link that leads to itself, a name that is too long
        return DOES_NOT_OPEN


def _about_what_can_be_seen(file: Path) -> Told | None:
    if not file.parent.is_dir():
        return NO_FOLDER
    if file.is_dir():
        return A_FOLDER
    if os.statvfs(file.parent).f_flag & os.ST_RDONLY:
        return READ_ONLY_DISK
    if _is_there(file) and not _may(file, os.R_OK | os.W_OK):
        return FILE_NOT_OURS
    if not _may(file.parent, os.W_OK | os.X_OK):
        return FOLDER_NOT_OURS
    return _about_its_names(file) if _is_there(file) else None


def _about_its_names(file: Path) -> Told | None:
    """Two who work with it under two names corrupt it (sqlite.org/howtocorrupt.html, 2.5)."""
    if file.stat().st_nlink > 1:
        return LINKED
    return MOUNTED_ALONE if _mount_of(file) != _mount_of(file.parent) else None


def _is_there(file: Path) -> bool:
    """Raises OSError where nobody can tell."""
    try:
        file.stat()
    except FileNotFoundError:
        return False
    return True


def _may(path: Path, what: int) -> bool:
    return os.access(path, what, effective_ids=True)


def _mount_of(path: Path) -> bytes | None:
    """The line with its number; None where the system tells none. Linux tells it without opening the file, which would end SQLite's locks."""
    if not hasattr(os, "O_PATH"):
        return None
    descriptor = os.open(path, os.O_PATH)
    try:
        facts = Path(f"/proc/self/fdinfo/{descriptor}").read_bytes().splitlines()
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return next((fact for fact in facts if fact.startswith(b"mnt_id:")), None)
