"""The race itself: rounds in which each contestant has its turn."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench import cast, garbage
from bench.databases import Engine
from bench.race import load
from bench.race.contestants import Contestant, EngineName, contestants
from bench.race.measures import Measured, Round
from bench.race.servers import Server, running

PEOPLE_AT_ONCE = 20
RATES = {100: 2, 300: 1}
"""Requests a second, and for how many seconds."""
REST = 3.0
"""Seconds until a server that has started is at rest."""


@dataclass(frozen=True)
class Course:
    rounds: int
    requests: int
    tell: Callable[[str], None]


async def race(
    engines: dict[EngineName, Engine], folder: Path, course: Course, *, javascript: bool
) -> dict[Contestant, Measured]:
    async with _at_work(engines, folder, course, javascript=javascript) as servers:
        rounds = {server.contestant: list[Round]() for server in servers}
        for server in _turns(servers, course, "at once"):
            rounds[server.contestant].append(await _at_once(server, course.requests))
        paced = {server.contestant: {rate: list[list[float]]() for rate in RATES} for server in servers}
        for server in _turns(servers, course, "paced"):
            for rate, timings in paced[server.contestant].items():
                timings.append(await _at_a_rate(server, rate))
        for server in servers:
            server.count_rows()
        return {
            one.contestant: Measured(one.start, one.rest, rounds[one.contestant], paced[one.contestant])
            for one in servers
        }


def _turns(servers: Sequence[Server], course: Course, what: str) -> Iterator[Server]:
    """Each round begins with another one, so that a drift of the machine favours none."""
    for number in range(course.rounds):
        first = number % len(servers)
        for server in [*servers[first:], *servers[:first]]:
            course.tell(f"{what}, round {number + 1} of {course.rounds}: {server.contestant.full_name}")
            yield server


@asynccontextmanager
async def _at_work(
    engines: dict[EngineName, Engine], folder: Path, course: Course, *, javascript: bool
) -> AsyncIterator[list[Server]]:
    """All of them, started one after the other, at rest, and known to everybody who will type."""
    async with AsyncExitStack() as stack:
        servers: list[Server] = []
        for name, engine in engines.items():
            for contestant in contestants(name, javascript=javascript):
                course.tell(f"starting: {contestant.full_name}")
                servers.append(await stack.enter_async_context(running(contestant, engine, folder)))
        await asyncio.sleep(REST)
        for server in servers:
            server.rest = server.memory()
            await _warm_up(server, len(cast.CROWD))
        yield servers


async def _warm_up(server: Server, requests: int) -> None:
    server.checked(await load.at_once(server.port, server.requests(requests), PEOPLE_AT_ONCE))
    await server.settled()


async def _at_once(server: Server, number: int) -> Round:
    """Slack takes a card a second in each channel until all have their receipts, and the other cards then."""
    await _warm_up(server, PEOPLE_AT_ONCE)
    requests = server.requests(number)
    server.slack.limit_posting(on=True)
    with garbage.left_lying():
        cpu, began = server.cpu, perf_counter()
        heard = await load.at_once(server.port, requests, PEOPLE_AT_ONCE)
        seconds, until_receipts = perf_counter() - began, server.cpu - cpu
    server.slack.limit_posting(on=False)
    timings = server.checked(heard)
    await server.settled()
    return Round(number, seconds, until_receipts, server.cpu - cpu, timings)


async def _at_a_rate(server: Server, rate: int) -> list[float]:
    """Slack takes a card a second in each channel, so more and more of them are owed."""
    requests = server.requests(rate * RATES[rate])
    server.slack.limit_posting(on=True)
    with garbage.left_lying():
        heard = await load.so_many_a_second(server.port, requests, rate)
    timings = server.checked(heard)
    await server.answered()
    return timings
