"""Tips as an audience sees them."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.audiences import Audience, Level, Thing
from bot.seen.lists import Seen, seen_of
from storage.tips import Tip


@dataclass(frozen=True)
class TipSeen:
    """`by` and `collaborative` are names, None where nobody knows one."""

    id: int
    topic: str
    text: str
    by: str | None
    collaborative: str | None


@dataclass(frozen=True)
class Found:
    """What somebody found. `may_remove`: they may remove words that show who somebody is."""

    tips: Seen[TipSeen]
    may_remove: bool


def seen_tips(tips: Iterable[Tip], audience: Audience) -> Seen[TipSeen]:
    return seen_of(seen_tip(tip) if audience.may_see(_thing(tip)) else None for tip in tips)


def seen_tip(tip: Tip) -> TipSeen:
    """The tip as the person who shared it sees it."""
    return TipSeen(
        id=tip.id,
        topic=tip.topic,
        text=tip.text,
        by=tip.person.name,
        collaborative=tip.person.collaborative.name if tip.person.collaborative else None,
    )


def _thing(tip: Tip) -> Thing:
    return Thing("tip", tip.id, Level.EVERYBODY, tip.person_id)
