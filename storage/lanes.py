"""Who goes first, where more wait for the database than it has threads: a person, then what is sent, then the clock."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum

LONGEST_WAIT = 1.0
"""Seconds. Who has waited so long goes first, or what is sent would stand still while many people speak."""


class Lane(IntEnum):
    """The first goes first."""

    PERSON = 1
    POST = 2
    CLOCK = 3


class Lanes:
    """So many `places` are taken at once, and whoever waits for one stands in a lane. All wait in one event loop."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: dict[Lane, deque[tuple[float, asyncio.Future[None]]]] = {
            lane: deque() for lane in Lane
        }

    @asynccontextmanager
    async def place(self, lane: Lane) -> AsyncIterator[None]:
        await self._comes_to_its_turn(lane)
        try:
            yield
        finally:
            self._free += 1
            self._let_in()

    async def _comes_to_its_turn(self, lane: Lane) -> None:
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._waiting[lane].append((loop.time(), turn))
        self._let_in()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # its place was given to it, and nobody takes it
                self._free += 1
                self._let_in()
            raise

    def _let_in(self) -> None:
        while self._free and (turn := self._next()):
            self._free -= 1
            turn.set_result(None)

    def _next(self) -> "asyncio.Future[None] | None":
        for waiting in self._waiting.values():
            while waiting and waiting[0][1].done():  # who waited for it has given up
                waiting.popleft()
        standing = [waiting for waiting in self._waiting.values() if waiting]
        if not standing:
            return None
        longest = min(standing, key=lambda waiting: waiting[0][0])
        has_waited = asyncio.get_running_loop().time() - longest[0][0]
        return (longest if has_waited > LONGEST_WAIT else standing[0]).popleft()[1]
