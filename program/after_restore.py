"""After a restore: what this database does not know of may have been said, and is looked for before it is said again."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import NamedTuple

from bot.at_every_tick import CLOCKWORK
from bot.doors import redraw_doors
from bot.erased_again import Instead, erase_again
from bot.errors import UserError
from bot.expected import redraw_what_tells_of, redraw_what_was_cancelled
from bot.follow_up_reminders import redraw_follow_up
from bot.legal_holds import redraw_holds
from bot.question_posts import redraw_questions
from bot.swap_posts import redraw_swaps_about
from bot.timetable import first_day_to_come
from handlers.blocks.legal_holds import held_before
from handlers.blocks.removal import instead, neutral, unnamed
from handlers.blocks.tips import topics
from storage import outbox, outbox_doubted
from storage.consortia import Consortium, Places, consortium_at, every_consortium
from storage.database import Database
from storage.erasures import Note, note_of_consortium
from storage.follow_ups import open_follow_ups
from storage.gaps import DONE_ANEW_WITHIN, STILL_ON_ITS_WAY
from storage.items import ItemState, items_of_meeting
from storage.meetings import meetings_from
from storage.post_facts import Gap
from storage.post_kinds import PostKind
from storage.tenancy import Session
from storage.upkeep.last_activity import last_sign_of_life
from storage.upkeep.lost_numbers import skip_lost_numbers
from storage.upkeep.note_gap import note_gap
from storage.use import forget
from storage.waiting_to_be_erased import count_those_who_want_to_be_erased

PRESSED_OF_A_MEETING = (
    *(PostKind.AGENDA, PostKind.PROPOSED_MEETING, PostKind.STILL_WAITING, PostKind.NOTHING_YET),
    *(PostKind.HELP_OFFERED, PostKind.HELP_WANTED, PostKind.LIVE),
)
PRESSED_OF_AN_ITEM = (PostKind.CARD, PostKind.OUTCOME, PostKind.SEPARATE_TALK)
"""Which buttons they have, and what they say, follows from what people did. So it is with questions, swaps, follow-ups, and the doors."""


class TakenUp(NamedTuple):
    """How many messages may be there already, how much was erased again, and how many people wait to be, until a legal hold ends."""

    looked_for: int
    erased_again: int
    wait: int


def take_up(database: Database, notes: Sequence[Note], now: datetime) -> TakenUp:
    """Erase again what the notes tell of, owe what time has brought about since the backup, and look for what may be there already.

    By their references they are found: the same debt has the same one, also when it is written down a second time,
    now or when people do again what was lost.
    """
    consortia, gap = database.do(partial(_begin, now=now))
    erased_again = sum(_erase_again(database, consortium, notes, now) for consortium in consortia)
    consortia = database.do(every_consortium)
    for consortium in consortia:
        _catch_up(database, consortium, now)
        database.do(partial(_show_what_is_remembered, consortium=consortium, now=now), consortium.id)
    skip_lost_numbers(database)
    wait = sum(database.do(count_those_who_want_to_be_erased, consortium.id) for consortium in consortia)
    return TakenUp(database.do(partial(_end, gap=gap)), erased_again, wait)


def _begin(session: Session, now: datetime) -> tuple[list[Consortium], Gap]:
    since = last_sign_of_life(session, now)
    gap = Gap(since or now - DONE_ANEW_WITHIN, now + STILL_ON_ITS_WAY)
    note_gap(session, gap)  # so that what was due in it is not taken for missed
    return every_consortium(session), gap


def _end(session: Session, gap: Gap) -> int:
    note_gap(session, gap)  # also what the clock has just brought about may have been there before
    return outbox_doubted.mark_what_may_have_been_sent(session, gap.since, gap.until)


def _erase_again(database: Database, consortium: Consortium, notes: Sequence[Note], now: datetime) -> int:
    """Also the consortium itself."""

    def erasing(session: Session) -> int:
        here = consortium_at(session, consortium.id, Places.CHANGE)
        if note_of_consortium(session) in notes:
            forget(session, here)
            return 1
        words = Instead(neutral(), unnamed(), instead(), topics(), held_before())
        return erase_again(session, here, notes, words, now)

    return database.do(erasing, consortium.id)


def _catch_up(database: Database, consortium: Consortium, now: datetime) -> None:
    for verb in CLOCKWORK.values():
        with suppress(UserError):  # the clock could not have done it either
            database.do(partial(_strike, verb, consortium_id=consortium.id, now=now), consortium.id)


def _strike(
    verb: Callable[[Session, Consortium, datetime], None], session: Session, consortium_id: int, now: datetime
) -> None:
    verb(session, consortium_at(session, consortium_id, Places.STAY), now)


def _show_what_is_remembered(session: Session, consortium: Consortium, now: datetime) -> None:
    """What stands in Slack may tell of decisions and answers that are lost, and have no buttons to give them anew."""
    for meeting in meetings_from(session, first_day_to_come(consortium, now)):
        redraw_swaps_about(session, meeting)
        redraw_what_tells_of(session, meeting, PRESSED_OF_A_MEETING)
        for item in items_of_meeting(session, meeting, *ItemState):
            outbox.refresh_kinds(session, PRESSED_OF_AN_ITEM, subject_id=item.id)
            redraw_questions(session, item)
    for follow_up in open_follow_ups(session):
        redraw_follow_up(session, follow_up)
    redraw_what_was_cancelled(session, consortium, now)
    redraw_holds(session, consortium, now)
    redraw_doors(session, consortium.id)
