"""Questions to Slack about the bot's own standing, asked once each: there is no time for a second try."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
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
from handlers.slack.outcomes import FAILURES, NOT_TOLD, error_of, word_for
from handlers.slack.scopes import granted
from handlers.slack.time_told import time_told
from program.clock import real_clock
from program.settings import Settings

SECONDS = 1.5
PEOPLE_AT_ONCE = 20
"""Slack answers that many at once."""


@dataclass(frozen=True)
class Home:
    """What a consortium says of its Slack: its shared channel, and the user ids of those of whom Slack has never told."""

    channel_id: str
    never_told_of: Sequence[str]


Homes = Mapping[str, Home]
"""Of each consortium, by its workspace."""


@dataclass(frozen=True)
class Told:
    """Slack's answers, with its own words for what it refused. `failure` says why there was none.

    `is_of_a_story`: the bot lives by the clock of a story, and so does this Slack. `unknown` are the user ids that it does not know, and of so many as `not_told_of` it did not say.
    """

    failure: str | None = None
    refusal: str | None = None
    team: str = ""
    scopes: frozenset[str] | None = None
    ahead: timedelta = timedelta(0)
    is_of_a_story: bool = False
    app_refusal: str | None = None
    homes: Homes | None = None
    channel_id: str = ""
    shut_out: str | None = None
    unknown: Sequence[str] = ()
    not_told_of: int = 0


async def told_by_slack(settings: Settings) -> Told:
    """What it says of the bot itself, and of the time."""
    async with _client(settings) as client:
        told, app_refusal = await asyncio.gather(_introduced(client), _app_refusal(client, settings))
    return replace(told, app_refusal=app_refusal, is_of_a_story=settings.clock_offset_file is not None)


async def told_of_home(settings: Settings, told: Told, homes: Homes | None) -> Told:
    """What it says of the shared channel, and whom of the settings it does not know. `homes` is nothing where the database does not say them."""
    home = homes.get(told.team) if homes else None
    if home is None:
        return replace(told, homes=homes)
    async with _client(settings) as client:
        shut_out, words = await asyncio.gather(
            _shut_out(client, home.channel_id), _words_on(client, home.never_told_of)
        )
    unknown = [user_id for user_id, word in words.items() if word in NOT_TOLD]
    told_of = len(unknown) + list(words.values()).count(None)
    not_told_of = len(home.never_told_of) - told_of
    return replace(
        told,
        homes=homes,
        channel_id=home.channel_id,
        shut_out=shut_out,
        unknown=unknown,
        not_told_of=not_told_of,
    )


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
    return Told(team=answer["team_id"], scopes=granted(answer), ahead=_ahead(answer))


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


async def _words_on(client: AsyncWebClient, user_ids: Sequence[str]) -> dict[str, str | None]:
    """Of each its word of refusal, or nothing. Where Slack does not say it of somebody, it is asked no further."""
    words: dict[str, str | None] = {}
    for first in range(0, len(user_ids), PEOPLE_AT_ONCE):
        some = user_ids[first : first + PEOPLE_AT_ONCE]
        said = await asyncio.gather(*(_word_on(client, user_id) for user_id in some))
        words |= dict(zip(some, said, strict=True))
        if not {*said} <= {None, *NOT_TOLD}:
            break
    return words


async def _word_on(client: AsyncWebClient, user_id: str) -> str | None:
    try:
        await client.users_info(user=user_id)
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
