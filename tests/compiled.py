"""Statements that are compiled once for all engines of a test run: each test has an engine of its own, and would compile all of its statements anew."""

from typing import Any

from sqlalchemy import Connection

MOST = 3000
"""Statements: beyond, all are forgotten and compiled anew."""


class Compiled(dict[Any, Any]):
    """What `compiled_cache` of SQLAlchemy's execution options takes. SQLAlchemy knows a dialect by itself; here it is known by its class."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_alike(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        if len(self) >= MOST:
            self.clear()
        super().__setitem__(_alike(key), compiled)


def _alike(key: Any) -> tuple[Any, ...]:
    dialect, *statement = key
    return (type(dialect), dialect.server_version_info, *statement)


COMPILED = Compiled()


def compile_once(connection: Connection) -> None:
    connection.execution_options(compiled_cache=COMPILED)
