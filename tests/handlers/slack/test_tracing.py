"""What is overheard of Slack's answers: which of its methods it limits, and what time it is."""

from collections.abc import AsyncIterator
from http import HTTPStatus

import pytest
from aiohttp import ClientSession, web

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
