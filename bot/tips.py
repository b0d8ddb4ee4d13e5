"""Tips: kept with their topic, found again by words."""

from collections.abc import Sequence
from datetime import datetime

from bot.audiences import reader
from bot.daily_measure import MOST_A_DAY, must_be_bearable
from bot.errors import NothingChanged, UserError
from bot.legal_holds import put_by
from bot.people import Actor, decides_or_keeps
from bot.reading import searches
from bot.reading.patterns import pattern
from bot.reading.text import visible
from bot.seen.tips import Found, TipSeen, seen_tip, seen_tips
from bot.timetable import next_meeting
from storage import outbox
from storage.consortia import Consortium
from storage.erasures import note_down, note_of_tip
from storage.post_kinds import PostKind
from storage.tenancy import Session
from storage.tips import Tip, folded, lock_tip, tip_by_id, tips_with
from storage.traces import files_about_people

MOST_SHOWN = 10
MOST_WORDS = 30
LONGEST_TOPIC = 40
LONGEST_TIP = 3000
LONGEST_SEARCH = searches.LONGEST

# The space tells a topic from "at 9:30" and "https://".
_WITH_TOPIC = pattern(r"(?s)\A(?P<topic>[^:\n]+):\s+(?P<text>\S.*)")


def keep(
    session: Session, actor: Actor, topic: str, text: str, now: datetime, most_a_day: int = MOST_A_DAY
) -> TipSeen:
    """Keep a tip under its topic. Raises NothingChanged if it is more than one person may bring in a day."""
    must_be_bearable(session, actor, 1, most_a_day, now, field="text")
    tip = Tip(
        person=actor.person,
        topic=topic,
        text=text,
        findable=folded(f"{topic}\n{text}"),
        created_at=now,
    )
    session.add(tip)
    session.flush()
    return seen_tip(tip)


def file_under(session: Session, actor: Actor, tip_id: int, topic: str) -> TipSeen:
    """Put one's own tip under another topic. Raises NothingChanged if it is somebody else's."""
    tip = tip_by_id(session, tip_id)
    if tip is None or tip.person_id != actor.person.id:
        raise NothingChanged("Only the person who shared this can change it.")
    tip.topic, tip.findable = topic, folded(f"{topic}\n{tip.text}")
    return seen_tip(tip)


def may_remove(session: Session, actor: Actor, now: datetime) -> bool:
    """Whoever decides for the next host, and whoever keeps the settings."""
    return decides_or_keeps(session, actor, next_meeting(session, actor.consortium, now))


def tip_is_gone() -> NothingChanged:
    return NothingChanged("This is no longer here.")


def remove_words(
    session: Session, actor: Actor, tip_id: int, instead: str, now: datetime, topics: Sequence[str]
) -> None:
    """Put `instead` in the place of its words, as they show who somebody is. Who shared it hears so, unless it was they.

    A topic that somebody typed goes as well: it is filed under the last of `topics` then.

    Raises NothingChanged if it is gone, or has no words of anybody any more.
    """
    tip = lock_tip(session, tip_id)
    if tip is None:
        raise tip_is_gone()
    if tip.text == instead and tip.topic in topics:
        raise NothingChanged("These words were removed already.")
    remove_tip_again(session, actor.consortium, tip, instead, topics, now)
    if tip.person_id != actor.person.id:
        key, place = PostKind.TIP_REMOVED.key(tip=tip.id), tip.person.user_id
        outbox.owe(session, PostKind.TIP_REMOVED, key, subject_id=tip.id, place=place, due=now)


def remove_tip_again(
    session: Session, consortium: Consortium, tip: Tip, instead: str, topics: Sequence[str], now: datetime
) -> None:
    """After a restore as well, where who shared it heard so before."""
    put_by(session, consortium, [tip], now)
    note_down(session, [note_of_tip(session, tip)], now)
    tip.topic = tip.topic if tip.topic in topics else topics[-1]
    tip.text, tip.findable = instead, folded(f"{tip.topic}\n{instead}")
    session.flush()
    for post in files_about_people(session):
        post.loses_words(now)


def find(session: Session, actor: Actor, words: Sequence[str], now: datetime) -> Found:
    """The newest tips that hold every word; without words, the newest of all. One more than are shown tells that there are more.

    Raises UserError if they are more words than a database is asked for at once.
    """
    wanted = list(dict.fromkeys(words))
    if len(wanted) > MOST_WORDS:
        raise UserError(
            "That is too much to look for: up to {most} words, please.", field="words", most=MOST_WORDS
        )
    found = tips_with(session, [searches.parts_of(word) for word in wanted], MOST_SHOWN + 1)
    tips = seen_tips(found, reader(actor.person.id)).first(MOST_SHOWN)
    return Found(tips, may_remove=may_remove(session, actor, now))


def read_tip(typed: str, topics: Sequence[str]) -> tuple[str, str]:
    """Topic and text of a tip typed as "topic: text". A topic may be shortened to the beginning of a word of it; without one it goes under the last of `topics`.

    Raises UserError if the text shows nothing, or is too long.
    """
    said = _WITH_TOPIC.fullmatch(typed.strip())
    topic = said["topic"].rstrip() if said else ""
    if said is None or len(topic) > LONGEST_TOPIC:
        topic, text = "", typed.strip()
    else:
        text = said["text"]
    if not visible(text):
        raise UserError("What would you like to share?", field="text")
    if len(text) > LONGEST_TIP:
        raise UserError("This is longer than {longest} characters.", field="text", longest=LONGEST_TIP)
    return _topic_meant(topic, topics), text


def _topic_meant(begun: str, topics: Sequence[str]) -> str:
    if not visible(begun):
        return topics[-1]
    begins = f" {folded(begun)}"
    return next((topic for topic in topics if begins in f" {folded(topic)}"), begun)
