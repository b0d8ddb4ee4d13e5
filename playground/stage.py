"""Puts the playground together: the small Slack and its cast, the page, and the bot beside them."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import uvicorn

from playground import cast
from playground.bot_process import BotDidNotStart, BotProcess
from playground.guide import STEPS, TO_CONNECT, TO_SET_UP, Guide, Step
from playground.kept import CannotGoOn, StoryFolder
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
    """Where the story is kept."""
    port: int = 8080
    """Of the page."""
    slack_port: int = 0
    """Of the small Slack, for a bot. Both are free ones where these are taken."""
    transport: Transport = "socket"
    bot: bool = True
    story: bool = True
    """Whether something has happened before one sits down for the first time. It takes a bot that is set up."""
    is_set_up: bool = True
    """Whether somebody has set the bot up before that."""


@dataclass(frozen=True)
class Stage:
    address: str
    slack: Slack
    bot: BotProcess | None
    connecting: dict[str, str]
    """The settings by which a bot is connected to it, by Socket Mode."""
    forgotten: asyncio.Event
    """Set when somebody at the page wishes to begin anew."""


class _PageServer(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves signals to the playground, which has more to end than its page."""
        yield


@asynccontextmanager
async def stage(options: Options) -> AsyncIterator[Stage]:
    """Everything runs inside; nothing of it outlives the block but the folder. Raises CannotGoOn with what is kept there."""
    folder = StoryFolder(options.folder)
    with folder.held() as hold:
        is_new = not folder.has_story
        if is_new:
            folder.forget()
        clock = folder.clock()
        slack = Slack(clock=clock)
        cast.gather(slack)
        is_set_up = options.bot and options.is_set_up if is_new else folder.consortium.exists()
        places = Places(slack.world, slack.app.user_id)
        guide = Guide(lambda: slack.world.changed("guide"), _steps(options, is_set_up=is_set_up))
        hours = set(cast.HOURS)
        if not is_new:
            folder.restore(slack.world, places, guide, hours)
        await slack.start(free_port(options.slack_port))
        try:
            async with (
                folder.keeping(slack.world, places, guide, hours) as begin,
                _bot(slack, folder, options, hold, is_set_up=is_set_up) as bot,
            ):
                passing = Passing(clock, hours, bot.caught_up if bot else nobody_waits)
                if is_new and bot and options.story and is_set_up:
                    await Story(slack, passing, cast.meeting_day(_today())).tell()
                begin()
                forgotten = asyncio.Event()
                scene = Scene(
                    slack, passing, hours, cast.roles(is_set_up=is_set_up), places, guide, forgotten.set
                )
                async with _serving_page(scene, options.port) as address:
                    yield Stage(address, slack, bot, connecting(slack, folder), forgotten)
        finally:
            await slack.stop()


def _steps(options: Options, *, is_set_up: bool) -> Sequence[Step]:
    if not options.bot:
        return TO_CONNECT
    return STEPS if is_set_up else TO_SET_UP


@asynccontextmanager
async def _serving_page(scene: Scene, port: int) -> AsyncIterator[str]:
    with _listening(port) as listener:
        server = _PageServer(uvicorn.Config(page(scene), log_level="warning", timeout_graceful_shutdown=1))
        serving = asyncio.create_task(server.serve([listener]))
        try:
            yield f"http://{LOOPBACK}:{listener.getsockname()[1]}/"
        finally:
            server.should_exit = True
            await serving


@asynccontextmanager
async def _bot(
    slack: Slack, folder: StoryFolder, options: Options, hold: int, *, is_set_up: bool
) -> AsyncIterator[BotProcess | None]:
    """It holds the folder too: where the playground was killed, it lives on there."""
    if not options.bot:
        yield None
        return
    bot = BotProcess(_settings(slack, folder, options), (hold,))
    has_begun = folder.database.exists()
    try:
        if is_set_up and not has_begun:
            folder.consortium.write_text(cast.consortium(_today()), encoding="utf-8")
            await bot.set_up(folder.consortium)
        await bot.start()
        yield bot
    except BotDidNotStart as trouble:
        raise (CannotGoOn(str(trouble)) if has_begun else SystemExit(str(trouble))) from None
    finally:
        await bot.stop()


def _today() -> date:
    return datetime.now(UTC).date()


def connecting(slack: Slack, folder: StoryFolder) -> dict[str, str]:
    """The settings by which a bot is connected to this Slack, by Socket Mode, and lives in its time."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "CLOCK_OFFSET_FILE": str(folder.offset),
    }


def _settings(slack: Slack, folder: StoryFolder, options: Options) -> dict[str, str]:
    port = free_port()
    settings = {
        **connecting(slack, folder),
        "DATABASE_URL": f"sqlite:///{folder.database}",
        "KEYS_FILE": str(folder.keys),
        "HOST": LOOPBACK,
        "PORT": str(port),
        "TICK_SECONDS": TICK_SECONDS,
        "LOG_LEVEL": "ERROR",
    }
    if options.transport == "socket":
        return settings
    del settings["SLACK_APP_TOKEN"]
    slack.app.request_url = f"http://{LOOPBACK}:{port}/slack/events"
    return settings


def free_port(wanted: int = 0) -> int:
    """The one that is wanted, if it is free."""
    with _listening(wanted) as listener:
        port: int = listener.getsockname()[1]
        return port


def _listening(port: int) -> socket.socket:
    """On the port that was asked for, or on a free one where that is taken."""
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError:
        return socket.create_server((LOOPBACK, 0))
