"""Which scheduled messages are owed, and when: calls for items and weekly digests."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.calendar import WEEKDAYS, closing_day, instant, last_working_day
from storage.post_kinds import PostKind

LATE_AFTER = timedelta(minutes=15)
TOO_LATE_AFTER = timedelta(hours=6)
NEXT_IS_NEAR = timedelta(hours=24)
THE_DAY_BEFORE = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """One message that a schedule asks for.

    The key names the local day and not the moment: it stays the same when clocks or time zones change.
    """

    key: str
    due: datetime
    day: date


class Owed(NamedTuple):
    """The slot to send now, and those for which it is too late."""

    due: Slot | None
    missed: list[Slot]


def call_slots(
    meeting_id: int | str,
    meeting_day: date,
    days_before: Collection[int],
    at: time,
    where: ZoneInfo,
    *,
    is_quiet: bool = False,
) -> list[Slot]:
    """The calls for items of one meeting, the earliest first. `is_quiet`: what tells of tomorrow comes on a working day."""
    days = {count: closing_day(meeting_day, count) for count in sorted(set(days_before), reverse=True)}
    if THE_DAY_BEFORE in days:
        days[THE_DAY_BEFORE] = last_word_on(meeting_day, is_quiet=is_quiet)
    one_a_day = {day: count for count, day in days.items()}  # of two on one day the later one
    return [
        Slot(
            PostKind.CALL.key(meeting=meeting_id, day=meeting_day, days_before=count),
            instant(day, at, where),
            day,
        )
        for day, count in one_a_day.items()
    ]


def last_word_on(meeting_day: date, *, is_quiet: bool) -> date:
    """The day before the meeting; of a Monday, where the bot is quiet, the Friday."""
    day = closing_day(meeting_day, THE_DAY_BEFORE)
    return last_working_day(day) if is_quiet else day


def digest_slots(
    consortium_id: int | str, weekday: str, at: time, where: ZoneInfo, first_day: date, last_day: date
) -> list[Slot]:
    """The digests on that weekday from the first to the last day, both included."""
    return [
        Slot(PostKind.DIGEST.key(consortium=consortium_id, day=day), instant(day, at, where), day)
        for day in _weekly(WEEKDAYS.index(weekday), first_day, last_day)
    ]


def _weekly(weekday: int, first_day: date, last_day: date) -> list[date]:
    start = first_day + timedelta(days=(weekday - first_day.weekday()) % 7)
    weeks = (last_day - start).days // 7 + 1
    return [start + timedelta(weeks=week) for week in range(weeks)]


def owed(
    slots: Iterable[Slot],
    since: datetime,
    now: datetime,
    ends: datetime | None = None,
    written: Iterable[Slot] = (),
) -> Owed:
    """What a series owes for the time from since to now, when it was perhaps not looked after.

    Only the newest is sent, never a burst, and not even that one when the next is near or when what it
    announces has begun: `ends`, the start of the meeting. What would be due from then on was never of use, and is
    neither sent nor missed. `written`: what was owed before, also by a schedule that has changed since.
    """
    of_use = [slot for slot in slots if ends is None or slot.due < ends]
    asked_for = [slot for slot in of_use if since <= slot.due <= now]
    known = {slot.key: slot for slot in (*asked_for, *written) if slot.due <= now}
    passed = sorted(known.values(), key=lambda slot: slot.due)
    to_come = min((slot.due for slot in of_use if slot.due > now and slot.key not in known), default=None)
    has_begun = ends is not None and now >= ends
    if not passed or has_begun or _is_pointless(passed[-1], now, to_come):
        return Owed(None, passed)
    return Owed(passed[-1], passed[:-1])


def _is_pointless(slot: Slot, now: datetime, to_come: datetime | None) -> bool:
    next_is_near = to_come is not None and to_come - now <= NEXT_IS_NEAR
    return next_is_near and now - slot.due > TOO_LATE_AFTER


def is_late(due: datetime, now: datetime) -> bool:
    """Whether the message says that it comes late."""
    return now - due > LATE_AFTER
