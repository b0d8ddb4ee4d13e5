"""Who hosts when, as its reader sees it."""

from dataclasses import dataclass
from datetime import date

from bot.seen.lists import Seen
from bot.seen.meetings import MeetingSeen
from bot.seen.swaps import SwapSeen


@dataclass(frozen=True)
class TurnSeen:
    """Whose turn it is. `meeting` is None where hosting order leads to it and nothing is proposed yet. `may_ask`: its reader may ask others to swap."""

    day: date
    host: str
    meeting: MeetingSeen | None = None
    may_ask: bool = False


@dataclass(frozen=True)
class YearSeen:
    """The turns to come, and who hosts `after_that`, by name. `swaps`: what is asked of others, or of those for whom its reader decides."""

    turns: Seen[TurnSeen]
    after_that: tuple[str, ...] = ()
    swaps: tuple[SwapSeen, ...] = ()
