"""Who decides for a host, or keeps the settings, and leaves the shared channel: others do, until they are back."""

import pytest
from aiohttp import web
from sqlalchemy import update

from handlers.blocks.ids import LIST, TAKE
from playground.slack import Message, Refused
from playground.slack.faults import Answering
from storage.database import Database
from storage.people import Person
from tests.clock import FrozenClock
from tests.handlers.quarter import Quarter
from tests.handlers.steps import at_rest, on_sqlite, standing
from tests.story import OURS, SHARED, Story, bot_in, set_up

pytestmark = on_sqlite


def cards(slack: Story, person: str) -> list[Message]:
    direct = slack.world.direct(person, slack.app.user_id)
    return [one for one in slack.world.messages[direct.id] if TAKE in str(one.blocks)] if direct else []


class _OnceTheyAreGone:
    """Slack answers as it is by then."""

    def __init__(self, slack: Story) -> None:
        self._slack = slack

    async def __call__(self, answering: Answering, _request: web.Request) -> web.Response:
        self._slack.world.channels[SHARED].members.remove("U0CURATOR")
        return answering()


@pytest.fixture
async def without_curators(slack: Story) -> Story:
    for curator in ("U0CURATOR", "U0DEPUTY"):
        await slack.leaves(curator, SHARED)
    return slack


async def test_what_is_brought_then_goes_to_the_admins_alone(
    without_curators: Story, database: Database, clock: FrozenClock
) -> None:
    slack = without_curators
    await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
    await at_rest(database, clock)
    assert cards(slack, "U0CURATOR") == cards(slack, "U0DEPUTY") == []
    assert "Rents" in (await slack.types("U0ADMIN", SHARED, "/agenda curate")).text
    (card,) = cards(slack, "U0ADMIN")
    await slack.clicks("U0ADMIN", card, TAKE)
    await slack.in_direct("U0ADMIN", "Joan Castell added this")


async def test_what_was_brought_before_they_left_goes_to_the_admins(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
    await at_rest(database, clock)
    await slack.leaves("U0CURATOR", SHARED)
    await at_rest(database, clock)
    assert (cards(slack, "U0CURATOR"), len(cards(slack, "U0DEPUTY")), cards(slack, "U0ADMIN")) == ([], 1, [])
    await slack.leaves("U0DEPUTY", SHARED)
    await at_rest(database, clock)
    assert (cards(slack, "U0DEPUTY"), len(cards(slack, "U0ADMIN"))) == ([], 1)


async def test_a_click_of_before_that_comes_late_brings_nobody_back(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    doors = await standing(slack)
    await slack.leaves("U0CURATOR", SHARED)
    await slack.leaves("U0DEPUTY", SHARED)
    await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
    await at_rest(database, clock)
    slack.world.channels[SHARED].members.append(
        "U0CURATOR"
    )  # so that the click is taken, as it was made before
    slack.next_answer("conversations.members", _OnceTheyAreGone(slack))
    await slack.clicks("U0CURATOR", doors, LIST)
    await at_rest(database, clock)
    assert (cards(slack, "U0CURATOR"), len(cards(slack, "U0ADMIN"))) == ([], 1)


async def test_who_left_while_the_bot_was_down_decides_no_more_within_a_day(
    empty_slack: Story, database: Database, clock: FrozenClock
) -> None:
    slack = empty_slack
    set_up(database, clock)
    async with bot_in(slack, clock, database.engine.url.render_as_string(hide_password=False)) as at_work:
        slack.app.events = frozenset()
        for curator in ("U0CURATOR", "U0DEPUTY"):
            await slack.leaves(curator, SHARED)
        clock.passes(hours=25)
        await at_work.tick()
        await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
        await at_work.comes_to_rest()
    assert (cards(slack, "U0CURATOR"), len(cards(slack, "U0ADMIN"))) == ([], 1)


async def test_who_is_back_decides_again(
    without_curators: Story, database: Database, clock: FrozenClock
) -> None:
    slack = without_curators
    await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
    await slack.joins("U0CURATOR", SHARED)
    assert "Rents" in (await slack.types("U0CURATOR", SHARED, "/agenda curate")).text
    await at_rest(database, clock)
    assert (len(cards(slack, "U0CURATOR")), cards(slack, "U0ADMIN")) == (1, [])


@pytest.mark.parametrize("is_known_to_be_there", [False, True])
async def test_who_is_back_gets_the_cards_before_they_speak(
    empty_slack: Story, database: Database, clock: FrozenClock, *, is_known_to_be_there: bool
) -> None:
    """Slack is asked, as an event may come late; and not for the sake of others."""
    slack = empty_slack
    set_up(database, clock)
    async with bot_in(slack, clock, database.engine.url.render_as_string(hide_password=False)) as at_work:
        await at_work.tick()
        for curator in ("U0CURATOR", "U0DEPUTY"):
            await slack.leaves(curator, SHARED)
        await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
        await at_work.comes_to_rest()
        assert (cards(slack, "U0CURATOR"), len(cards(slack, "U0ADMIN"))) == ([], 1)
        await at_work.tick()  # Slack is asked whether they are back already

        asked = [call.method for call in slack.calls].count("conversations.members")
        await slack.joins("U0SAM" if is_known_to_be_there else "U0CURATOR", SHARED)
        await at_work.tick()
        await at_work.comes_to_rest()
        assert len(cards(slack, "U0CURATOR")) == (not is_known_to_be_there)
        asks = [call.method for call in slack.calls].count("conversations.members") - asked
        assert asks == (not is_known_to_be_there)


async def test_the_settings_show_that_they_cannot_act(without_curators: Story) -> None:
    settings = await without_curators.types("U0ADMIN", SHARED, "/agenda setup")
    assert "Who decides: Maria Vega (can't act) and Theo Lind (can't act)" in settings.text


async def test_where_every_admin_left_whoever_runs_the_workspace_opens_the_settings(slack: Story) -> None:
    slack.add_person("U0OWNER", "T0SISTER", "Olive Owner", is_admin=True)
    slack.world.channels[SHARED].members.append("U0OWNER")
    assert "Only an admin" in (await slack.types("U0OWNER", SHARED, "/agenda setup")).text
    await slack.leaves("U0ADMIN", SHARED)
    assert "Settings of" in (await slack.types("U0OWNER", SHARED, "/agenda setup")).text
    assert "Only an admin" in (await slack.types("U0MEMBER", SHARED, "/agenda setup")).text
    await slack.joins("U0ADMIN", SHARED)
    assert "Settings of" in (await slack.types("U0ADMIN", SHARED, "/agenda setup")).text
    assert "Only an admin" in (await slack.types("U0OWNER", SHARED, "/agenda setup")).text


async def test_an_admin_who_left_is_not_let_in_while_the_bot_cannot_look_into_the_channel(
    slack: Story, database: Database
) -> None:
    with database.transaction(OURS) as session:
        session.execute(update(Person).where(Person.user_id == "U0CURATOR").values(is_admin=True))
    slack.world.channels["C0OTHER"].members += ["U0ADMIN", "U0CURATOR"]
    await slack.leaves("U0ADMIN", SHARED)
    closed = Refused("channel_not_found")
    asked = ("conversations.members", "conversations.info")
    slack.weather_becomes(lambda method: closed if method in asked else None)
    for typed in ("", "add Rents", "setup"):
        assert "I can't look into" in (await slack.types("U0ADMIN", "C0OTHER", f"/agenda {typed}")).text


async def test_who_is_back_before_slack_says_that_they_left_is_found_at_the_next_tick(
    quarter: Quarter,
) -> None:
    slack = quarter.slack
    await quarter.plans()
    place = slack.world.channels[SHARED]
    for happened in ("member_joined_channel", "member_left_channel"):
        news = {
            "type": happened,
            "user": "U0CURATOR",
            "channel": SHARED,
            "team": "T0SISTER",
            "channel_type": "C",
        }
        await slack.happens(news, place)
    assert quarter.person("U0CURATOR").left_at is not None
    quarter.clock.passes(minutes=1)
    await quarter.ticks()
    assert quarter.person("U0CURATOR").left_at is None
