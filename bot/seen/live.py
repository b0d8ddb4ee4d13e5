"""A live meeting as everybody sees it, and as who leads it does before it starts."""

from dataclasses import dataclass
from datetime import time
from enum import Enum

from bot.errors import Moment
from bot.fingerprints import Fingerprint
from bot.seen.agenda import Planned
from bot.seen.items import ItemSeen
from bot.seen.lists import Seen
from bot.seen.meetings import MeetingSeen


@dataclass(frozen=True)
class ToStartSeen:
    """A meeting that is to be started: what is on its agenda, and what waits and may be taken up. `opens_at`: it is early, and can be started then."""

    meeting: MeetingSeen
    on_agenda: Seen[ItemSeen]
    waiting: Seen[ItemSeen]
    opens_at: Moment | None = None


class Stands(Enum):
    """How a live meeting stands, for those who read along in one channel."""

    ON = "they meet, and look here"
    OVER = "it has ended"
    ELSEWHERE = "they meet, and look at another channel: the shared one by now"
    MOVED = "it was moved to a later day or hour"


@dataclass(frozen=True)
class BreakSeen:
    """A break of so many `minutes`, which comes after so many of the items to come: at `begins` by local clocks, or nobody knows when."""

    minutes: int
    after: int
    begins: time | None


@dataclass(frozen=True)
class LiveSeen:
    """How a meeting goes.

    `item` is on `since` that local time, and planned `until` the other; without one they say hello, if `is_opening`, or nothing is on.
    `just_now`: it came on less than a minute ago. `coming` is what comes after it, in order, with the `pause` between. Of the day `left` minutes are left, below 0 where it is over its time, and
    `planned` are for the item that is on and those that come. By its `mark` a button is good for one turn alone. `can_go_back`: to the one before.
    """

    meeting: MeetingSeen
    stands: Stands
    item: ItemSeen | None
    is_opening: bool
    since: time
    until: time | None
    just_now: bool
    coming: Seen[ItemSeen]
    left: int
    planned: Planned
    mark: Fingerprint
    can_go_back: bool = False
    pause: BreakSeen | None = None
