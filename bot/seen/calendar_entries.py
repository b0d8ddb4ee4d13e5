"""A meeting as everybody may put it into a calendar of their own: when, where and who hosts, and no items."""

from dataclasses import dataclass
from datetime import datetime

from bot.seen.meetings import MeetingSeen, seen_meeting
from storage.consortia import Consortium
from storage.meetings import Meeting


@dataclass(frozen=True)
class CalendarEntrySeen:
    """`name` is the consortium's. By its `uid` calendars know the entry, by `sequence` which of two is newer; `revised_at` is when it became so, `told_at` when it is read."""

    name: str
    meeting: MeetingSeen
    begins: datetime
    ends: datetime
    uid: str
    sequence: int
    revised_at: datetime
    told_at: datetime


@dataclass(frozen=True)
class AskedForEntrySeen:
    """The answer to who asks for it. `is_on_its_way`: as a file, which they did not have yet. `has_file`: they may have it as one."""

    entry: CalendarEntrySeen
    is_on_its_way: bool
    has_file: bool = True


def seen_calendar_entry(
    consortium: Consortium, meeting: Meeting, begins: datetime, ends: datetime, now: datetime
) -> CalendarEntrySeen:
    return CalendarEntrySeen(
        name=consortium.name,
        meeting=seen_meeting(meeting),
        begins=begins,
        ends=ends,
        uid=meeting.uid,
        sequence=meeting.sequence,
        revised_at=meeting.revised_at,
        told_at=now,
    )
