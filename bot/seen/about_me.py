"""What is kept about one person, as they themselves see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import Any

from bot.fingerprints import Fingerprint


class What(StrEnum):
    """What rows are to somebody, as these are called in storage. In the order in which people read it."""

    BROUGHT = "items brought"
    ME_TOO = "items to talk about, too"
    WORKED = "what worked"
    OUTCOMES = "what became of items"
    TO_DO = "follow-ups to do"
    FOLLOW_UPS_WRITTEN = "follow-ups written down"
    DUTIES = "what they take on for meetings"
    PREPARED = "meetings prepared with their host"
    COMES = "meetings to come to"
    ANNOUNCED = "people announced"
    DECIDED = "items decided about"
    ASKED = "questions asked"
    ANSWERED = "questions answered"
    SWAPS_ASKED = "swaps asked for"
    SWAPS_ANSWERED = "swaps answered"
    DECIDES_FOR = "decides for"
    HOLDS = "holds begun"
    SET_ASIDE = "words set aside"
    SEEN_OR_MISSED = "messages seen or missed"
    PUBLISHED = "agendas published"
    MESSAGES = "messages"
    DEEDS = "deeds"


class ReadBy(Enum):
    """Who reads on screen what is kept about somebody, beside that person."""

    EVERYBODY = "everybody in the shared channel"
    SOME = "those who decide for a host, admins, or whom it is about"
    NOBODY = "nobody else"


class Way(StrEnum):
    """How it goes as a file: the words, to be read, or all of it, for a program."""

    WORDS = "words"
    DATA = "data"


Counts = Mapping[What, int]
"""How much there is. What there is nothing of does not stand there."""


@dataclass(frozen=True)
class AboutMeSeen:
    """`has_files`: all of it may be had as a file. `waits_until`: they want it erased, and a hold lasts up to this day."""

    name: str | None
    collaborative: str | None
    counts: Mapping[ReadBy, Counts]
    has_files: bool
    waits_until: date | None = None


@dataclass(frozen=True)
class KeptPlace:
    """A place on the agenda of a meeting that is to come. It stays, without its words."""

    title: str
    day: date


@dataclass(frozen=True)
class ToEraseSeen:
    """What goes where somebody erases all of it, and what stays.

    `out_of_reach`: so many messages show it, and can't be edited. `is_last_keeper`: nobody else keeps the settings.
    `held_until`: up to this day nothing is deleted. `read`: the fingerprint of the places that stay. All else goes, however much it is by then.
    """

    goes: Counts
    kept_places: tuple[KeptPlace, ...]
    out_of_reach: int
    is_last_keeper: bool
    held_until: date | None
    read: Fingerprint


@dataclass(frozen=True)
class AskedForAboutMeSeen:
    """The answer to who asks for files. `on_their_way`: how many of them they did not have yet."""

    asked: int
    on_their_way: int


@dataclass(frozen=True)
class FileAboutMe:
    """All that is kept about somebody, to go as a file. `kept`: each of their rows, by what these are to them."""

    consortium: str
    kept: tuple[Mapping[str, Any], ...]
    way: Way
    made_at: datetime
    timezone: str
