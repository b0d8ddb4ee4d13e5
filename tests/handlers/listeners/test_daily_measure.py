"""Who brings more than others can bear hears so kindly, and loses nothing that they typed."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import on_sqlite, send
from tests.story import SHARED, Story, bot_in, set_up

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
    assert "Added 2 items" in receipt.text


async def test_a_tip_too_much_is_given_back(slack: Story) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add - Rent\n- Food")
    refused = await slack.types("U0MEMBER", SHARED, "/agenda tip Breathe")
    assert "tip Breathe" in refused.text
    assert "You can bring more from" in refused.text


async def test_tomorrow_is_another_day(slack: Story, clock: FrozenClock) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add - Rent\n- Food")
    clock.passes(days=1)
    assert "Added" in (await slack.types("U0MEMBER", SHARED, "/agenda add Trust")).text
