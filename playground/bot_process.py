"""The bot as a process of its own, connected to the small Slack as it would be to Slack."""

import asyncio
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

PROJECT = Path(__file__).parents[1]
PATIENCE = 120
"""Seconds that the bot has to be ready."""
FAREWELL = 5
"""Seconds that the bot has to end by itself."""
ASKED_EVERY = 0.1
"""Seconds, about how it is."""
LOOKS, MOST_LOOKS = 3, 60
"""The first look may have begun before it was asked for, the second is whole, and by the third what it found is said.
What can't be said does not stop the time."""


class BotDidNotStart(Exception):
    """In one line, what came instead."""


class BotProcess:
    """It inherits the open files `keeps`."""

    def __init__(self, settings: Mapping[str, str], keeps: Sequence[int] = ()) -> None:
        self._keeps = keeps
        self._environment = {**_neutral(os.environ), **settings}
        self._running: asyncio.subprocess.Process | None = None

    async def set_up(self, consortium: Path) -> None:
        """Describe the consortium to it, once."""
        process = await self._bot("setup", str(consortium))
        if status := await process.wait():
            raise BotDidNotStart(f"The bot could not be set up (exit status {status}).")

    async def start(self) -> None:
        """Returns once it hears."""
        self._running = await self._bot("run")
        async with aiohttp.ClientSession() as session:
            for _ in range(round(PATIENCE / ASKED_EVERY)):
                if await self._is_ready(session):
                    return
                await asyncio.sleep(ASKED_EVERY)
        raise BotDidNotStart(f"The bot was not ready within {PATIENCE} seconds.")

    async def _is_ready(self, session: aiohttp.ClientSession) -> bool:
        if self._running is None or self._running.returncode is not None:
            raise BotDidNotStart("The bot did not start.")
        try:
            async with session.get(self._address("readyz")) as answer:
                return answer.ok
        except aiohttp.ClientConnectionError:
            return False

    async def caught_up(self) -> None:
        """Returns once it has looked at its clock, and nothing that is due by then is unsaid."""
        newest, looks, is_behind = time.time(), 0, True
        async with aiohttp.ClientSession() as session:
            while looks < LOOKS or (is_behind and looks < MOST_LOOKS):
                asked = time.time()
                told = await self._measured(session)
                if asked - told["tick_age_seconds"] > newest:  # not a look that was counted before
                    newest, looks = time.time() - told["tick_age_seconds"], looks + 1
                is_behind = not told["outbox_oldest_due_seconds"] <= 0
                await asyncio.sleep(ASKED_EVERY)

    async def _measured(self, session: aiohttp.ClientSession) -> dict[str, float]:
        async with session.get(self._address("metrics")) as answer:
            families = text_string_to_metric_families(await answer.text())
            return {sample.name: sample.value for family in families for sample in family.samples}

    def _address(self, page: str) -> str:
        return f"http://127.0.0.1:{self._environment['PORT']}/{page}"

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
            sys.executable, "-m", "bot", *arguments, cwd=PROJECT, env=self._environment, pass_fds=self._keeps
        )


def _neutral(environment: Mapping[str, str]) -> dict[str, str]:
    """Without settings meant for a real workspace."""
    ours = ("SLACK_", "DATABASE_URL", "KEYS", "HOST", "PORT", "LOG_LEVEL")
    return {name: value for name, value in environment.items() if not name.startswith(ours)}
