"""The connection to Slack: whose token it is, and one address for all who speak to it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from handlers.slack.connection import Connection, TokenNotAccepted
from playground.slack import Dropped, Garbled, Refused, ServerError
from playground.slack.faults import Fault
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.slack.test_no_answer import every_fault
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, Story, bot_in, set_up


@pytest.fixture
async def connection(empty_slack: Story, clock: FrozenClock) -> AsyncIterator[Connection]:
    async with ClientSession() as session:
        yield Connection(empty_slack.api_url, empty_slack.bot_token, session, clock)


@pytest.mark.parametrize(
    "error", ["invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"]
)
async def test_a_token_that_is_none_is_said_to_be_none(
    empty_slack: Story, connection: Connection, error: str
) -> None:
    empty_slack.next_answer("auth.test", Refused(error))
    with pytest.raises(TokenNotAccepted, match=error) as refused:
        await connection.check_token()
    assert empty_slack.bot_token not in str(refused.value)


@pytest.mark.parametrize("fault", [Refused("fatal_error"), ServerError(503), ServerError(500)])
async def test_when_slack_does_not_say_the_bot_starts_and_asks_again(
    empty_slack: Story, connection: Connection, fault: Fault
) -> None:
    empty_slack.next_answer("auth.test", fault)
    with capture_logs() as logged:
        answered = [await connection.check_token() for _ in range(3)]
    assert (answered, len(logged)) == ([False, True, True], 1)
    assert [call.method for call in empty_slack.calls] == ["auth.test", "auth.test"]


@pytest.mark.parametrize("fault", every_fault())
async def test_nonsense_keeps_nobody_from_starting(
    empty_slack: Story, connection: Connection, fault: Fault
) -> None:
    empty_slack.next_answer("auth.test", fault)
    assert [await connection.check_token() for _ in range(2)] == [False, True]


@pytest.mark.parametrize("team", ["5", '""', "{}"])
async def test_a_workspace_that_is_none_is_asked_for_again(
    empty_slack: Story, connection: Connection, team: str
) -> None:
    empty_slack.next_answer("auth.test", Garbled(f'{{"ok": true, "team_id": {team}}}', "application/json"))
    assert [await connection.check_token() for _ in range(2)] == [False, True]


async def test_a_connection_that_broke_keeps_nobody_from_starting(
    empty_slack: Story, connection: Connection
) -> None:
    for _ in range(2):
        empty_slack.next_answer("auth.test", Dropped())
    with capture_logs() as logged:
        await connection.check_token()
    assert [line["error"] for line in logged] == ["ServerDisconnectedError"]


@on_sqlite
async def test_who_speaks_before_slack_said_whose_the_token_is_is_heard(
    empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    set_up(database, clock)
    empty_slack.next_answer("auth.test", ServerError(500))
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(empty_slack, clock, url):
        receipt = await empty_slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts")
    assert receipt is not None
    assert "Budget cuts" in receipt.text


def test_all_clients_know_slack_by_the_address_that_was_given(connection: Connection) -> None:
    clients = (connection.client, connection.posting_client, connection.client_without_token())
    assert {client.base_url for client in clients} == {connection.client.base_url}
    assert connection.client.base_url.startswith("http://127.0.0.1:")


def test_the_client_that_posts_repeats_nothing_by_itself(connection: Connection) -> None:
    assert connection.posting_client.retry_handlers == []
