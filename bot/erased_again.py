"""After a restore: what was erased since the backup is erased again, and a legal hold that lasted goes on."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from bot.erasing import erase_after_holds, one_by_one
from bot.leaving import Neutral
from bot.leaving_together import Unnamed, erase_what_is_left
from bot.legal_holds import begin_or_change, lasting_hold
from bot.removal import remove_words_again
from bot.timetable import first_day_to_come
from bot.tips import remove_tip_again
from storage.consortia import Consortium, every_collaborative
from storage.erasable import every_item, every_person, every_tip
from storage.erasures import (
    Note,
    Noted,
    note_of_collaborative,
    note_of_hold,
    note_of_item,
    note_of_person,
    note_of_tip,
)
from storage.tenancy import Session


class Instead(NamedTuple):
    """The words that take the place of others: of a former member's, of a former collaborative's, of a title, of a topic, which is the last of these, and of why a hold began."""

    neutral: Neutral
    unnamed: Unnamed
    title: str
    topics: Sequence[str]
    reason: str


def erase_again(
    session: Session, consortium: Consortium, notes: Sequence[Note], words: Instead, now: datetime
) -> int:
    """Do it as the notes say, and give how much it was."""
    _hold_again(session, consortium, notes, words.reason, now)
    known = set(notes)
    kinds = (_items, _tips, _people, _collaboratives)
    return sum(again(session, consortium, known, words, now) for again in kinds)


def _hold_again(
    session: Session, consortium: Consortium, notes: Sequence[Note], reason: str, now: datetime
) -> None:
    """Up to the latest day that was ever said: rather too long than too short. Admins hear so, and can let it end."""
    mark = note_of_hold(session, None).mark
    days = [note.number for note in notes if note.mark == mark]
    until = date.fromordinal(max(days)) if days else None
    lasts = lasting_hold(session, consortium, now)
    if until is None or until < first_day_to_come(consortium, now) or (lasts and lasts.until >= until):
        return
    begin_or_change(session, consortium, None, (lasts.reason if lasts else None) or reason, until, now)


def _items(
    session: Session, consortium: Consortium, notes: Collection[Note], words: Instead, now: datetime
) -> int:
    often = {note.mark: note.number for note in sorted(notes) if note.what is Noted.ITEM}
    count = 0
    for item in every_item(session) if often else []:
        here = note_of_item(session, item)
        if often.get(here.mark, 0) > here.number:
            remove_words_again(session, consortium, item, words.title, now)
            item.removals = often[here.mark]
            count += 1
    return count


def _tips(
    session: Session, consortium: Consortium, notes: Collection[Note], words: Instead, now: datetime
) -> int:
    again = [
        tip for tip in every_tip(session) if note_of_tip(session, tip) in notes and tip.text != words.title
    ]
    for tip in again:
        remove_tip_again(session, consortium, tip, words.title, words.topics, now)
    return len(again)


def _people(
    session: Session, consortium: Consortium, notes: Collection[Note], words: Instead, now: datetime
) -> int:
    erased = [one for one in every_person(session) if note_of_person(session, one) in notes]
    for people in one_by_one(erased):
        erase_after_holds(session, consortium, people, words.neutral, now)
    return len(one_by_one(erased))


def _collaboratives(
    session: Session, consortium: Consortium, notes: Collection[Note], words: Instead, now: datetime
) -> int:
    again = [one for one in every_collaborative(session) if note_of_collaborative(session, one) in notes]
    again = [one for one in again if one.office != words.unnamed.office]
    for one in again:
        erase_what_is_left(session, consortium, one, words.neutral, words.unnamed, now)
    return len(again)
