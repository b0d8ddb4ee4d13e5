"""Who brings more than others can bear hears so kindly, and loses nothing that they typed."""

from collections.abc import AsyncIterator

import pytest

from handlers.blocks.ids import ADD
from storage.database import Database
from storage.people import people_behind
from tests.clock import FrozenClock
from tests.handlers.steps import on_sqlite, send, standing
from tests.story import OURS, SHARED, Story, bot_in, set_up

pytestmark = on_sqlite


@pytest.fixture
async def slack(empty_slack: Story, clock: FrozenClock, database: Database) -> AsyncIterator[Story]:
    set_up(database, clock)
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(empty_slack, clock, url, most_a_day=2):
        yield empty_slack


async def test_a_list_that_is_too_much_for_today_is_given_back(slack: Story) -> None:
    refused = await slack.types("U0MEMBER", SHARED, "/agenda add - Rent\n- Food\n- Trust")
    assert "There is room for 2 more today" in refused.text
    assert "Nothing was changed" in refused.text
    assert "add - Rent\n- Food\n- Trust" in refused.text


async def test_a_form_that_is_too_much_stays_as_it_was_filled(slack: Story) -> None:
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add - Rent\n- Food")
    await slack.types("U0MEMBER", SHARED, "/agenda add")
    refused = await send(slack, "U0MEMBER", title="Trust")
    assert "That is the most for a day" in refused["title"]
    assert slack.form("U0MEMBER") is not None
    assert "We got 2 items" in receipt.text


async def test_a_tip_too_much_is_given_back(slack: Story) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add - Rent\n- Food")
    refused = await slack.types("U0MEMBER", SHARED, "/agenda tip Breathe")
    assert "tip Breathe" in refused.text
    assert "You can bring more from" in refused.text


async def test_tomorrow_is_another_day(slack: Story, clock: FrozenClock) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add - Rent\n- Food")
    clock.passes(days=1)
    assert "We got it" in (await slack.types("U0MEMBER", SHARED, "/agenda add Trust")).text


@pytest.mark.parametrize("is_one_organization", [True, False])
async def test_who_speaks_from_two_workspaces_of_an_organization_is_one_and_has_one_day(
    slack: Story, database: Database, *, is_one_organization: bool
) -> None:
    priya = slack.world.people["U0MEMBER"]
    priya.organization = ("T0SISTER", "T0OTHER") if is_one_organization else ()
    await slack.types("U0MEMBER", SHARED, "/agenda add - Rent\n- Food")
    priya.team_id = "T0OTHER"
    await slack.clicks("U0MEMBER", await standing(slack), ADD)
    refused = await send(slack, "U0MEMBER", title="Trust")
    assert ("That is the most for a day" in refused.get("title", "")) is is_one_organization
    with database.transaction(OURS) as session:
        assert len(people_behind(session, "U0MEMBER")) == (1 if is_one_organization else 2)
