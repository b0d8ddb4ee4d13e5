"""The connection to Slack: its Web API clients and Bolt. All know it by one address."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from aiohttp import ClientSession
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.client import SlackClient, told
from handlers.slack.outcomes import FAILURES, error_of, word_for
from handlers.slack.rate_limits import RateLimitedClient, RateLimits

log = structlog.get_logger(__name__)


PATIENCE = 2.0
"""Seconds in which Slack may say whose the token is, while whoever wrote to the bot waits for three."""
NOT_OURS = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})
OPENS_NOTHING = NOT_OURS | {"missing_scope", "not_allowed_token_type"}
"""Slack's words for why no WebSocket is opened for a token (docs.slack.dev/reference/methods/apps.connections.open)."""


class TokenNotAccepted(Exception):
    """Slack does not know a token of the bot's. `word` is Slack's own for why."""

    def __init__(self, word: str, setting: str = "SLACK_BOT_TOKEN") -> None:
        super().__init__(f"Slack does not accept {setting} ({word}).")
        self.word = word


class NotAuthorized(Exception):
    """Whose token this is could not be made out. Of its own kind, or Bolt's error handler could take it for a payload of odd shape."""


class Connection:
    """Everything that speaks to one Slack at `api_url`, over one HTTP session."""

    def __init__(
        self, api_url: str, bot_token: str, session: ClientSession, clock: Callable[[], datetime]
    ) -> None:
        self._to_slack: dict[str, Any] = {"base_url": api_url, "session": session}
        limited: dict[str, Any] = {**self._to_slack, "limits": RateLimits(clock)}
        self.client = RateLimitedClient(bot_token, **limited)
        # The SDK repeats a call whose connection broke, and a message would stand there twice.
        self.posting_client = RateLimitedClient(bot_token, **limited, retry_handlers=[])
        self.client_of_what_goes_first = RateLimitedClient(
            bot_token, **limited, retry_handlers=[], goes_first=True
        )
        self.client_of_turns = RateLimitedClient(bot_token, **limited)  # the one that Bolt makes is the SDK's
        self._installation = Installation(self.client)

    @property
    def team(self) -> str | None:
        """The workspace that the token is of, for which alone this bot speaks; nothing while Slack has not said so."""
        return self._installation.team

    @property
    def address(self) -> str | None:
        """Where that workspace is on the web."""
        return self._installation.address

    async def check_token(self) -> bool:
        """Ask Slack whose token this is, and say whether it has answered. Until then the clock asks, and each request. Raises TokenNotAccepted."""
        try:
            await self.ask_whose_it_is()
        except SlackApiError as error:
            if error_of(error) in NOT_OURS:
                raise TokenNotAccepted(error_of(error)) from None
            log.warning("Slack did not say whose token this is", error=error_of(error))
        except FAILURES as error:
            log.warning("Slack can't be reached", error=word_for(error))
        else:
            return True
        return False

    async def address_of_websocket(self, app_token: str) -> str | None:
        """One that lets in once, if Slack gives it now. Raises TokenNotAccepted."""
        try:
            answer = await self.client_without_token().apps_connections_open(app_token=app_token)
            return told(answer, "url", str)
        except FAILURES as error:
            if word_for(error) in OPENS_NOTHING:
                raise TokenNotAccepted(word_for(error), "SLACK_APP_TOKEN") from None
            log.warning("Slack opens no WebSocket now", error=word_for(error))
            return None

    async def ask_whose_it_is(self) -> None:
        """It is asked until Slack has told it. Raises what a call to Slack raises."""
        await self._installation.authorized()

    def bolt(self) -> AsyncApp:
        """Bolt, with no listener yet. The front door has verified signatures before, and Socket Mode needs none."""
        return AsyncApp(
            name="agenda",  # without it Bolt reads the source of each caller for one
            client=self.client_without_token(),
            authorize=self._installation,
            process_before_response=True,  # without it every answer waits for a poll of 10 ms
            request_verification_enabled=False,
            ssl_check_enabled=False,
            raise_error_for_unhandled_request=True,  # or it would log the whole of it
        )

    def client_without_token(self) -> AsyncWebClient:
        """For those who bring the token of the moment: Bolt the installation's, Socket Mode the app's."""
        return SlackClient(**self._to_slack)


class Installation(AsyncAuthorize):
    """The workspace where the bot is installed. There is one, so Slack is asked once.

    Whoever writes to the bot before Slack has answered hears from Slack that it failed: Bolt would tell them to install the app anew,
    and after Slack's three seconds nobody would hear what was done. News are told again by Slack.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._authorized: AuthorizeResult | None = None

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 - Bolt's signature
        enterprise_id: str | None,  # noqa: ARG002
        team_id: str | None,  # noqa: ARG002
        user_id: str | None,  # noqa: ARG002
        actor_enterprise_id: str | None = None,  # noqa: ARG002
        actor_team_id: str | None = None,  # noqa: ARG002
        actor_user_id: str | None = None,  # noqa: ARG002
    ) -> AuthorizeResult:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self.authorized()
        except Exception as error:
            raise NotAuthorized from error

    async def authorized(self) -> AuthorizeResult:
        if self._authorized is None:
            answer = await self._client.auth_test()
            told(answer, "team_id", str)  # else it is asked again
            self._authorized = AuthorizeResult.from_auth_test_response(
                auth_test_response=answer, bot_token=self._client.token
            )
        return self._authorized

    @property
    def team(self) -> str | None:
        return self._authorized.team_id if self._authorized else None

    @property
    def address(self) -> str | None:
        address = self._authorized.url if self._authorized else None
        return address if address and address.startswith("https://") and address.endswith("/") else None
