"""What a check finds: a line that says what hurts, and one next step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from storage.troubles import DatabaseTrouble

Subject = TypeVar("Subject")


class Severity(StrEnum):
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Trouble:
    """It holds no secret, no name and no person's words, and of IDs those alone that have to be compared or named anew: whoever helps may read it."""

    severity: Severity
    says: str
    next_step: str


@dataclass(frozen=True)
class Finding:
    """A trouble, with the name of the check that found it."""

    check: str
    trouble: Trouble

    def __str__(self) -> str:
        return f"{self.trouble.severity}: {self.check}: {self.trouble.says} Next: {self.trouble.next_step}"


Checks = Mapping[str, Callable[[Subject], Trouble | None]]
"""By name. Each looks at one thing of its subject."""


MOST_NAMED = 5


def a_few(ids: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    named, more = ", ".join(ids[:MOST_NAMED]), len(ids) - MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named


def error(says: str, next_step: str) -> Trouble:
    return Trouble(Severity.ERROR, says, next_step)


def warning(says: str, next_step: str) -> Trouble:
    return Trouble(Severity.WARNING, says, next_step)


def look(checks: Checks[Subject], subject: Subject) -> list[Finding]:
    found = ((name, _trouble(check, subject)) for name, check in checks.items())
    return [Finding(name, trouble) for name, trouble in found if trouble]


def _trouble(check: Callable[[Subject], Trouble | None], subject: Subject) -> Trouble | None:
    try:
        return check(subject)
    except DatabaseTrouble as trouble:
        return error(trouble.says, trouble.then)
    except Exception as failure:  # noqa: BLE001 - whatever it is, it hurts; its text may hold a person's words
        return not_seen(failure)


def not_seen(failure: Exception) -> Trouble:
    return error(
        f"This could not be looked at ({type(failure).__name__}).", "look again when the rest is mended."
    )
