"""What can be wrong with a database, told in a line: which it is, and what helps.

No word of a driver's is repeated: it may hold parts of the address, or what a person wrote.
"""

from collections.abc import Callable

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
FULL = ("The disk of the database is full.", "make room on it; the bot then goes on by itself.")
NO_MEMORY = ("The machine of the database has no memory left.", "free some, or give it more.")
DAMAGED = ("The database is damaged.", "stop the bot, keep what is there, and restore a backup.")
BROKEN_DISK = (
    "The disk of the database can't be read or written.",
    "see the system's log, quotas and limits (ulimit -f); copy the file away if the disk is failing.",
)


def tells_its_troubles(engine: Engine, told: Callable[[ExceptionContext], Told | None]) -> Engine:
    """Let what goes wrong with the database itself come out as a DatabaseTrouble, whoever asks the engine for what.

    What is wrong with a question comes out as it is: that is a mistake of ours.
    """

    def tell(failure: ExceptionContext) -> DatabaseTrouble | None:
        if failure.is_pre_ping:  # the pool connects anew by itself
            return None
        trouble = told(failure)
        return DatabaseTrouble(*trouble) if trouble else None

    event.listen(engine, "handle_error", tell)
    return engine
