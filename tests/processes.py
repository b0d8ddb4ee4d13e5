"""The bot as a process of its own, as `python -m bot` starts it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from playground.slack import Slack
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

    def __init__(self, process: asyncio.subprocess.Process, port: int, log: Path) -> None:
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


@asynccontextmanager
async def bot_process(folder: Path, settings: dict[str, str]) -> AsyncIterator[Process]:
    """Running, and killed should the test leave it so."""
    log = folder / "log"
    with log.open("w") as file:
        process = await _start(folder, settings, "run", stderr=file)
    bot = Process(process, int(settings["PORT"]), log)
    try:
        yield bot
    finally:
        await bot.stop()


async def bot_does(folder: Path, settings: dict[str, str], *arguments: str) -> Ended:
    """Let it do what ends by itself."""
    pipe = asyncio.subprocess.PIPE
    process = await _start(folder, settings, *arguments, stdout=pipe, stderr=pipe)
    said, log = await process.communicate()
    return Ended(process.returncode or 0, said.decode(), log.decode())


async def _start(
    folder: Path, settings: dict[str, str], *arguments: str, **streams: object
) -> asyncio.subprocess.Process:
    environment = {"PATH": os.defpath, "PYTHONPATH": str(PROJECT)} | settings
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, cwd=folder, env=environment, **streams
    )
