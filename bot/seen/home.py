"""Home as its reader sees it: the next meeting, and what is theirs."""

from dataclasses import dataclass

from bot.seen.agenda import StatusSeen
from bot.seen.follow_ups import OwnFollowUpsSeen
from bot.seen.items import OwnSeen
from bot.seen.lists import Seen
from bot.seen.posts import AskedSeen


@dataclass(frozen=True)
class HomeSeen:
    """Where things stand, the newest items that its reader brought, what they have to do, and what they are asked about their items.

    `is_asked`: of some item whether they still want to talk about it.
    """

    status: StatusSeen
    items: Seen[OwnSeen]
    follow_ups: OwnFollowUpsSeen
    asked: Seen[AskedSeen]
    is_asked: bool = False
