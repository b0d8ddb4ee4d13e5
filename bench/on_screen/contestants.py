"""The two that are measured, each a process of its own in a small Slack of its own: the bot and the bare Bolt app."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Literal

from bench import cast, small_slack
from bench.on_screen.bare_app import ANSWER
from bench.wrong_answer import WrongAnswer
from playground.bot_process import BotProcess
from playground.slack import Message, Slack

Transport = Literal["HTTP", "Socket Mode"]
PATIENCE = 60.0
"""Seconds for everything that is owed to be there."""


class Contestant:
    """Hears commands in its own small Slack; every answer is held to what it should be, after the clock has stopped."""

    name = ""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.typed = 0

    async def answers(self, person: str) -> float:
        """Milliseconds from the person typing a new item to the answer standing on their screen."""
        self.typed += 1
        title = f"Budget cuts and how we respond, part {self.typed}"
        began = perf_counter()
        message = await self.slack.types(person, cast.CHANNEL, f"/agenda add {title} (15 min)")
        took = (perf_counter() - began) * 1000
        if message is None or message.only_for != person or not self._is_right(message, title):
            raise WrongAnswer(f"The {self.name} answered wrongly: {message}")
        return took

    async def settled(self) -> None:
        """Wait until nothing is under way any more that an answer has set off."""

    def _is_right(self, message: Message, title: str) -> bool:
        raise NotImplementedError


class Bot(Contestant):
    name = "bot"

    async def settled(self) -> None:
        """Wait for the cards: every item becomes one for each curator."""
        try:
            await self.slack.until(self._every_card_is_there, PATIENCE)
        except TimeoutError:
            raise WrongAnswer(
                f"Of {self.typed} items some have no card after {PATIENCE:.0f} seconds."
            ) from None

    def _every_card_is_there(self) -> bool:
        world = self.slack.world
        return all(
            len(world.messages[self.slack.direct(curator).id]) >= self.typed for curator in cast.CURATORS
        )

    def _is_right(self, message: Message, title: str) -> bool:
        shown = json.dumps(message.blocks)
        return message.from_app and title in shown and "Withdraw" in shown


class BareApp(Contestant):
    name = "bare Bolt app"

    def _is_right(self, message: Message, title: str) -> bool:  # noqa: ARG002 - it does not listen
        return message.from_app and message.text == ANSWER


@asynccontextmanager
async def bot(
    transport: Transport, database_url: str, folder: Path, consortium: str | None = None
) -> AsyncIterator[Bot]:
    """`consortium`: what it is set up with, if not as all are."""
    async with small_slack.small_slack() as slack:
        settings = _settings(slack, transport) | {"DATABASE_URL": database_url, "LOG_LEVEL": "WARNING"}
        settings["KEYS_FILE"] = str(folder / "agenda.keys")
        process = BotProcess(settings)
        plan = folder / "consortium.toml"
        plan.write_text(consortium or cast.consortium(datetime.now(UTC).date()), encoding="utf-8")
        await process.set_up(plan)
        try:
            await process.start()
            yield Bot(slack)
        finally:
            await process.stop()


@asynccontextmanager
async def bare_app(transport: Transport) -> AsyncIterator[BareApp]:
    async with small_slack.small_slack() as slack:
        settings = _settings(slack, transport)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bench.on_screen.bare_app",
            env={**os.environ, "SLACK_APP_TOKEN": "", **settings},
        )
        try:
            async with asyncio.timeout(PATIENCE):
                await _hears(slack, transport, int(settings["PORT"]))
            yield BareApp(slack)
        finally:
            process.terminate()
            await process.wait()


async def _hears(slack: Slack, transport: Transport, port: int) -> None:
    if transport == "Socket Mode":
        return await slack.sockets.connection()
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError:
            await asyncio.sleep(0.05)
        else:
            return writer.close()


def _settings(slack: Slack, transport: Transport) -> dict[str, str]:
    settings = small_slack.settings(slack)
    if transport == "Socket Mode":
        return settings | {"SLACK_APP_TOKEN": slack.app_token}
    slack.app.request_url = f"http://127.0.0.1:{settings['PORT']}/slack/events"
    return settings
