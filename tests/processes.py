"""The bot as a process of its own, as `python -m bot` starts it, or forked where it is not the start that is tried."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from playground.slack import Slack
from program import command_line
from tests.forked import Forked, is_written_to
from tests.keys import KEYS
from tests.story import free_port

PROJECT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Ended:
    """What a process left behind."""

    status: int
    said: str
    log: str


class Process:
    """A bot that runs."""

    def __init__(self, process: asyncio.subprocess.Process | Forked, port: int, log: Path) -> None:
        self._process = process
        self._log = log
        self.address = f"http://127.0.0.1:{port}"

    async def health(self, check: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(f"{self.address}/{check}") as answer:
            return answer.status, await answer.text()

    async def comes_to(self, status: int, check: str = "readyz") -> str:
        """Wait until the health check answers so; gives what it says."""
        while True:
            try:
                answered, text = await self.health(check)
            except aiohttp.ClientConnectionError:
                assert self._process.returncode is None, self._log.read_text()
            else:
                if answered == status:
                    return text
            await asyncio.sleep(0.05)

    def log(self) -> str:
        return self._log.read_text()

    def told(self, what: signal.Signals) -> None:
        self._process.send_signal(what)

    async def ended(self) -> Ended:
        return Ended(await self._process.wait(), "", self._log.read_text())

    async def stop(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


def settings_for(slack: Slack, database_url: str, transport: str = "http") -> dict[str, str]:
    """All that a bot needs to work in this Slack."""
    port = free_port()
    slack.app.request_url = f"http://127.0.0.1:{port}/slack/events"
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database_url,
        "KEYS": KEYS,
        "PORT": str(port),
    }
    return settings | ({"SLACK_APP_TOKEN": slack.app_token} if transport == "socket" else {})


@dataclass(frozen=True)
class Start:
    """What a process is given: `said` and `log` are the files for what it says on its two ways out."""

    folder: Path
    environment: dict[str, str]
    arguments: tuple[str, ...]
    said: Path
    log: Path

    def ended(self, status: int) -> Ended:
        return Ended(status, self.said.read_text(), self.log.read_text())


Starting = Callable[[Start], Awaitable[asyncio.subprocess.Process | Forked]]


async def forked(start: Start) -> Forked:
    return Forked(_live, start)


def _live(start: Start) -> None:
    """The life of the process that is forked."""
    os.chdir(start.folder)
    os.environ.clear()
    os.environ.update(start.environment)
    is_written_to(start.said, sys.stdout)
    is_written_to(start.log, sys.stderr)
    sys.argv = ["bot", *start.arguments]
    sys.exit(command_line.main())


async def anew(start: Start) -> asyncio.subprocess.Process:
    """As an operator starts it."""
    command = (sys.executable, "-m", "bot", *start.arguments)
    with start.said.open("a") as said, start.log.open("a") as log:
        return await asyncio.create_subprocess_exec(
            *command, cwd=start.folder, env=start.environment, stdout=said, stderr=log
        )


@asynccontextmanager
async def bot_process(
    folder: Path, settings: dict[str, str], starting: Starting = forked
) -> AsyncIterator[Process]:
    """Running, and killed should the test leave it so."""
    log = folder / "log"
    log.write_text("")
    process = await starting(_start(folder, settings, ("run",), Path(os.devnull), log))
    bot = Process(process, int(settings["PORT"]), log)
    try:
        yield bot
    finally:
        await bot.stop()


async def bot_does(
    folder: Path, settings: dict[str, str], *arguments: str, starting: Starting = forked
) -> Ended:
    """Let it do what ends by itself."""
    with TemporaryDirectory() as papers:
        start = _start(folder, settings, arguments, Path(papers, "said"), Path(papers, "log"))
        process = await starting(start)
        return start.ended(await process.wait())


def _start(
    folder: Path, settings: dict[str, str], arguments: tuple[str, ...], said: Path, log: Path
) -> Start:
    environment = {"PATH": os.defpath, "PYTHONPATH": str(PROJECT)} | settings
    return Start(folder, environment, arguments, said, log)
