"""Slack waits three seconds. What takes longer is acknowledged in time, and what came of it is said where it can be said."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from handlers.blocks import ids
from handlers.hearing.turn import Turn
from handlers.listeners.table import LISTENERS
from handlers.slack.timeouts import Timeouts
from playground.slack import Held, Refused
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import everything, on_sqlite, opened, send, shown, standing
from tests.story import SHARED, UNHURRIED, Story, bot_in
from tests.waiting import until

HURRIED = replace(UNHURRIED, acknowledge=0.05)

pytestmark = [on_sqlite, pytest.mark.usefixtures("founded")]


@pytest.fixture
async def slack(empty_slack: Story, clock: FrozenClock, database: Database) -> AsyncIterator[Story]:
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(empty_slack, clock, url, timeouts=HURRIED):
        yield empty_slack


class Slowly:
    """Listeners that wait before they hear, until they may go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._may_go_on = asyncio.Event()

    def hears(self, kind: str, named: str) -> None:
        key = next(key for key in LISTENERS if key == (kind, named))
        listener = LISTENERS[key]

        async def handle(turn: Turn) -> None:
            await self._may_go_on.wait()
            await listener.handle(turn)

        self._monkeypatch.setitem(LISTENERS, key, replace(listener, handle=handle))

    def goes_on(self) -> None:
        self._may_go_on.set()


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> Slowly:
    return Slowly(monkeypatch)


async def opens_a_form(slack: Story) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add")
    await slack.until(lambda: slack.form("U0MEMBER") is not None)


def directly(slack: Story, person: str) -> list[str]:
    return [message.text for message in slack.world.messages[slack.direct(person).id]]


def test_an_acknowledgement_is_in_time_whatever_is_still_under_way() -> None:
    assert Timeouts().acknowledge < 3 - 0.5


async def test_who_has_to_be_looked_for_in_a_long_list_is_answered_when_they_are_found(slack: Story) -> None:
    is_acknowledged = asyncio.Event()
    slack.next_answer("conversations.members", Held(is_acknowledged.wait))
    assert await slack.types("U0NEW", "C0OTHER", "/agenda add Budget cuts") is None
    is_acknowledged.set()
    await slack.until(lambda: bool(slack.seen_by("U0NEW", "C0OTHER")))
    assert "Budget cuts" in shown(slack.seen_by("U0NEW", "C0OTHER")[-1])


async def test_a_refusal_that_comes_late_keeps_the_words_of_the_command(slack: Story) -> None:
    is_acknowledged = asyncio.Event()
    slack.next_answer("conversations.members", Held(is_acknowledged.wait))
    assert await slack.types("U0OUTSIDE", "C0OTHER", "/agenda add Budget cuts") is None
    is_acknowledged.set()
    await slack.until(lambda: bool(slack.seen_by("U0OUTSIDE", "C0OTHER")))
    told = shown(slack.seen_by("U0OUTSIDE", "C0OTHER")[-1])
    assert "This is for people who are in the shared channel" in told
    assert "/agenda add Budget cuts" in told


async def test_a_form_that_was_sent_in_stays_open_and_then_says_what_came_of_it(
    slack: Story, slowly: Slowly
) -> None:
    await opens_a_form(slack)
    slowly.hears("view", ids.ADD_FORM)
    assert await send(slack, "U0MEMBER", title="Budget cuts") == {}
    assert "One moment" in shown(opened(slack, "U0MEMBER"))
    slowly.goes_on()
    await slack.until(lambda: "Budget cuts" in shown(slack.form("U0MEMBER")))


async def test_what_a_form_refuses_late_loses_nothing_that_was_typed(slack: Story, slowly: Slowly) -> None:
    await opens_a_form(slack)
    slowly.hears("view", ids.ADD_FORM)
    await send(slack, "U0MEMBER", title="\u200b", details="Ask the board first")
    slowly.goes_on()
    await slack.until(lambda: "An item needs a title" in shown(slack.form("U0MEMBER")))
    assert "Ask the board first" in shown(slack.form("U0MEMBER"))


async def test_numbers_that_a_form_refuses_late_are_given_back_each_with_its_label(
    slack: Story, slowly: Slowly
) -> None:
    await opens_a_form(slack)
    slowly.hears("view", ids.ADD_FORM)
    await send(slack, "U0MEMBER", title="\u200b", minutes="35")
    slowly.goes_on()
    await slack.until(lambda: "An item needs a title" in shown(slack.form("U0MEMBER")))
    assert re.search(r"(?i)minutes.*\n35", shown(slack.form("U0MEMBER")))


async def test_who_has_closed_the_form_meanwhile_hears_it_directly(slack: Story, slowly: Slowly) -> None:
    await opens_a_form(slack)
    slowly.hears("view", ids.ADD_FORM)
    await send(slack, "U0MEMBER", title="Budget cuts")
    await slack.closes("U0MEMBER", everything=True)
    slowly.goes_on()
    await slack.until(lambda: any("Budget cuts" in text for text in directly(slack, "U0MEMBER")))


async def test_what_comes_when_the_response_address_is_gone_is_said_directly(
    slack: Story, slowly: Slowly, clock: FrozenClock
) -> None:
    slowly.hears("action", ids.LIST)
    assert await slack.clicks("U0MEMBER", await standing(slack), ids.LIST) is None
    clock.passes(minutes=31)
    slowly.goes_on()
    await slack.until(lambda: bool(directly(slack, "U0MEMBER")))
    assert "The next meeting" in directly(slack, "U0MEMBER")[-1]


async def test_of_a_form_that_is_not_opened_from_home_in_time_the_person_hears_directly(slack: Story) -> None:
    await slack.opens_home("U0MEMBER")
    home = await slack.opens_home("U0MEMBER")
    assert home is not None
    slack.next_answer("views.open", Refused("expired_trigger_id"))
    await slack.clicks("U0MEMBER", home, ids.ADD)
    await slack.until(lambda: bool(directly(slack, "U0MEMBER")))
    assert "The form did not open" in directly(slack, "U0MEMBER")[-1]


async def test_a_deed_that_is_answered_late_is_done_once_also_when_slack_repeats_it(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    is_acknowledged = asyncio.Event()
    slack.next_answer("conversations.members", Held(is_acknowledged.wait))
    await slack.types("U0NEW", "C0OTHER", "/agenda add Budget cuts")
    is_acknowledged.set()
    await slack.until(lambda: bool(slack.seen_by("U0NEW", "C0OTHER")))
    before = await everything(database, clock)
    again = await slack.again()
    await until(lambda: bool(again.payload) or len(slack.seen_by("U0NEW", "C0OTHER")) > 1)
    assert (await everything(database, clock))["item"] == before["item"]
