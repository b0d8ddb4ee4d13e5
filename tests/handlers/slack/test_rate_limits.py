"""What Slack asked to wait for is not asked again before its time, and nothing else waits for it."""

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError

from handlers.slack.connection import Connection
from handlers.slack.outcomes import AskedToWait, wait_asked_for
from handlers.slack.rate_limits import MOST_THAT_WAIT, RateLimitedClient
from playground.slack import RateLimited
from tests.clock import FrozenClock
from tests.story import SHARED, Story


@pytest.fixture
async def client(empty_slack: Story, clock: FrozenClock) -> AsyncIterator[RateLimitedClient]:
    async with ClientSession() as session:
        yield Connection(empty_slack.api_url, empty_slack.bot_token, session, clock).posting_client


async def limited(client: RateLimitedClient, channel: str) -> float | None:
    """For how many seconds a post to the channel has to wait; nothing when it went through."""
    try:
        await client.chat_postMessage(channel=channel, text="Hello")
    except SlackApiError as failure:
        return wait_asked_for(failure)
    except AskedToWait as waiting:
        return waiting.seconds
    return None


async def test_a_channel_is_left_alone_for_as_long_as_slack_asked(
    empty_slack: Story, client: RateLimitedClient, clock: FrozenClock
) -> None:
    empty_slack.next_answer("chat.postMessage", RateLimited(30))
    assert await limited(client, SHARED) == 30
    clock.passes(seconds=29.5)
    assert await limited(client, SHARED) == 1
    assert len(empty_slack.calls) == 1

    clock.passes(seconds=0.5)
    assert await limited(client, SHARED) is None
    assert len(empty_slack.calls) == 2


async def test_where_the_clock_is_set_back_meanwhile_it_rests_no_longer_than_slack_asked(
    empty_slack: Story, client: RateLimitedClient, clock: FrozenClock
) -> None:
    clock.passes(days=300)
    empty_slack.next_answer("chat.postMessage", RateLimited(30))
    assert await limited(client, SHARED) == 30
    clock.passes(days=-300)
    assert await limited(client, SHARED) == 30
    clock.passes(seconds=30)
    assert await limited(client, SHARED) is None


async def test_where_the_clock_is_set_back_what_went_first_before_limits_nothing(
    empty_slack: Story, connection: Connection, clock: FrozenClock
) -> None:
    posted = await connection.posting_client.chat_postMessage(channel=SHARED, text="Hello")
    edit = {"channel": SHARED, "ts": posted["ts"], "text": "Hello again"}
    clock.passes(days=300)
    await connection.client_of_what_goes_first.chat_update(**edit)
    clock.passes(days=-300)
    for _ in range(MOST_THAT_WAIT + 1):
        await connection.posting_client.chat_update(**edit)
    assert sum(call.method == "chat.update" for call in empty_slack.calls) == MOST_THAT_WAIT + 2


async def test_other_channels_and_other_methods_go_on(empty_slack: Story, client: RateLimitedClient) -> None:
    empty_slack.world.channels["C0OTHER"].members.append(empty_slack.app.user_id)
    empty_slack.next_answer("chat.postMessage", RateLimited(30))
    assert await limited(client, SHARED) == 30
    assert await limited(client, "C0OTHER") is None
    await client.conversations_history(channel=SHARED)


async def test_a_method_that_is_about_no_channel_rests_as_a_whole(
    empty_slack: Story, client: RateLimitedClient
) -> None:
    empty_slack.next_answer("users.info", RateLimited(30))
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.users_info(user="U0MEMBER")
    with pytest.raises(AskedToWait):
        await client.users_info(user="U0SAM")
    assert len(empty_slack.calls) == 1


@pytest.fixture
async def connection(empty_slack: Story, clock: FrozenClock) -> AsyncIterator[Connection]:
    async with ClientSession() as session:
        yield Connection(empty_slack.api_url, empty_slack.bot_token, session, clock)


@pytest.mark.parametrize(
    ("method", "one", "another"),
    [
        ("chat.update", {"ts": "1.1", "text": "Hello"}, {"ts": "2.2", "text": "Hello"}),
        ("chat.delete", {"ts": "1.1"}, {"ts": "2.2"}),
        ("conversations.history", {}, {"limit": 7}),
        ("conversations.info", {}, {}),
        ("conversations.members", {}, {}),
        ("chat.postEphemeral", {"user": "U0SAM", "text": "Hello"}, {"user": "U0MEMBER", "text": "Hello"}),
    ],
)
async def test_every_method_but_posting_rests_as_a_whole_whatever_it_is_about(
    empty_slack: Story, client: RateLimitedClient, clock: FrozenClock, method: str, one: Any, another: Any
) -> None:
    empty_slack.next_answer(method, RateLimited(30))
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.api_call(method, json={"channel": SHARED} | one)
    for channel in (SHARED, "C0OTHER"):
        with pytest.raises(AskedToWait):
            await client.api_call(method, json={"channel": channel} | another)
    assert len(empty_slack.calls) == 1
    assert await limited(client, SHARED) is None  # posting goes on

    clock.passes(seconds=30)
    with suppress(SlackApiError):  # no such message
        await client.api_call(method, json={"channel": SHARED} | one)
    assert len(empty_slack.calls) == 3


async def test_what_one_client_was_asked_for_the_others_obey(
    empty_slack: Story, connection: Connection
) -> None:
    empty_slack.next_answer("users.info", RateLimited(30))
    with pytest.raises(SlackApiError, match="ratelimited"):
        await connection.client.users_info(user="U0MEMBER")
    for other in (connection.posting_client, connection.client_of_turns):
        with pytest.raises(AskedToWait):
            await other.users_info(user="U0SAM")
    assert len(empty_slack.calls) == 1
