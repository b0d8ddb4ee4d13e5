"""Group messages: Slack opens one for several people, the same one each time."""

import asyncio
from collections.abc import Sequence

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import UserError, Words
from handlers.slack.client import told
from handlers.slack.outcomes import FAILURES, NOT_GRANTED, OF_NOBODY, OF_THE_PLACE, word_for

log = structlog.get_logger(__name__)

NOT_THESE = OF_NOBODY | OF_THE_PLACE | {"not_enough_users", "too_many_users"}
"""Slack's words for why it opens none for these people."""


class NotAllowed(Exception):
    """The bot may open no group messages: it was installed without the scope for that."""


async def opened(client: AsyncWebClient, user_ids: Sequence[str], seconds: float) -> str:
    """The conversation of these people and the bot. Raises NotAllowed, and UserError if Slack opens none in so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            answer = await client.conversations_open(users=list(user_ids))
        return told(told(answer, "channel", dict), "id", str)
    except FAILURES as failure:
        log.warning("a group message was not opened", error=word_for(failure))
        raise _refusal(word_for(failure)) from None


def _refusal(word: str) -> Exception:
    if word in NOT_GRANTED:
        return NotAllowed()
    if word in NOT_THESE:
        return UserError(
            "Slack does not let all of you into one group message.",
            then=Words("The thread is open for all of you."),
        )
    return UserError("Slack does not answer just now. Please try again.")
