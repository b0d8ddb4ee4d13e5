"""Calls: scheduled requests for items before a meeting."""

from datetime import datetime, timedelta

from bot.calendar import local_day, zone
from bot.series import owe_slots
from bot.slots import call_slots, owed
from bot.timetable import ends_at, next_meeting, starts_at
from storage.consortia import Consortium
from storage.meetings import Meeting, meetings_from
from storage.outbox import looked_after_until
from storage.post_kinds import PostKind
from storage.tenancy import Session


def owe_due_calls(session: Session, consortium: Consortium, now: datetime) -> None:
    """Write down the call that is due now, if any, and those for which it is too late."""
    for meeting in [*_just_over(session, consortium, now), next_meeting(session, consortium, now)]:
        if meeting is not None:
            _owe_calls(session, consortium, meeting, now)


def _just_over(session: Session, consortium: Consortium, now: datetime) -> list[Meeting]:
    """Meetings since the last call that was looked after: nobody may have looked while theirs were due."""
    known = looked_after_until(session, PostKind.CALL)
    since = local_day(known or consortium.scheduled_since, zone(consortium.timezone))
    nearby = meetings_from(session, since - timedelta(days=1))
    return [meeting for meeting in nearby if ends_at(consortium, meeting) <= now]


def _owe_calls(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    slots = call_slots(
        meeting.id, meeting.day, consortium.call_days, consortium.call_at, zone(consortium.timezone)
    )
    since = max(meeting.known_since, consortium.scheduled_since)
    slots_owed = owed(slots, since, now, ends=starts_at(consortium, meeting))
    owe_slots(session, consortium, PostKind.CALL, slots_owed, now, subject_id=meeting.id)
