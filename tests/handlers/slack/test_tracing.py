"""What is overheard of Slack's answers: which of its methods it limits, and what time it is."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from http import HTTPStatus
from types import SimpleNamespace

import pytest
from aiohttp import ClientSession, web
from multidict import CIMultiDict
from yarl import URL

from handlers.metrics import Metrics
from handlers.slack.held_clock import HeldClock
from handlers.slack.tracing import tracing
from tests.clock import FrozenClock

CANARY = "canary-71ce"


class Slack:
    """It has no time for anybody, and its clock stands still."""

    async def answer(self, _: web.Request) -> web.Response:
        headers = {"Date": "Fri, 15 Jan 2027 08:02:00 GMT", "Retry-After": "1"}
        return web.Response(status=HTTPStatus.TOO_MANY_REQUESTS, headers=headers)


@pytest.fixture
async def address() -> AsyncIterator[str]:
    application = web.Application()
    application.router.add_route("*", "/{anything:.*}", Slack().answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/api/chat.postMessage", "chat.postMessage"),
        (f"/api/conversations.history?channel={CANARY}", "conversations.history"),
        (f"/commands/T0SISTER/42/{CANARY}", "response_url"),
        (f"/api/{CANARY}/T0SISTER", "response_url"),
        ("/other/chat.update", "response_url"),
    ],
)
async def test_what_is_limited_is_named_by_method_alone(address: str, path: str, method: str) -> None:
    metrics = Metrics(lambda: 1_800_000_000)
    async with ClientSession(
        trace_configs=[tracing(f"{address}/api/", metrics, HeldClock(FrozenClock("2027-01-15 00:00"), 0))]
    ) as session:
        await (await session.post(address + path)).read()
    told = metrics.exposition(None)
    assert f'slack_429_total{{method="{method}"}} 1.0' in told
    assert "clock_skew_seconds 120.0" in told
    assert CANARY not in told


async def test_the_same_address_may_be_written_in_two_ways(address: str) -> None:
    metrics = Metrics()
    async with ClientSession(
        trace_configs=[
            tracing(
                f"{address}/api/".replace("http", "HTTP"),
                metrics,
                HeldClock(FrozenClock("2027-01-15 00:00"), 0),
            )
        ]
    ) as session:
        await (await session.post(f"{address}/api/views.open")).read()
    assert 'slack_429_total{method="views.open"} 1.0' in metrics.exposition(None)


class Witness(HeldClock):
    """A clock that writes down what it is told."""

    def __init__(self) -> None:
        super().__init__(FrozenClock("2027-01-15 00:00"), 0)
        self.told: list[datetime | None] = []

    def slack_answered(self, told: datetime | None, asked: datetime) -> None:
        self.told.append(told)
        super().slack_answered(told, asked)


async def heard(headers: dict[str, str]) -> tuple[HeldClock, list[datetime | None], str]:
    """The clock, what it was told, and the measured skew, after an answer with these headers."""
    request, call = SimpleNamespace(asked=FrozenClock("2027-01-15 00:00")()), SimpleNamespace()
    call.url = URL("https://slack.com/api/auth.test")
    call.response = SimpleNamespace(status=HTTPStatus.OK, headers=CIMultiDict(headers))
    clock, metrics = Witness(), Metrics(lambda: 1_800_000_000)
    [answered] = tracing("https://slack.com/api/", metrics, clock).on_request_end
    await answered(None, request, call)  # type: ignore[call-arg, arg-type]
    [skew] = re.findall("^clock_skew_seconds (.*)$", metrics.exposition(None), re.MULTILINE)
    return clock, clock.told, skew


DATE = "Fri, 15 Jan 2027 08:02:00 GMT"
TOLD = datetime(2027, 1, 15, 8, 2, tzinfo=UTC)


@pytest.mark.parametrize("age", [{}, {"Age": "0"}, {"age": " 0 "}])
async def test_an_answer_that_is_fresh_tells_the_time(age: dict[str, str]) -> None:
    _, told, skew = await heard({"Date": DATE} | age)
    assert (told, skew) == ([TOLD], "120.0")


@pytest.mark.parametrize("date", [DATE.replace("GMT", "-0000"), "Fri, 15 Jan 2027 09:02:00 +0100"])
async def test_the_time_may_be_told_by_another_zones_clock(date: str) -> None:
    _, told, skew = await heard({"Date": date})
    assert (told, skew) == ([TOLD], "120.0")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Age": "0"},
        {"Date": DATE, "Age": "30"},
        {"Date": DATE, "Age": "old"},
        {"Date": ""},
        {"Date": "half past eight"},
        {"Date": "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"},
        {"Date": "Fri, 31 Dec 9999 23:59:00 -1400"},
        {"Date": "Mon, 01 Jan 2026 00:00:00 +9999999999"},
        {"Date": "Mon, 01 Jan 2026 00:00:00 +" + "9" * 20},
    ],
    ids=str,
)
async def test_an_answer_that_tells_no_time_of_now_is_as_one_without_a_date(headers: dict[str, str]) -> None:
    clock, told, skew = await heard(headers)
    assert (told, skew) == ([None], "NaN")
    assert not clock.is_in_doubt
