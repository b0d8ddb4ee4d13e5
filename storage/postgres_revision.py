"""A Postgres under bots that run: a newer version may change its schema, and an older one that went on would write what nobody reads."""

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

from storage.postgres_troubles import NEWER
from storage.troubles import DatabaseTrouble

AT = "SELECT version_num FROM alembic_version"


def works_only_at(engine: Engine, revision: str) -> Engine:
    """Before each use of a connection Postgres is asked for its revision, which also tells whether the connection lives: the pool itself is to ask nothing."""

    def before_use(connection: Any, record: Any, _proxy: Any) -> None:
        try:
            at = _asked(connection)
        except engine.dialect.loaded_dbapi.Error:
            if connection.closed and record.info.get("was used"):
                raise InvalidatePoolError from None  # upon which the pool connects anew
            raise
        if at != revision:
            raise DatabaseTrouble(*NEWER)
        record.info["was used"] = True

    event.listen(engine, "checkout", before_use)
    return engine


def _asked(connection: Any) -> str:
    """In no transaction, as it would be another statement to end one."""
    connection.autocommit = True
    try:
        (at,) = connection.execute(AT).fetchone()
    finally:
        if not connection.closed:
            connection.autocommit = False
    return str(at)
