"""The message with the buttons, which stands in the shared channel for who can't type commands: it tells of the next meeting."""

from datetime import datetime

from bot.notes import owe_what_follows
from bot.question_posts import redraw_questions_of
from bot.timetable import is_over, today_in
from storage import outbox
from storage.consortia import Consortium
from storage.items import ItemState, items_of_meeting
from storage.meetings import Meeting, meetings_to_notice
from storage.post_kinds import PostKind
from storage.tenancy import Session


def redraw_doors(session: Session, consortium_id: int) -> None:
    """They tell of the next meeting, and how many items are on its agenda as far as everybody may know."""
    outbox.refresh(session, PostKind.STANDING, subject_id=consortium_id)


def notice_what_is_over(session: Session, consortium: Consortium, now: datetime) -> None:
    """When a meeting is over, another is next, without a word from anybody. By another time zone or clock it may be over no longer."""
    nearby = meetings_to_notice(session, today_in(consortium, now))
    changed = [meeting for meeting in nearby if meeting.is_over_noticed != is_over(consortium, meeting, now)]
    for meeting in changed:
        meeting.is_over_noticed = not meeting.is_over_noticed
        redraw_questions_of(session, meeting)
        _redraw_cards_of(session, meeting)
        if meeting.is_over_noticed:
            owe_what_follows(session, consortium, meeting, now)
    if changed:
        redraw_doors(session, consortium.id)


def _redraw_cards_of(session: Session, meeting: Meeting) -> None:
    """What waits there can be decided about no longer, or again."""
    waiting = [item.id for item in items_of_meeting(session, meeting, ItemState.WAITING)]
    outbox.refresh_all(session, PostKind.CARD, subject_ids=waiting)
