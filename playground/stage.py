"""Puts the playground together: the small Slack and its cast, the page, and the bot beside them."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import uvicorn

from playground import cast
from playground.bot_process import BotProcess
from playground.clock import StoryClock
from playground.guide import Guide
from playground.page import page
from playground.page.places import Places
from playground.page.window import Scene
from playground.passing import Passing, nobody_waits
from playground.slack.server import Slack
from playground.story import Story

Transport = Literal["socket", "http"]
LOOPBACK = "127.0.0.1"
TICK_SECONDS = "0.4"
"""How often the bot looks at its clock: who lets time pass waits for it."""


@dataclass(frozen=True)
class Options:
    folder: Path
    """Where the bot's database, its set-up and the story's clock live."""
    port: int = 8080
    transport: Transport = "socket"
    bot: bool = True
    story: bool = True
    """Whether something has happened before one sits down. It takes a bot."""


@dataclass(frozen=True)
class Stage:
    address: str
    slack: Slack
    bot: BotProcess | None


class _PageServer(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves signals to the playground, which has more to end than its page."""
        yield


@asynccontextmanager
async def stage(options: Options) -> AsyncIterator[Stage]:
    """Everything runs inside; nothing of it outlives the block."""
    clock = StoryClock(options.folder / "clock-offset")
    slack = Slack(clock=clock)
    cast.gather(slack)
    await slack.start()
    try:
        async with _bot(slack, clock, options) as bot:
            passing = Passing(clock, cast.HOURS, bot.caught_up if bot else nobody_waits)
            if bot and options.story:
                await Story(slack, passing, cast.meeting_day(_today())).tell()
            async with _serving_page(slack, passing, options.port) as address:
                yield Stage(address, slack, bot)
    finally:
        await slack.stop()


@asynccontextmanager
async def _serving_page(slack: Slack, passing: Passing, port: int) -> AsyncIterator[str]:
    guide = Guide(lambda: slack.world.changed("guide"))
    scene = Scene(slack, passing, cast.roles(), Places(slack.world, slack.app.user_id), guide)
    with _listening(port) as listener:
        server = _PageServer(uvicorn.Config(page(scene), log_level="warning", timeout_graceful_shutdown=1))
        serving = asyncio.create_task(server.serve([listener]))
        try:
            yield f"http://{LOOPBACK}:{listener.getsockname()[1]}/"
        finally:
            server.should_exit = True
            await serving


@asynccontextmanager
async def _bot(slack: Slack, clock: StoryClock, options: Options) -> AsyncIterator[BotProcess | None]:
    if not options.bot:
        yield None
        return
    bot = BotProcess(_settings(slack, clock, options))
    consortium = options.folder / "consortium.toml"
    consortium.write_text(cast.consortium(_today()), encoding="utf-8")
    await bot.set_up(consortium)
    try:
        await bot.start()
        yield bot
    finally:
        await bot.stop()


def _today() -> date:
    return datetime.now(UTC).date()


def _settings(slack: Slack, clock: StoryClock, options: Options) -> dict[str, str]:
    port = free_port()
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{options.folder / 'agenda.db'}",
        "KEYS_FILE": str(options.folder / "agenda.keys"),
        "HOST": LOOPBACK,
        "PORT": str(port),
        "CLOCK_OFFSET_FILE": str(clock.file),
        "TICK_SECONDS": TICK_SECONDS,
        "LOG_LEVEL": "ERROR",
    }
    if options.transport == "socket":
        return settings | {"SLACK_APP_TOKEN": slack.app_token}
    slack.app.request_url = f"http://{LOOPBACK}:{port}/slack/events"
    return settings


def free_port() -> int:
    with _listening(0) as listener:
        port: int = listener.getsockname()[1]
        return port


def _listening(port: int) -> socket.socket:
    """On the port that was asked for, or on a free one where that is taken."""
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError:
        return socket.create_server((LOOPBACK, 0))
