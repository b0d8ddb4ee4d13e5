"""A meeting that is over is told as coming by nobody: not by the buttons, nor by an outcome or an agenda that comes late."""

import pytest

from handlers.blocks.ids import PUBLISH, TAKE
from tests.handlers.quarter import CURATORS, NEW, Quarter
from tests.handlers.steps import on_sqlite, send, standing
from tests.story import PLAN, SHARED

pytestmark = [pytest.mark.slow, on_sqlite]

SECOND = """
[[meeting]]
date = "2027-04-15"
starts = "10:00"
minutes = 120
host = "Bayview"
"""
AFTER_MINUTES, AFTER_A_DAY = "told_after_minutes = 5", "told_after_minutes = 1440"


async def the_doors(quarter: Quarter) -> str:
    return (await standing(quarter.slack)).text


async def is_taken(quarter: Quarter) -> None:
    await quarter.slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.ticks()
    (card,) = quarter.cards(quarter.slack.direct("U0CURATOR").id)
    await quarter.slack.clicks("U0CURATOR", card, TAKE)
    await quarter.ticks()


async def test_the_buttons_tell_of_the_next_meeting_as_soon_as_one_is_over(quarter: Quarter) -> None:
    await quarter.plans(PLAN + SECOND)
    await quarter.it_is("2027-01-21 11:59")
    assert "January 21" in await the_doors(quarter)
    await quarter.it_is("2027-01-21 12:00")
    assert "January 21" not in await the_doors(quarter)
    assert "April 15" in await the_doors(quarter)


async def test_the_buttons_go_on_where_the_time_zone_was_wrong_for_some_minutes(quarter: Quarter) -> None:
    await quarter.plans(PLAN + SECOND)
    await quarter.it_is("2027-01-21 09:30")
    await quarter.plans((PLAN + SECOND).replace("Los_Angeles", "New_York"))
    assert "April 15" in await the_doors(quarter)
    await quarter.it_is("2027-01-21 09:35")
    await quarter.plans(PLAN + SECOND)
    assert "January 21" in await the_doors(quarter)
    await quarter.it_is("2027-01-21 12:00")
    assert "April 15" in await the_doors(quarter)


async def test_where_no_meeting_follows_the_buttons_tell_of_none_until_one_is_proposed(
    quarter: Quarter,
) -> None:
    await quarter.it_is("2027-01-21 12:00")
    assert "January 21" not in await the_doors(quarter)
    await quarter.it_is("2027-01-22 09:00")
    assert "April" in await the_doors(quarter)


async def test_the_buttons_stay_as_they_are_while_the_same_meeting_is_next(quarter: Quarter) -> None:
    await quarter.it_is("2026-12-01 09:00")
    edits = quarter.calls("chat.update")
    await quarter.it_is("2026-12-02 09:00")
    assert quarter.calls("chat.update") == edits


async def test_the_buttons_call_a_host_by_its_new_name(quarter: Quarter) -> None:
    overview = await quarter.slack.types("U0ADMIN", "C0OTHER", "/agenda setup")
    await quarter.slack.clicks("U0ADMIN", overview, "setup.collaborative", value="1")
    assert await send(quarter.slack, "U0ADMIN", name="Justice Circle") == {}
    await quarter.ticks()
    assert "Justice Circle hosts" in await the_doors(quarter)


@pytest.mark.parametrize(
    ("decided", "not_yet", "told"),
    [
        ("2027-01-20 18:00", "2027-01-21 08:59", "2027-01-21 09:00"),
        ("2027-01-21 09:30", "2027-01-21 09:54", "2027-01-21 09:55"),
    ],
    ids=["an hour before", "right before it begins"],
)
async def test_an_outcome_that_may_be_undone_for_a_day_is_told_before_its_meeting(
    quarter: Quarter, decided: str, not_yet: str, told: str
) -> None:
    await quarter.plans(PLAN.replace(AFTER_MINUTES, AFTER_A_DAY))
    await quarter.it_is(decided)
    await is_taken(quarter)
    await quarter.it_is(not_yet)
    assert quarter.told("U0MEMBER", "Good news") == []
    await quarter.it_is(told)
    assert len(quarter.told("U0MEMBER", "Good news")) == 1


async def test_an_agenda_that_waited_until_its_meeting_was_over_is_no_news(quarter: Quarter) -> None:
    await is_taken(quarter)
    await quarter.slack.archives(SHARED)
    await quarter.ticks()
    board = await quarter.slack.types("U0CURATOR", CURATORS, "/agenda curate")
    await quarter.slack.clicks("U0CURATOR", board, PUBLISH)
    await quarter.ticks()
    await quarter.it_is("2027-01-21 12:30")
    await quarter.chooses(NEW)
    quarter.clock.passes(minutes=10)
    await quarter.ticks()
    assert quarter.said(NEW, "Budget") == []


async def test_what_is_decided_in_the_room_is_told_before_the_meeting_ends(quarter: Quarter) -> None:
    await quarter.plans(PLAN.replace(AFTER_MINUTES, AFTER_A_DAY))
    await quarter.it_is("2027-01-21 10:30")
    await is_taken(quarter)
    await quarter.it_is("2027-01-21 11:54")
    assert quarter.told("U0MEMBER", "on the agenda") == []
    await quarter.it_is("2027-01-21 11:55")
    assert len(quarter.told("U0MEMBER", "Good news: your item is on the agenda for Thu, Jan 21.")) == 1


async def test_where_the_meeting_is_moved_up_an_outcome_is_told_before_it_too(quarter: Quarter) -> None:
    await quarter.plans(PLAN.replace(AFTER_MINUTES, AFTER_A_DAY))
    await quarter.it_is("2027-01-13 09:30")
    await is_taken(quarter)
    sooner = PLAN.replace("2027-01-21", "2027-01-13").replace('starts = "10:00"', 'starts = "14:00"')
    await quarter.plans(sooner.replace(AFTER_MINUTES, AFTER_A_DAY))
    await quarter.it_is("2027-01-13 12:59")
    assert quarter.told("U0MEMBER", "Good news") == []
    await quarter.it_is("2027-01-13 13:00")
    assert len(quarter.told("U0MEMBER", "Good news")) == 1


async def test_where_the_time_for_undoing_is_made_shorter_the_card_says_until_when(quarter: Quarter) -> None:
    await quarter.plans(PLAN.replace(AFTER_MINUTES, AFTER_A_DAY))
    await is_taken(quarter)
    assert "until Tue, Nov 24" in quarter.said(quarter.slack.direct("U0CURATOR").id)[-1]
    await quarter.plans(PLAN)
    assert "until Mon, Nov 23, 12:05 PM" in quarter.said(quarter.slack.direct("U0CURATOR").id)[-1]
    quarter.clock.passes(minutes=5)
    await quarter.ticks()
    assert len(quarter.told("U0MEMBER", "Good news")) == 1
