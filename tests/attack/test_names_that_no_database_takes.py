"""A name in Slack that no database takes, or that shows nothing."""
import pytest
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import shown
from tests.story import PLAN, SHARED, Story, bot_in, set_up


@pytest.mark.parametrize("name", ["Nul\x00", "Half \ud83d"])
async def test_who_is_called_so_takes_part(empty_slack: Story, database: Database, clock: FrozenClock, name: str) -> None:
    set_up(database, clock)
    empty_slack.world.people["U0NEW"].real_name = name
    async with bot_in(empty_slack, clock, database.engine.url.render_as_string(hide_password=False)) as b:
        r = await empty_slack.types("U0NEW", SHARED, "/agenda")
        print(r.text[:100])
        assert "January 21" in r.text
