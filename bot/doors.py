"""The message with the buttons, which stands in the shared channel for who can't type commands: it tells of the next meeting."""

from datetime import datetime

from bot.timetable import next_meeting
from storage import outbox
from storage.consortia import Consortium
from storage.post_kinds import PostKind
from storage.tenancy import Session


def redraw_doors(session: Session, consortium: Consortium, now: datetime) -> None:
    ours = session.get_one(Consortium, consortium.id)
    ours.told_meeting_id = _next_id(session, consortium, now)
    outbox.refresh(session, PostKind.STANDING, subject_id=consortium.id)


def tell_of_next_meeting(session: Session, consortium: Consortium, now: datetime) -> None:
    """Draw it anew when another meeting is next: one is over, without a word from anybody."""
    told_id = session.get_one(Consortium, consortium.id).told_meeting_id
    if told_id != _next_id(session, consortium, now):
        redraw_doors(session, consortium, now)


def _next_id(session: Session, consortium: Consortium, now: datetime) -> int | None:
    meeting = next_meeting(session, consortium, now)
    return meeting.id if meeting else None
