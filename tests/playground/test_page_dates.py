"""Dates on the page: each of Slack's tokens, seen from the reader's own day."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from playground.page.dates import formatted

ZONE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2027, 1, 14, 9, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{date_num}", "2027-01-21"),
        ("{date_slash}", "01/21/2027"),
        ("{date}", "January 21st, 2027"),
        ("{date_short}", "Jan 21, 2027"),
        ("{date_long}", "Thursday, January 21st, 2027"),
        ("{date_long_full}", "January 21, 2027"),
        ("{date_pretty}", "January 21st, 2027"),
        ("{day_divider_pretty}", "Thursday, January 21st"),
        ("{time}", "12:05 PM"),
        ("{time_secs}", "12:05:09 PM"),
        ("{ago}", "In 7 days"),
        ("on {date_short} at {time}", "On Jan 21, 2027 at 12:05 PM"),
    ],
)
def test_each_token_has_its_words(template, words):
    assert formatted(template, datetime(2027, 1, 21, 12, 5, 9, tzinfo=ZONE), NOW) == words


@pytest.mark.parametrize(
    ("day", "words"), [(13, "Yesterday"), (14, "Today"), (15, "Tomorrow"), (16, "Jan 16, 2027")]
)
def test_near_days_are_called_by_name(day, words):
    moment = datetime(2027, 1, day, 23, 59, tzinfo=ZONE)

    assert formatted("{date_short_pretty}", moment, NOW) == words


@pytest.mark.parametrize(
    ("day", "ordinal"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (22, "22nd"),
        (30, "30th"),
    ],
)
def test_days_are_counted_in_english(day, ordinal):
    assert formatted("{date}", datetime(2027, 1, day, tzinfo=ZONE), NOW) == f"January {ordinal}, 2027"


def test_a_token_that_slack_does_not_have_is_refused():
    with pytest.raises(KeyError):
        formatted("{date_of_birth}", NOW, NOW)
