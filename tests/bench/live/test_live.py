"""What a small Slack takes of edits, and what their lateness comes to."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bench.live.edits import MOST, FiftyAMinute
from bench.live.meeting import that_begins_soon
from bench.live.part import Late, report, verdict
from bot.plan.plan import read_plan
from playground.slack.faults import Held, RateLimited


def test_of_more_than_fifty_edits_in_a_minute_the_next_waits_until_the_first_is_a_minute_old() -> None:
    now = 0.0
    weather = FiftyAMinute(lambda: now)
    assert weather("chat.postMessage") is None
    for number in range(MOST):
        now = number * 0.5
        assert isinstance(weather("chat.update"), Held)
    assert weather("chat.update") == RateLimited(36)
    now = 60.0
    assert isinstance(weather("chat.update"), Held)
    assert weather("chat.update") == RateLimited(1)


@pytest.mark.parametrize("hour", range(24))
def test_the_meeting_begins_soon_about_noon_whenever_it_is_measured(hour: int) -> None:
    now = datetime(2026, 11, 28, hour, 50, tzinfo=UTC)
    plan = read_plan(that_begins_soon(now))
    [meeting] = plan.meetings
    here = ZoneInfo(plan.consortium.timezone)
    begins = datetime.combine(meeting.date, meeting.starts, here)
    assert (begins - now).total_seconds() == 20 * 60
    assert begins.hour == 13


def test_lateness_is_compared_with_that_in_peace() -> None:
    told = report(Late([0.2, 0.1, 0.3], [0.4, 2.0, 0.5], 22)).splitlines()
    assert told[-3] == "| while 60 cards are edited | 3 | 0.50 | 2.5 | 2.00 |"
    assert "22 were edited" in told[-1]


@pytest.mark.parametrize(("worst", "status"), [(5.0, 0), (5.1, 1)])
def test_the_promise_is_about_the_worst_edit_while_cards_are_edited(worst: float, status: int) -> None:
    assert verdict(Late([9.0], [0.1, worst], 0)) == status
