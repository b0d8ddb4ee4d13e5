"""Who reads what is shown, and the one rule of what they may see."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """Who may see a thing."""

    AUTHOR = "whoever brought it"
    HOSTS = "those who decide for its host"
    AUTHOR_AND_HOSTS = "both of them"
    EVERYBODY = "all who can read the shared channel"


@dataclass(frozen=True)
class Thing:
    """What the rule asks of a thing. `kind` and `id` name it; `host_id` is the collaborative that decides on it, if any."""

    kind: str
    id: int
    level: Level
    author_id: int | None = None
    host_id: int | None = None


@dataclass(frozen=True)
class Audience:
    """All who can read a place. One of whom nothing is known counts as everybody.

    `reader_id` is the one person who reads. `host_id` is the collaborative for which all who read decide.
    """

    reader_id: int | None = None
    host_id: int | None = None

    def may_see(self, thing: Thing) -> bool:
        is_author = self.reader_id is not None and self.reader_id == thing.author_id
        is_host = self.host_id is not None and self.host_id == thing.host_id
        match thing.level:
            case Level.EVERYBODY:
                return True
            case Level.AUTHOR:
                return is_author
            case Level.HOSTS:
                return is_host
            case Level.AUTHOR_AND_HOSTS:
                return is_author or is_host


EVERYBODY = Audience()
"""The shared channel, an export, and every place of which nobody knows who reads it."""


def reader(person_id: int) -> Audience:
    """One person: what only they see under a command, in a form, on Home, in a direct message."""
    return Audience(reader_id=person_id)


def hosts(host_id: int) -> Audience:
    """Those who decide for a collaborative: in a direct message each, or in their own channel."""
    return Audience(host_id=host_id)
