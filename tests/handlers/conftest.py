"""The bot in a small Slack, for tests of what people see."""

from collections.abc import AsyncIterator

import pytest

from storage import Database
from tests.clock import FrozenClock
from tests.story import Story, bot_in, set_up


@pytest.fixture
def clock() -> FrozenClock:
    """Two months before the meeting of tests/consortium.toml; the first call for items is four weeks before it."""
    clock = FrozenClock.__new__(FrozenClock)
    clock.strikes("2026-11-23 12:00")
    return clock


@pytest.fixture
async def empty_slack(clock: FrozenClock) -> AsyncIterator[Story]:
    """The small Slack, without a bot."""
    slack = Story(clock, retry_delays=(0.0, 0.01, 0.02))
    await slack.start()
    yield slack
    await slack.stop()


@pytest.fixture
async def slack(empty_slack: Story, clock: FrozenClock, database: Database) -> AsyncIterator[Story]:
    """The small Slack with the bot in it, set up."""
    set_up(database, clock)
    async with bot_in(empty_slack, clock, database.engine.url.render_as_string(hide_password=False)):
        yield empty_slack
