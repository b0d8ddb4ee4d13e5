"""A meeting as a file that calendars take (RFC 5545, 5546)."""

import unicodedata
from typing import TYPE_CHECKING

from bot.seen.calendar_entries import CalendarEntrySeen
from handlers.blocks.calendar_entries import about_meeting, called, with_file
from handlers.files.file import File
from handlers.words import _, short_day

if TYPE_CHECKING:
    from icalendar import Event

MADE_BY = "-//Agenda//Agenda//EN"
STEERS = {"Cc", "Cs", "Zl", "Zp"}
"""The categories of signs that may end a line in a calendar, or that no file can hold."""


def calendar_file(entry: CalendarEntrySeen) -> File:
    meeting = entry.meeting
    return File(
        name=f"meeting-{meeting.day.isoformat()}.ics",
        title=_("Calendar entry for {day}").format(day=short_day(meeting.day)),
        content=_calendar(entry),
        words=with_file(entry),
    )


def _calendar(entry: CalendarEntrySeen) -> bytes:
    """Moments are told in UTC: every calendar knows what that is."""
    from icalendar import Calendar  # noqa: PLC0415 - it takes long to load, and many bots never need it

    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntrySeen) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - as above

    event, meeting = Event(), entry.meeting
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.told_at)
    event.add("last-modified", entry.revised_at)
    event.add("dtstart", entry.begins)
    event.add("dtend", entry.ends)
    event.add("summary", _plain(called(entry)))
    event.add("location", _plain(meeting.office))
    event.add("description", _plain(about_meeting(entry)))
    event.add("status", _status(entry))
    return event


def _status(entry: CalendarEntrySeen) -> str:
    if entry.meeting.is_cancelled:
        return "CANCELLED"
    return "CONFIRMED" if entry.meeting.is_confirmed else "TENTATIVE"


def _plain(text: str) -> str:
    """Lines end where people ended them, and nowhere else."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join("".join(" " if _steers(sign) else sign for sign in line) for line in lines)


def _steers(sign: str) -> bool:
    return unicodedata.category(sign) in STEERS
