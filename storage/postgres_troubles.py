"""What can be wrong with Postgres, and on the way there."""

import re
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine import ExceptionContext

from storage.troubles import BROKEN_DISK, DAMAGED, FULL, NO_MEMORY, Told, tells_its_troubles

UNKNOWN_OPTION = (
    "DATABASE_URL has an option after its question mark that Postgres does not know.",
    "take out what libpq does not list, such as schema= or pgbouncer=.",
)
WRONG_OPTION = (
    "DATABASE_URL has an option whose value Postgres does not take.",
    "correct what stands after its question mark, or its port.",
)
AWAY = (
    "The database at DATABASE_URL can't be reached, or has broken off.",
    "start it, see whether this machine reaches it, or correct DATABASE_URL.",
)
NOBODY_THERE = (
    "Nothing listens at the host and port of DATABASE_URL.",
    "start Postgres there, or correct host and port.",
)
NEWER = (
    "A newer version of the program has changed the schema of the database.",
    "end this bot, and start the newer version.",
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


def server_tells_its_troubles(engine: Engine) -> Engine:
    """Let what goes wrong with the server come out as a DatabaseTrouble."""
    return tells_its_troubles(engine, _told)


def _told(failure: ExceptionContext) -> Told | None:
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
