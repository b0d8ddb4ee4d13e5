"""A quarter, for whoever tries what happens in it."""

from collections.abc import AsyncIterator

import pytest

from storage.channels import Channel
from storage.database import Database
from storage.tenancy import across_consortia
from tests.clock import FrozenClock
from tests.handlers.quarter import CURATORS, NEW, OTHER_CURATORS, Quarter
from tests.handlers.steps import standing
from tests.story import NAMES, Story, bot_in


@pytest.fixture
def transport(request: pytest.FixtureRequest) -> str:
    return getattr(request, "param", "http")


@pytest.fixture
async def quarter(
    empty_slack: Story,
    clock: FrozenClock,
    founded: str,
    database: Database,
    transport: str,
) -> AsyncIterator[Quarter]:
    slack = empty_slack
    slack.world.channels["C0OTHER"].members += ["U0ADMIN", "U0SAM"]
    everybody = [*NAMES, slack.app.user_id]
    slack.add_channel(NEW, "agenda-anew", ["T0SISTER"], [one for one in everybody if one != "U0SAM"])
    for channel in (CURATORS, OTHER_CURATORS):
        slack.add_channel(
            channel, channel.lower(), ["T0SISTER"], ["U0CURATOR", "U0DEPUTY", slack.app.user_id], private=True
        )
    with database.transaction() as session, across_consortia(session):
        session.query(Channel).update({"asked_at": None})
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(slack, clock, url, transport) as running:
        quarter = Quarter(slack, database, clock, running)
        await running.comes_to_tick()
        await quarter.ticks()
        await standing(slack)
        yield quarter
