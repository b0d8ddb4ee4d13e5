"""A whole quarter, from the first call to the next host's board: over both transports, on both databases."""

from collections.abc import AsyncIterator

import pytest

from handlers.blocks.ids import (
    ADD,
    ANSWER,
    ARRANGE,
    BOARD,
    COMES,
    DONE,
    END,
    GO_ON,
    HOLD,
    NOW,
    PUBLISH,
    RESULT,
    RESULTS,
    SEND_ANSWERS,
    SEND_NOTES,
    STATUS,
    TAKE,
)
from playground.slack import Message
from storage.database import Database
from tests.clock import FrozenClock
from tests.golden.chapters.cancelling import WITH_TWO
from tests.handlers.quarter import Quarter
from tests.handlers.steps import send, shown, standing
from tests.long_forms import each_engine_by_a_transport
from tests.story import SHARED, Story, bot_in, set_up

pytestmark = pytest.mark.slow

HOST, NEXT_HOST, AUTHOR, ELSEWHERE = "U0CURATOR", "U0RUTH", "U0MEMBER", "U0KOFI"


@pytest.fixture
async def quarter(
    transport: str, empty_slack: Story, clock: FrozenClock, database: Database
) -> AsyncIterator[Quarter]:
    set_up(database, clock, WITH_TWO)
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(empty_slack, clock, url, transport=transport) as running:
        await running.comes_to_tick()
        yield Quarter(empty_slack, database, clock, running)


@each_engine_by_a_transport
async def test_a_quarter_from_the_first_call_to_the_next_hosts_board(quarter: Quarter) -> None:
    await _everybody_is_asked_and_three_things_are_brought(quarter)
    await _the_host_asks_decides_and_answers(quarter)
    await _people_say_that_they_come_and_read_the_agenda(quarter)
    await _they_meet(quarter)
    await _what_came_of_it_is_written_down_and_told(quarter)
    await _the_next_host_finds_what_was_left(quarter)


async def _everybody_is_asked_and_three_things_are_brought(quarter: Quarter) -> None:
    slack = quarter.slack
    await quarter.it_is("2026-12-24 10:00")
    [call] = quarter.said(SHARED, "What shall we talk about?")
    assert "Thursday, January 21, 2027" in call
    receipt = await slack.types(AUTHOR, SHARED, "/agenda add Rents and how we respond (15 min)")
    assert "It is not on the agenda yet" in shown(receipt)
    await slack.clicks(ELSEWHERE, await standing(slack), ADD)
    assert await send(slack, ELSEWHERE, title="Night patrol", minutes="20") == {}
    await slack.closes(ELSEWHERE, everything=True)
    await slack.types("U0SAM", SHARED, "/agenda add Food on Fridays (10 min)")
    await quarter.ticks()


async def _the_host_asks_decides_and_answers(quarter: Quarter) -> None:
    slack = quarter.slack
    rents = _card(quarter, "Rents")
    await _picks(quarter, HOST, rents, ARRANGE, ":ask:")
    assert await send(slack, HOST, question="Which houses?") == {}
    await quarter.ticks()
    await slack.clicks(AUTHOR, await slack.in_direct(AUTHOR, "Which houses?"), ANSWER)
    assert await send(slack, AUTHOR, answer="Those on 6th Street") == {}
    await quarter.ticks()
    assert "Those on 6th Street" in _card(quarter, "Rents").text
    await slack.clicks(HOST, _card(quarter, "Rents"), TAKE)
    await slack.clicks(HOST, _card(quarter, "Night patrol"), TAKE)
    await slack.clicks(HOST, _card(quarter, "Food"), HOLD)
    board = await slack.types(HOST, SHARED, "/agenda curate")
    await slack.clicks(HOST, board, SEND_ANSWERS)
    await quarter.ticks()
    assert quarter.told(AUTHOR, "your item is on the agenda")
    assert quarter.told(ELSEWHERE, "your item is on the agenda")
    assert quarter.told("U0SAM", "is kept for the next meeting")


async def _people_say_that_they_come_and_read_the_agenda(quarter: Quarter) -> None:
    slack = quarter.slack
    await slack.clicks(ELSEWHERE, await standing(slack), COMES)
    await slack.clicks(HOST, await slack.types(HOST, SHARED, "/agenda curate"), PUBLISH)
    await quarter.ticks()
    [agenda] = quarter.said(SHARED, "Agenda for Thu, Jan 21")
    assert "1. 10:10 AM · Rents and how we respond · 15 min · CCSJ" in agenda
    assert "2. 10:25 AM · Night patrol · 20 min" in agenda
    await quarter.it_is("2027-01-20 10:00")
    assert quarter.said(SHARED, "Here is the agenda")


async def _they_meet(quarter: Quarter) -> None:
    slack = quarter.slack
    await quarter.it_is("2027-01-21 10:00")
    await slack.types("U0SAM", SHARED, "/agenda add Parking (5 min)")
    await quarter.ticks()
    await slack.types(HOST, SHARED, "/agenda start")
    assert await send(slack, HOST, taken_up=["4"]) == {}
    await slack.closes(HOST, everything=True)
    await quarter.ticks()
    for button, on in ((GO_ON, "Rents"), (DONE, "Night patrol"), (GO_ON, "Parking")):
        await _presses(quarter, button)
        assert f"On now\n{on}" in _live(quarter).text
    await slack.clicks(HOST, _live(quarter), NOW)
    assert await send(slack, HOST, title="Case management: same system!") == {}
    await slack.closes(HOST, everything=True)
    quarter.clock.passes(minutes=1)
    await quarter.ticks()
    assert "Comes next\n1. Case management" in _live(quarter).text
    for button in (DONE, DONE, END):
        await _presses(quarter, button)
    assert quarter.said(SHARED, "The meeting is over")


async def _what_came_of_it_is_written_down_and_told(quarter: Quarter) -> None:
    slack = quarter.slack
    await quarter.it_is("2027-01-21 17:30")
    await slack.clicks(HOST, await slack.in_direct(HOST, "What happened with"), RESULTS)
    listed = slack.seen_by(HOST, slack.direct(HOST))[-1]
    assert listed.text.count("✓ Done") == 3
    await _picks(quarter, HOST, listed, RESULT, "2:0:not reached")
    listed = slack.seen_by(HOST, slack.direct(HOST))[-1]
    await _picks(quarter, HOST, listed, RESULT, "1:0:agree")
    assert await send(slack, HOST, what="Write to the owner", owner=AUTHOR, due_on="2027-02-01") == {}
    await slack.closes(HOST, everything=True)
    await slack.clicks(HOST, slack.seen_by(HOST, slack.direct(HOST))[-1], SEND_NOTES)
    await quarter.ticks()
    [notes] = quarter.said(SHARED, "Notes of")
    assert "Rents and how we respond" in notes
    assert "Write to the owner" in notes
    await quarter.it_is("2027-01-29 10:00")
    assert quarter.told(AUTHOR, "Write to the owner")


async def _the_next_host_finds_what_was_left(quarter: Quarter) -> None:
    """They have no commands, and find their board by buttons."""
    slack = quarter.slack
    await slack.clicks(NEXT_HOST, await standing(slack), STATUS)
    await slack.clicks(NEXT_HOST, slack.seen_by(NEXT_HOST, SHARED)[-1], BOARD)
    waiting = shown(slack.seen_by(NEXT_HOST, SHARED)[-1]).partition("To decide")[2]
    assert "Night patrol" in waiting
    assert "Food on Fridays" in waiting


async def _presses(quarter: Quarter, button: str) -> None:
    """The clock has edited the message a few seconds ago."""
    quarter.clock.passes(minutes=1)
    await quarter.ticks()
    quarter.clock.passes(seconds=5)
    await quarter.slack.clicks(HOST, _live(quarter), button)
    await quarter.ticks()


def _live(quarter: Quarter) -> Message:
    said = quarter.slack.world.messages[SHARED]
    return next(one for one in reversed(said) if one.only_for is None and "We meet now" in one.text)


def _card(quarter: Quarter, title: str) -> Message:
    [card] = [one for one in quarter.cards(quarter.slack.direct(HOST).id) if title in one.text]
    return card


async def _picks(quarter: Quarter, person: str, where: Message, action_id: str, way: str) -> None:
    """In the menu that offers this way."""
    for block in where.blocks:
        for menu in (block.get("accessory", {}), *block.get("elements", [])):
            for option in menu.get("options", []):
                if way in option["value"]:
                    block_id = block.get("block_id")
                    await quarter.slack.clicks(
                        person, where, action_id, selected=option["value"], block_id=block_id
                    )
                    return
    raise LookupError(way)
