"""Meetings as everybody sees them."""

from dataclasses import dataclass
from datetime import date, time

from storage.meetings import Meeting, MeetingState


@dataclass(frozen=True)
class MeetingSeen:
    """`day` and `starts` are local to the consortium, `minutes` is its length, `host` the name of a collaborative."""

    id: int
    day: date
    starts: time
    minutes: int
    office: str
    host: str
    is_confirmed: bool


def seen_meeting(meeting: Meeting) -> MeetingSeen:
    return MeetingSeen(
        id=meeting.id,
        day=meeting.day,
        starts=meeting.starts,
        minutes=meeting.minutes,
        office=meeting.office,
        host=meeting.host.name,
        is_confirmed=meeting.state == MeetingState.SET,
    )
