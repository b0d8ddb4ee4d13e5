"""Tips: kept with their topic, found again by words."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import UserError
from bot.people import Actor
from bot.words import _
from storage import Session
from storage.tips import Tip, folded, tip_by_id, tips_with

MOST_SHOWN = 10
LONGEST_TOPIC = 40


def keep(session: Session, actor: Actor, topic: str, text: str, now: datetime) -> Tip:
    """Keep a tip under its topic."""
    tip = Tip(
        consortium_id=actor.consortium.id,
        person=actor.person,
        topic=topic,
        text=text,
        findable=folded(f"{topic}\n{text}"),
        created_at=now,
    )
    session.add(tip)
    session.flush()
    return tip


def file_under(session: Session, actor: Actor, tip_id: int, topic: str) -> Tip:
    """Put one's own tip under another topic."""
    tip = tip_by_id(session, actor.consortium, tip_id)
    if tip is None or tip.person_id != actor.person.id:
        raise UserError(_("Only the person who shared a tip can change it. Nothing was changed."))
    tip.topic, tip.findable = topic, folded(f"{topic}\n{tip.text}")
    return tip


def find(session: Session, actor: Actor, words: Sequence[str]) -> list[Tip]:
    """The newest tips that hold every word; without words, the newest of all. One more than are shown tells that there are more."""
    return tips_with(session, actor.consortium, list(words), MOST_SHOWN + 1)


def read_tip(typed: str, topics: Sequence[str]) -> tuple[str, str]:
    """Topic and text of a tip typed as "topic: text". A topic may be shortened; without one it goes under the last of `topics`."""
    before, colon, after = typed.partition(":")
    is_topic = colon and after.strip() and len(before) <= LONGEST_TOPIC and not after.startswith("//")
    if not is_topic:
        return topics[-1], typed.strip()
    named = folded(before.strip())
    known = next((topic for topic in topics if named in folded(topic)), before.strip())
    return known, after.strip()
