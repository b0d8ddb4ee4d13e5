"""The connection to Slack: its Web API clients, Bolt, and Socket Mode. All know it by one address."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientSession
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers import register
from handlers.services import Services

TIMEOUT = 10
"""Seconds for one call."""
NOT_OURS = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})


class TokenNotAccepted(Exception):  # noqa: N818 - it is Slack's answer, and its text is shown to operators
    """Slack does not know the bot's token."""


class Connection:
    """Everything that speaks to one Slack at `api_url`, over one HTTP session."""

    def __init__(self, api_url: str, bot_token: str, session: ClientSession) -> None:
        self._api_url = api_url
        self._session = session
        self.client = AsyncWebClient(bot_token, base_url=api_url, session=session, timeout=TIMEOUT)
        # The SDK repeats a call whose connection broke, and a message would stand there twice.
        self.posting_client = AsyncWebClient(
            bot_token, base_url=api_url, session=session, timeout=TIMEOUT, retry_handlers=[]
        )
        self._authorized: AuthorizeResult | None = None

    async def check_token(self) -> None:
        """Ask Slack whose token this is; if Slack can't be reached now, the first request will ask."""
        try:
            await self._authorize()
        except SlackApiError as error:
            if error.response.get("error") in NOT_OURS:
                raise TokenNotAccepted(
                    f"Slack does not accept SLACK_BOT_TOKEN ({error.response['error']})."
                ) from None

    def bolt(self, services: Services) -> AsyncApp:
        """Bolt with our listeners. The front door has verified signatures before, and Socket Mode needs none."""
        app = AsyncApp(
            client=self.client,
            authorize=self._authorize,
            process_before_response=True,  # without it every answer waits for a poll of 10 ms
            request_verification_enabled=False,
            ssl_check_enabled=False,
        )
        register(app, services)
        return app

    def client_without_token(self) -> AsyncWebClient:
        """For Socket Mode, which carries the app-level token itself."""
        return AsyncWebClient(base_url=self._api_url, session=self._session, timeout=TIMEOUT)

    async def _authorize(self, **_about: Any) -> AuthorizeResult:
        """There is one installation: whose it is does not change while we run."""
        if self._authorized is None:
            answer = await self.client.auth_test()
            self._authorized = AuthorizeResult.from_auth_test_response(
                auth_test_response=answer, bot_token=self.client.token
            )
        return self._authorized


class SocketMode:
    """Slack's WebSocket, kept open: the SDK connects anew by itself."""

    def __init__(self, connection: Connection, app: AsyncApp, app_token: str) -> None:
        self._handler = AsyncSocketModeHandler(app, app_token, web_client=connection.client_without_token())

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        await self._handler.client.connect()  # type: ignore[no-untyped-call]
        try:
            yield
        finally:
            await self._handler.client.close()  # type: ignore[no-untyped-call]

    async def is_connected(self) -> bool:
        return bool(await self._handler.client.is_connected())
