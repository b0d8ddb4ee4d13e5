"""What an engine is asked: each SQL statement, and how often a transaction begins and commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Engine, event

BEGIN = "BEGIN IMMEDIATE"
"""On SQLite we say it ourselves; it is counted as the transaction that it begins."""


class Figures(NamedTuple):
    statements: int
    transactions: int
    commits: int


@dataclass
class Counted:
    """Lists, as several threads may write in them at once."""

    said: list[str] = field(default_factory=list)
    begun: list[None] = field(default_factory=list)
    committed: list[None] = field(default_factory=list)

    @property
    def figures(self) -> Figures:
        return Figures(len(self.said), len(self.begun), len(self.committed))

    def __str__(self) -> str:
        """All statements, for whoever looks for the one too many."""
        return "\n".join(
            f"{number}. {' '.join(one.split())}" for number, one in enumerate(self.said, start=1)
        )


@contextmanager
def counting(engine: Engine) -> Iterator[Counted]:
    counted = Counted()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement != BEGIN:
            counted.said.append(statement)

    def begin(_connection: Any) -> None:
        counted.begun.append(None)

    def commit(_connection: Any) -> None:
        counted.committed.append(None)

    listeners = {"before_cursor_execute": note, "begin": begin, "commit": commit}
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    yield counted
    for name, listener in listeners.items():
        event.remove(engine, name, listener)
