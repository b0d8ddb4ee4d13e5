"""Dates, times and zones mean what a person standing there would say."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from bot.calendar import (
    WEEKDAYS,
    closing_day,
    instant,
    local_day,
    next_quarterly,
    read_day,
    read_time,
    read_weekday,
    zone,
)
from bot.errors import UserError
from handlers.words import worded

HERE = ZoneInfo("America/Los_Angeles")
zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
days = st.dates(date(2026, 1, 1), date(2037, 12, 31))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def refusal(read, text):
    with pytest.raises(UserError) as refused:
        read(text)
    return worded(refused.value)


def test_a_zone_is_found_by_its_name():
    assert zone("America/Los_Angeles") == HERE


PACIFIC = (
    *(
        "Pacific time",
        "pacific",
        "Pacific Time (US & Canada)",
        "Pacific Standard Time",
        "PST",
        "PDT",
        "PT",
        "U.S. Pacific Time",
    ),
    *(
        "San Francisco",
        "san_francisco",
        "San Francisco, CA",
        "Bay Area",
        "California",
        "West Coast",
        "Pacfic time",
    ),
    *("PST (Pacific Standard Time)", "  Pacific   time ", "Pacific Time Zone"),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("America/Los_Angles", "America/Los_Angeles"),
        ("los angeles", "America/Los_Angeles"),
        ("New York", "America/New_York"),
        ("europe/berlin", "Europe/Berlin"),
        ("US/pacific", "US/Pacific"),
        *((typed, "America/Los_Angeles?") for typed in PACIFIC),
        *(
            (typed, "America/New_York?")
            for typed in ("Eastern", "eastern time", "EST", "EDT", "ET", "Washington, DC")
        ),
        *((typed, "America/Chicago?") for typed in ("Central Time", "CST", "Dallas", "St. Louis, MO")),
        *((typed, "America/Denver?") for typed in ("Mountain", "MST", "mountain time")),
        ("Hawaii", "Pacific/Honolulu?"),
        ("Germany", "Europe/Berlin"),
        ("Central European Time", "Europe/Berlin?"),
        ("India", "Asia/Kolkata?"),
        ("IST", "Asia/Jerusalem or Asia/Kolkata?"),
        ("United States", "America/Los_Angeles, America/Denver, America/Chicago, or America/New_York?"),
        ("Berlin", "Europe/Berlin"),
    ],
)
def test_an_unknown_zone_is_named_and_the_likely_one_suggested(typed, meant):
    text = refusal(zone, typed)
    assert text.startswith(f"“{typed}” is no time zone. Did you mean {meant}")


@pytest.mark.parametrize("typed", ["", "xyzzy", "../../etc/passwd", "/etc/localtime", "a\0b", "🌍", "QQT"])
def test_a_zone_like_no_other_gets_an_example(typed):
    assert refusal(zone, typed) == f"“{typed}” is no time zone. Write it like America/Los_Angeles."


@given(st.text())
def test_no_name_of_a_zone_raises_anything_else(name):
    if name not in available_timezones():
        assert name in refusal(zone, name)


def test_a_folder_of_zones_is_no_zone():
    assert "“America” is no time zone" in refusal(zone, "America")


def test_a_day_is_read():
    assert read_day(" 2027-01-21 ") == date(2027, 1, 21)


@pytest.mark.parametrize("typed", ["2027-02-30", "2027-13-01", "2027-00-10", "2026-02-29"])
def test_a_day_that_does_not_exist_is_named(typed):
    assert refusal(read_day, typed) == f"{typed} is no date: there is no such day."


@pytest.mark.parametrize(
    "typed",
    ["", "tomorrow", "20270121", "2027-W03-4", "21.1.2027", "2027-1-21", "\N{FULLWIDTH DIGIT TWO}027-01-21"],
)
def test_what_is_no_day_is_named_with_an_example(typed):
    assert refusal(read_day, typed) == f"“{typed}” is no date. Write it like 2027-01-21."


@pytest.mark.parametrize("typed", ["0207-01-21", "0000-01-01", "9999-12-31"])
def test_a_day_of_another_age_is_refused(typed):
    assert typed in refusal(read_day, typed)


@pytest.mark.parametrize(
    ("typed", "at"), [("10:00", time(10)), ("9:05", time(9, 5)), ("23:59", time(23, 59)), ("00:00", time(0))]
)
def test_a_time_is_read(typed, at):
    assert read_time(typed) == at


@pytest.mark.parametrize("typed", ["", "24:00", "10:60", "10", "2 pm", "10:00 AM", "10:00:00", "-1:00"])
def test_what_is_no_time_is_named_with_an_example(typed):
    assert refusal(read_time, typed) == f"“{typed}” is no time of day. Write it like 09:30 or 14:00."


@pytest.mark.parametrize("typed", ["monday", "Monday", " MONDAY "])
def test_a_weekday_is_read(typed):
    assert read_weekday(typed) == "monday"


def test_an_unknown_weekday_is_named():
    assert refusal(read_weekday, "Mondey").startswith("“Mondey” is no weekday. Did you mean monday")
    assert "or sunday?" in refusal(read_weekday, "xyzzy")


def test_an_hour_is_an_hour_there():
    assert instant(date(2027, 1, 21), time(10), HERE) == datetime(2027, 1, 21, 18, tzinfo=UTC)
    assert instant(date(2027, 7, 21), time(10), HERE) == datetime(2027, 7, 21, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("where", "day", "at", "there"),
    [
        ("America/Los_Angeles", date(2027, 3, 14), time(2, 30), "2027-03-14T03:00-07:00"),
        ("America/Los_Angeles", date(2027, 3, 14), time(2, 0), "2027-03-14T03:00-07:00"),
        ("America/Los_Angeles", date(2027, 3, 14), time(2, 59), "2027-03-14T03:00-07:00"),
        ("America/Havana", date(2026, 3, 8), time(0, 30), "2026-03-08T01:00-04:00"),
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 10), "2027-10-03T02:30+11:00"),
        ("America/Nuuk", date(2027, 3, 27), time(23, 30), "2027-03-28T00:00-01:00"),
        ("Pacific/Apia", date(2011, 12, 30), time(9, 0), "2011-12-31T00:00+14:00"),
    ],
)
def test_an_hour_that_clocks_skip_is_the_moment_to_which_they_skip(where, day, at, there):
    found = instant(day, at, ZoneInfo(where))
    assert found.tzinfo is UTC
    assert found == datetime.fromisoformat(there)


def test_an_hour_that_clocks_show_twice_is_the_first():
    assert instant(date(2027, 11, 7), time(1, 30), HERE) == datetime(2027, 11, 7, 8, 30, tzinfo=UTC)


@given(zones, days, times)
@example(HERE, date(2027, 3, 14), time(2, 30))
@example(HERE, date(2027, 11, 7), time(1, 30))
@example(ZoneInfo("America/Nuuk"), date(2027, 3, 27), time(23, 30))
def test_an_instant_is_the_first_at_which_clocks_there_reach_the_hour(where, day, at):
    found = instant(day, at, where)
    wall = datetime.combine(day, at)
    there, just_before = found.astimezone(where), (found - timedelta(seconds=1)).astimezone(where)
    assert just_before.replace(tzinfo=None) < wall <= there.replace(tzinfo=None)
    assert there.fold == 0


def test_the_day_there_is_not_the_day_in_utc():
    assert local_day(datetime(2027, 1, 22, 3, tzinfo=UTC), HERE) == date(2027, 1, 21)


@pytest.mark.parametrize(
    ("one", "following"),
    [
        (date(2027, 1, 21), date(2027, 4, 15)),  # third Thursday
        (date(2026, 10, 15), date(2027, 1, 21)),  # third Thursday, over the year's end
        (date(2027, 1, 1), date(2027, 4, 2)),  # first Friday
        (date(2026, 12, 31), date(2027, 3, 25)),  # fifth Thursday: the last
        (date(2026, 10, 30), date(2027, 1, 29)),  # fifth Friday: the last, itself a fifth
        (date(2026, 11, 30), date(2027, 2, 22)),  # fifth Monday into February
        (date(2027, 1, 28), date(2027, 4, 22)),  # fourth stays fourth
    ],
)
def test_the_next_quarterly_meeting_keeps_its_place_in_the_month(one, following):
    assert next_quarterly(one) == following


@given(days)
def test_the_next_quarterly_meeting_is_on_the_same_weekday_three_months_on(day):
    following = next_quarterly(day)
    assert following.weekday() == day.weekday()
    assert (following.year, following.month) == ((m := day + relativedelta(months=3)).year, m.month)
    assert (following.day - 1) // 7 == (day.day - 1) // 7 or day.day > 28 > following.day - 7


def test_items_close_days_before_the_meeting():
    assert closing_day(date(2027, 1, 21), 7) == date(2027, 1, 14)
    assert closing_day(date(2027, 3, 1), 1) == date(2027, 2, 28)


def test_the_week_begins_on_monday():
    assert WEEKDAYS[date(2027, 1, 18).weekday()] == "monday"
