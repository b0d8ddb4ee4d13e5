"""Items as an audience sees them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.audiences import EVERYBODY, Audience, hosts
from bot.errors import NothingChanged
from bot.seen.knowing import DECIDED, known_state, may_know_together, may_see
from bot.seen.lists import Seen, seen_of
from bot.seen.meetings import MeetingSeen, seen_meeting
from bot.seen.questions import NONE_ASKED, QuestionSeen
from storage.items import (
    Item,
    ItemState,
    Reason,
    Wish,
)
from storage.results import Became

__all__ = [
    "DECIDED",
    "Brought",
    "DecisionSeen",
    "ItemSeen",
    "ItemState",
    "Reason",
    "Wish",
]  # for those that draw, which import no storage

Names = tuple[str | None, ...]
"""Of people who want to talk about an item, too, in the order in which they said so. None where nobody knows one."""
NOBODY_ELSE: Names = ()


@dataclass(frozen=True)
class DecisionSeen:
    """What a host decided. `number` counts the decisions on the item; `is_told`: everybody may know. `separately`: for a thread of its own.

    `reason` and `note` are sealed in the database; who needs them asks for them.
    """

    by: str | None
    at: datetime
    reason: Reason | None
    note: str | None
    number: int
    is_told: bool
    separately: bool = False


@dataclass(frozen=True)
class Brought:
    """What an item is about, how long it takes and who leads it, in the words of whoever brought it."""

    title: str
    minutes: int | None
    lead: str | None


@dataclass(frozen=True)
class ItemSeen:
    """`state` is what the audience may know of it; people and collaboratives are names, None where nobody knows one.

    On an agenda `title`, `minutes` and `lead` are as its host has put them. `brought`: as its author has, where that is
    something else. `heading` is the heading under which it stands there. `came_up`: it was brought in the room, while its
    meeting was under way. `has_me_too`: others said that they want to talk about it, too. `is_separate`: people talk about it in a thread of its own. `joined` are the items that its host has joined to it, and `joined_to` is the one to which this
    is joined, as far as the audience may know.
    """

    id: int
    title: str
    details: str | None
    wish: Wish | None
    minutes: int | None
    links: str | None
    lead: str | None
    on_behalf_of: str | None
    proposer: str | None
    collaborative: str | None
    state: ItemState
    is_late: bool
    came_up: bool
    is_carried_over: bool
    since: datetime
    meeting: MeetingSeen | None
    decision: DecisionSeen | None
    brought: Brought | None = None
    heading: str | None = None
    has_me_too: bool = False
    is_separate: bool = False
    joined: tuple["ItemSeen", ...] = ()
    joined_to: "ItemSeen | None" = None

    @property
    def goes_with(self) -> tuple["ItemSeen", ...]:
        """What it is joined to, or what is joined to it."""
        return (self.joined_to,) if self.joined_to else self.joined

    @property
    def alone(self) -> "ItemSeen":
        """Without a word of what it goes together with."""
        return replace(self, joined=(), joined_to=None)

    @property
    def all_brought(self) -> tuple["ItemSeen", ...]:
        """The item, and what it stands for beside it."""
        return (self, *self.joined)

    @property
    def in_own_words(self) -> Brought:
        """As its author has put it, wherever it stands."""
        return self.brought or Brought(self.title, self.minutes, self.lead)

    @property
    def as_brought(self) -> "ItemSeen":
        """The same for its author, who knows it by their own words."""
        own = self.in_own_words
        return replace(self, title=own.title, minutes=own.minutes, lead=own.lead)

    @property
    def is_called_otherwise(self) -> bool:
        """Whether the host calls it something else than its author."""
        return self.in_own_words.title != self.title

    @property
    def has_more_to_read(self) -> bool:
        """Whether there is more of it than fits into a line."""
        is_longer = bool(self.details or self.links or self.is_called_otherwise)
        is_longer = is_longer or self.has_me_too or self.is_separate
        return is_longer or any(one.has_more_to_read for one in self.goes_with)

    @property
    def lead_by_default(self) -> str | None:
        """Who leads it where nobody is named: the one it was added for, or the proposer."""
        return self.on_behalf_of or self.proposer

    @property
    def speaks_for(self) -> str | None:
        """Whose it is in public: people speak for their collaborative, and for themselves where they are with none."""
        return self.collaborative or self.proposer


@dataclass(frozen=True)
class ItemRead:
    """The whole of an item, for one who reads it; `is_closed`: its meeting is over or cancelled. `may_remove`: they may remove its words.

    `questions`: what was asked about it, for its author and those who decide. `me_too`: who else wants to talk about it. `says_me_too`:
    whether its reader does; None where they are not asked. `thread` is the address of the one in which people talk about it.
    """

    item: ItemSeen
    timezone: str
    is_closed: bool
    may_remove: bool = False
    questions: Seen[QuestionSeen] = NONE_ASKED
    me_too: Names = NOBODY_ELSE
    says_me_too: bool | None = None
    thread: str | None = None


@dataclass(frozen=True)
class ToldSeen:
    """What the notes of a meeting tell of an item: what became of it there, and what came of it, in a line. `stays`: these notes take no edit any more."""

    meeting_id: int
    became: Became
    outcome: str | None
    stays: bool = False


@dataclass(frozen=True)
class OwnSeen:
    """An item as its author sees it. `can_change`: they can still edit it, or take it back. `told`: what the notes tell of it.

    `is_asked`: it waits, and was carried over so often that they are asked whether they still want it. `is_wanted`: they said so.
    `me_too`: who else wants to talk about it. `may_take_up`: they can have a thread opened about it.
    """

    item: ItemSeen
    can_change: bool
    told: tuple[ToldSeen, ...] = ()
    is_asked: bool = False
    is_wanted: bool = False
    me_too: Names = NOBODY_ELSE
    may_take_up: bool = False


def seen_item(item: Item, audience: Audience, *, with_reason: bool = False) -> ItemSeen | None:
    """The item as the audience sees it, with what goes together with it; None if it may not."""
    if not may_see(item, audience):
        return None
    seen = _seen(item, audience, with_reason=with_reason)
    others = tuple(one for one in item.goes_with if may_know_together(item, one, audience))
    if not others:
        return seen
    seen_others = tuple(_seen(one, audience, with_reason=False) for one in others)
    return replace(seen, joined_to=seen_others[0]) if item.joined_to else replace(seen, joined=seen_others)


def seen_items(items: Iterable[Item], audience: Audience) -> Seen[ItemSeen]:
    return seen_of(seen_item(item, audience) for item in items)


def must_see(item: Item, audience: Audience) -> ItemSeen:
    """The item as the audience sees it. Raises NothingChanged if it may not, as of one that is gone."""
    seen = seen_item(item, audience)
    if seen is None:
        raise gone()
    return seen


def gone() -> NothingChanged:
    return NothingChanged("This item is no longer here.")


def hosts_of(item: Item) -> Audience:
    """Those who decide on the item; before it has a meeting nobody does, and they are as everybody."""
    return hosts(item.meeting.host_id) if item.meeting else EVERYBODY


def _seen(item: Item, audience: Audience, *, with_reason: bool) -> ItemSeen:
    state = known_state(item, audience)
    brought = Brought(item.title, item.minutes, item.lead)
    placed = _placed(item) if state == ItemState.ON_AGENDA else brought
    return ItemSeen(
        id=item.id,
        title=placed.title,
        details=item.details,
        wish=item.wish,
        minutes=placed.minutes,
        links=item.links,
        lead=placed.lead,
        on_behalf_of=item.on_behalf_of,
        proposer=item.proposer.name,
        collaborative=item.collaborative.name if item.collaborative else None,
        state=state,
        is_late=item.is_late,
        came_up=item.came_up,
        is_carried_over=item.is_carried_over,
        since=item.submitted_at or item.created_at,
        meeting=seen_meeting(item.meeting) if item.meeting else None,
        decision=_seen_decision(item, with_reason=with_reason) if state in DECIDED else None,
        brought=None if placed == brought else brought,
        heading=item.heading if state == ItemState.ON_AGENDA else None,
        has_me_too=item.me_toos > 0,
        is_separate=item.is_talked_about_separately,
    )


def _placed(item: Item) -> Brought:
    """As its host puts it on the agenda."""
    return Brought(
        item.placed_title or item.title, item.placed_minutes or item.minutes, item.placed_lead or item.lead
    )


def _seen_decision(item: Item, *, with_reason: bool) -> DecisionSeen | None:
    if item.decided_at is None:
        return None
    return DecisionSeen(
        by=item.decided_by.name if item.decided_by else None,
        at=item.decided_at,
        reason=item.reason if with_reason else None,
        note=item.note if with_reason else None,
        number=item.decisions,
        is_told=item.told_at is not None,
        separately=item.was_decided_separately,
    )
