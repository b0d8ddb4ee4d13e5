"""Watches every transaction on Postgres: whoever writes what is owed has asked for its consortium's places first."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

OWES = re.compile(r"INSERT INTO post |UPDATE post SET (?=.*\bplace=)", re.DOTALL)
ASKS = re.compile(r"FROM consortium .*FOR (SHARE|NO KEY UPDATE)|INSERT INTO consortium ", re.DOTALL)
"""Whoever sets one up is alone with it."""
LOCKS = re.compile(r"FOR (UPDATE|SHARE|NO KEY UPDATE)")


@contextmanager
def places_are_asked_first() -> Iterator[None]:
    """All engines are watched meanwhile. Raises AssertionError at the end, with what was done out of order."""
    odd: list[str] = []

    def begin(connection: Connection) -> None:
        connection.info["has_asked"], connection.info["has_locked"] = False, None

    def note(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        facts = connection.info
        if ASKS.search(statement):
            if facts["has_locked"] and not facts["has_asked"]:
                odd.append(f"locked before the places: {facts['has_locked']}")
            facts["has_asked"] = True
        elif LOCKS.search(statement):
            facts["has_locked"] = facts["has_locked"] or statement
        if OWES.search(statement) and not facts["has_asked"]:
            odd.append(f"owed without the places: {statement}")

    event.listen(Engine, "begin", begin)
    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(Engine, "begin", begin)
        event.remove(Engine, "before_cursor_execute", note)
    assert not odd, "\n".join(dict.fromkeys(odd))
