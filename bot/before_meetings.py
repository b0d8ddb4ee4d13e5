"""What is due some days before a meeting, at the hour of the calls. It goes with the meeting, and with that hour."""

from datetime import datetime

from bot.calendar import closing_day, instant, zone
from storage import outbox
from storage.consortia import Consortium
from storage.meetings import Meeting
from storage.post_kinds import PostKind
from storage.tenancy import Session

BEFORE_MEETINGS = {kind: kind.days_before for kind in PostKind if kind.days_before is not None}


def due_before(kind: PostKind, consortium: Consortium, meeting: Meeting) -> datetime:
    """The hour of the calls, as many local days before the meeting as its kind says."""
    day = closing_day(meeting.day, BEFORE_MEETINGS[kind])
    return instant(day, consortium.call_at, zone(consortium.timezone))


def move_with_meeting(session: Session, consortium: Consortium, meeting: Meeting) -> None:
    """The meeting is on another day, or its calls at another hour. What should have been sent by that is late."""
    for kind in BEFORE_MEETINGS:
        outbox.refresh(session, kind, subject_id=meeting.id)
        due = due_before(kind, consortium, meeting)
        outbox.reschedule(session, kind, subject_ids=[meeting.id], due=due)
