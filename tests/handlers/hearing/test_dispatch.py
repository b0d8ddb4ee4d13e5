"""The table of contents: all of it is heard, each with a policy, and whatever goes wrong is answered."""

import asyncio
import inspect
import logging
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
import structlog
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot import policies
from bot.items import Proposal, propose
from bot.policies import anyone
from bot.undelivered import ask_whether_it_is_there
from handlers.blocks import ids
from handlers.hearing.dispatch import Listener
from handlers.hearing.turn import Turn
from handlers.listeners.table import LISTENERS, register
from handlers.services import Services
from handlers.slack.connection import Connection
from handlers.slack.timeouts import Timeouts
from playground.slack import Held, Message
from program.logs import start_logging
from storage.database import Database
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.clock import FrozenClock
from tests.handlers.steps import (
    at_rest,
    everything,
    filled,
    next_meeting_is_proposed,
    on_sqlite,
    opened,
    send,
    shown,
    standing,
    wakes_delivery,
)
from tests.story import OURS, SHARED, UNHURRIED, Story, bot_in, set_up


def test_a_listener_has_one_of_the_policies() -> None:
    known = {
        function
        for name, function in inspect.getmembers(policies, inspect.isfunction)
        if function.__module__ == policies.__name__ and not name.startswith("_")
    }
    assert {listener.policy for listener in LISTENERS.values()} == known


def test_a_listener_without_a_policy_cannot_be_made() -> None:
    async def handle(turn: Any) -> None: ...

    with pytest.raises(TypeError, match="policy"):
        Listener(handle=handle)
    with pytest.raises(TypeError, match="policy"):
        Listener(None, handle)


async def test_nothing_can_be_heard_beside_the_table(empty_slack: Story, clock: FrozenClock) -> None:
    """Bolt has one listener a kind, and no middleware of ours that might answer before it."""
    async with ClientSession() as session:
        services = Services(None, clock, session, UNHURRIED)
        connection = Connection(empty_slack.api_url, empty_slack.bot_token, session, clock)
        bolt = register(connection, services)

    given = [listener.ack_function.__qualname__ for listener in bolt._async_listeners]
    assert given == ["Dispatcher._hears.<locals>.hear"] * len({kind for kind, _ in LISTENERS})
    own = [one for one in bolt._async_middleware_list if not one.__module__.startswith("slack_bolt.")]
    assert own == []


@on_sqlite
async def test_a_quarter_with_the_bot_logs_no_trouble(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    """A walk past commands, buttons and forms. That every one is heard is held by the golden book."""
    with capture_logs() as logs:
        await _walk(slack, database, clock)

    assert [line for line in logs if line["log_level"] in ("warning", "error")] == []


async def _walk(slack: Story, database: Database, clock: FrozenClock) -> None:
    await at_rest(database, clock)
    await _bring(slack)
    await at_rest(database, clock)
    await _decide(slack, database, clock)
    await _share_tips(slack)
    await _change_settings(slack)
    for typed in ("help", "digest", "whatever this is"):
        await slack.types("U0MEMBER", SHARED, f"/agenda {typed}")
    await slack.opens_home("U0MEMBER")
    await _answer_for_posts(slack, database, clock)
    await slack.leaves("U0OUTSIDE", "C0OTHER")
    await slack.deactivates("U0OUTSIDE")
    await _propose_the_next_meeting(slack, database, clock)


async def _bring(slack: Story) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda")
    await slack.types("U0MEMBER", SHARED, "/agenda list")
    await slack.types("U0MEMBER", SHARED, "/agenda add Alpha (15 min)")
    await slack.types("U0MEMBER", SHARED, "/agenda add Beta")
    await slack.clicks("U0MEMBER", await standing(slack), ids.ADD)
    assert await send(slack, "U0MEMBER", title="Gamma") == {}
    await slack.types("U0MEMBER", SHARED, "/agenda add Delta")
    await slack.clicks("U0MEMBER", await standing(slack), ids.LIST)
    mine = await slack.clicks("U0MEMBER", await standing(slack), ids.MINE)
    assert mine is not None
    await slack.clicks("U0MEMBER", mine, ids.EDIT)
    assert await send(slack, "U0MEMBER", title="Delta, said better") == {}
    await slack.clicks("U0MEMBER", mine, ids.WITHDRAW)
    await slack.types("U0MEMBER", SHARED, "/agenda mine")
    question = await slack.types("U0NEW", SHARED, "/agenda add Epsilon")
    assert question is not None
    await slack.clicks("U0NEW", question, ids.JOIN)
    assert await send(slack, "U0NEW", collaborative="4") == {}


async def _decide(slack: Story, database: Database, clock: FrozenClock) -> None:
    for title, action in (("Alpha", ids.TAKE), ("Beta", ids.HOLD), ("Gamma", ids.TAKE)):
        await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", title), action)
    await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Epsilon"), ids.LEAVE_OUT)
    assert await send(slack, "U0CURATOR", reason="too full") == {}
    await at_rest(database, clock)
    await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Beta"), ids.UNDO)
    status = await slack.types("U0CURATOR", SHARED, "/agenda")
    await slack.types("U0CURATOR", SHARED, "/agenda curate")
    assert status is not None
    hosts = await slack.clicks("U0CURATOR", status, ids.BOARD)
    assert hosts is not None
    await slack.clicks("U0CURATOR", hosts, ids.ARRANGE, selected="1:later:1")
    await slack.clicks("U0CURATOR", hosts, ids.PUBLISH)
    await slack.in_channel("Agenda for")
    await at_rest(database, clock)  # what is under way while hours pass would lose its claim
    clock.passes(minutes=5)
    await wakes_delivery(slack)
    await slack.clicks("U0NEW", await slack.in_direct("U0NEW", "It is not on the agenda for"), ids.ADD_AGAIN)
    assert await send(slack, "U0NEW", title="Epsilon again") == {}


async def _answer_for_posts(slack: Story, database: Database, clock: FrozenClock) -> None:
    for button in (ids.IT_IS_THERE, ids.POST_AGAIN):
        with database.transaction(OURS) as session:
            lost = session.query(Post).filter_by(kind=PostKind.CARD).first()
            lost.state, lost.fence = PostState.UNKNOWN, lost.fence + 1
            ask_whether_it_is_there(session, lost, clock())
        await wakes_delivery(slack)
        await at_rest(database, clock)
        await slack.clicks(
            "U0CURATOR", await slack.in_direct("U0CURATOR", "Did this message arrive?"), button
        )


async def _share_tips(slack: Story) -> None:
    kept = await slack.types("U0MEMBER", SHARED, "/agenda tip referrals: Ask for the intake line first")
    assert kept is not None
    await slack.clicks("U0MEMBER", kept, ids.FILE_UNDER, selected="2:General")
    found = await slack.types("U0MEMBER", SHARED, "/agenda tips intake")
    assert found is not None
    await slack.clicks("U0MEMBER", found, ids.SHARE)
    assert await send(slack, "U0MEMBER", topic="General", text="Bring snacks") == {}
    await slack.clicks("U0MEMBER", found, ids.SEARCH)
    assert await send(slack, "U0MEMBER", words="snacks") == {}
    assert "Bring snacks" in shown(slack.form("U0MEMBER"))
    status = await slack.types("U0MEMBER", SHARED, "/agenda")
    assert status is not None
    await slack.clicks("U0MEMBER", status, ids.FIND)
    await slack.clicks("U0MEMBER", status, ids.PREVIEW)
    helped = await slack.clicks("U0MEMBER", status, ids.HELP)
    assert helped is not None
    await slack.clicks("U0MEMBER", helped, ids.STATUS)


async def _change_settings(slack: Story) -> None:
    await slack.types("U0ADMIN", SHARED, "/agenda setup")
    status = await slack.types("U0ADMIN", SHARED, "/agenda")
    assert status is not None
    settings = await slack.clicks("U0ADMIN", status, ids.SETTINGS)
    assert settings is not None
    await slack.clicks("U0ADMIN", settings, ids.CONSORTIUM)
    assert await send(slack, "U0ADMIN", name="Peace") == {}
    await slack.clicks("U0ADMIN", settings, ids.COLLABORATIVE, value="3")
    assert await send(slack, "U0ADMIN", office="30 Bryant St") == {}
    await slack.clicks("U0ADMIN", settings, ids.MEETING)
    assert await send(slack, "U0ADMIN", day="2027-04-15") == {}


async def _propose_the_next_meeting(slack: Story, database: Database, clock: FrozenClock) -> None:
    proposed = await _proposed_to_mission(slack, database, clock)
    await slack.clicks("U0ADMIN", proposed, ids.CHANGE)
    assert opened(slack, "U0ADMIN").content["callback_id"] == ids.CHANGE_FORM
    await slack.closes("U0ADMIN")
    await slack.clicks("U0ADMIN", proposed, ids.CONFIRM)
    await slack.clicks("U0ADMIN", proposed, ids.CHANGE)
    assert await send(slack, "U0ADMIN", day="2027-07-22") == {}


async def _proposed_to_mission(slack: Story, database: Database, clock: FrozenClock) -> Message:
    await at_rest(database, clock)
    clock.strikes("2027-04-16 09:00")
    await next_meeting_is_proposed(slack, database, clock)
    return await slack.in_direct("U0ADMIN", "Mission hosts the next meeting")


@on_sqlite
async def test_trouble_with_a_command_is_apologised_for_with_the_words_that_were_typed(
    broken: Story, logged: StringIO
) -> None:
    answer = await broken.types("U0MEMBER", SHARED, "/agenda add Quetzal budget (15 min)")

    assert "Something went wrong on our side, and nothing was changed" in answer.text
    assert "/agenda add Quetzal budget (15 min)" in answer.text
    _is_told_of_without_words(logged)


@on_sqlite
async def test_trouble_with_a_form_leaves_it_open_and_filled(broken: Story, logged: StringIO) -> None:
    await broken.clicks("U0MEMBER", await standing(broken), ids.ADD)
    refused = await send(broken, "U0MEMBER", title="Quetzal budget", details="quetzal details")

    assert "Something went wrong on our side" in refused["title"]
    assert filled(opened(broken, "U0MEMBER"), "details") == "quetzal details"
    _is_told_of_without_words(logged)


@on_sqlite
async def test_trouble_with_a_click_is_told_privately(broken: Story, logged: StringIO) -> None:
    answer = await broken.clicks("U0MEMBER", await standing(broken), ids.LIST)
    assert "Something went wrong on our side" in answer.text
    assert answer.only_for == "U0MEMBER"
    _is_told_of_without_words(logged)


@on_sqlite
async def test_trouble_after_the_deed_does_not_deny_it(slack: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    async def act_and_fail(turn: Turn) -> None:
        await turn.do(propose, [Proposal("Budget")], turn.now)
        raise RuntimeError

    monkeypatch.setitem(LISTENERS, ("command", "fail"), Listener(anyone, act_and_fail))
    answer = await slack.types("U0MEMBER", SHARED, "/agenda fail")
    assert "This is saved" in answer.text
    assert "Budget" in (await slack.types("U0MEMBER", SHARED, "/agenda mine")).text


@on_sqlite
async def test_a_slow_slack_costs_no_acknowledgement(
    empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    set_up(database, clock)
    is_acknowledged = asyncio.Event()
    empty_slack.next_answer("views.open", Held(is_acknowledged.wait))
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(empty_slack, clock, url, timeouts=replace(UNHURRIED, answer=0.05)):
        assert await empty_slack.types("U0MEMBER", SHARED, "/agenda add") is None
        is_acknowledged.set()
        await empty_slack.until(lambda: empty_slack.form("U0MEMBER") is not None)


def test_slack_gives_up_later_than_an_answer_delays_the_acknowledgement() -> None:
    assert Timeouts().answer < 3


@on_sqlite
async def test_an_event_delivered_twice_changes_nothing(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    await slack.opens_home("U0MEMBER")
    before = await everything(database, clock)
    assert (await slack.again()).status == 200
    assert await everything(database, clock) == before


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """The log as operators read it; afterwards the process has its own back."""
    root, stream = logging.getLogger(), StringIO()
    before, level = root.handlers[:], root.level
    root.handlers.clear()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    start_logging("DEBUG", stream)
    yield stream
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
async def broken(slack: Story, database: Database, clock: FrozenClock) -> Story:
    """The bot, whose database loses a table."""
    await at_rest(database, clock)
    with database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE item RENAME TO lost")
    return slack


def _is_told_of_without_words(logged: StringIO) -> None:
    assert "a turn failed" in logged.getvalue()
    assert "quetzal" not in logged.getvalue().casefold()
