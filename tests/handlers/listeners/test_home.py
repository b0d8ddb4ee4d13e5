"""The Home tab."""

from handlers.blocks.ids import ADD, BOARD, MINE, STATUS
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import everything, on_sqlite, opened, send, shown
from tests.story import Story


@on_sqlite
async def test_home_shows_where_things_stand_and_its_doors_open(slack: Story) -> None:
    home = await slack.opens_home("U0CURATOR")
    assert "Thursday, January 21, 2027" in shown(home)
    await slack.clicks("U0CURATOR", home, ADD)
    assert await send(slack, "U0CURATOR", title="Budget") == {}
    await slack.closes("U0CURATOR")
    home = await slack.opens_home("U0CURATOR")
    assert "1 waiting for the host" in shown(home)
    await slack.clicks("U0CURATOR", home, MINE)
    assert "Budget" in shown(opened(slack, "U0CURATOR"))
    await slack.clicks("U0CURATOR", home, BOARD)
    assert "To decide" in shown(opened(slack, "U0CURATOR"))


@on_sqlite
async def test_home_introduces_nobody_and_says_how_to_begin(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    before = (await everything(database, clock))["person"]
    home = await slack.opens_home("U0NEW")
    assert "I do not know you yet" in shown(home)
    assert (await everything(database, clock))["person"] == before
    await slack.clicks("U0NEW", home, STATUS)
    assert "The next meeting" in shown(opened(slack, "U0NEW"))
    await slack.closes("U0NEW")
    assert "The next meeting" in shown(await slack.opens_home("U0NEW"))
