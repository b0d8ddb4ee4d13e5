"""Slack can fail before or after it did what was asked, and the app cannot tell."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.slack import Dropped, Garbled, RateLimited, Refused, ServerError, Silence, Slack
from playground.slack.faults import HTML, NO_CHARTS, PLAIN, TORN, Fault, calm
from playground.slack.limits import PostingLimit
from tests.playground.blocks import chart, section
from tests.playground.conftest import Clock
from tests.waiting import until


@pytest.mark.parametrize(
    ("fault", "stored"),
    [
        (RateLimited(30), 0),
        (Refused("fatal_error"), 0),
        (ServerError(500), 0),
        (ServerError(503, stored=True), 1),
        (Dropped(), 0),
        (Dropped(stored=True), 1),
        (Garbled(*HTML), 0),
        (Garbled(*HTML, status=502, stored=True), 1),
        (Garbled(*TORN), 0),
        (Garbled(*TORN, stored=True), 1),
    ],
)
async def test_one_call_fails_and_the_next_works(
    client: AsyncWebClient, slack: Slack, fault: Any, stored: int
) -> None:
    slack.next_answer("chat.postMessage", fault)
    with pytest.raises((SlackApiError, aiohttp.ClientError)):
        await client.chat_postMessage(channel="C0SHARED", text="x")
    assert len(slack.ledger) == stored
    await client.chat_postMessage(channel="C0SHARED", text="x")
    assert len(slack.ledger) == stored + 1


async def test_a_limit_says_how_long_to_wait(client: AsyncWebClient, slack: Slack) -> None:
    slack.next_answer("chat.postMessage", RateLimited(30))
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C0SHARED", text="x")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "30"


async def test_faults_wait_in_line(client: AsyncWebClient, slack: Slack) -> None:
    slack.next_answer("auth.test", Refused("first"))
    slack.next_answer("auth.test", Refused("second"))
    for error in ("first", "second"):
        with pytest.raises(SlackApiError, match=error):
            await client.auth_test()
    assert (await client.auth_test())["ok"]


@pytest.mark.parametrize(("answer", "begins"), [(HTML, "<html>"), (TORN, '{"ok": true'), (PLAIN, "upstream")])
async def test_an_answer_can_be_none_of_slacks(slack: Slack, answer: tuple[str, str], begins: str) -> None:
    slack.next_answer("auth.test", Garbled(*answer, status=203))
    url, token = f"{slack.api_url}auth.test", {"Authorization": f"Bearer {slack.bot_token}"}
    async with aiohttp.ClientSession() as session, session.post(url, headers=token) as got:
        assert got.status == 203
        assert (await got.text()).startswith(begins)
        assert got.content_type == answer[1]


async def test_the_weather_decides_call_by_call_and_what_waits_in_line_goes_first(
    client: AsyncWebClient, slack: Slack
) -> None:
    asked: list[str] = []

    def weather(method: str) -> Fault | None:
        asked.append(method)
        return Refused("rain") if method == "auth.test" else None

    slack.weather_becomes(weather)
    slack.next_answer("auth.test", Refused("in line"))
    for error in ("in line", "rain", "rain"):
        with pytest.raises(SlackApiError, match=error):
            await client.auth_test()
    await client.chat_postMessage(channel="C0SHARED", text="x")
    slack.weather_becomes(calm)
    assert (await client.auth_test())["ok"]
    assert asked == ["auth.test", "auth.test", "chat.postMessage"]


async def test_slack_can_store_after_the_app_gave_up(client: AsyncWebClient, slack: Slack) -> None:
    slack.next_answer("chat.postMessage", Silence(stored=True))
    calling = asyncio.create_task(client.chat_postMessage(channel="C0SHARED", text="x"))
    await until(lambda: bool(slack.calls))
    assert slack.ledger == []
    calling.cancel()
    await slack.until(lambda: len(slack.ledger) == 1)


async def test_limits_are_kept_from_when_a_test_turns_them_on_until_it_turns_them_off(clock: Clock) -> None:
    slack = Slack(clock=clock, rate_limits=True)
    slack.add_workspace("T0SISTER", "Sister Peace", installed=True)
    slack.add_channel("C0SHARED", "quarterly", ["T0SISTER"], [slack.app.user_id])
    await slack.start()
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    await client.chat_postMessage(channel="C0SHARED", text="one")
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C0SHARED", text="two")
    slack.limit_posting(on=False)
    await client.chat_postMessage(channel="C0SHARED", text="two")
    await slack.stop()
    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "1")


def test_a_channel_takes_one_message_a_second(clock: Clock) -> None:
    limit = PostingLimit(clock)
    limit.check("C0SHARED")
    limit.check("C0LOCAL")
    with pytest.raises(Exception, match="ratelimited"):
        limit.check("C0SHARED")
    clock.now += 1
    limit.check("C0SHARED")


async def test_a_workspace_without_charts_refuses_a_message_with_one_and_takes_its_words(
    client: AsyncWebClient, slack: Slack
) -> None:
    slack.weather_becomes({"chat.postMessage": NO_CHARTS}.get)
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel="C0SHARED", text="x", blocks=[section(), chart()])
    await client.chat_postMessage(channel="C0SHARED", text="x", blocks=[section()])
    assert len(slack.ledger) == 1
