"""Requests signed beforehand, and two ways to send them: so many at once, or so many a second."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter

from bench.race.lines import Answer, Line, connect

MOST_KEPT = 50
"""Connections that wait for the next request; the bot's door lets a hundred wait."""


@dataclass(frozen=True)
class Request:
    title: str
    wire: bytes


@dataclass(frozen=True)
class Heard:
    """`ms`: from when the request was to leave until the whole answer was here."""

    title: str
    answer: Answer
    ms: float


def wire(port: int, headers: dict[str, str], body: bytes) -> bytes:
    lines = [
        "POST /slack/events HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def at_once(port: int, requests: Sequence[Request], people: int) -> list[Heard]:
    """So many people at once; each asks again as soon as they have the answer."""
    waiting, heard = iter(requests), list[Heard]()
    lines = [await connect(port) for _ in range(people)]
    try:
        await asyncio.gather(*(_one_after_the_other(line, waiting, heard) for line in lines))
    finally:
        _close(lines)
    return heard


async def _one_after_the_other(line: Line, waiting: Iterable[Request], heard: list[Heard]) -> None:
    for request in waiting:
        answered = await _ask(line, request, perf_counter())
        heard.append(answered)


async def so_many_a_second(port: int, requests: Sequence[Request], rate: int) -> list[Heard]:
    """Each leaves at its time, whether or not those before are answered; who leaves late has waited already."""
    free: list[Line] = []
    began = perf_counter()
    try:
        async with asyncio.TaskGroup() as asking:
            tasks = []
            for number, request in enumerate(requests):
                due = began + number / rate
                await asyncio.sleep(due - perf_counter())
                tasks.append(asking.create_task(_ask_on_a_free_line(port, free, request, due)))
    finally:
        _close(free)
    return [task.result() for task in tasks]


async def _ask_on_a_free_line(port: int, free: list[Line], request: Request, due: float) -> Heard:
    line = free.pop() if free else await connect(port)
    heard = await _ask(line, request, due)
    if len(free) < MOST_KEPT:
        free.append(line)
    else:
        line.close()
    return heard


async def _ask(line: Line, request: Request, since: float) -> Heard:
    answer = await line.ask(request.wire)
    return Heard(request.title, answer, (perf_counter() - since) * 1000)


def _close(lines: Iterable[Line]) -> None:
    for line in lines:
        line.close()
