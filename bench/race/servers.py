"""A contestant at work: a process of its own in a small Slack of its own, what it costs, and what it has answered."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import cycle, islice
from pathlib import Path
from time import clock_gettime, perf_counter, time

import psutil

from bench import cast, small_slack
from bench.databases import Engine
from bench.race.contestants import Contestant
from bench.race.lines import connect
from bench.race.load import Heard, Request, wire
from bench.wrong_answer import WrongAnswer
from playground.bot_process import BotProcess
from playground.slack import Slack
from playground.slack.payloads import Payloads

PROJECT = Path(__file__).parents[2]
PATIENCE = 300.0
"""Seconds for everything that is owed to be there."""
FAREWELL = 10.0
LATE = float("inf")
"""Milliseconds of an answer that came after an empty acknowledgement: it missed the three seconds that Slack waits."""
IS_READY = b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@dataclass(frozen=True)
class Start:
    """Until the first answer: seconds on the wall, and of CPU."""

    seconds: float
    cpu: float


@dataclass(frozen=True)
class Rest:
    """Memory in MB: resident, and its fair share of what several processes have in common, where the system tells it."""

    resident: float
    proportional: float | None


def cpu_seconds(process: psutil.Process) -> float:
    """Linux has a clock for each process (clock_getcpuclockid(3)), and it is finer than the hundredths that psutil reads."""
    if sys.platform == "linux":
        return clock_gettime(~process.pid << 3 | 2)
    times = process.cpu_times()
    return float(times.user + times.system)


class Server:
    def __init__(
        self, contestant: Contestant, engine: Engine, url: str, slack: Slack, port: int, pid: int
    ) -> None:
        self.contestant = contestant
        self.slack = slack
        self.port = port
        self.start = Start(0, 0)
        self.rest = Rest(0, None)
        self._engine, self._url = engine, url
        self._process = psutil.Process(pid)
        self._payloads = Payloads(slack.installation)
        self.typed = 0
        self._late: list[str] = []

    @property
    def cpu(self) -> float:
        """Seconds of CPU that the server process has taken so far."""
        return cpu_seconds(self._process)

    def memory(self) -> Rest:
        told = self._process.memory_full_info()
        shared_out = getattr(told, "pss", None)
        return Rest(told.rss / 1024**2, shared_out / 1024**2 if shared_out is not None else None)

    def requests(self, number: int) -> list[Request]:
        """New items, each by the next of many people, signed now."""
        return [self._request(person) for person in islice(cycle(cast.CROWD), number)]

    def _request(self, person: str) -> Request:
        self.typed += 1
        title = f"Budget cuts and how we respond, part {self.typed:06}"
        world = self.slack.world
        delivery = self._payloads.command(
            world.people[person], world.channels[cast.CHANNEL], "/agenda", f"add {title} (15 min)"
        )
        headers = delivery.headers(self.slack.signing_secret, time())
        return Request(title, wire(self.port, headers, delivery.body))

    def checked(self, heard: Iterable[Heard]) -> list[float]:
        """The milliseconds of each, once each answer is held to what it should be."""
        return [self._checked(one) for one in heard]

    def _checked(self, one: Heard) -> float:
        if one.answer.status == HTTPStatus.OK and not one.answer.body and self.contestant.sends_cards:
            self._late.append(one.title)
            return LATE
        if one.answer.status != HTTPStatus.OK or not self.contestant.is_right(one.title, one.answer.body):
            raise WrongAnswer(f"{self.contestant.full_name} answered wrongly: {one.answer}")
        return one.ms

    async def answered(self) -> None:
        """Wait for the receipts that are late, and hold them to what they should be."""
        await self._until(lambda: len(self.slack.later_answers) >= len(self._late), "receipt")
        self._check_late_answers()

    async def settled(self) -> None:
        """Wait for all that is still owed: late receipts, and a card to each curator for every item."""
        await self.answered()
        if self.contestant.sends_cards:
            await self._until(self._every_card_is_there, "card")

    def _every_card_is_there(self) -> bool:
        messages = self.slack.world.messages
        return all(len(messages[self.slack.direct(curator).id]) >= self.typed for curator in cast.CURATORS)

    async def _until(self, everything_is_there: Callable[[], bool], what: str) -> None:
        try:
            await self.slack.until(everything_is_there, PATIENCE)
        except TimeoutError:
            raise WrongAnswer(
                f"Of {self.typed} items some have no {what} after {PATIENCE:.0f} seconds."
            ) from None

    def _check_late_answers(self) -> None:
        receipts = [json.dumps(answer["blocks"]) for answer in self.slack.later_answers]
        for title in self._late:
            if not any(title in receipt and "Withdraw" in receipt for receipt in receipts):
                raise WrongAnswer(f"{self.contestant.full_name} gave no receipt for {title}.")

    def count_rows(self) -> None:
        for question, each in self.contestant.rows.items():
            kept = self._engine.count_in(self._url, question)
            if kept != each * self.typed:
                raise WrongAnswer(
                    f"{self.contestant.full_name}: {question} is {kept} for {self.typed} items."
                )


@asynccontextmanager
async def running(contestant: Contestant, engine: Engine, folder: Path) -> AsyncIterator[Server]:
    async with side_by_side(contestant, engine, folder, 1) as [server]:
        yield server


@asynccontextmanager
async def side_by_side(
    contestant: Contestant, engine: Engine, folder: Path, number: int
) -> AsyncIterator[list[Server]]:
    """So many processes of one contestant, on one database and in one small Slack."""
    url = engine.new_database()
    async with small_slack.small_slack() as slack, AsyncExitStack() as stack:
        settings = small_slack.settings(slack)
        settings |= {
            "DATABASE_URL": url,
            "KEYS_FILE": str(folder / "agenda.keys"),
            "LOG_LEVEL": "ERROR",  # that a card has to wait is no news here
            "SLACK_APP_TOKEN": "",
        }
        if contestant.sends_cards:
            await _set_up(settings, folder)
        ports = [settings["PORT"], *(str(small_slack.free_port()) for _ in range(number - 1))]
        yield [
            await stack.enter_async_context(_started(contestant, engine, slack, settings | {"PORT": port}))
            for port in ports
        ]


@asynccontextmanager
async def _started(
    contestant: Contestant, engine: Engine, slack: Slack, settings: dict[str, str]
) -> AsyncIterator[Server]:
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(
        *contestant.command, cwd=PROJECT, env={**os.environ, **settings}
    )
    url, port = settings["DATABASE_URL"], int(settings["PORT"])
    server = Server(contestant, engine, url, slack, port, process.pid)
    try:
        await _ready(server, process)
        server.start = Start(perf_counter() - began, server.cpu)
        yield server
    finally:
        await _end(process)


async def _set_up(settings: dict[str, str], folder: Path) -> None:
    plan = folder / "consortium.toml"
    plan.write_text(cast.consortium(datetime.now(UTC).date()), encoding="utf-8")
    await BotProcess(settings).set_up(plan)


async def _ready(server: Server, process: asyncio.subprocess.Process) -> None:
    """Ready is who answers a question, whatever the answer, but not that it is too early."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not await _is_ready(server.port):
                if process.returncode is not None:
                    raise WrongAnswer(f"{server.contestant.full_name} did not start.")
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise WrongAnswer(f"{server.contestant.full_name} is not ready.") from None


async def _is_ready(port: int) -> bool:
    try:
        line = await connect(port)
    except ConnectionRefusedError:
        return False
    answer = await line.ask(IS_READY)
    line.close()
    return answer.status != HTTPStatus.SERVICE_UNAVAILABLE


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), FAREWELL)
    except TimeoutError:
        process.kill()
        await process.wait()
