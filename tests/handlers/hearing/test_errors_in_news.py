"""News that a listener could not take: Slack tells them again, and operators read where it failed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from structlog.testing import capture_logs

from bot.errors import UserError
from bot.participation import look_again
from bot.policies import nobody
from handlers.hearing.dispatch import Listener
from handlers.hearing.payloads import Heard
from handlers.hearing.turn import Turn
from handlers.listeners.table import LISTENERS
from playground.slack import Refused
from storage.database import Database
from storage.people import Person
from storage.tenancy import across_consortia
from tests.clock import FrozenClock
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, Story, bot_in, set_up
from tests.waiting import until

pytestmark = on_sqlite

TOLD = 4
"""Times that Slack tells an event that is never heard: once, and three times again."""
NEWS = ("event", "user_change")


def _misread() -> None:
    Heard(kind="event", id="user_change", who=("", ""), called=None, key="event:1")


ERRORS: dict[str, Callable[[], object]] = {
    "KeyError": lambda: {}["seat"],
    "IndexError": [].pop,
    "TypeError": lambda: len(5),
    "AttributeError": lambda: None.name,
    "ValidationError": _misread,
    "ValueError": lambda: int("seat"),
    "ZeroDivisionError": lambda: 1 / 0,
}
"""Our own, also of the kinds that reading an odd payload raises."""
Plant = Callable[[Callable[[], object]], list[str]]


@pytest.fixture
def stumbled() -> asyncio.Event:
    """Set where the listener has run into its error."""
    return asyncio.Event()


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch, stumbled: asyncio.Event) -> Plant:
    """Have the listener for news run into an error; the list tells how often it heard them."""

    def planted(error: Callable[[], object]) -> list[str]:
        heard: list[str] = []

        async def stumble(turn: Turn) -> None:
            heard.append(turn.heard.id)
            stumbled.set()
            error()

        monkeypatch.setitem(LISTENERS, NEWS, Listener(nobody, stumble, is_news=True))
        return heard

    return planted


@pytest.fixture
async def connected(
    clock: FrozenClock, founded: str, database: Database, stumbled: asyncio.Event
) -> AsyncIterator[Story]:
    """The bot in Socket Mode, in a Slack that takes an envelope for unheard once its listener has stumbled."""

    async def until_it_stumbles() -> None:
        stumbled.clear()
        await stumbled.wait()

    slack = Story(clock, patience=until_it_stumbles, retry_delays=(0.0, 0.0, 0.0))
    await slack.start()
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(slack, clock, url, transport="socket"):
        yield slack
    await slack.stop()


@pytest.mark.parametrize("error", ERRORS)
async def test_an_error_of_a_listener_is_logged_with_its_trace_and_the_news_are_told_again(
    slack: Story, plant: Plant, error: str
) -> None:
    heard = plant(ERRORS[error])
    with capture_logs() as logs:
        await slack.deactivates("U0MEMBER")
        await slack.deliveries.settled()
        assert len(heard) == TOLD
        assert (await slack.again()).status == 503
    failures = [line for line in logs if line["event"] == "a listener failed"]
    assert len(heard) == len(failures) == TOLD + 1
    assert all(line["exc_info"] and line["log_level"] == "error" for line in failures)
    assert "request refused" not in [line["event"] for line in logs]


@pytest.mark.parametrize("error", ["KeyError", "ValidationError", "ValueError"])
async def test_in_socket_mode_it_is_not_acknowledged_and_told_again(
    connected: Story, plant: Plant, error: str
) -> None:
    heard = plant(ERRORS[error])
    with capture_logs() as logs:
        await connected.deactivates("U0MEMBER")
        await connected.deliveries.settled()
    assert [line["event"] for line in logs] == ["a listener failed"] * TOLD
    assert len(heard) == TOLD


async def test_what_failed_once_is_done_when_it_is_told_again(
    slack: Story, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = [KeyError("seat")]

    def first_fails(*given: Any) -> None:
        look_again(*given)
        if failing:
            raise failing.pop()

    monkeypatch.setattr("handlers.listeners.news.look_again", first_fails)
    assert _asked_at(database, "U0MEMBER") is not None
    await slack.deactivates("U0MEMBER")
    await slack.deliveries.settled()
    assert _asked_at(database, "U0MEMBER") is None


async def test_news_that_a_listener_refuses_are_not_told_again(slack: Story, plant: Plant) -> None:
    """Nobody is there to hear why, and the same news would be refused again."""

    def refuse() -> None:
        raise UserError("Only Slack itself says this. Nothing was changed.")

    heard = plant(refuse)
    with capture_logs() as logs:
        await slack.deactivates("U0MEMBER")
        await slack.deliveries.settled()
    assert heard == ["user_change"]
    assert [line["event"] for line in logs] == ["news were refused"]
    assert (await slack.again()).status == 200


async def test_an_error_in_asking_whose_the_token_is_is_no_odd_payload(
    empty_slack: Story, clock: FrozenClock, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(database, clock)
    for _at in ("the start", "the first tick", "the tick below"):  # so that it is asked with the first event
        empty_slack.next_answer("auth.test", Refused("fatal_error"))
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(empty_slack, clock, url) as bot:
        await bot.tick()
        await until(lambda: [call.method for call in empty_slack.calls].count("auth.test") == 3)
        with monkeypatch.context() as broken, capture_logs() as logs:
            broken.setattr(AsyncWebClient, "auth_test", _mistaken)
            await empty_slack.deactivates("U0MEMBER")
            await empty_slack.deliveries.settled()
        assert (await empty_slack.again()).status == 200
    assert [line["event"] for line in logs] == ["request failed"] * TOLD
    assert all(line["exc_info"] for line in logs)


async def test_an_error_in_asking_who_somebody_is_is_not_taken_for_slacks_answer(
    slack: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AsyncWebClient, "users_info", _mistaken)
    with capture_logs() as logs:
        answer = await slack.types("U0NEW", SHARED, "/agenda")
    assert answer is not None
    assert "Something went wrong on our side" in answer.text
    assert [line["event"] for line in logs] == ["a turn failed"]


def _mistaken(*_: Any, **__: Any) -> Awaitable[Any]:
    raise TypeError("a call that was never made")


def _asked_at(database: Database, user_id: str) -> datetime | None:
    with database.transaction() as session, across_consortia(session):
        return session.query(Person).filter_by(user_id=user_id).one().named_at
