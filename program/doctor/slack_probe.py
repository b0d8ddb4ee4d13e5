"""Questions to Slack about the bot's own standing, asked once each: there is no time for a second try."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.slack.client import SlackClient
from handlers.slack.connection import NOT_OURS
from handlers.slack.held_clock import LEAST_SKEW
from handlers.slack.outcomes import FAILURES, error_of, word_for
from handlers.slack.time_told import time_told
from program.clock import real_clock
from program.settings import Settings

SECONDS = 1.5

Homes = Mapping[str, str]
"""The shared channel of each consortium, by its workspace."""


@dataclass(frozen=True)
class Told:
    """Slack's answers, with its own words for what it refused. `failure` says why there was none."""

    failure: str | None = None
    refusal: str | None = None
    team: str = ""
    scopes: frozenset[str] | None = None
    ahead: timedelta = timedelta(0)
    app_refusal: str | None = None
    homes: Homes | None = None
    shut_out: str | None = None


async def told_by_slack(settings: Settings) -> Told:
    """What it says of the bot itself, and of the time."""
    async with _client(settings) as client:
        told, app_refusal = await asyncio.gather(_introduced(client), _app_refusal(client, settings))
    return replace(told, app_refusal=app_refusal)


async def told_of_the_channel(settings: Settings, told: Told, homes: Homes | None) -> Told:
    """`homes` is nothing where the database does not say them."""
    home = homes.get(told.team) if homes else None
    if home is None:
        return replace(told, homes=homes)
    async with _client(settings) as client:
        return replace(told, homes=homes, shut_out=await _shut_out(client, home))


@asynccontextmanager
async def _client(settings: Settings) -> AsyncIterator[SlackClient]:
    async with ClientSession(timeout=ClientTimeout(SECONDS)) as session:
        token = settings.slack_bot_token.get_secret_value()
        yield SlackClient(token, base_url=settings.slack_api_url, session=session, retry_handlers=[])


async def _introduced(client: AsyncWebClient) -> Told:
    try:
        answer = await client.auth_test()
    except FAILURES as failure:
        is_refusal = isinstance(failure, SlackApiError) and error_of(failure) in NOT_OURS
        return Told(refusal=word_for(failure)) if is_refusal else Told(failure=word_for(failure))
    return Told(team=answer["team_id"], scopes=_scopes(answer), ahead=_ahead(answer))


def _scopes(answer: AsyncSlackResponse) -> frozenset[str] | None:
    """What was granted, as Slack says it beside every answer (docs.slack.dev/authentication/installing-with-oauth)."""
    told = answer.headers.get("x-oauth-scopes")
    return None if told is None else frozenset(scope.strip() for scope in told.split(","))


def _ahead(answer: AsyncSlackResponse) -> timedelta:
    told = time_told(answer.headers)
    ahead = told - real_clock() if told else timedelta(0)
    return ahead if abs(ahead) > LEAST_SKEW else timedelta(0)


async def _app_refusal(client: AsyncWebClient, settings: Settings) -> str | None:
    if settings.slack_app_token is None:
        return None
    try:
        await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except FAILURES as failure:
        return word_for(failure)
    return None


async def _shut_out(client: AsyncWebClient, channel_id: str) -> str | None:
    try:
        channel = (await client.conversations_info(channel=channel_id))["channel"]
    except FAILURES as failure:
        return word_for(failure)
    if channel.get("is_archived"):
        return "is_archived"
    return None if channel.get("is_member") else "not_in_channel"
