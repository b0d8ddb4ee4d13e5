"""Calls: scheduled requests for items before a meeting."""

from datetime import datetime, timedelta

from bot.calendar import local_day, zone
from bot.series import give_up, owe_slots, owed_of_series
from bot.slots import Owed
from bot.timetable import ends_at, is_over, last_words_since, next_meeting, slots_of_calls, starts_at
from storage.consortia import Consortium
from storage.meetings import Meeting, last_cancelled_before, meeting_before, meetings_from
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.series import looked_after_until, waiting
from storage.tenancy import Session


def owe_due_calls(session: Session, consortium: Consortium, now: datetime) -> None:
    """Write down the call that is due now, if any, and those for which it is too late."""
    coming = next_meeting(session, consortium, now)
    for meeting in [*_just_over(session, consortium, now), coming]:
        if meeting is not None:
            slots = _owed(session, consortium, meeting, now)
            owe_slots(session, consortium, PostKind.CALL, slots, now, subject_id=meeting.id)
    for call in waiting(session, PostKind.CALL):
        if not _is_about(call, coming):
            give_up(session, call, now)


def is_past_use(session: Session, consortium: Consortium, call: Post, now: datetime) -> bool:
    """Whether another meeting comes first, or a newer call for this one is due, or the next is near."""
    coming = next_meeting(session, consortium, now)
    if coming is None or not _is_about(call, coming):
        return True
    due = _owed(session, consortium, coming, now).due
    return due is None or due.key != call.key


def is_one_due(session: Session, consortium: Consortium, after: datetime, before: datetime) -> bool:
    """Whether the next meeting is called for in that time."""
    meeting = next_meeting(session, consortium, after)
    if meeting is None:
        return False
    starts = starts_at(consortium, meeting)
    return any(after < slot.due < min(before, starts) for slot in slots_of_calls(consortium, meeting))


def is_last(consortium: Consortium, meeting: Meeting, due: datetime) -> bool:
    """Whether a call that is due then tells the agenda."""
    return due >= last_words_since(consortium, meeting)


def _is_about(call: Post, meeting: Meeting | None) -> bool:
    return meeting is not None and call.subject_id == meeting.id


def _just_over(session: Session, consortium: Consortium, now: datetime) -> list[Meeting]:
    """Meetings since the last call that was looked after: nobody may have looked while theirs were due."""
    known = looked_after_until(session, PostKind.CALL)
    since = local_day(known or consortium.scheduled_since, zone(consortium.timezone))
    nearby = meetings_from(session, since - timedelta(days=1))
    return [meeting for meeting in nearby if is_over(consortium, meeting, now)]


def _next_since(session: Session, consortium: Consortium, meeting: Meeting) -> datetime:
    """When the meetings before it were over, or cancelled: until then nobody is called for this one."""
    before = meeting_before(session, meeting.day)
    over = ends_at(consortium, before) if before else consortium.scheduled_since
    return max(over, last_cancelled_before(session, meeting.day) or over)


def _owed(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> Owed:
    slots = slots_of_calls(consortium, meeting)
    since = max(meeting.known_since, consortium.scheduled_since, _next_since(session, consortium, meeting))
    ends = starts_at(consortium, meeting)
    return owed_of_series(
        session, consortium, PostKind.CALL, slots, since, now, subject_id=meeting.id, ends=ends
    )
