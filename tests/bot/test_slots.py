"""Each local period owes exactly one message, in every zone, and never a burst."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import WEEKDAYS, instant, local_day
from bot.slots import Slot, call_slots, digest_slots, is_late, owed

HERE = ZoneInfo("America/Los_Angeles")
MEETING = date(2027, 1, 21)
BEGINS = instant(MEETING, time(10), HERE)
CALLS = call_slots(7, MEETING, [28, 14, 7, 1], time(10), HERE)
DIGESTS = digest_slots(1, "monday", time(9), HERE, date(2027, 1, 1), date(2027, 2, 28))
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
EVERY_ZONE = [ZoneInfo(name) for name in sorted(available_timezones())]

zones = st.sampled_from(EVERY_ZONE)
days = st.dates(date(2026, 1, 1), date(2037, 12, 31))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
weekdays = st.sampled_from(WEEKDAYS)
moments = st.datetimes(datetime(2026, 12, 1), datetime(2027, 3, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants its bounds naive


def hours(count):
    return timedelta(hours=count)


def a_slot(key, due):
    return Slot(key, due, local_day(due, HERE))


def test_calls_go_out_at_the_local_time_of_the_days_before():
    assert [(slot.key, slot.day, slot.due.isoformat()) for slot in CALLS] == [
        ("call:7:2027-01-21:28", date(2026, 12, 24), "2026-12-24T18:00:00+00:00"),
        ("call:7:2027-01-21:14", date(2027, 1, 7), "2027-01-07T18:00:00+00:00"),
        ("call:7:2027-01-21:7", date(2027, 1, 14), "2027-01-14T18:00:00+00:00"),
        ("call:7:2027-01-21:1", date(2027, 1, 20), "2027-01-20T18:00:00+00:00"),
    ]


def test_calls_keep_their_local_time_over_a_change_of_clocks():
    calls = call_slots(7, date(2027, 3, 18), [28, 1], time(10), HERE)
    assert [slot.due.hour for slot in calls] == [18, 17]


def test_the_order_and_repetition_of_days_make_no_difference():
    assert call_slots(7, MEETING, [1, 28, 14, 7, 7], time(10), HERE) == CALLS
    assert call_slots(7, MEETING, [], time(10), HERE) == []


def test_digests_go_out_on_their_weekday_from_the_first_to_the_last_day():
    digests = digest_slots("C1", "monday", time(9), HERE, date(2027, 1, 18), date(2027, 2, 1))
    assert [slot.key for slot in digests] == [
        "digest:C1:2027-01-18",
        "digest:C1:2027-01-25",
        "digest:C1:2027-02-01",
    ]
    assert digest_slots(1, "monday", time(9), HERE, date(2027, 1, 19), date(2027, 1, 24)) == []
    assert digest_slots(1, "monday", time(9), HERE, date(2027, 1, 19), date(2027, 1, 1)) == []


@given(zones, days, st.sets(st.integers(0, 120)), times)
def test_each_day_before_a_meeting_has_one_call(where, meeting_day, days_before, at):
    calls = call_slots(1, meeting_day, days_before, at, where)
    assert [(meeting_day - slot.day).days for slot in calls] == sorted(days_before, reverse=True)
    assert len({slot.key for slot in calls}) == len(calls)
    assert all(slot.due == instant(slot.day, at, where) for slot in calls)
    assert all(one.due < other.due for one, other in pairwise(calls))


@given(zones, weekdays, times, days, st.integers(0, 400))
def test_each_week_has_one_digest(where, weekday, at, first_day, length):
    last_day = first_day + timedelta(days=length)
    digests = digest_slots(1, weekday, at, where, first_day, last_day)
    asked = [first_day + timedelta(days=count) for count in range(length + 1)]
    assert [slot.day for slot in digests] == [day for day in asked if WEEKDAYS[day.weekday()] == weekday]
    assert all(one.due < other.due for one, other in pairwise(digests))


@given(zones, weekdays, times, days, st.integers(0, 60), st.integers(0, 60))
def test_windows_that_overlap_ask_for_the_same_digests(where, weekday, at, first_day, length, step):
    end = first_day + timedelta(days=length + step)
    whole = digest_slots(1, weekday, at, where, first_day, end)
    part = digest_slots(1, weekday, at, where, first_day + timedelta(days=min(length, step)), end)
    assert part == whole[len(whole) - len(part) :]


@pytest.mark.slow
@pytest.mark.parametrize("at", [time(0), time(2, 30)])
def test_no_change_of_clocks_anywhere_skips_or_doubles_a_sunday(at):
    for where in EVERY_ZONE:
        digests = digest_slots(1, "sunday", at, where, date(2026, 1, 1), date(2037, 12, 31))
        assert len(digests) == 626
        assert len({local_day(slot.due, where) for slot in digests}) == 626
        assert all(
            timedelta(days=6, hours=22) <= b.due - a.due <= timedelta(days=7, hours=2)
            for a, b in pairwise(digests)
        )


def test_nothing_is_owed_before_its_time():
    assert owed(CALLS, LONG_AGO, CALLS[0].due - timedelta(seconds=1)) == (None, [])


def test_a_slot_is_owed_from_its_minute_on():
    assert owed(CALLS, LONG_AGO, CALLS[0].due) == (CALLS[0], [])


def test_what_was_due_before_since_is_nobodys_any_more():
    assert owed(CALLS, CALLS[0].due, CALLS[0].due) == (CALLS[0], [])
    assert owed(CALLS, CALLS[0].due + timedelta(seconds=1), CALLS[0].due + hours(1)) == (None, [])


def test_of_several_only_the_newest_is_sent():
    assert owed(CALLS, LONG_AGO, CALLS[2].due + hours(48)) == (CALLS[2], CALLS[:2])
    assert owed(reversed(CALLS), LONG_AGO, CALLS[2].due + hours(48)) == (CALLS[2], CALLS[:2])


@pytest.mark.parametrize(
    ("late", "until_next", "is_sent"),
    [
        (hours(6), hours(24), True),
        (hours(6) + timedelta(seconds=1), hours(24), False),
        (hours(6) + timedelta(seconds=1), hours(24) + timedelta(seconds=1), True),
        (hours(200), None, True),
        (hours(1), hours(1), True),
    ],
)
def test_the_newest_is_given_up_when_it_is_late_and_the_next_is_near(late, until_next, is_sent):
    due = datetime(2027, 1, 4, 17, tzinfo=UTC)
    now = due + late
    slot = a_slot("this one", due)
    slots = [slot, a_slot("the next", now + until_next)] if until_next else [slot]
    assert owed(slots, LONG_AGO, now) == ((slot, []) if is_sent else (None, [slot]))


def test_nothing_is_sent_once_the_meeting_has_begun():
    assert owed(CALLS, LONG_AGO, BEGINS - timedelta(seconds=1), BEGINS) == (CALLS[3], CALLS[:3])
    assert owed(CALLS, LONG_AGO, BEGINS, BEGINS) == (None, CALLS)


def test_what_would_be_due_once_the_meeting_has_begun_is_neither_sent_nor_missed():
    begins = CALLS[3].due
    assert owed(CALLS, LONG_AGO, begins, begins) == (None, CALLS[:3])
    assert owed(CALLS, begins, begins + hours(1), begins) == (None, [])


def test_what_is_late_is_still_sent_where_the_next_would_come_after_the_beginning():
    now = CALLS[2].due + hours(7)
    begins = now + hours(10)
    late = CALLS[2]
    assert owed([late, a_slot("not before it", begins)], LONG_AGO, now, begins) == (late, [])
    assert owed([late, a_slot("before it", begins - hours(1))], LONG_AGO, now, begins) == (None, [late])


WAITS = [slot.due for slot in CALLS]


@pytest.mark.parametrize(
    ("waits", "now", "due", "missed"),
    [
        (WAITS[0], WAITS[0], "waits", []),
        (WAITS[0], WAITS[1] - hours(25), "waits", []),
        (WAITS[0], WAITS[1] - hours(24), None, ["waits"]),
        (WAITS[0], WAITS[1], CALLS[1].key, ["waits"]),
        (WAITS[1] + hours(1), WAITS[1] + hours(1), "waits", [CALLS[1].key]),
        (WAITS[1] + hours(1), WAITS[1], CALLS[1].key, []),
    ],
    ids=[
        "alone",
        "the next is far",
        "the next is near",
        "a newer one is due",
        "it is the newest",
        "not yet due",
    ],
)
def test_what_waits_and_is_of_the_schedule_no_longer_is_of_the_series_still(waits, now, due, missed):
    found = owed(CALLS, WAITS[0] + hours(1), now, BEGINS, [a_slot("waits", waits)])
    assert (found.due and found.due.key, [slot.key for slot in found.missed]) == (due, missed)


def test_what_waits_since_the_hour_was_another_is_the_same_still_and_is_not_crowded_out_by_itself():
    waits = a_slot(CALLS[1].key, CALLS[1].due - hours(8))
    for now in (CALLS[1].due - hours(1), CALLS[1].due, CALLS[1].due + hours(48)):
        assert owed(CALLS, CALLS[1].due - hours(7), now, BEGINS, [waits]) == (waits, [])


def test_a_slot_that_was_over_before_the_schedule_was_agreed_on_is_not_the_next_one():
    waits = a_slot("waits", CALLS[0].due - hours(48))
    assert owed(CALLS, CALLS[0].due + hours(1), CALLS[0].due + hours(1), BEGINS, [waits]) == (waits, [])


@given(st.sampled_from([CALLS, DIGESTS]), moments, moments, st.none() | st.just(BEGINS))
def test_every_slot_that_has_passed_is_sent_or_missed_once(slots, since, now, ends):
    due, missed = owed(slots, since, now, ends)
    passed = [slot for slot in slots if since <= slot.due <= now and (ends is None or slot.due < ends)]
    assert missed + ([due] if due else []) == passed


@given(st.lists(moments, min_size=1, max_size=40))
def test_a_series_looked_after_at_any_hours_sends_each_slot_at_most_once(looks):
    sent, since = [], LONG_AGO
    for now in sorted(looks):
        due, _ = owed(DIGESTS, since, now)
        sent += [due.key] if due else []
        since = now + timedelta(microseconds=1)
    assert len(sent) == len(set(sent))


def test_late_begins_after_a_quarter_of_an_hour():
    due = datetime(2027, 1, 4, 17, tzinfo=UTC)
    assert not is_late(due, due + timedelta(minutes=15))
    assert is_late(due, due + timedelta(minutes=15, seconds=1))
