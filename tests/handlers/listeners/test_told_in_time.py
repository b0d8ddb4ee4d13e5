"""What is told when, and to whom: who has left, the last call whichever it is, minutes before a meeting, and what stands among others."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.consortia import apply
from bot.plan.plan import read_plan
from handlers.blocks.ids import ARRANGE, CANCEL, CHANGE, EDIT, TAKE
from playground.slack import Message, Refused, ServerError
from playground.slack.faults import Disliked, Held
from storage.post_kinds import PostKind
from tests.handlers.listeners.test_quiet import QUIET, brings, messages
from tests.handlers.quarter import Quarter
from tests.handlers.steps import on_sqlite, send
from tests.story import SHARED

pytestmark = [on_sqlite, pytest.mark.slow]  # days of the story pass

LOUD = QUIET.replace("quiet = true", "quiet = false")
AT_THREE = QUIET.replace('starts = "10:00"', 'starts = "15:00"')


async def minutes_pass(quarter: Quarter, minutes: int, times: int) -> None:
    for _ in range(times):
        quarter.clock.passes(minutes=minutes)
        await quarter.ticks()


async def takes(quarter: Quarter) -> None:
    card = [one for one in messages(quarter) if TAKE in str(one.blocks)][-1]
    await quarter.slack.clicks("U0CURATOR", card, TAKE)
    await quarter.ticks()


async def test_who_left_gets_no_word_of_a_decision(quarter: Quarter) -> None:
    await quarter.plans(QUIET)
    await brings(quarter, "Rents", person="U0SAM")
    await takes(quarter)
    await quarter.slack.leaves("U0SAM", SHARED)
    await quarter.ticks()
    assert quarter.person("U0SAM").left_at is not None
    await quarter.it_is("2026-11-23 17:00")
    assert quarter.told("U0SAM") == []
    assert "Sam Whitfield had left the channel, so I told them nothing." in messages(quarter)[0].text


async def test_who_is_back_is_not_said_to_have_been_told(quarter: Quarter) -> None:
    await quarter.plans(QUIET)
    await brings(quarter, "Rents", person="U0SAM")
    await takes(quarter)
    await quarter.slack.leaves("U0SAM", SHARED)
    await quarter.it_is("2026-11-23 17:00")
    await quarter.slack.joins("U0SAM", SHARED)
    mine = await quarter.slack.types("U0SAM", SHARED, "/agenda mine")
    await quarter.slack.clicks("U0SAM", mine, EDIT)
    assert await send(quarter.slack, "U0SAM", title="Rents now") == {}
    await quarter.ticks()
    assert quarter.told("U0SAM") == []
    assert "Rents now" in messages(quarter)[0].text
    assert "Sam Whitfield had left the channel, so I told them nothing." in messages(quarter)[0].text


async def test_who_left_hears_nothing_of_the_next_meeting(quarter: Quarter) -> None:
    await quarter.plans(QUIET)
    await brings(quarter, "Rents", person="U0SAM")
    await quarter.slack.leaves("U0SAM", SHARED)
    for moment in ("2026-11-23 13:00", "2027-01-21 13:00", "2027-01-22 09:00", "2027-01-22 17:00"):
        await quarter.it_is(moment)
    assert quarter.told("U0SAM") == []


@pytest.mark.parametrize(
    ("days", "day", "called", "decided", "told"),
    [
        ("[14, 0]", "2027-01-21", "2027-01-21 10:00", "2027-01-21 11:00", "2027-01-21 14:30"),
        ("[14, 2]", "2027-01-24", "2027-01-22 10:00", "2027-01-22 11:00", "2027-01-22 17:00"),
        ("[14, 2]", "2027-01-25", "2027-01-23 10:00", "2027-01-25 08:30", "2027-01-25 14:30"),
    ],
    ids=["on the day itself", "before a Sunday", "before a Monday"],
)
async def test_whichever_call_is_the_last_it_is_edited(
    quarter: Quarter, days: str, day: str, called: str, decided: str, told: str
) -> None:
    await quarter.plans(AT_THREE.replace("2027-01-21", day).replace("[28, 14, 7, 1]", days))
    await quarter.it_is(called.split(maxsplit=1)[0] + " 08:30")
    await brings(quarter, "Rents")
    await quarter.it_is(called)
    [call] = quarter.said(SHARED, "Here is the agenda")
    assert "Nothing is on the agenda yet" in call
    await quarter.it_is(decided)
    await takes(quarter)
    await quarter.it_is(told)
    await minutes_pass(quarter, 1, 2)
    assert any("on the agenda" in one for one in quarter.told("U0MEMBER"))
    [call] = quarter.said(SHARED, "Here is the agenda")
    assert "Rents" in call


async def test_a_call_that_became_the_last_by_a_move_is_edited(quarter: Quarter) -> None:
    await quarter.plans(QUIET.replace("2027-01-21", "2027-01-28"))
    await quarter.it_is("2027-01-21 09:00")
    await brings(quarter, "Rents")
    await quarter.it_is("2027-01-21 10:00")
    await quarter.it_is("2027-01-21 12:00")
    await quarter.plans(QUIET.replace("2027-01-21", "2027-01-22"))
    assert "Nothing is on the agenda yet" in quarter.said(SHARED, "We meet tomorrow")[0]
    await takes(quarter)
    await quarter.it_is("2027-01-21 17:00")
    await minutes_pass(quarter, 1, 2)
    assert any("on the agenda" in one for one in quarter.told("U0MEMBER"))
    assert "Rents" in quarter.said(SHARED, "We meet tomorrow")[0]


async def test_a_call_that_became_the_last_as_the_bot_is_quiet_now_is_edited(quarter: Quarter) -> None:
    """Of a Monday the Friday is the day before, and three days before it, too."""
    before = LOUD.replace("2027-01-21", "2027-01-25").replace("[28, 14, 7, 1]", "[14, 3]")
    await quarter.plans(before)
    await quarter.it_is("2027-01-22 10:00")
    assert quarter.said(SHARED, "Here is the agenda") == []
    await quarter.it_is("2027-01-22 12:00")
    await quarter.plans(before.replace("quiet = false", "quiet = true"))
    assert "Nothing is on the agenda yet" in quarter.said(SHARED, "We meet on Monday")[0]


async def test_proposers_hear_before_a_last_call_on_the_day_itself(quarter: Quarter) -> None:
    await quarter.plans(AT_THREE.replace("[28, 14, 7, 1]", "[14, 0]"))
    await quarter.it_is("2027-01-20 10:00")
    await brings(quarter, "Rents")
    await quarter.it_is("2027-01-20 18:00")
    await takes(quarter)
    for hour in ("09:30", "10:00"):
        await quarter.it_is(f"2027-01-21 {hour}")
    [call] = quarter.said(SHARED, "Here is the agenda")
    assert "Rents" in call


@pytest.mark.parametrize(
    ("before", "after", "day", "decided", "until", "told", "called"),
    [
        (
            *(QUIET, QUIET.replace("[calls]", '[calls]\nat = "09:15"'), "2027-01-21", "2027-01-19 17:30"),
            *("Wed, Jan 20, 8:45 AM", "2027-01-20 08:45", "2027-01-20 09:15"),
        ),
        (
            *(QUIET, QUIET.replace("Los_Angeles", "Denver"), "2027-01-21", "2027-01-19 17:30"),
            *("Wed, Jan 20, 9:30 AM", "2027-01-20 08:30", "2027-01-20 09:00"),
        ),
        (
            *(LOUD, QUIET, "2027-01-25", "2027-01-21 17:30"),
            *("Fri, Jan 22, 9:30 AM", "2027-01-22 09:30", "2027-01-22 10:00"),
        ),
    ],
    ids=["of another hour", "in another time zone", "on a Friday as the bot is quiet now"],
)
async def test_proposers_hear_before_a_last_call_that_is_sooner_than_when_it_was_decided(
    quarter: Quarter, before: str, after: str, day: str, decided: str, until: str, told: str, called: str
) -> None:
    await quarter.plans(before.replace("2027-01-21", day))
    await quarter.it_is(decided)
    await brings(quarter, "Rents")
    await takes(quarter)
    await quarter.plans(after.replace("2027-01-21", day))
    assert f"You can undo this until {until}" in messages(quarter)[-1].text
    assert quarter.told("U0MEMBER") == []
    await quarter.it_is(told)
    assert quarter.told("U0MEMBER", "on the agenda")
    await quarter.it_is(called)
    assert "Rents" in quarter.said(SHARED, "Here is the agenda")[-1]


async def test_the_card_says_until_when_where_proposers_are_told_at_an_hour_of_the_day_by_now(
    quarter: Quarter,
) -> None:
    await quarter.plans(QUIET.replace("[decisions]", '[decisions]\ntold_at = "21:00"'))
    await quarter.it_is("2026-11-23 18:00")
    await brings(quarter, "Rents")
    await takes(quarter)
    assert "You can undo this until Mon, Nov 23, 9:00 PM" in messages(quarter)[-1].text
    await quarter.plans(QUIET)
    assert "You can undo this until Tue, Nov 24, 5:00 PM" in messages(quarter)[-1].text


SOONER = [
    QUIET.replace("[calls]", '[calls]\nat = "09:15"'),
    QUIET.replace("2027-01-21", "2027-01-20"),
    QUIET.replace("[decisions]", "[decisions]\ntold_after_minutes = 30"),
]


@pytest.mark.parametrize("sooner", SOONER, ids=["the last call", "the meeting", "minutes"])
async def test_a_telling_that_was_brought_forward_goes_back_with_the_setting(
    quarter: Quarter, sooner: str
) -> None:
    await quarter.plans(QUIET)
    await quarter.it_is("2027-01-19 17:30")
    await brings(quarter, "Rents")
    await takes(quarter)
    until = "You can undo this until Wed, Jan 20, 9:30 AM"
    assert until in messages(quarter)[-1].text
    await quarter.plans(sooner)
    assert until not in messages(quarter)[-1].text
    await quarter.plans(QUIET)
    assert until in messages(quarter)[-1].text
    await quarter.it_is("2027-01-20 09:29")
    assert quarter.told("U0MEMBER") == []
    await quarter.it_is("2027-01-20 09:30")
    assert quarter.told("U0MEMBER", "on the agenda")


async def test_proposers_hear_at_once_where_a_change_jumps_over_their_hour_and_the_last_call(
    quarter: Quarter,
) -> None:
    at_five = QUIET.replace("[calls]", '[calls]\nat = "17:00"')
    await quarter.plans(at_five)
    await quarter.it_is("2027-01-19 17:30")
    await brings(quarter, "Rents")
    await takes(quarter)
    await quarter.it_is("2027-01-20 16:15")
    assert quarter.told("U0MEMBER") == []
    await quarter.plans(at_five.replace("Los_Angeles", "Chicago"))
    assert quarter.told("U0MEMBER", "on the agenda")
    assert "Rents" in quarter.said(SHARED, "Here is the agenda")[-1]


async def test_what_waits_for_the_morning_is_told_at_night_where_the_last_call_comes_too_early_by_now(
    quarter: Quarter,
) -> None:
    after_minutes = QUIET.replace("[decisions]", "[decisions]\ntold_after_minutes = 5")
    await quarter.plans(after_minutes)
    await quarter.it_is("2027-01-19 17:30")
    await brings(quarter, "Rents")
    await quarter.it_is("2027-01-19 21:00")
    await takes(quarter)
    await minutes_pass(quarter, 5, 2)
    assert quarter.told("U0MEMBER") == []
    await quarter.plans(after_minutes.replace("[calls]", '[calls]\nat = "08:15"'))
    assert quarter.told("U0MEMBER", "on the agenda")


async def test_told_an_hour_before_where_no_call_comes_the_day_before(quarter: Quarter) -> None:
    await quarter.plans(QUIET.replace("[28, 14, 7, 1]", "[28, 14, 7]"))
    await quarter.it_is("2027-01-20 12:00")
    await brings(quarter, "Rents")
    await quarter.it_is("2027-01-20 18:00")
    await takes(quarter)
    await quarter.it_is("2027-01-21 09:00")
    assert any("on the agenda" in one for one in quarter.told("U0MEMBER"))


@pytest.mark.parametrize(
    ("decided", "minute"),
    [("2027-01-21 09:15", "2027-01-21 09:59"), ("2027-01-21 10:30", "2027-01-21 11:59")],
    ids=["before it begins", "before it ends"],
)
async def test_what_is_decided_later_is_told_before_it_begins_or_ends(
    quarter: Quarter, decided: str, minute: str
) -> None:
    await quarter.plans(QUIET)
    await quarter.it_is("2027-01-20 12:00")
    await brings(quarter, "Rents")
    await quarter.it_is(decided)
    await takes(quarter)
    quarter.clock.strikes(minute)
    quarter.clock.passes(seconds=59)
    await quarter.ticks()
    assert quarter.told("U0MEMBER")


async def test_a_reminder_of_a_meeting_that_was_moved_at_night_waits_for_the_morning(
    quarter: Quarter,
) -> None:
    await quarter.plans(QUIET.replace("2027-01-21", "2027-01-28"))
    await quarter.it_is("2027-01-20 12:00")
    await quarter.slack.types("U0MEMBER", SHARED, "/agenda remind me")
    await quarter.it_is("2027-01-20 23:00")
    await quarter.plans(QUIET)
    await quarter.ticks()
    assert messages(quarter, "U0MEMBER") == []


async def test_a_meeting_that_is_where_people_think_it_is_has_not_moved(quarter: Quarter) -> None:
    """While the bot does not run its file gets a mistyped day, and then the right one again."""
    await quarter.plans(QUIET)
    await quarter.it_is("2026-12-24 10:00")
    with quarter.database.transaction() as session:
        for day in ("2027-01-28", "2027-01-21"):
            apply(session, read_plan(QUIET.replace("2027-01-21", day)), quarter.clock())
    await minutes_pass(quarter, 1, 2)
    assert quarter.said(SHARED, "The meeting moved") == []


async def test_fridays_message_says_no_tomorrow(quarter: Quarter) -> None:
    await quarter.plans(QUIET.replace("2027-01-21", "2027-01-25"))
    await brings(quarter, "Rents")
    await quarter.it_is("2027-01-22 10:00")
    assert quarter.said(SHARED, "We meet on Monday")
    await quarter.it_is("2027-01-24 19:00")
    await takes(quarter)
    assert quarter.said(SHARED, "We meet tomorrow") == []


async def test_a_call_that_stands_aside_silences_no_digest_for_weeks(quarter: Quarter) -> None:
    await quarter.plans(QUIET.replace("[28, 14, 7, 1]", "[28, 1]"))
    await brings(quarter, "Forbidden")
    await takes(quarter)
    await quarter.it_is("2026-11-23 17:00")
    await quarter.it_is("2026-11-30 09:00")
    word = Refused("slack_connect_file_link_sharing_blocked")
    quarter.slack.weather_becomes(
        lambda method: Disliked("Forbidden", word) if method == "chat.postMessage" else None
    )
    await quarter.it_is("2026-12-24 10:00")
    await minutes_pass(quarter, 6, 8)
    [call] = quarter.posts(PostKind.CALL)
    assert call.life.stands_aside
    await quarter.it_is("2026-12-30 10:00")
    await brings(quarter, "Food")
    await quarter.it_is("2027-01-04 09:00")
    await quarter.it_is("2027-01-11 09:00")
    assert any("Food" in one for one in quarter.said(SHARED, "This week"))


async def test_what_was_told_among_others_stays_when_the_host_looks_again(quarter: Quarter) -> None:
    await quarter.plans(QUIET)
    await brings(quarter, "Rents", "Food")
    for item in ("1:1", "2:1"):
        await quarter.slack.clicks("U0CURATOR", messages(quarter)[0], TAKE, value=item)
    await quarter.it_is("2026-11-23 17:00")
    await quarter.ticks()
    assert "Rents" in messages(quarter, "U0MEMBER")[0].text
    board = await quarter.slack.types("U0CURATOR", SHARED, "/agenda curate")
    await quarter.slack.clicks("U0CURATOR", board, ARRANGE, selected="1:back:1")
    await quarter.it_is("2026-11-23 17:30")
    await quarter.plans(QUIET.replace("minutes = 120", "minutes = 90"))
    assert "Rents" in messages(quarter, "U0MEMBER")[0].text


async def _places(quarter: Quarter, board: Message) -> None:
    await quarter.slack.clicks("U0CURATOR", board, ARRANGE, selected="1:place:1")
    assert await send(quarter.slack, "U0CURATOR", title="Housing", minutes="15") == {}


async def _moves(quarter: Quarter, board: Message) -> None:
    await quarter.slack.clicks("U0CURATOR", board, CHANGE)
    assert await send(quarter.slack, "U0CURATOR", day="2027-01-22") == {}


async def _cancels(quarter: Quarter, board: Message) -> None:
    await quarter.slack.clicks("U0CURATOR", board, CANCEL)
    assert await send(quarter.slack, "U0CURATOR") == {}


CHANGES = {_places: "as: Housing", _moves: "Jan 22", _cancels: "looking at your item again"}


@pytest.mark.parametrize("changes", CHANGES)
async def test_what_changes_while_nobody_knows_whether_a_word_arrived_is_said_in_it(
    quarter: Quarter, changes: Callable[[Quarter, Message], Awaitable[None]]
) -> None:
    """Slack stores the word and answers that it can't. It is found later, as it was tried."""
    await brings(quarter, "Rents")
    await takes(quarter)
    quarter.slack.next_answer("chat.postMessage", ServerError(500, stored=True))
    await minutes_pass(quarter, 6, 1)
    await changes(quarter, await quarter.slack.types("U0CURATOR", SHARED, "/agenda curate"))
    await minutes_pass(quarter, 2, 2)
    assert any(CHANGES[changes] in told for told in quarter.told("U0MEMBER"))


async def test_what_changes_while_a_word_is_on_its_way_is_said_in_it(quarter: Quarter) -> None:
    await brings(quarter, "Rents")
    await takes(quarter)
    is_on_its_way, is_stored = asyncio.Event(), asyncio.Event()

    async def store() -> None:
        is_on_its_way.set()
        await is_stored.wait()

    quarter.slack.next_answer("chat.postMessage", Held(store))
    passing = asyncio.create_task(minutes_pass(quarter, 6, 1))
    await is_on_its_way.wait()
    await _places(quarter, await quarter.slack.types("U0CURATOR", SHARED, "/agenda curate"))
    is_stored.set()
    await passing
    await minutes_pass(quarter, 1, 1)
    assert any("as: Housing" in told for told in quarter.told("U0MEMBER"))
