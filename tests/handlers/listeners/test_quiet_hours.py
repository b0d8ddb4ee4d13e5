"""When people are told: while it is of use, at the hour that was set, and never at night only because the bot is late."""

import pytest

from handlers.blocks.ids import TAKE, WITHDRAW
from playground.slack import Refused
from playground.slack.faults import Disliked
from storage.figures import figures
from storage.post_kinds import PostKind
from tests.handlers.listeners.test_quiet import QUIET, brings, messages, rung
from tests.handlers.quarter import Quarter
from tests.handlers.steps import on_sqlite, shown
from tests.story import SHARED

pytestmark = [on_sqlite, pytest.mark.slow]

ON_A_SATURDAY = QUIET.replace("2027-01-21", "2027-01-23")


@pytest.fixture
async def quiet(quarter: Quarter) -> Quarter:
    await quarter.plans(QUIET)
    return quarter


async def takes(quarter: Quarter) -> None:
    await quarter.slack.clicks("U0CURATOR", messages(quarter)[-1], TAKE)
    await quarter.ticks()


@pytest.mark.parametrize("decided", ["2027-01-19 18:00", "2027-01-20 09:00", "2027-01-20 12:00"])
async def test_the_last_call_tells_what_the_host_has_decided_before_and_after_it(
    quiet: Quarter, decided: str
) -> None:
    await quiet.it_is("2027-01-18 10:00")
    await brings(quiet, "Rents")
    is_before = decided < "2027-01-20 10:00"
    if not is_before:
        await quiet.it_is("2027-01-20 10:00")
        [call] = quiet.said(SHARED, "We meet tomorrow")
        assert "Nothing is on the agenda yet" in call
    await quiet.it_is(decided)
    await takes(quiet)
    if is_before:
        await quiet.it_is("2027-01-20 09:30")
        assert "on the agenda" in messages(quiet, "U0MEMBER")[-1].text
        await quiet.it_is("2027-01-20 10:00")
        [call] = quiet.said(SHARED, "Here is the agenda")
        assert "Rents" in call
    for hour in ("17:00", "18:00"):
        await quiet.it_is(f"2027-01-20 {hour}")
    for hour in ("09:00", "09:30"):
        await quiet.it_is(f"2027-01-21 {hour}")
    assert "on the agenda" in messages(quiet, "U0MEMBER")[-1].text
    [call] = quiet.said(SHARED, "Here is the agenda")
    assert "Rents" in call


async def test_what_was_decided_days_ago_is_told_before_the_last_call_also_to_who_is_left_in_peace(
    quarter: Quarter,
) -> None:
    await quarter.plans(QUIET.replace("2027-01-21", "2026-12-09"))
    days = ("2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04")
    for day in days:
        await quarter.it_is(f"{day} 10:00")
        await brings(quarter, f"Item of {day}")
        await takes(quarter)
        await quarter.it_is(f"{day} 17:00")
    for hour in ("09:30", "10:00"):
        await quarter.it_is(f"2026-12-08 {hour}")
    [call] = quarter.said(SHARED, "Here is the agenda")
    assert all(f"Item of {day}" in call for day in days)


async def test_a_card_tells_the_later_time_where_its_proposer_is_left_in_peace(quiet: Quarter) -> None:
    for day in ("2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"):
        await quiet.it_is(f"{day} 10:00")
        await brings(quiet, f"Item of {day}")
        await takes(quiet)
        await quiet.it_is(f"{day} 17:00")
    await quiet.it_is("2026-12-03 17:05")
    assert rung(quiet, "U0MEMBER") == 3
    assert "until Mon, Dec 7, 5:00 PM" in shown(messages(quiet)[-1])


async def test_before_a_meeting_on_a_saturday_a_card_tells_when_its_proposer_hears(quarter: Quarter) -> None:
    await quarter.plans(ON_A_SATURDAY)
    await quarter.it_is("2027-01-22 09:00")
    await brings(quarter, "Rents")
    await quarter.it_is("2027-01-22 18:00")
    await takes(quarter)
    assert "until Sat, Jan 23, 9:00 AM" in shown(messages(quarter)[-1])
    await quarter.it_is("2027-01-23 08:59")
    assert messages(quarter, "U0MEMBER") == []
    await quarter.it_is("2027-01-23 09:00")
    assert messages(quarter, "U0MEMBER")


@pytest.mark.parametrize("hour", ["07:30", "20:00", "20:30"])
async def test_at_the_hour_that_an_admin_has_set_proposers_are_told(quarter: Quarter, hour: str) -> None:
    await quarter.plans(QUIET.replace("[decisions]\n", f'[decisions]\ntold_at = "{hour}"\n'))
    await quarter.it_is("2026-11-23 12:10")
    await brings(quarter, "Rents")
    await takes(quarter)
    days = ("2026-11-23", "2026-11-24") if hour > "12:10" else ("2026-11-24",)
    await quarter.it_is(f"{days[0]} {hour}")
    assert messages(quarter, "U0MEMBER")


async def test_an_early_last_call_rings_nobody_the_evening_before_but_for_decisions(quarter: Quarter) -> None:
    await quarter.plans(QUIET.replace("days_before = [28, 14, 7, 1]", 'days_before = [28, 1]\nat = "08:00"'))
    await quarter.it_is("2027-01-19 22:30")
    await brings(quarter, "Rents")
    assert messages(quarter) == []
    await quarter.it_is("2027-01-20 08:00")
    assert messages(quarter)


AT_A_SET_HOUR = {
    "a call": ("[calls]\n", '[calls]\nat = "06:30"\n', "2026-12-24 06:30", "What shall we talk about?"),
    "a digest": (
        "[calls]\n",
        '[digest]\nat = "21:00"\n\n[calls]\n',
        "2026-11-30 21:00",
        "This week on the agenda",
    ),
}
"""What an admin sets, when it comes by that, and what people read."""


@pytest.mark.parametrize("post", AT_A_SET_HOUR)
async def test_what_is_due_at_an_hour_that_an_admin_has_set_comes_then(quarter: Quarter, post: str) -> None:
    line, replaced, hour, words = AT_A_SET_HOUR[post]
    await quarter.plans(QUIET.replace(line, replaced))
    await quarter.it_is("2026-11-25 10:00")
    await brings(quarter, "Rents")
    await quarter.it_is(hour)
    assert len(quarter.said(SHARED, words)) == 1


LATE = {
    "a call": ("2027-01-06 12:00", "2027-01-09 03:00", "2027-01-11 08:00", "What shall we talk about?"),
    "a digest": ("2026-12-04 12:00", "2026-12-07 23:30", "2026-12-08 08:00", "This week on the agenda"),
}
"""When the bot stops, when it is there again, when people are awake, and what they read then."""


@pytest.mark.parametrize("post", LATE)
async def test_what_is_late_waits_until_people_are_awake(quiet: Quarter, post: str) -> None:
    stops, is_back, morning, words = LATE[post]
    await quiet.it_is(stops)
    await quiet.slack.types("U0MEMBER", SHARED, "/agenda add Rents")
    before = len(quiet.said(SHARED, words))
    await quiet.it_is(is_back)
    assert len(quiet.said(SHARED, words)) == before
    await quiet.it_is(morning)
    assert len(quiet.said(SHARED, words)) == before + 1


async def test_what_was_withdrawn_at_night_rings_nobody_in_the_morning(quiet: Quarter) -> None:
    await quiet.it_is("2026-11-28 12:00")
    await brings(quiet, "Rents")
    mine = await quiet.slack.types("U0MEMBER", SHARED, "/agenda mine")
    await quiet.slack.clicks("U0MEMBER", mine, WITHDRAW, value="1:0")
    await quiet.it_is("2026-11-30 08:00")
    assert messages(quiet) == []


async def test_what_has_waited_past_its_morning_is_a_trouble_in_the_figures(quiet: Quarter) -> None:
    """The bot died on the weekend, and nobody runs one since."""
    await quiet.it_is("2026-11-28 12:00")
    await brings(quiet, "Rents")
    waits_since, now = quiet.clock(), quiet.clock.strikes("2026-12-01 12:00") or quiet.clock()
    with quiet.database.transaction() as session:
        assert figures(session, now).oldest_due == now - waits_since


@pytest.mark.parametrize(
    ("ahead", "right"),
    [("2026-11-28 12:00", "2026-11-24 12:00"), ("2026-11-24 20:30", "2026-11-24 17:00")],
)
async def test_nothing_waits_for_a_morning_that_only_a_clock_which_was_ahead_has_seen(
    quiet: Quarter, ahead: str, right: str
) -> None:
    await quiet.it_is(ahead)
    await brings(quiet, "Rents")
    assert messages(quiet) == []
    await quiet.it_is(right)
    quiet.clock.passes(minutes=2)
    await quiet.ticks()
    assert messages(quiet)


async def test_before_a_meeting_on_a_saturday_admins_hear_at_night_that_its_agenda_was_refused(
    quarter: Quarter,
) -> None:
    await quarter.plans(ON_A_SATURDAY)
    await quarter.it_is("2027-01-22 11:00")
    await brings(quarter, "Rents")
    await takes(quarter)
    await quarter.it_is("2027-01-22 20:30")
    quarter.slack.weather_becomes(
        lambda method: Disliked("Rents", Refused("invalid_blocks")) if method == "chat.postMessage" else None
    )
    board = await quarter.slack.types("U0CURATOR", SHARED, "/agenda curate")
    await quarter.slack.clicks("U0CURATOR", board, "agenda.publish")
    for _ in range(12):
        quarter.clock.passes(minutes=5)
        await quarter.ticks()
    [agenda] = quarter.posts(PostKind.AGENDA)
    assert agenda.error is not None
    assert messages(quarter, "U0ADMIN")
