"""Slots in every time zone there is, from 2026 to 2037: one for each local period, at hours that do not exist or come twice too."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import calendar, slots
from bot.calendar import WEEKDAYS, instant
from bot.slots import call_slots, digest_slots
from tests.long_forms import shortened

pytestmark = pytest.mark.slow

FIRST, LAST = date(2026, 1, 1), date(2037, 12, 31)
EVERY_ZONE = [ZoneInfo(name) for name in sorted(available_timezones())]
FIVE_MINUTES = timedelta(minutes=5)
AROUND = timedelta(hours=3)
QUARTERLY = [date(year, month, 21) for year in range(2026, 2038) for month in (1, 4, 7, 10)]
DAYS_BEFORE = (366, 28, 14, 7, 1, 0)
OF_ITS_OWN = dict(zip(WEEKDAYS, ("00:00", "00:30", "02:30", "03:00", "09:00", "23:30", "23:59"), strict=True))
"""Another local time for each weekday."""
CLOCKS_CHANGE_ON = ("sunday",)
"""In most zones."""

zones = st.sampled_from(EVERY_ZONE)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


class Change(NamedTuple):
    """A change of clocks there, and every five minutes around it the first moment at which they show so late a time."""

    where: ZoneInfo
    first_at: dict[datetime, datetime]


@cache
def changes() -> list[Change]:
    return [
        Change(where, _first_moments(where, moment)) for where in EVERY_ZONE for moment in _changes_in(where)
    ]


def _changes_in(where: ZoneInfo) -> Iterator[datetime]:
    """Found by looking at the clocks there week by week."""
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    weeks = [begin + timedelta(weeks=week) for week in range(627)]
    for before, after in pairwise(weeks):
        if _offset(before, where) != _offset(after, where):
            yield _moment_of_change(before, after, where)


def _moment_of_change(before: datetime, after: datetime, where: ZoneInfo) -> datetime:
    """Within five minutes."""
    if after - before <= FIVE_MINUTES:
        return after
    middle = before + (after - before) // 2
    is_later = _offset(middle, where) == _offset(before, where)
    return _moment_of_change(middle, after, where) if is_later else _moment_of_change(before, middle, where)


def _offset(moment: datetime, where: ZoneInfo) -> timedelta | None:
    return moment.astimezone(where).utcoffset()


def _first_moments(where: ZoneInfo, change: datetime) -> dict[datetime, datetime]:
    """By looking at the clocks there every five minutes, as a person with a notebook would."""
    start = change.replace(minute=change.minute // 5 * 5, second=0, microsecond=0) - AROUND
    looks = [start + count * FIVE_MINUTES for count in range(2 * AROUND // FIVE_MINUTES)]
    latest = looks[0].astimezone(where).replace(tzinfo=None)
    first: dict[datetime, datetime] = {latest: looks[0]}
    for look in looks:
        shown = look.astimezone(where).replace(tzinfo=None)
        while latest < shown:
            latest += FIVE_MINUTES
            first[latest] = look
    return first


def test_there_are_changes_of_every_kind() -> None:
    """Or the rest would prove little."""
    gaps = sum(len(set(change.first_at.values())) < len(change.first_at) for change in changes())
    assert len(EVERY_ZONE) > 400
    assert len(changes()) > 3000
    assert gaps > 1500
    assert len(changes()) - gaps > 1500


def wrong_instants() -> list[tuple[str, datetime]]:
    return [
        (str(change.where), wall)
        for change in changes()
        for wall, moment in change.first_at.items()
        if calendar.instant(wall.date(), wall.time(), change.where) != moment
    ]


def test_at_every_change_of_clocks_each_local_time_is_the_first_moment_that_shows_it() -> None:
    assert wrong_instants() == []


def broken_weeks(weekday: str, at: time, zones: Iterable[ZoneInfo] = EVERY_ZONE) -> list[str]:
    """The zones in which some week has not exactly one digest, or two digests lie otherwise than a week apart."""
    days = [day for day in _days() if WEEKDAYS[day.weekday()] == weekday]
    return [str(where) for where in zones if not _is_weekly(where, weekday, at, days)]


@cache
def _days() -> list[date]:
    return [FIRST + timedelta(days=count) for count in range((LAST - FIRST).days + 1)]


def _is_weekly(where: ZoneInfo, weekday: str, at: time, days: list[date]) -> bool:
    digests = slots.digest_slots(1, weekday, at, where, FIRST, LAST)
    return (
        [slot.day for slot in digests] == days
        and len({slot.key for slot in digests}) == len(days)
        and all(_begins(slot.due, datetime.combine(slot.day, at), where) for slot in digests)
        and all(one.due < two.due for one, two in pairwise(digests))
    )


def _begins(moment: datetime, wall: datetime, where: ZoneInfo) -> bool:
    """Whether clocks there show so late a time from this moment on, and did not a second ago."""
    just_before, there = (
        (moment - timedelta(seconds=ago)).astimezone(where).replace(tzinfo=None) for ago in (1, 0)
    )
    return just_before < wall <= there


@pytest.mark.parametrize("weekday", shortened(WEEKDAYS, CLOCKS_CHANGE_ON))
def test_every_week_of_every_zone_has_one_digest(weekday: str) -> None:
    assert broken_weeks(weekday, time.fromisoformat(OF_ITS_OWN[weekday])) == []


@pytest.mark.parametrize("at", ["00:00", "02:30", "10:00"])
def test_every_meeting_in_every_zone_has_each_of_its_calls_once(at: str) -> None:
    hour = time.fromisoformat(at)
    for where in EVERY_ZONE:
        calls = [call_slots(7, day, DAYS_BEFORE, hour, where) for day in QUARTERLY]
        assert len({slot.key for of_one in calls for slot in of_one}) == len(QUARTERLY) * len(DAYS_BEFORE)
        for day, of_one in zip(QUARTERLY, calls, strict=True):
            assert [slot.day for slot in of_one] == [day - timedelta(days=count) for count in DAYS_BEFORE]
            assert all(slot.due == instant(slot.day, hour, where) for slot in of_one)


@given(zones, zones, times, times, st.sampled_from(WEEKDAYS), st.dates(FIRST, LAST))
def test_keys_stay_when_the_hour_or_the_zone_is_changed(
    one: ZoneInfo, other: ZoneInfo, at: time, then: time, weekday: str, day: date
) -> None:
    def keys(where: ZoneInfo, hour: time) -> list[str]:
        calls = call_slots(7, day, DAYS_BEFORE, hour, where)
        weekly = digest_slots(1, weekday, hour, where, day, day + timedelta(days=100))
        return [slot.key for slot in (*calls, *weekly)]

    assert keys(one, at) == keys(other, then)
    assert len(set(keys(one, at))) == len(keys(one, at))


# --- That these tests can fail


def _week_by_week(
    consortium_id: int | str, weekday: str, at: time, where: ZoneInfo, first_day: date, last_day: date
) -> list[slots.Slot]:
    """As if a week were 168 hours."""
    right = digest_slots(consortium_id, weekday, at, where, first_day, last_day)
    return [
        slots.Slot(slot.key, right[0].due + number * timedelta(hours=7 * 24), slot.day)
        for number, slot in enumerate(right)
    ]


def _without_folds(day: date, at: time, where: ZoneInfo) -> datetime:
    return datetime.combine(day, at, where).astimezone(UTC)


def _the_second(day: date, at: time, where: ZoneInfo) -> datetime:
    return datetime.combine(day, at, where).replace(fold=1).astimezone(UTC)


def test_weeks_of_168_hours_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "digest_slots", _week_by_week)
    change, stay = ZoneInfo("America/Los_Angeles"), ZoneInfo("Asia/Tokyo")
    assert broken_weeks("monday", time(9), [change, stay]) == [str(change)]


@pytest.mark.parametrize("careless", [_without_folds, _the_second])
def test_clocks_read_without_care_are_found(monkeypatch: pytest.MonkeyPatch, careless: object) -> None:
    monkeypatch.setattr(calendar, "instant", careless)
    assert {zone for zone, _ in wrong_instants()} >= {"America/Los_Angeles", "Australia/Lord_Howe"}
