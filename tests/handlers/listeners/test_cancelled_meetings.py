"""A meeting is cancelled on a form: everybody hears, what told of it says so, and its old buttons change nothing."""

from copy import deepcopy

import pytest

from handlers.blocks.ids import CANCEL, CHANGE, PUBLISH, TAKE
from playground.slack import Message
from tests.handlers.listeners.test_quiet import QUIET
from tests.handlers.quarter import Quarter
from tests.handlers.steps import on_sqlite, opened, send, shown, standing
from tests.story import PLAN, SHARED

pytestmark = [on_sqlite, pytest.mark.slow]  # days of the story pass

APRIL = '\n[[meeting]]\ndate = "2027-04-15"\nstarts = "10:00"\nminutes = 120\nhost = "CCSJ"\n'


async def the_board(quarter: Quarter, person: str = "U0CURATOR") -> Message:
    return await quarter.slack.types(person, SHARED, "/agenda curate")


async def is_cancelled(quarter: Quarter) -> None:
    board = await the_board(quarter)
    await quarter.slack.clicks("U0CURATOR", board, CANCEL)
    assert await send(quarter.slack, "U0CURATOR") == {}
    await quarter.ticks()


async def test_the_host_reads_what_follows_before_it_is_done(quarter: Quarter) -> None:
    await quarter.slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.slack.clicks("U0CURATOR", await the_board(quarter), CANCEL)
    asked = shown(opened(quarter.slack, "U0CURATOR"))
    for said in ("January 21, 2027", "The shared channel hears", "1 item goes on", "change it instead"):
        assert said in asked
    await quarter.slack.closes("U0CURATOR")
    await quarter.ticks()
    assert "January 21" in (await standing(quarter.slack)).text


async def test_everybody_hears_and_what_told_of_it_says_so(quarter: Quarter) -> None:
    await quarter.plans(PLAN + APRIL)
    await quarter.publishes("Budget")
    await quarter.slack.types("U0SAM", SHARED, "/agenda remind me")
    await is_cancelled(quarter)

    assert len(quarter.said(SHARED, "We do not meet on Thursday, January 21")) == 2  # one is the agenda
    assert quarter.said(SHARED, "Budget") == []
    assert len(quarter.told("U0SAM", "We do not meet on Thursday, January 21")) == 1
    assert len(quarter.told("U0MEMBER", "We do not meet on Thursday, January 21")) == 1
    assert len(quarter.told("U0MEMBER", "Your item goes on to the next meeting, on Thu, Apr 15")) == 1
    assert "January 21" not in (await standing(quarter.slack)).text
    assert "April 15" in (await standing(quarter.slack)).text


async def test_a_board_and_a_card_of_before_change_nothing_of_the_next_meeting(quarter: Quarter) -> None:
    """Of which the same people decide."""
    await quarter.plans(PLAN + APRIL)
    await quarter.slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.ticks()
    [card] = map(deepcopy, quarter.cards(quarter.slack.direct("U0CURATOR").id))
    board = await the_board(quarter)
    await is_cancelled(quarter)

    for button in (CHANGE, CANCEL, PUBLISH):
        refusal = await quarter.slack.clicks("U0CURATOR", deepcopy(board), button)
        assert "Thursday, January 21, 2027 is cancelled. Nothing was changed." in refusal.text
        assert "adds a meeting in /agenda setup" in refusal.text
    [new] = quarter.cards(quarter.slack.direct("U0CURATOR").id)
    assert "for Thu, Apr 15" in new.text
    refusal = await quarter.slack.clicks("U0CURATOR", card, TAKE)
    assert "Nothing was changed" in refusal.text
    assert "for Thursday, April 15" in refusal.text


async def test_a_form_of_before_changes_nothing(quarter: Quarter) -> None:
    board = await the_board(quarter)
    await quarter.slack.clicks("U0CURATOR", board, CHANGE)
    deputys = await the_board(quarter, "U0DEPUTY")
    await quarter.slack.clicks("U0DEPUTY", deputys, CANCEL)
    assert await send(quarter.slack, "U0DEPUTY") == {}
    refused = await send(quarter.slack, "U0CURATOR", day="2027-02-04")
    assert "is cancelled. Nothing was changed." in str(refused.values() or opened(quarter.slack, "U0CURATOR"))


@pytest.mark.parametrize(
    ("cancelled", "hears"),
    [
        ("2027-01-13 22:00", "2027-01-14 08:00"),  # eight days before
        ("2027-01-14 22:00", "2027-01-14 22:00"),  # seven
        ("2027-01-20 23:00", "2027-01-20 23:00"),
    ],
)
async def test_it_rings_at_night_only_in_the_seven_days_before(
    quarter: Quarter, cancelled: str, hears: str
) -> None:
    await quarter.plans(QUIET + APRIL)
    await quarter.slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.it_is(cancelled)
    await is_cancelled(quarter)
    for place in (quarter.slack.direct("U0MEMBER").id, SHARED):
        assert len(quarter.said(place, "We do not meet on")) == (cancelled == hears)
    await quarter.it_is("2027-01-21 08:00" if cancelled == hears else hears)
    for place in (quarter.slack.direct("U0MEMBER").id, SHARED):
        assert len(quarter.said(place, "We do not meet on")) == 1


async def test_what_one_person_hears_of_it_is_one_message(quarter: Quarter) -> None:
    await quarter.plans(QUIET + APRIL)
    for item in ("Budget", "Rents"):
        await quarter.slack.types("U0MEMBER", SHARED, f"/agenda add {item}")
    await quarter.ticks()
    await is_cancelled(quarter)
    [word] = quarter.told("U0MEMBER")
    assert word.index("We do not meet on Thursday, January 21") < word.index(
        "goes on to the next meeting, on"
    )
    assert "Budget" in word
    assert "Rents" in word
