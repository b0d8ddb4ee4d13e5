"""What people talk about separately, as everybody sees it: the thread about an item, and who is in it."""

from dataclasses import dataclass

from bot.fingerprints import Fingerprint
from bot.seen.items import ItemSeen


@dataclass(frozen=True)
class TalkSeen:
    """An item, and the `address` of the thread in which people talk about it: None while it is not open, or where nobody knows it."""

    item: ItemSeen
    address: str | None = None


@dataclass(frozen=True)
class ThreadSeen:
    """What stands above a thread about an item, and the user ids of those who are to talk in it. `is_over`: its host looks at the item again.

    `may_group`: they may go on in a group message.
    """

    item: ItemSeen
    talkers: tuple[str, ...]
    is_over: bool = False
    may_group: bool = True


@dataclass(frozen=True)
class GroupSeen:
    """An item that some people talk about in a group message, and their user ids. `mark` tells these people from all others."""

    item: ItemSeen
    talkers: tuple[str, ...]
    mark: Fingerprint
