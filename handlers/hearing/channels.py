"""How our channels stand, and who is in the shared one: Slack is asked when it says that they changed, and once a day."""

from datetime import datetime
from functools import partial

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels import Standing, ToAsk, channels_to_ask, note_asked
from handlers.services import Services
from handlers.slack.client import OddAnswer, told
from handlers.slack.connection import Connection
from handlers.slack.outcomes import CANNOT_LOOK, CLOSED_FOR, FAILURES, concerns_all, error_of, word_for
from storage.consortia import Places, enter_consortium_of
from storage.lanes import Lane
from storage.tenancy import Session

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 999
"""People of a channel that Slack tells by one answer. Who asks for more gets none (`invalid_limit`)."""


async def ask_about_channels(services: Services, connection: Connection) -> None:
    """The clock's part, for the workspace of our token. What can't be asked now is asked at the next tick."""
    team = connection.team
    for channel in await services.database.run(
        partial(_to_ask, team=team, now=services.clock()), lane=Lane.CLOCK
    ):
        try:
            standing = await _standing(connection.client, channel)
        except FAILURES as failure:
            log.warning("a channel can't be asked about now", error=word_for(failure))
            if concerns_all(failure):
                return
            continue
        noting = partial(_note, team=team, channel=channel, told=standing, now=services.clock())
        await services.database.run(noting, lane=Lane.CLOCK)
        services.outbox_changed.set()


def _to_ask(session: Session, team: str | None, now: datetime) -> list[ToAsk]:
    consortium = enter_consortium_of(session, team)
    return channels_to_ask(session, consortium, now) if consortium else []


def _note(session: Session, team: str | None, channel: ToAsk, told: Standing | None, now: datetime) -> None:
    consortium = enter_consortium_of(session, team, Places.CHANGE)
    if consortium is not None:
        note_asked(session, consortium, channel.channel_id, told, now)


async def _standing(client: AsyncWebClient, channel: ToAsk) -> Standing | None:
    """None where the app was not given the right to ask."""
    try:
        closed_for = await _why_closed(client, channel.channel_id)
        is_readable = channel.is_shared and closed_for is None
        return Standing(closed_for, await _members(client, channel.channel_id) if is_readable else None)
    except SlackApiError as failure:
        if error_of(failure) in CLOSED_FOR:
            return Standing(CLOSED_FOR[error_of(failure)])
        if error_of(failure) in CANNOT_LOOK:
            return None
        raise


async def _why_closed(client: AsyncWebClient, channel_id: str) -> str | None:
    channel = told(await client.conversations_info(channel=channel_id), "channel", dict)
    if channel.get("is_archived"):
        return "is_archived"
    return "not_in_channel" if channel.get("is_member") is False else None


async def _members(client: AsyncWebClient, channel_id: str) -> frozenset[str]:
    found: set[str] = set()
    async for page in await client.conversations_members(channel=channel_id, limit=MOST_AT_ONCE):
        found.update(told(page, "members", list))
    if not found:
        raise OddAnswer("The bot is in it, and the answer tells nobody")
    return frozenset(found)
