"""Who waits for the database is let in by who it is: a person, what is sent, the clock; and nobody waits for ever."""

import asyncio

import pytest

from storage.lanes import LONGEST_WAIT, Lane, Lanes

CLOCK, PERSON, POST = Lane.CLOCK, Lane.PERSON, Lane.POST


class Queue:
    """One place, taken, and who has come to it since."""

    def __init__(self) -> None:
        self.lanes, self.let_in, self._goes = Lanes(1), list[str](), asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def is_taken(self) -> None:
        await self.joins("the one inside", PERSON, stays=True)

    async def joins(self, name: str, lane: Lane, *, stays: bool = False) -> "asyncio.Task[None]":
        task = asyncio.create_task(self._comes(name, lane, stays=stays))
        self._tasks.append(task)
        await asyncio.sleep(0)
        return task

    async def _comes(self, name: str, lane: Lane, *, stays: bool) -> None:
        async with self.lanes.place(lane):
            self.let_in.append(name)
            if stays:
                await self._goes.wait()

    async def all_others(self) -> list[str]:
        self._goes.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        return self.let_in[1:]


@pytest.fixture
async def queue() -> Queue:
    queue = Queue()
    await queue.is_taken()
    return queue


async def test_a_person_goes_before_what_is_sent_and_this_before_the_clock(queue: Queue) -> None:
    for name, lane in (("tick", CLOCK), ("card", POST), ("Ana", PERSON), ("call", POST), ("Ben", PERSON)):
        await queue.joins(name, lane)
    assert await queue.all_others() == ["Ana", "Ben", "card", "call", "tick"]


async def test_who_has_waited_long_goes_first(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    await queue.joins("tick", CLOCK)
    begun = loop.time()
    monkeypatch.setattr(loop, "time", lambda: begun + LONGEST_WAIT + 1)
    await queue.joins("Ana", PERSON)
    assert await queue.all_others() == ["tick", "Ana"]


async def test_who_gives_up_holds_up_nobody(queue: Queue) -> None:
    gives_up = await queue.joins("Ana", PERSON)
    await queue.joins("card", POST)
    gives_up.cancel()
    assert await queue.all_others() == ["card"]


async def test_a_place_that_was_given_to_who_gives_up_is_given_on(queue: Queue) -> None:
    gives_up = await queue.joins("Ana", PERSON)
    await queue.joins("card", POST)
    queue.lanes._free += 1
    queue.lanes._let_in()  # Ana's turn has come, and she has not noticed yet
    gives_up.cancel()
    await asyncio.gather(gives_up, return_exceptions=True)
    await asyncio.sleep(0)
    assert queue.let_in == ["the one inside", "card"]
    await queue.all_others()


async def test_as_many_are_in_at_once_as_there_are_places() -> None:
    lanes, inside, most = Lanes(3), 0, 0

    async def comes() -> None:
        nonlocal inside, most
        async with lanes.place(PERSON):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(comes() for _ in range(20)))
    assert most == 3
