"""After a restore: what this database does not know of may have been said, and is looked for before it is said again."""

from datetime import datetime

from bot.at_every_tick import CLOCKWORK
from bot.doors import redraw_doors
from bot.errors import UserError
from bot.expected import redraw_what_tells_of
from bot.follow_up_reminders import redraw_follow_up
from bot.question_posts import redraw_questions
from bot.swap_posts import redraw_swaps_about
from bot.timetable import first_day_to_come
from storage import outbox, outbox_doubted
from storage.consortia import Consortium, Places, consortium_at, every_consortium
from storage.database import Database
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


def take_up(database: Database, now: datetime) -> int:
    """Owe what time has brought about since the backup, and give how many messages may be there already.

    By their references they are found: the same debt has the same one, also when it is written down a second time,
    now or when people do again what was lost.
    """
    with database.transaction() as session:
        consortia, since = every_consortium(session), last_sign_of_life(session, now)
        gap = Gap(since or now - DONE_ANEW_WITHIN, now + STILL_ON_ITS_WAY)
        note_gap(session, gap)  # so that what was due in it is not taken for missed
    for consortium in consortia:
        _catch_up(database, consortium, now)
        with database.transaction(consortium.id) as session:
            _show_what_is_remembered(session, consortium, now)
    skip_lost_numbers(database)
    with database.transaction() as session:
        note_gap(session, gap)  # also what the clock has just brought about may have been there before
        return outbox_doubted.mark_what_may_have_been_sent(session, gap.since, gap.until)


def _catch_up(database: Database, consortium: Consortium, now: datetime) -> None:
    for verb in CLOCKWORK.values():
        try:
            with database.transaction(consortium.id) as session:
                verb(session, consortium_at(session, consortium.id, Places.STAY), now)
        except UserError:  # the clock could not have done it either
            continue


def _show_what_is_remembered(session: Session, consortium: Consortium, now: datetime) -> None:
    """What stands in Slack may tell of decisions and answers that are lost, and have no buttons to give them anew."""
    for meeting in meetings_from(session, first_day_to_come(consortium, now)):
        redraw_swaps_about(session, meeting)
        redraw_what_tells_of(session, meeting, (PostKind.AGENDA, PostKind.PROPOSED_MEETING))
        for item in items_of_meeting(session, meeting, *ItemState):
            outbox.refresh(session, PostKind.CARD, subject_id=item.id)
            redraw_questions(session, item)
    for follow_up in open_follow_ups(session):
        redraw_follow_up(session, follow_up)
    redraw_doors(session, consortium.id)
