"""The weekly digest, as everybody sees it."""

from dataclasses import dataclass
from datetime import datetime

from bot.seen.agenda import ComingSeen
from bot.seen.items import ItemSeen
from bot.seen.lists import Seen


@dataclass(frozen=True)
class Digest:
    """The news of the time after `since` and up to `until`, and the next meeting."""

    since: datetime
    until: datetime
    new: Seen[ItemSeen]
    added: Seen[ItemSeen]
    held: Seen[ItemSeen]
    not_taken: int
    tips: int
    coming: ComingSeen

    @property
    def is_news(self) -> bool:
        return bool(self.new.shown or self.added.shown or self.held.shown or self.not_taken or self.tips)
