"""After a restore: what was erased since the backup is erased again, and a legal hold that lasted goes on."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.erasing import erase_after_holds
from bot.leaving import Neutral
from bot.leaving_together import Unnamed, erase_what_is_left, its_people
from bot.legal_holds import LONGEST, last_up_to, lasting_hold
from bot.removal import remove_words_again
from bot.timetable import first_day_to_come
from bot.tips import remove_tip_again
from storage.consortia import Consortium, every_collaborative
from storage.erasable import every_item, every_person, every_tip
from storage.erasures import (
    Note,
    Noted,
    mark_of_hold,
    note_of_collaborative,
    note_of_item,
    note_of_tip,
    notes_of_person,
    take_over,
)
from storage.people import Person
from storage.rows_of_people import one_by_one, own_rows
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
    """Do it as those of the notes say of which this database knows nothing, and give how much it was. While a hold lasts people wait, and a collaborative stays."""
    unknown = take_over(session, notes, now)
    _hold_again(session, consortium, {note.mark for note in unknown}, words.reason, now)
    kinds = (_items, _tips, _people, _collaboratives)
    return sum(again(session, consortium, unknown, words, now) for again in kinds)


def _hold_again(
    session: Session, consortium: Consortium, marks: Collection[str], reason: str, now: datetime
) -> None:
    """Up to the latest day that was said since the backup: rather too long than too short. Admins hear so, and can let it end."""
    today, lasts = first_day_to_come(consortium, now), lasting_hold(session, consortium, now)
    ahead = (today + timedelta(days) for days in range(LONGEST.days, -1, -1))
    until = next((day for day in ahead if mark_of_hold(session, day) in marks), None)
    if until is None or (lasts and lasts.until >= until):
        return
    last_up_to(session, consortium, None, (lasts.reason if lasts else None) or reason, until, now)


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
    again = [tip for tip in every_tip(session) if note_of_tip(session, tip) in notes]
    for tip in again:
        remove_tip_again(session, consortium, tip, words.title, words.topics, now)
    return len(again)


def _people(
    session: Session, consortium: Consortium, notes: Collection[Note], words: Instead, now: datetime
) -> int:
    marks = {note.mark for note in notes}
    each = [_those_erased(session, rows, marks) for rows in one_by_one(every_person(session))]
    return _erase_each(session, consortium, [rows for rows in each if rows], words, now)


def _those_erased(session: Session, rows: Sequence[Person], marks: Collection[str]) -> Sequence[Person]:
    """Of those of one user id. Under the workspace of then; if it was told since, or theirs became one row since, all of them."""
    noted = [(one, [note.mark in marks for note in notes_of_person(session, one)]) for one in rows]
    same = [own for one, (is_theirs, _) in noted if is_theirs for own in own_rows(session, one)]
    return list(dict.fromkeys(same)) or [one for one, (_, goes_by_id) in noted if goes_by_id]


def _collaboratives(
    session: Session, consortium: Consortium, notes: Collection[Note], words: Instead, now: datetime
) -> int:
    marks = {note.mark for note in notes}
    every = every_collaborative(session)
    again = [one for one in every if note_of_collaborative(session, one).mark in marks]
    if lasting_hold(session, consortium, now) is not None:
        theirs = [people for one in again for people in its_people(session, one)]
        return _erase_each(session, consortium, theirs, words, now)
    for one in again:
        erase_what_is_left(session, consortium, one, words.neutral, words.unnamed, now)
    return len(again)


def _erase_each(
    session: Session,
    consortium: Consortium,
    each: Sequence[Sequence[Person]],
    words: Instead,
    now: datetime,
) -> int:
    """While a hold lasts they wait: then it is none."""
    waits = [erase_after_holds(session, consortium, people, words.neutral, now) for people in each]
    return waits.count(None)
