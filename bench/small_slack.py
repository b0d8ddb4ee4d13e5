"""The small Slack that each contestant has for itself, and the settings by which it finds it."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

from bench import cast
from playground.slack import Slack


@asynccontextmanager
async def small_slack() -> AsyncIterator[Slack]:
    slack = cast.gather()
    await slack.start()
    try:
        yield slack
    finally:
        await slack.stop()


def settings(slack: Slack) -> dict[str, str]:
    """Under the names that the bot has for them. Nobody is held to so many items a day."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
        "MOST_A_DAY": "1000000",
    }


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port: int = listener.getsockname()[1]
        return port
