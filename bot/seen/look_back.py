"""The look back as its reader sees it: counts of all items together. Nobody's items stand beside another's."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.errors import Moment
from bot.seen.agenda import Planned


class Fate(Enum):
    """What became of an item, as far as everybody knows."""

    DONE = "talked about"
    AGAIN = "talked about, and a copy waits"
    NOT_NEEDED = "its meeting did not need it any more"
    NOT_REACHED = "its meeting had no time for it, and it waits"
    NOT_WRITTEN = "it was on the agenda of a meeting whose notes say nothing of it"
    ON_AGENDA = "on the agenda of a meeting to come"
    HELD = "kept for the next meeting"
    WAITING = "it waits for an answer"
    RESTING = "meetings were held without it, and it rests"
    NOT_TAKEN = "not taken"
    SOLVED = "solved, as its author says"
    WITHDRAWN = "taken back by its author"


@dataclass(frozen=True)
class QuarterSeen:
    """From the meeting before to the one on this `day`: how many items came in, and how many were on its agenda, with their `planned` minutes.

    All else is what its notes say of those on its agenda: `not_written` counts those of which they say nothing.
    """

    day: date
    came_in: int
    on_agenda: int
    planned: Planned
    talked_about: int
    not_reached: int
    not_needed: int
    not_written: int


@dataclass(frozen=True)
class FateSeen:
    """How many items have this fate."""

    fate: Fate
    items: int


@dataclass(frozen=True)
class LookBackSeen:
    """The quarters, the earliest first; none where no meeting was held yet. `channel_id`: where everybody would read it.

    `fates`: what became of all items that came in then, without those that none has. `waited_days`: half of those that were
    answered had waited less than so many days; None where too few were.
    """

    channel_id: str
    quarters: tuple[QuarterSeen, ...] = ()
    fates: tuple[FateSeen, ...] = ()
    waited_days: int | None = None

    @property
    def came_in(self) -> int:
        return sum(quarter.came_in for quarter in self.quarters)


@dataclass(frozen=True)
class AskedForLookBackSeen:
    """The answer to who has it sent. `is_for_everybody`: to the shared channel. `is_new`: it was not there today already. `waits_until` people are awake."""

    is_for_everybody: bool
    is_new: bool
    waits_until: Moment | None = None
