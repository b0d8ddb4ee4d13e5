"""What can hurt about the database itself: each check stands on those before it."""

import os
import shutil
from datetime import timedelta

from program.clock import real_clock
from program.doctor.findings import Checks, Finding, Trouble, error, look, warning
from storage.keys import is_open_to_others
from storage.sqlite_troubles import UNSAFE_WAL, must_be_a_file_of_ours
from storage.upkeep.inspection import Checkup
from storage.upkeep.schema import Age

LEAST_ROOM = 100 * 1024**2  # bytes
MOST_SKEW = timedelta(seconds=60)


def database_findings(checkup: Checkup) -> list[Finding]:
    """Of what does not open nothing more can be said, of what is broken nothing that could be trusted, and where we may not write no advice would help."""
    return look(_OPENING, checkup) or look(_WHOLE, checkup) or look(_OF_USE, checkup) or look(_SOUND, checkup)


def _opens(checkup: Checkup) -> Trouble | None:
    if checkup.file is not None and not os.path.exists(checkup.file):  # noqa: PTH110 - it raises nothing
        must_be_a_file_of_ours(checkup.file)
        checkup.must_be_of_use()
        return warning("There is no database yet.", "python -m bot setup FILE, or python -m bot run.")
    checkup.must_open()
    return None


def _age(checkup: Checkup) -> Trouble | None:
    match checkup.age():
        case Age.NEWEST:
            return None
        case Age.OLDER:
            return error("The database is behind this version of the program.", "python -m bot migrate")
        case Age.NEWER:
            return error(
                "A newer version of the program has used the database.", "install the newer version."
            )


def _is_whole(checkup: Checkup) -> Trouble | None:
    if checkup.is_whole():
        return None
    return error("The database file is corrupt.", "stop the bot, keep the file, and restore a backup.")


def _references(checkup: Checkup) -> Trouble | None:
    strays = checkup.rows_that_point_nowhere()
    if not strays:
        return None
    return error(
        f"Rows of the database point to what is gone: {strays}.",
        "stop the bot, and restore a backup from before.",
    )


def _of_use(checkup: Checkup) -> Trouble | None:
    checkup.must_be_of_use()
    return None


def _private(checkup: Checkup) -> Trouble | None:
    if checkup.file is None or not is_open_to_others(checkup.file):
        return None
    return warning("Other users of this machine can read the database file.", "chmod 600 the database file.")


def _room(checkup: Checkup) -> Trouble | None:
    if checkup.file is None or shutil.disk_usage(checkup.file.parent).free >= LEAST_ROOM:
        return None
    return error(
        f"Less than {LEAST_ROOM // 1024**2} MB are free on the disk of the database.", "make room on it."
    )


def _journal(checkup: Checkup) -> Trouble | None:
    if not checkup.journal_can_break_it():
        return None
    return error(*UNSAFE_WAL)


def _clock(checkup: Checkup) -> Trouble | None:
    if abs(checkup.clock_is_ahead_of(real_clock())) <= MOST_SKEW:
        return None
    return warning(
        "The clocks of the database and of this machine are more than a minute apart.",
        "have both set by NTP.",
    )


_OPENING: Checks[Checkup] = {"database": _opens}
_WHOLE: Checks[Checkup] = {"database integrity": _is_whole}
_OF_USE: Checks[Checkup] = {"database rights": _of_use}
_SOUND: Checks[Checkup] = {
    "database schema": _age,
    "database references": _references,
    "database file": _private,
    "database journal": _journal,
    "database clock": _clock,
    "free disk": _room,
}
DATABASE_CHECKS = {**_OPENING, **_WHOLE, **_OF_USE, **_SOUND}
