"""The time by which a command changes things: Slack's, or the machine's where Slack can't be asked."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from aiohttp import ClientError, ClientSession, ClientTimeout

from handlers.slack.held_clock import MOST_QUESTIONS, WITNESSES, HeldClock
from handlers.slack.time_told import time_told
from handlers.slack.timeouts import Timeouts
from program.clock import real_clock, steady_clock

SECONDS = 5
MOST_SKEW = timedelta(minutes=1)


def time_now(slack_api_url: str) -> datetime:
    """UTC. Says so where this machine's clock shows another.

    As for a bot that runs, one odd answer sets no clock: that takes some seconds.
    """
    now = asyncio.run(_agreed_on(slack_api_url))
    if abs(now - real_clock()) > MOST_SKEW:
        print(f"This machine's clock is wrong. By Slack it is {now:%Y-%m-%d %H:%M} UTC, and that counts.")
    return now


async def _agreed_on(slack_api_url: str) -> datetime:
    agreeing = Timeouts().agree
    clock = HeldClock(steady_clock(), agreeing)
    with suppress(ClientError, OSError):
        async with ClientSession(timeout=ClientTimeout(SECONDS)) as session:
            for _ in range(MOST_QUESTIONS):
                await _ask(session, slack_api_url, clock)
                if not clock.is_in_doubt:
                    break
                await asyncio.sleep(agreeing / WITNESSES)
    return clock()


async def _ask(session: ClientSession, slack_api_url: str, clock: HeldClock) -> None:
    """Whatever Slack answers: nobody has to show a token for the time (docs.slack.dev/reference/methods/api.test)."""
    asked = clock.machine()
    async with session.post(f"{slack_api_url}api.test") as answer:
        clock.slack_answered(time_told(answer.headers), asked)
