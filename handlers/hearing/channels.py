"""How our channels stand, and who is in the shared one: Slack is asked when it says that they changed, and once a day."""

from datetime import datetime
from functools import partial

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels import CLOSED_FOR, Standing, ToAsk, channels_to_ask, note_asked
from handlers.hearing.questions import ask_in_turn, begin_anew_if_all_were_tried
from handlers.services import Reading, Services, Unanswered
from handlers.slack.client import OddAnswer, next_cursor, told
from handlers.slack.connection import Connection
from handlers.slack.outcomes import (
    CANNOT_LOOK,
    FAILURES,
    SHARED_CHANNEL_IS_CLOSED,
    concerns_all,
    error_of,
    has_refused,
    word_for,
)
from storage.consortia import Places, enter_consortium_of
from storage.lanes import Lane
from storage.tenancy import Session

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 999
"""People of a channel that Slack tells by one answer. Who asks for more gets none (`invalid_limit`)."""


async def ask_about_channels(services: Services, connection: Connection) -> None:
    """The clock's part, for the workspace of our token. What can't be asked now is asked at the next tick."""
    unanswered = services.unanswered
    taking_up = partial(_to_ask, team=connection.team, now=services.clock())
    channels = await services.database.run(taking_up, lane=Lane.CLOCK)
    channels.sort(key=lambda channel: channel.channel_id in unanswered.channels)
    begin_anew_if_all_were_tried(channels[0].channel_id if channels else None, unanswered.channels)
    await ask_in_turn(
        [_with_what_was_read(unanswered, channel) for channel in channels],
        partial(_ask_about, services, connection),
        services.timeouts.questions,
    )


def _to_ask(session: Session, team: str | None, now: datetime) -> list[ToAsk]:
    consortium = enter_consortium_of(session, team)
    return channels_to_ask(session, consortium, now) if consortium else []


def _with_what_was_read(unanswered: Unanswered, channel: ToAsk) -> Reading:
    """It goes on where it stopped, unless something became known since that makes it old."""
    begun = unanswered.readings.get(channel.channel_id)
    if begun is None or channel.is_news or channel.stood != begun.asked.stood:
        begun = unanswered.readings[channel.channel_id] = Reading(channel)
    return begun


async def _ask_about(services: Services, connection: Connection, reading: Reading) -> bool:
    """Whether others may be asked about, too."""
    unanswered, channel_id = services.unanswered, reading.asked.channel_id
    unanswered.channels.add(channel_id)
    try:
        standing = await _standing(connection.client, reading)
    except FAILURES as failure:
        log.warning("a channel can't be asked about now", error=word_for(failure))
        if concerns_all(failure):
            unanswered.channels.discard(channel_id)
        elif has_refused(failure):  # it may be the place where the list was to go on
            del unanswered.readings[channel_id]
        return not concerns_all(failure)
    unanswered.channels.discard(channel_id)
    del unanswered.readings[channel_id]
    noting = partial(_note, team=connection.team, asked=reading.asked, told=standing, now=services.clock())
    await services.database.run(noting, lane=Lane.CLOCK)
    services.outbox_changed.set()
    return True


def _note(session: Session, team: str | None, asked: ToAsk, told: Standing | None, now: datetime) -> None:
    consortium = enter_consortium_of(session, team, Places.CHANGE)
    if consortium is not None and note_asked(session, consortium, asked, told, now):
        log.error(SHARED_CHANNEL_IS_CLOSED, error=told.closed_for if told else None)


async def _standing(client: AsyncWebClient, reading: Reading) -> Standing | None:
    """None where the app was not given the right to ask."""
    try:
        closed_for = await _why_closed(client, reading.asked.channel_id)
        is_readable = reading.asked.is_shared and closed_for is None
        return Standing(closed_for, await _members(client, reading) if is_readable else None)
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


async def _members(client: AsyncWebClient, reading: Reading) -> frozenset[str]:
    while True:
        page = await client.conversations_members(
            channel=reading.asked.channel_id, limit=MOST_AT_ONCE, cursor=reading.cursor or None
        )
        reading.found.update(told(page, "members", list))
        goes_on_at = next_cursor(page)
        if not goes_on_at:
            break
        reading.cursor = goes_on_at
    if not reading.found:
        raise OddAnswer("The bot is in it, and the answer tells nobody")
    return frozenset(reading.found)
