"""While Slack has not said whose the bot's token is, nothing is done: Slack says that it failed, and tells its news again."""

import asyncio
from functools import partial

import pytest

from handlers.slack import connection
from playground.slack import Dropped, Hang, RateLimited, Refused, ServerError
from playground.slack.faults import Fault
from storage.database import Database
from storage.items import Item
from storage.tenancy import across_consortia
from tests.clock import FrozenClock
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, Story, bot_in, set_up

pytestmark = [on_sqlite, pytest.mark.slow]

FAULTS: dict[str, Fault] = {
    "500": ServerError(500),
    "a trouble of Slack's": Refused("internal_error"),
    "429": RateLimited(1),
    "no answer": Dropped(),
}


@pytest.mark.parametrize("transport", ["http", "socket"])
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_news_are_told_again_and_nobody_is_advised_to_install_the_app_anew(
    empty_slack: Story, database: Database, clock: FrozenClock, transport: str, fault: Fault
) -> None:
    slack = empty_slack
    set_up(database, clock)
    slack.weather_becomes({"auth.test": fault}.get)
    slack.deliveries.patience = partial(asyncio.sleep, 0.3)  # over the WebSocket nothing says that it failed
    address = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(slack, clock, address, transport):
        await slack.renames(SHARED, "what-we-talk-about")
        assert slack.deliveries.has_to_tell_again
        said = await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
        assert said is None or "install" not in said.text
    with database.transaction() as session, across_consortia(session):
        assert session.query(Item).all() == []


async def test_what_would_come_too_late_to_be_answered_is_not_done(
    empty_slack: Story, database: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.1)
    slack = empty_slack
    set_up(database, clock)
    slack.weather_becomes({"auth.test": ServerError(500)}.get)
    async with bot_in(slack, clock, database.engine.url.render_as_string(hide_password=False)):
        slack.weather_becomes({"auth.test": Hang(0.3, stored=True)}.get)
        await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
    with database.transaction() as session, across_consortia(session):
        assert session.query(Item).all() == []
