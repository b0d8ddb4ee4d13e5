"""The answers that wait for their hour: a host sends them now, together."""

import pytest

from handlers.blocks.ids import HOLD, PUBLISH, SEND_ANSWERS, TAKE, UNDO
from playground.slack import Message
from tests.handlers.quarter import Quarter
from tests.handlers.steps import on_sqlite, shown
from tests.story import PLAN, SHARED

pytestmark = on_sqlite

QUIET = PLAN.replace("quiet = false", "quiet = true").replace("told_after_minutes = 5\n", "")
GOOD, HELD = "Good news: your item is on the agenda", "Your item is kept for the next meeting."


@pytest.fixture
async def decided(quarter: Quarter) -> Quarter:
    """At noon: the host has taken Rents, has kept Food, and has not answered about Buses."""
    await quarter.plans(QUIET)
    for title, person in (("Rents", "U0MEMBER"), ("Food", "U0SAM"), ("Buses", "U0SAM")):
        await quarter.slack.types(person, SHARED, f"/agenda add {title}")
        await quarter.ticks()
    await decides(quarter, Rents=TAKE, Food=HOLD)
    return quarter


async def decides(quarter: Quarter, **decisions: str) -> None:
    """On the board."""
    for title, button in decisions.items():
        await quarter.slack.clicks("U0CURATOR", await board(quarter), button, value=named(quarter, title))
        await quarter.ticks()


def named(quarter: Quarter, title: str) -> str:
    """The item and the meeting, as the buttons name them."""
    order = ("Rents", "Food", "Buses")
    return f"{order.index(title) + 1}:1"


async def board(quarter: Quarter) -> Message:
    return await quarter.slack.types("U0CURATOR", SHARED, "/agenda curate")


async def sends(quarter: Quarter, where: Message) -> Message:
    answer = await quarter.slack.clicks("U0CURATOR", where, SEND_ANSWERS)
    await quarter.ticks()
    return answer or where


async def test_the_board_offers_to_send_as_many_answers_as_wait(decided: Quarter) -> None:
    assert "Send 2 answers now" in str((await board(decided)).blocks)
    await decides(decided, Buses=HOLD)
    assert "Send 3 answers now" in str((await board(decided)).blocks)


async def test_nothing_is_offered_where_nothing_is_decided(quarter: Quarter) -> None:
    await quarter.plans(QUIET)
    assert SEND_ANSWERS not in str((await board(quarter)).blocks)


async def test_everybody_hears_at_once_and_the_rest_goes_on_waiting(decided: Quarter) -> None:
    assert decided.told("U0MEMBER") == decided.told("U0SAM") == []
    stands = await sends(decided, await board(decided))
    assert SEND_ANSWERS not in str(stands.blocks)
    assert [GOOD in one for one in decided.told("U0MEMBER")] == [True]
    assert [HELD in one for one in decided.told("U0SAM")] == [True]
    assert UNDO not in str(decided.slack.world.messages[decided.slack.direct("U0CURATOR").id][-1].blocks)
    await decides(decided, Buses=TAKE)
    assert "Send 1 answer now" in str((await board(decided)).blocks)
    await decided.it_is("2026-11-23 17:01")
    assert [GOOD in one for one in decided.told("U0MEMBER")] == [True]


async def test_pressed_again_it_says_so_and_tells_nobody_twice(decided: Quarter) -> None:
    old = await board(decided)
    await sends(decided, await board(decided))
    again = await sends(decided, old)
    assert "All answers are sent, or on their way." in shown(again)
    assert len(decided.told("U0MEMBER")) == len(decided.told("U0SAM")) == 1


async def test_at_night_they_wait_for_the_morning_and_can_be_undone_until_then(decided: Quarter) -> None:
    await decided.it_is("2026-11-23 17:01")
    await decided.it_is("2026-11-23 21:00")
    assert [HELD in one for one in decided.told("U0SAM")] == [True]
    await decides(decided, Buses=TAKE)
    await sends(decided, await board(decided))
    direct = decided.slack.direct("U0CURATOR")
    [card] = [one for one in decided.slack.world.messages[direct.id] if "Buses" in one.text]
    assert UNDO in str(card.blocks)
    assert "8:00" in shown(card)
    assert len(decided.told("U0SAM")) == 1
    await decided.it_is("2026-11-24 08:01")
    assert [GOOD in one for one in decided.told("U0SAM")] == [False, True]


async def test_who_was_told_by_the_agenda_is_not_offered_again(decided: Quarter) -> None:
    await decided.slack.clicks("U0CURATOR", await board(decided), PUBLISH)
    await decided.ticks()
    assert "Send 1 answer now" in str((await board(decided)).blocks)
