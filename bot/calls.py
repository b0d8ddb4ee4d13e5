"""Calls: scheduled requests for items before a meeting."""

from datetime import datetime

from bot.calendar import zone
from bot.scheduled import owe_slots
from bot.slots import call_slots, owed
from bot.timetable import next_meeting, starts_at
from storage import Session
from storage.consortia import Consortium
from storage.outbox import PostKind


def owe_due_calls(session: Session, consortium: Consortium, now: datetime) -> None:
    """Write down the call that is due now, if any."""
    meeting = next_meeting(session, consortium, now)
    if meeting is None:
        return
    slots = call_slots(
        meeting.id, meeting.day, consortium.call_days, consortium.call_at, zone(consortium.timezone)
    )
    since = max(meeting.known_since, consortium.scheduled_since)
    slots_owed = owed(slots, since, now, ends=starts_at(consortium, meeting))
    owe_slots(session, consortium, PostKind.CALL, slots_owed, now, subject_id=meeting.id)
