"""The time by which a command changes things: Slack's, or the machine's where Slack can't be asked."""

import asyncio
from datetime import datetime, timedelta

from aiohttp import ClientError, ClientSession, ClientTimeout

from handlers.slack.time_told import time_told
from program.clock import real_clock

SECONDS = 5
MOST_SKEW = timedelta(minutes=1)


def time_now(slack_api_url: str) -> datetime:
    """UTC. Says so where this machine's clock shows another."""
    told, shown = asyncio.run(_told_by_slack(slack_api_url)), real_clock()
    if told is None or abs(told - shown) <= MOST_SKEW:
        return shown
    print(f"This machine's clock is wrong. By Slack it is {told:%Y-%m-%d %H:%M} UTC, and that counts.")
    return told


async def _told_by_slack(slack_api_url: str) -> datetime | None:
    """The `Date` of an answer, whatever it answers: nobody has to show a token for it (docs.slack.dev/reference/methods/api.test)."""
    try:
        async with (
            ClientSession(timeout=ClientTimeout(SECONDS)) as session,
            session.post(f"{slack_api_url}api.test") as answer,
        ):
            return time_told(answer.headers)
    except (ClientError, OSError):
        return None
