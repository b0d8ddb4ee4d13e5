"""Dates, times and time zones: what a meeting's local day and hour mean."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta, weekday

from bot.errors import AnyOf, UserError
from bot.reading.patterns import pattern
from bot.reading.suggestions import close_to
from bot.reading.zones import zone_names, zones_called

SHORTEST_MEETING, LONGEST_MEETING = 15, 12 * 60  # minutes
WEEKEND = (5, 6)
"""Saturday and Sunday, as Python counts weekdays."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = pattern(r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9]")
WEEKS_OF_EVERY_MONTH = 4
_STAND_STILL = {"EST", "MST"}
"""Zones that go forward on no day of the year. Who writes one means the clocks of a place that do."""
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)  # what lies outside was mistyped


def zone(name: str) -> ZoneInfo:
    """The time zone of that name in the IANA database, such as America/Los_Angeles.

    Raises UserError if there is none.
    """
    if name in zone_names() - _STAND_STILL:
        return ZoneInfo(name)
    raise _no_zone(name)


def _no_zone(name: str) -> UserError:
    regional = sorted(known for known in zone_names() if "/" in known and not known.startswith("Etc/"))
    by_place = {known.rpartition("/")[2]: known for known in regional}
    typed = name.strip().replace(" ", "_")
    near = zones_called(name)
    near = near or [by_place.get(match, match) for match in close_to(typed, [*by_place, *regional])]
    if not near:
        return UserError(
            "“{name}” is no time zone. Write it like America/Los_Angeles.", field="timezone", name=name
        )
    return UserError(
        "“{name}” is no time zone. Did you mean {suggestions}?",
        field="timezone",
        name=name,
        suggestions=AnyOf(tuple(dict.fromkeys(near))),
    )


def read_day(text: str) -> date:
    """The date written as 2027-01-21.

    Raises UserError if it is written otherwise, or if there is no such day.
    """
    if not _DAY.fullmatch(text.strip()):
        raise UserError("“{text}” is no date. Write it like 2027-01-21.", field="date", text=text)
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise UserError("{text} is no date: there is no such day.", field="date", text=text) from None
    if not EARLIEST <= day <= LATEST:
        raise UserError("{text} is too far away to be meant.", field="date", text=text)
    return day


def read_time(text: str) -> time:
    """The time of day written as 10:00, on a clock of 24 hours.

    Raises UserError if it is written otherwise.
    """
    if not _TIME.fullmatch(text.strip()):
        raise UserError("“{text}” is no time of day. Write it like 09:30 or 14:00.", field="time", text=text)
    hour, minute = text.strip().split(":")
    return time(int(hour), int(minute))


def read_weekday(text: str) -> str:
    """The weekday's English name in small letters.

    Raises UserError if it is none.
    """
    name = text.strip().lower()
    if name in WEEKDAYS:
        return name
    near = AnyOf(tuple(close_to(name, WEEKDAYS) or WEEKDAYS))
    raise UserError(
        "“{text}” is no weekday. Did you mean {suggestions}?", field="weekday", text=text, suggestions=near
    )


def instant(day: date, at: time, where: ZoneInfo) -> datetime:
    """The moment, in UTC, at which the clocks there show that day and time.

    Where they show it twice, the first; where they skip it, the moment to which they skip.
    """
    wall = datetime.combine(day, at)
    first, second = (wall.replace(tzinfo=where, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first if first <= second else _end_of_gap(second, first, wall, where)


def _end_of_gap(early: datetime, late: datetime, wall: datetime, where: ZoneInfo) -> datetime:
    def reaches(seconds: int) -> bool:
        return (early + timedelta(seconds=seconds)).astimezone(where).replace(tzinfo=None) >= wall

    gap = int((late - early).total_seconds())
    return early + timedelta(seconds=bisect_left(range(gap), True, key=reaches))


def local_day(moment: datetime, where: ZoneInfo) -> date:
    """The date that calendars there show at that moment."""
    return moment.astimezone(where).date()


def is_working_day(day: date) -> bool:
    return day.weekday() not in WEEKEND


def last_working_day(day: date) -> date:
    """This day, or the Friday before it."""
    return next(one for one in (day - timedelta(days=back) for back in range(3)) if is_working_day(one))


def next_working_day(day: date) -> date:
    """This day, or the Monday after it."""
    return next(one for one in (day + timedelta(days=on) for on in range(3)) if is_working_day(one))


def next_quarterly(day: date) -> date:
    """Three months on, the same weekday of the same week: third Thursday to third Thursday.

    A fifth one, which not every month has, leads to the last.
    """
    week = (day.day - 1) // 7 + 1
    if week > WEEKS_OF_EVERY_MONTH:
        return day + relativedelta(months=3, day=31, weekday=weekday(day.weekday(), -1))
    return day + relativedelta(months=3, day=1, weekday=weekday(day.weekday(), week))


def closing_day(meeting_day: date, days_before: int) -> date:
    """The last day on which an item is in time for the meeting."""
    return meeting_day - timedelta(days=days_before)
