"""A meeting that is cancelled, as people hear of it: at night, by mistake, after a move, and where channels change meanwhile."""

import re
from copy import deepcopy

import pytest

from handlers.blocks.ids import ARRANGE, CANCEL, CHANGE, HOST, MEETING, TAKE
from storage.post_kinds import PostKind
from tests.handlers.listeners.test_quiet import QUIET, rung
from tests.handlers.quarter import CURATORS, Quarter
from tests.handlers.steps import on_sqlite, send
from tests.story import PLAN, SHARED

pytestmark = [on_sqlite, pytest.mark.slow]  # days of the story pass

APRIL = '\n[[meeting]]\ndate = "2027-04-15"\nstarts = "10:00"\nminutes = 120\nhost = "Bayview"\n'
WITHOUT_HOST = APRIL.replace('host = "Bayview"\n', 'host = "CCSJ"\n')
SAID = "We do not meet on Thursday, January 21"
JANUARY = {"day": "2027-01-21", "starts": "10:00", "minutes": "120", "office": "1 Main St, San Francisco"}


async def _cancels(quarter: Quarter, meeting: int = 1) -> None:
    await _changes(quarter, CANCEL, meeting)


async def _changes(quarter: Quarter, button: str, meeting: int, **answers: str) -> None:
    """The admin does, in the settings."""
    settings = await quarter.slack.types("U0ADMIN", SHARED, "/agenda setup")
    await quarter.slack.clicks("U0ADMIN", settings, button, value=str(meeting))
    assert await send(quarter.slack, "U0ADMIN", **answers) == {}
    await quarter.slack.closes("U0ADMIN", everything=True)
    await quarter.ticks()


async def _adds(quarter: Quarter, **arrangement: str) -> None:
    settings = await quarter.slack.types("U0ADMIN", SHARED, "/agenda setup")
    await quarter.slack.clicks("U0ADMIN", settings, MEETING)
    assert await send(quarter.slack, "U0ADMIN", **JANUARY | arrangement) == {}
    await quarter.slack.closes("U0ADMIN", everything=True)
    await quarter.ticks()


async def _sam_asks_to_be_reminded(quarter: Quarter) -> None:
    await quarter.it_is("2026-12-28 10:00")
    await quarter.slack.types("U0SAM", SHARED, "/agenda remind me")


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
    assert "either" not in told


async def test_who_asked_to_be_reminded_is_reminded_of_the_one_on_that_day(quarter: Quarter) -> None:
    await quarter.plans(QUIET + APRIL)
    await _sam_asks_to_be_reminded(quarter)
    await quarter.it_is("2027-01-04 21:00")
    await _cancels(quarter)
    await _adds(quarter)
    await quarter.it_is("2027-01-05 08:00")
    assert not quarter.told("U0SAM")
    await quarter.it_is("2027-01-20 10:00")
    assert len(quarter.told("U0SAM")) == 1


async def test_who_asked_to_be_reminded_is_also_where_another_meeting_moves_to_that_day(
    quarter: Quarter,
) -> None:
    await quarter.plans(QUIET + WITHOUT_HOST)
    await _sam_asks_to_be_reminded(quarter)
    await quarter.it_is("2027-01-04 21:00")
    await _cancels(quarter)
    await _changes(quarter, CHANGE, 2, day="2027-01-21")
    await quarter.it_is("2027-01-20 10:00")
    assert len(quarter.told("U0SAM")) == 1


async def test_who_asked_to_be_reminded_is_at_once_where_the_hour_for_it_has_passed(quarter: Quarter) -> None:
    await quarter.plans(QUIET + APRIL)
    await _sam_asks_to_be_reminded(quarter)
    await quarter.it_is("2027-01-20 09:50")
    await _cancels(quarter)
    await quarter.it_is("2027-01-20 10:05")
    await _adds(quarter)
    assert rung(quarter, "U0SAM") == 2


async def test_who_asked_to_be_reminded_is_not_at_night_where_the_hour_for_it_has_passed(
    quarter: Quarter,
) -> None:
    await quarter.plans(QUIET + APRIL)
    await _sam_asks_to_be_reminded(quarter)
    await quarter.it_is("2027-01-20 09:50")
    await _cancels(quarter)
    before = rung(quarter, "U0SAM")
    await quarter.it_is("2027-01-20 23:00")
    await _adds(quarter)
    assert rung(quarter, "U0SAM") == before
    await quarter.it_is("2027-01-21 08:00")
    assert rung(quarter, "U0SAM") == before + 1


async def test_who_asked_once_is_reminded_once(quarter: Quarter) -> None:
    """The meeting that was added moves away, and another is added on the day."""
    await quarter.plans(QUIET + APRIL)
    await _sam_asks_to_be_reminded(quarter)
    await quarter.it_is("2027-01-04 11:00")
    await _cancels(quarter)
    await _adds(quarter)
    await _host_moves_to(quarter, "2027-01-28")
    await _adds(quarter)
    before = rung(quarter, "U0SAM")
    await quarter.it_is("2027-01-20 10:00")
    await quarter.it_is("2027-01-27 10:00")
    assert rung(quarter, "U0SAM") == before + 1


async def test_where_the_next_one_is_cancelled_too_nobody_goes_on_reading_of_it(quarter: Quarter) -> None:
    await quarter.plans(PLAN + APRIL)
    await quarter.it_is("2026-12-28 10:00")
    await _cancels(quarter)
    assert quarter.said(SHARED, "The next meeting is on Thursday, April 15")
    await _adds(quarter, day="2027-02-18")
    await _cancels(quarter, 2)
    assert not quarter.said(SHARED, "The next meeting is on Thursday, April 15")
    assert quarter.said(SHARED, "We do not meet on Thursday, April 15")


async def test_cancelled_added_and_cancelled_again_in_one_night_is_said_once(quarter: Quarter) -> None:
    await quarter.plans(QUIET + APRIL)
    await quarter.slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.it_is("2027-01-05 21:00")
    await _cancels(quarter)
    await _adds(quarter)
    await _cancels(quarter, 3)
    await quarter.it_is("2027-01-06 08:00")
    assert len([post for post in quarter.posts(PostKind.CANCELLED_MEETING) if post.ts]) == 1
    assert str(quarter.told("U0MEMBER", SAID)).count(SAID) == 1


MOVES = {
    "later": {"day": "2027-01-28"},
    "within seven days": {"day": "2027-01-12"},
    "to another hour": {"starts": "14:00"},
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
async def test_cancelled_added_again_and_moved_in_one_night_is_one_move(
    quarter: Quarter, move: dict[str, str]
) -> None:
    """That it moved to a day that is soon is said at once, and in the morning nothing is left to say."""
    await quarter.plans(QUIET + APRIL)
    await quarter.it_is("2027-01-05 21:00")
    before = quarter.said(SHARED)
    await _cancels(quarter)
    await _adds(quarter)
    await _changes(quarter, CHANGE, 3, **move)
    await quarter.it_is("2027-01-06 08:00")
    [told] = quarter.said(SHARED)[len(before) :]
    assert "The meeting moved" in told
    assert "It was to be on Thursday, January 21" in told
    assert quarter.told("U0CURATOR", SAID) == []


async def test_what_people_did_not_notice_is_no_news_to_them(quarter: Quarter) -> None:
    """Another host, a cancelling and the first host again, in one night."""
    await quarter.plans(QUIET + APRIL)
    await quarter.it_is("2027-01-05 21:00")
    before = quarter.said(SHARED)
    await _changes(quarter, HOST, 1, host="give:2")
    await _cancels(quarter)
    await _adds(quarter)
    await quarter.it_is("2027-01-06 08:00")
    assert len(quarter.said(SHARED)) == len(before)


async def test_a_meeting_that_was_here_long_ago_is_not_soon(quarter: Quarter) -> None:
    await quarter.plans(QUIET + APRIL)
    await quarter.it_is("2026-12-24 10:00")
    await _host_moves_to(quarter, "2027-03-04")
    await quarter.it_is("2026-12-24 11:00")
    await quarter.it_is("2027-01-16 23:00")
    before = len(quarter.said(SHARED))
    await _cancels(quarter)
    assert len(quarter.said(SHARED)) == before
    await quarter.it_is("2027-01-18 08:00")
    assert len(quarter.said(SHARED)) == before + 1


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


async def test_added_again_a_meeting_has_its_items_again_and_the_next_one_another_host(
    quarter: Quarter,
) -> None:
    """The cancelling had proposed the next quarterly meeting to the same host, and what was brought had gone there."""
    await quarter.it_is("2026-12-28 10:00")
    await quarter.slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await _cancels(quarter)
    assert "Thu, Apr 15" in (await quarter.slack.types("U0MEMBER", SHARED, "/agenda mine")).text
    await _adds(quarter)
    board = await quarter.slack.types("U0CURATOR", SHARED, "/agenda curate")
    assert "Thursday, January 21, 2027" in board.text
    assert "Budget" in board.text
    settings = await quarter.slack.types("U0ADMIN", SHARED, "/agenda setup")
    assert re.search(r"January 21, 2027.*CCSJ(.|\n)*April 15, 2027.*Bayview", settings.text)
    assert "will read it" in quarter.told("U0MEMBER", "Thu, Jan 21")[-1]


async def test_what_was_brought_for_a_proposed_meeting_goes_to_one_before_it_and_was_never_carried_over(
    quarter: Quarter,
) -> None:
    await quarter.it_is("2026-12-28 10:00")
    await _cancels(quarter)
    await quarter.slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await _adds(quarter)
    mine = (await quarter.slack.types("U0MEMBER", SHARED, "/agenda mine")).text
    assert ("Thu, Jan 21" in mine, "carried over" in mine) == (True, False)


async def test_cancelled_twice_in_one_night_nothing_is_said_in_a_channel_that_is_the_hosts_no_more(
    quarter: Quarter,
) -> None:
    await quarter.plans(QUIET + APRIL, curators=CURATORS)
    await quarter.it_is("2027-01-05 21:00")
    await _cancels(quarter)
    await quarter.plans(QUIET + APRIL)
    await _adds(quarter)
    await _cancels(quarter, 3)
    await quarter.it_is("2027-01-06 09:00")
    assert not quarter.said(CURATORS, SAID)
    assert quarter.told("U0CURATOR", SAID)
