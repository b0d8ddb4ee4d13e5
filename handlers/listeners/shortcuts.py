"""Shortcuts: the same doors from Slack's own menus. Of a message nothing is kept but what its reader sends in."""

import asyncio

from bot.items import Proposal
from bot.reading.item_lines import LONGEST_TITLE
from bot.reading.messages import title_of
from handlers.blocks.item_forms import add_form
from handlers.hearing.turn import Turn
from handlers.slack.outcomes import FAILURES

SECONDS_FOR_A_LINK = 1.0
"""Slack waits three for the form."""


async def on_bring(turn: Turn) -> None:
    await turn.open(add_form())


async def on_bring_message(turn: Turn) -> None:
    """The form has the message's first line for a title, and a link to it."""
    await turn.admit()
    await turn.open(add_form(Proposal(title_of(turn.heard.text, LONGEST_TITLE), links=await _link_to(turn))))


async def _link_to(turn: Turn) -> str | None:
    """None where Slack gives the bot none: it may not be in that channel."""
    channel_id, ts = turn.heard.channel_id or "", turn.heard.value
    linking = turn.client.chat_getPermalink(channel=channel_id, message_ts=ts)
    try:
        return str((await asyncio.wait_for(linking, SECONDS_FOR_A_LINK))["permalink"])
    except FAILURES:
        return None
