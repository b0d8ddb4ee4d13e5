"""The scopes that Slack has granted are read beside its answers, a refusal too; where it tells none, none counts as missing."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError

from handlers.slack.connection import Connection
from handlers.slack.scopes import TABLE, lacking
from storage.capabilities import Capability
from tests.clock import FrozenClock
from tests.story import Story


@pytest.fixture
async def connection(empty_slack: Story, clock: FrozenClock) -> AsyncIterator[Connection]:
    async with ClientSession() as session:
        yield Connection(empty_slack.api_url, empty_slack.bot_token, session, clock)


async def test_at_the_start_nothing_counts_as_missing_until_slack_has_told(
    empty_slack: Story, connection: Connection
) -> None:
    empty_slack.app.scopes -= {"files:read"}
    assert connection.lacking == frozenset()
    await connection.check_token()
    assert connection.lacking == {Capability.FILES}


async def test_what_is_granted_later_is_known_by_the_next_answer(
    empty_slack: Story, connection: Connection
) -> None:
    every = empty_slack.app.scopes
    empty_slack.app.scopes -= {"mpim:write", "files:write"}
    await connection.client.auth_test()
    assert connection.lacking == set(Capability)
    empty_slack.app.scopes = every
    await connection.posting_client.auth_test()
    assert connection.lacking == frozenset()


async def test_a_refusal_tells_it_too(empty_slack: Story, connection: Connection) -> None:
    await connection.client.auth_test()
    empty_slack.app.scopes -= {"mpim:write"}
    with pytest.raises(SlackApiError, match="missing_scope"):
        await connection.client_of_turns.conversations_open(users="U0SAM,U0RUTH")
    assert connection.lacking == {Capability.GROUP_MESSAGES}


async def test_an_answer_that_does_not_tell_changes_nothing(
    empty_slack: Story, connection: Connection
) -> None:
    empty_slack.app.scopes, empty_slack.app.tells_scopes = frozenset({"users:read"}), False
    await connection.client.auth_test()
    assert connection.lacking == frozenset()
    empty_slack.app.tells_scopes = True
    await connection.client.auth_test()
    empty_slack.app.tells_scopes = False
    await connection.client.auth_test()
    assert connection.lacking == set(Capability)


def test_each_of_its_scopes_is_needed_for_what_people_are_offered() -> None:
    every = {scope for one in TABLE for scope in one.scopes}
    for one in TABLE:
        for scope in one.scopes:
            assert lacking(every - {scope}) == ({one.offers} if one.offers else set())
    assert lacking(every) == lacking(None) == set()
