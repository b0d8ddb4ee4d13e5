"""The bot as a process of its own, connected to the small Slack as it would be to Slack."""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import aiohttp

PROJECT = Path(__file__).parents[1]
PATIENCE = 120
"""Seconds that the bot has to be ready."""
FAREWELL = 5
"""Seconds that the bot has to end by itself."""


class BotProcess:
    def __init__(self, settings: Mapping[str, str]) -> None:
        self._environment = {**_neutral(os.environ), **settings}
        self._running: asyncio.subprocess.Process | None = None

    async def set_up(self, consortium: Path) -> None:
        """Describe the consortium to it, once."""
        process = await self._bot("setup", str(consortium))
        if status := await process.wait():
            raise SystemExit(f"The bot could not be set up (exit status {status}).")

    async def start(self) -> None:
        """Returns once it hears."""
        self._running = await self._bot("run")
        async with aiohttp.ClientSession() as session:
            for _ in range(PATIENCE * 10):
                if await self._is_ready(session):
                    return
                await asyncio.sleep(0.1)
        raise SystemExit(f"The bot was not ready within {PATIENCE} seconds.")

    async def _is_ready(self, session: aiohttp.ClientSession) -> bool:
        if self._running is None or self._running.returncode is not None:
            raise SystemExit("The bot did not start.")
        try:
            async with session.get(f"http://127.0.0.1:{self._environment['PORT']}/readyz") as answer:
                return answer.ok
        except aiohttp.ClientConnectionError:
            return False

    async def ended(self) -> int:
        """Wait until the bot ends by itself, which it should not; gives its exit status."""
        if self._running is None:
            raise RuntimeError("The bot was not started.")
        return await self._running.wait()

    async def stop(self) -> None:
        if self._running is None or self._running.returncode is not None:
            return
        self._running.terminate()
        try:
            await asyncio.wait_for(self._running.wait(), FAREWELL)
        except TimeoutError:
            self._running.kill()
            await self._running.wait()

    async def _bot(self, *arguments: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments, cwd=PROJECT, env=self._environment
        )


def _neutral(environment: Mapping[str, str]) -> dict[str, str]:
    """Without settings meant for a real workspace."""
    ours = ("SLACK_", "DATABASE_URL", "KEYS", "HOST", "PORT", "LOG_LEVEL")
    return {name: value for name, value in environment.items() if not name.startswith(ours)}
