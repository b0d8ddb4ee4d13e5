"""The Home tab."""

from sqlalchemy import select

from bot.questions import ask
from handlers.blocks.ids import ADD, BOARD, MINE, STATUS
from handlers.services import MOST_HOMES, Homes
from playground.slack import views
from storage.database import Database
from storage.items import Item
from tests.builders import Scene
from tests.clock import FrozenClock
from tests.handlers.steps import everything, on_sqlite, opened, send, shown
from tests.story import OURS, SHARED, Story
from tests.waiting import until


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


@on_sqlite
async def test_home_shows_what_is_theirs_and_what_waits_for_them(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Food distribution")
    await slack.types("U0CURATOR", SHARED, "/agenda add Rents")
    of_host = shown(await slack.opens_home("U0CURATOR"))
    assert "2 items wait for your answer." in of_host
    assert "Food distribution · " in of_host
    assert "Your items" in of_host
    assert "Rents · Waiting for the host" in of_host
    with database.transaction(OURS) as session:
        scene = Scene.found(session, clock)
        [item] = [one for one in session.scalars(select(Item)) if one.title == "Food distribution"]
        ask(session, scene.actor("U0CURATOR"), item.id, clock(), words="Since when?")
    of_author = shown(await slack.opens_home("U0MEMBER"))
    assert "When you have a minute" in of_author
    assert "Since when?" in of_author
    assert "Rents" not in of_author


@on_sqlite
async def test_home_is_drawn_anew_only_where_it_shows_something_else(slack: Story) -> None:
    await slack.opens_home("U0MEMBER")
    assert published(slack) == 1
    await slack.opens_home("U0MEMBER")
    await slack.types("U0MEMBER", SHARED, "/agenda")
    assert published(slack) == 1
    await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
    await until(lambda: "Rents" in shown(slack.world.homes["U0MEMBER"]))
    assert published(slack) == 2
    await slack.types("U0CURATOR", SHARED, "/agenda add Food")
    assert "U0CURATOR" not in slack.world.homes, "whoever has opened none has none"


@on_sqlite
async def test_a_home_that_became_another_since_it_was_opened_stays_as_it_is(slack: Story) -> None:
    await slack.opens_home("U0MEMBER")
    older = views.as_json(slack.world.homes["U0MEMBER"], slack.app, "T0HOME")
    await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
    await until(lambda: "Rents" in shown(slack.world.homes["U0MEMBER"]))
    newer = slack.world.homes["U0MEMBER"].hash
    opened_before = {
        "type": "app_home_opened",
        "user": "U0MEMBER",
        "channel": "D1",
        "tab": "home",
        "view": older,
    }
    await slack.happens(opened_before)
    assert published(slack) == 3, "Slack was asked"
    assert slack.world.homes["U0MEMBER"].hash == newer


def published(slack: Story) -> int:
    return sum(call.method == "views.publish" for call in slack.calls)


def test_of_too_many_homes_those_that_were_drawn_last_are_known() -> None:
    homes = Homes()
    for number in range(MOST_HOMES):
        homes.note(f"U{number}", "a mark")
    homes.note("U0", "another")
    homes.note("U0NEW", "a mark")
    assert homes.as_drawn("U1") is None
    assert homes.as_drawn("U0") == {"id": "U0", "private_metadata": "another"}
