"""The timetable: which meeting is next, when it begins and ends, and when its items close."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone

from bot.calendar import closing_day, instant, local_day, zone
from bot.errors import UserError
from bot.seen.meetings import MeetingSeen
from bot.slots import Slot, call_slots, last_word_on
from storage.consortia import Consortium
from storage.meetings import Meeting, MeetingState, Stage, meeting_by_id, meetings_before, meetings_from
from storage.tenancy import Session

LAST_CLOCKS = timezone(timedelta(hours=-12))
"""On no clock on earth it is an earlier day."""


def today_in(consortium: Consortium, now: datetime) -> date:
    """The local day of the consortium."""
    return local_day(now, zone(consortium.timezone))


def has_known_zone(consortium: Consortium) -> bool:
    """Whether this machine knows its time zone. Another machine, or an older version, may have known more."""
    try:
        zone(consortium.timezone)
    except UserError:
        return False
    return True


def first_day_to_come(consortium: Consortium, now: datetime) -> date:
    """Today. Where nobody knows its time zone, the earliest day that it may be there: who mends the settings works with this."""
    return today_in(consortium, now) if has_known_zone(consortium) else now.astimezone(LAST_CLOCKS).date()


def starts_at(consortium: Consortium, meeting: Meeting | MeetingSeen) -> datetime:
    return instant(meeting.day, meeting.starts, zone(consortium.timezone))


def ends_at(consortium: Consortium, meeting: Meeting | MeetingSeen) -> datetime:
    return starts_at(consortium, meeting) + timedelta(minutes=meeting.minutes)


def stage_of(consortium: Consortium, meeting: Meeting, now: datetime) -> Stage:
    if meeting.state == MeetingState.CANCELLED:
        return Stage.CANCELLED
    if ends_at(consortium, meeting) <= now:
        return Stage.OVER
    if starts_at(consortium, meeting) <= now:
        return Stage.BEGUN
    return Stage(meeting.state)


def is_over(consortium: Consortium, meeting: Meeting, now: datetime) -> bool:
    """It was held, and has ended."""
    return stage_of(consortium, meeting, now) is Stage.OVER


def is_closed(consortium: Consortium, meeting: Meeting, now: datetime) -> bool:
    """It is over, or was cancelled."""
    return stage_of(consortium, meeting, now).is_closed


def is_to_come(consortium: Consortium, meeting: Meeting, now: datetime) -> bool:
    """It has not begun."""
    return stage_of(consortium, meeting, now).is_to_come


def last_word_at(consortium: Consortium, meeting: Meeting) -> datetime | None:
    """When a call first tells everybody what is on the agenda; None if no call is to come so late."""
    since = last_words_since(consortium, meeting)
    return next((slot.due for slot in slots_of_calls(consortium, meeting) if slot.due >= since), None)


def last_words_since(consortium: Consortium, meeting: Meeting) -> datetime:
    """A call that is due from then on asks for no more items, and tells the agenda."""
    day = last_word_on(meeting.day, is_quiet=consortium.is_quiet)
    return instant(day, time(), zone(consortium.timezone))


def slots_of_calls(consortium: Consortium, meeting: Meeting) -> list[Slot]:
    """The earliest first."""
    return call_slots(
        meeting.id,
        meeting.day,
        consortium.call_days,
        consortium.call_at,
        zone(consortium.timezone),
        is_quiet=consortium.is_quiet,
    )


def closes_on(consortium: Consortium, meeting: Meeting) -> date:
    """The last local day on which an item is not late."""
    return closing_day(meeting.day, consortium.closes_days_before)


def is_under_way(consortium: Consortium, meeting: Meeting, now: datetime) -> bool:
    """It has begun, and has not ended."""
    return stage_of(consortium, meeting, now) is Stage.BEGUN


def is_late(consortium: Consortium, meeting: Meeting, now: datetime) -> bool:
    return today_in(consortium, now) > closes_on(consortium, meeting)


def meeting_to_come(
    session: Session, consortium: Consortium, meeting_id: int, now: datetime
) -> Meeting | None:
    """The meeting, if it has not begun."""
    meeting = meeting_by_id(session, meeting_id)
    return meeting if meeting and is_to_come(consortium, meeting, now) else None


def last_held(session: Session, consortium: Consortium, now: datetime) -> Meeting | None:
    """The newest meeting that is over."""
    return next(iter(meetings_held(session, consortium, now, most=1)), None)


def meetings_held(session: Session, consortium: Consortium, now: datetime, *, most: int) -> list[Meeting]:
    """Those that are over, the newest first. One of today may not be, and one of yesterday may run past midnight."""
    tomorrow = today_in(consortium, now) + timedelta(days=1)
    nearby = meetings_before(session, tomorrow, most=most + 2)
    return [meeting for meeting in nearby if is_over(consortium, meeting, now)][:most]


def next_meeting(session: Session, consortium: Consortium, now: datetime) -> Meeting | None:
    """The nearest meeting that is not over."""
    return next(_not_over(session, consortium, now), None)


def meetings_to_come(session: Session, consortium: Consortium, now: datetime) -> list[Meeting]:
    """All that are not over; where nobody knows its time zone, all from the earliest day that it may be there."""
    if has_known_zone(consortium):
        return list(_not_over(session, consortium, now))
    return meetings_from(session, first_day_to_come(consortium, now))


def _not_over(session: Session, consortium: Consortium, now: datetime) -> Iterator[Meeting]:
    """One that began yesterday may run past midnight."""
    nearby = meetings_from(session, today_in(consortium, now) - timedelta(days=1))
    return (meeting for meeting in nearby if not is_over(consortium, meeting, now))
