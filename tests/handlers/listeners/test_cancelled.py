"""A meeting that is cancelled, as people hear of it: at night, by mistake, after a move, and where channels change meanwhile."""

from copy import deepcopy

from handlers.blocks.ids import ARRANGE, CANCEL, CHANGE, MEETING, TAKE
from tests.handlers.listeners.test_quiet import QUIET
from tests.handlers.quarter import CURATORS, Quarter
from tests.handlers.steps import on_sqlite, send
from tests.story import PLAN, SHARED

pytestmark = on_sqlite

APRIL = '\n[[meeting]]\ndate = "2027-04-15"\nstarts = "10:00"\nminutes = 120\nhost = "Bayview"\n'
WITHOUT_HOST = APRIL.replace('host = "Bayview"\n', 'host = "CCSJ"\n')
SAID = "We do not meet on Thursday, January 21"
JANUARY = {"day": "2027-01-21", "starts": "10:00", "minutes": "120", "office": "1 Main St, San Francisco"}


async def _cancels(quarter: Quarter) -> None:
    settings = await quarter.slack.types("U0ADMIN", SHARED, "/agenda setup")
    await quarter.slack.clicks("U0ADMIN", settings, CANCEL, value="1")
    assert await send(quarter.slack, "U0ADMIN") == {}
    await quarter.slack.closes("U0ADMIN", everything=True)
    await quarter.ticks()


async def _adds(quarter: Quarter, **arrangement: str) -> None:
    settings = await quarter.slack.types("U0ADMIN", SHARED, "/agenda setup")
    await quarter.slack.clicks("U0ADMIN", settings, MEETING)
    assert await send(quarter.slack, "U0ADMIN", **JANUARY | arrangement) == {}
    await quarter.slack.closes("U0ADMIN", everything=True)
    await quarter.ticks()


async def _host_moves_to(quarter: Quarter, day: str) -> None:
    board = await quarter.slack.types("U0CURATOR", SHARED, "/agenda curate")
    await quarter.slack.clicks("U0CURATOR", board, CHANGE)
    assert await send(quarter.slack, "U0CURATOR", day=day) == {}
    await quarter.slack.closes("U0CURATOR", everything=True)
    await quarter.ticks()


async def test_in_a_channel_that_was_taken_from_the_host_nobody_hears_of_it(quarter: Quarter) -> None:
    await quarter.plans(QUIET + APRIL, curators=CURATORS)
    await quarter.it_is("2027-01-05 21:00")
    await _cancels(quarter)
    await quarter.plans(QUIET + APRIL)
    await quarter.it_is("2027-01-06 09:00")
    assert not quarter.said(CURATORS, SAID)
    assert quarter.told("U0CURATOR", SAID)


async def test_while_the_channel_of_the_host_is_closed_each_who_decides_hears_of_it(quarter: Quarter) -> None:
    await quarter.plans(QUIET + APRIL, curators=CURATORS)
    await quarter.it_is("2027-01-05 21:00")
    await _cancels(quarter)
    await quarter.slack.archives(CURATORS)
    await quarter.ticks()
    await quarter.it_is("2027-01-06 09:00")
    assert quarter.told("U0CURATOR", SAID)


async def test_who_brought_something_hears_of_it_also_where_others_decide_by_then(quarter: Quarter) -> None:
    await quarter.plans(QUIET + APRIL)
    await quarter.slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.it_is("2027-01-05 21:00")
    await _cancels(quarter)
    await quarter.plans((QUIET + APRIL).replace('"U0CURATOR", "U0DEPUTY"', '"U0DEPUTY"'))
    await quarter.it_is("2027-01-06 09:00")
    assert quarter.told("U0MEMBER", SAID)
    assert quarter.told("U0CURATOR", SAID)


async def test_a_move_of_which_nobody_heard_is_told_with_it(quarter: Quarter) -> None:
    """It is cancelled by mistake, and added again on the day to which it moved."""
    await quarter.plans(QUIET + APRIL)
    await quarter.it_is("2026-12-24 10:00")
    await quarter.it_is("2027-01-04 21:00")
    await _host_moves_to(quarter, "2027-01-28")
    await _cancels(quarter)
    await _adds(quarter, day="2027-01-28")
    await quarter.it_is("2027-01-05 08:00")
    told = quarter.said(SHARED, "The meeting is cancelled")[-1]
    assert SAID in told
    assert "The next meeting is on Thursday, January 28, 2027. CCSJ hosts." in told


async def test_who_asked_to_be_reminded_is_reminded_of_the_one_on_that_day(quarter: Quarter) -> None:
    await quarter.plans(QUIET + APRIL)
    await quarter.it_is("2026-12-28 10:00")
    await quarter.slack.types("U0SAM", SHARED, "/agenda remind me")
    await quarter.it_is("2027-01-04 21:00")
    await _cancels(quarter)
    await _adds(quarter)
    await quarter.it_is("2027-01-05 08:00")
    assert not quarter.told("U0SAM")
    await quarter.it_is("2027-01-20 10:00")
    assert len(quarter.told("U0SAM")) == 1


async def test_a_board_of_before_moves_no_item_of_the_next_meeting(quarter: Quarter) -> None:
    await quarter.plans(PLAN + WITHOUT_HOST)
    await quarter.slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.ticks()
    [card] = quarter.cards(quarter.slack.direct("U0CURATOR").id)
    await quarter.slack.clicks("U0CURATOR", card, TAKE)
    board = deepcopy(await quarter.slack.types("U0CURATOR", SHARED, "/agenda curate"))
    await _cancels(quarter)
    [anew] = quarter.cards(quarter.slack.direct("U0DEPUTY").id)
    await quarter.slack.clicks("U0DEPUTY", anew, TAKE)
    await quarter.it_is("2026-11-30 12:00")
    await quarter.slack.clicks("U0CURATOR", board, ARRANGE, selected="1:back:1")
    assert "This was for the meeting on Thursday, January 21" in _last_word(quarter, "U0CURATOR")
    await quarter.it_is("2026-11-30 14:00")
    assert not quarter.told("U0MEMBER", "is looking at your item again, so")


def _last_word(quarter: Quarter, person: str) -> str:
    return [one.text for one in quarter.slack.world.messages[SHARED] if one.only_for == person][-1]
