"""What can be wrong with a database, told in a line: which it is, and what helps.

No word of a driver's is repeated: it may hold parts of the address, or what a person wrote.
"""

import os
import re
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

Told = tuple[str, str]
"""What is wrong, and what helps."""


class DatabaseTrouble(Exception):
    """The database can't do what it is for, and people have to mend that. `says` what is wrong, and `then` what helps."""

    def __init__(self, says: str, then: str) -> None:
        super().__init__(f"{says} {then[:1].upper()}{then[1:]}")
        self.says = says
        self.then = then


NO_ADDRESS = (
    "DATABASE_URL can't be read as an address.",
    "write in its password %40 for @, %3A for :, %2F for /, %3F for ?, %23 for # and %25 for %.",
)
UNKNOWN_OPTION = (
    "DATABASE_URL has an option after its question mark that Postgres does not know.",
    "take out what libpq does not list, such as schema= or pgbouncer=.",
)
WRONG_OPTION = (
    "DATABASE_URL has an option whose value Postgres does not take.",
    "correct what stands after its question mark, or its port.",
)
NO_OPTIONS = (
    "DATABASE_URL names a SQLite file and has options after its question mark.",
    "take out the question mark and what follows it.",
)
AWAY = (
    "The database at DATABASE_URL can't be reached, or has broken off.",
    "start it, see whether this machine reaches it, or correct DATABASE_URL.",
)
NOBODY_THERE = (
    "Nothing listens at the host and port of DATABASE_URL.",
    "start Postgres there, or correct host and port.",
)
NO_HOST = ("The host of DATABASE_URL is not known here.", "correct the host, or the name service.")
SILENT = (
    "The host of DATABASE_URL does not answer.",
    "correct host and port, or let the firewall pass this machine.",
)
STARTING = ("Postgres is just starting or ending.", "try again when it is up.")
TOO_MANY = (
    "Postgres has no connection left.",
    "end what holds them, or raise its max_connections or the pooler's limits.",
)
WHO = ("Postgres does not accept the user or the password of DATABASE_URL.", "correct them.")
NO_PASSWORD = (
    "Postgres wants a password, and DATABASE_URL has none.",
    "add it: postgresql://user:password@…",
)
NO_DATABASE = (
    "Postgres has no database of the name in DATABASE_URL.",
    "correct the name, or make it: createdb -E UTF8 -T template0",
)
NEEDS_SSL = (
    "Postgres lets in only connections with SSL.",
    "put sslmode=require after the question mark of DATABASE_URL.",
)
NO_SSL = (
    "DATABASE_URL asks for SSL, and Postgres offers none.",
    "switch SSL on there, or take sslmode out of DATABASE_URL.",
)
NO_TRUST = (
    "SSL with Postgres does not come about: its certificate, or ours, is not accepted.",
    "correct sslmode, sslrootcert, sslcert or sslkey in DATABASE_URL.",
)
SHUT_OUT = (
    "Postgres does not let this user of this machine into this database.",
    "let them in, in its pg_hba.conf and by GRANT CONNECT, or correct DATABASE_URL.",
)
REFUSED = (
    "Postgres, or what stands before it, refuses the connection.",
    "see its log for why, or correct DATABASE_URL.",
)
NO_RIGHTS = (
    "The user of DATABASE_URL lacks rights in the database.",
    "make it the owner: ALTER DATABASE … OWNER TO …; or GRANT USAGE, CREATE ON SCHEMA public TO it.",
)
NO_SCHEMA = (
    "The user of DATABASE_URL has no schema in which it may make tables.",
    "GRANT USAGE, CREATE ON SCHEMA public TO it, or set its search_path to a schema of its own.",
)
READ_ONLY = (
    "The database can only be read: it is a standby, or was set so.",
    "let DATABASE_URL name the primary, or set default_transaction_read_only off.",
)
NOT_UTF8 = (
    "The encoding of the database is not UTF8, so it can't keep what people write.",
    "make a database that can, and correct DATABASE_URL: createdb -E UTF8 -T template0",
)
TOO_SLOW = (
    "Postgres broke off a question that took longer than its statement_timeout or lock_timeout.",
    "raise them for this user, or see what keeps the database busy.",
)
FULL = ("The disk of the database is full.", "make room on it; the bot then goes on by itself.")
NO_MEMORY = ("The machine of the database has no memory left.", "free some, or give it more.")
DAMAGED = ("The database is damaged.", "stop the bot, keep what is there, and restore a backup.")
BROKEN_DISK = (
    "The disk of the database can't be read or written.",
    "see the system's log, quotas and limits (ulimit -f); copy the file away if the disk is failing.",
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

# https://www.postgresql.org/docs/current/errcodes-appendix.html; a class is two letters
_BY_STATE: dict[str, Told] = {
    "08": AWAY,
    "28": WHO,
    "3D": NO_DATABASE,
    "3F000": NO_SCHEMA,
    "42501": NO_RIGHTS,
    "25006": READ_ONLY,
    "22P05": NOT_UTF8,
    "53100": FULL,
    "53200": NO_MEMORY,
    "53300": TOO_MANY,
    "53400": TOO_MANY,
    "55P03": TOO_SLOW,
    "57014": TOO_SLOW,
    "57P01": STARTING,
    "57P02": STARTING,
    "57P03": STARTING,
    "57P04": NO_DATABASE,
    "57P05": AWAY,
    "58": BROKEN_DISK,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
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

# Of a connection that did not come about libpq tells no state but only words; what they quote is taken out before.
_BY_WORDS: tuple[tuple[str, Told], ...] = (
    (r"too many|remaining connection slots|no more connections|max_client_conn|query_wait_timeout", TOO_MANY),
    (r"starting up|shutting down|recovery mode|not (yet )?accepting", STARTING),
    (r"no password supplied|empty password", NO_PASSWORD),
    (
        r"no pg_hba\.conf entry(?!.* SSL encryption).* no encryption|ssl required|ssl connection is required",
        NEEDS_SSL,
    ),
    (r"pg_hba\.conf|permission denied for database", SHUT_OUT),
    (r"authentication failed|no such user|role .* does not exist|not permitted to log in", WHO),
    (r"no such database|database .* does not exist", NO_DATABASE),
    (r"unsupported startup parameter|invalid connection option", UNKNOWN_OPTION),
    (r"invalid (\S+ )?value|bad value|invalid port|invalid integer|could not parse", WRONG_OPTION),
    (r"does not support ssl", NO_SSL),
    (r"certificate|ssl|tls", NO_TRUST),
    (r"read-only|not in hot standby|not in recovery", READ_ONLY),
    (r"failed to resolve|could not translate host|name or service not known", NO_HOST),
    (r"timeout expired|timed out|no route|unreachable", SILENT),
    (r"refused|no such file", NOBODY_THERE),
    (r"fatal: ", REFUSED),
)
_QUOTED = re.compile(r'"[^"]*"' + r"|'[^']*'")


def tells_its_troubles(engine: Engine, file: Path | None = None) -> Engine:
    """Let what goes wrong with the database itself come out as a DatabaseTrouble, whoever asks the engine for what.

    What is wrong with a question comes out as it is: that is a mistake of ours.
    """

    def tell(failure: ExceptionContext) -> DatabaseTrouble | None:
        if failure.is_pre_ping:  # the pool connects anew by itself
            return None
        told = _told_by_sqlite(failure.original_exception, file) or _told_by_postgres(failure)
        return DatabaseTrouble(*told) if told else None

    event.listen(engine, "handle_error", tell)
    return engine


def must_be_a_file_of_ours(file: Path) -> None:
    """Raises DatabaseTrouble where a SQLite file can't be opened and written, as far as looking tells. It need not be there yet."""
    told = _about(file)
    if told:
        raise DatabaseTrouble(*told)


def _told_by_sqlite(failure: BaseException, file: Path | None) -> Told | None:
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
    return None if _may(file.parent, os.W_OK | os.X_OK) else FOLDER_NOT_OURS


def _is_there(file: Path) -> bool:
    """Raises OSError where nobody can tell."""
    try:
        file.stat()
    except FileNotFoundError:
        return False
    return True


def _may(path: Path, what: int) -> bool:
    return os.access(path, what, effective_ids=True)


def _told_by_postgres(failure: ExceptionContext) -> Told | None:
    original: Any = failure.original_exception
    if getattr(original, "sqlstate", None) is not None:
        state: str = original.sqlstate
        return next((told for known, told in _BY_STATE.items() if state.startswith(known)), None)
    if failure.connection is None:
        return _told_in_words(str(original))
    return AWAY if failure.is_disconnect else None


def _told_in_words(words: str) -> Told:
    bare = _QUOTED.sub('""', words).lower().replace("\n", " ")
    return next((told for pattern, told in _BY_WORDS if re.search(pattern, bare, re.IGNORECASE)), AWAY)
