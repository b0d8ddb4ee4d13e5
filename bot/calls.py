"""Calls: scheduled requests for items before a meeting."""

from datetime import datetime
from typing import Any

from bot.calendar import zone
from bot.slots import call_slots, owed
from bot.timetable import next_meeting, starts_at
from storage import Session, outbox
from storage.consortia import Consortium
from storage.outbox import PostKind


def owe_due_calls(session: Session, consortium: Consortium, now: datetime) -> None:
    """Write down the call that is due now, if any; those that are past use are noted as missed."""
    meeting = next_meeting(session, consortium, now)
    if meeting is None:
        return
    slots = call_slots(
        meeting.id, meeting.day, consortium.call_days, consortium.call_at, zone(consortium.timezone)
    )
    since = max(meeting.known_since, consortium.scheduled_since)
    due, missed = owed(slots, since, now, ends=starts_at(consortium, meeting))
    about: dict[str, Any] = {
        "consortium_id": consortium.id,
        "subject_id": meeting.id,
        "place": consortium.channel_id,
    }
    for slot in missed:
        outbox.miss(session, PostKind.CALL, slot.key, due=slot.due, **about)
    if due is not None:
        outbox.owe(session, PostKind.CALL, due.key, due=due.due, **about)
