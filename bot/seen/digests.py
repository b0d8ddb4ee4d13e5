"""The weekly digest, as everybody sees it."""

from dataclasses import dataclass
from datetime import datetime

from bot.seen.agenda import ComingSeen
from bot.seen.items import ItemSeen
from bot.seen.lists import Seen
from bot.seen.separate_talks import TalkSeen


@dataclass(frozen=True)
class Digest:
    """The news of the time after `since` and up to `until`, and the next meeting."""

    since: datetime
    until: datetime
    new: Seen[ItemSeen]
    added: Seen[ItemSeen]
    held: Seen[ItemSeen]
    separate: Seen[TalkSeen]
    not_taken: int
    tips: int
    coming: ComingSeen

    @property
    def is_news(self) -> bool:
        listed = (self.new, self.added, self.held, self.separate)
        return any(things.shown for things in listed) or bool(self.not_taken or self.tips)
