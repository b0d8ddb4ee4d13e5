"""One race: blocks of commands, in turn to the bot and to the bare app; then bursts of everybody at once."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import cycle, islice

from bench import cast, garbage
from bench.on_screen.contestants import BareApp, Bot, Contestant
from bench.on_screen.figures import Timings

BLOCK = 50
"""Commands of one block."""
WARM_UP = 10
"""Commands before each block that are not timed."""

Round = Callable[[Contestant], Awaitable[list[float]]]


async def race(bot: Bot, bare: BareApp, commands: int) -> Timings:
    rounds = max(1, commands // BLOCK)
    alone = await _alternating(bot, bare, _one_at_a_time, rounds)
    at_once = await _alternating(bot, bare, _everybody_at_once, rounds)
    return Timings(*alone, *at_once)


async def _alternating(
    bot: Bot, bare: BareApp, play: Round, rounds: int
) -> tuple[list[list[float]], list[list[float]]]:
    """Each goes first as often as the other, so that a drift of the machine favours none."""
    of_bot: list[list[float]] = []
    of_bare: list[list[float]] = []
    for number in range(rounds):
        turns: list[tuple[Contestant, list[list[float]]]] = [(bot, of_bot), (bare, of_bare)]
        for contestant, rounds_so_far in turns if number % 2 == 0 else reversed(turns):
            await _warm_up(contestant)
            with garbage.left_lying():
                rounds_so_far.append(await play(contestant))
            await contestant.settled()
    return of_bot, of_bare


async def _warm_up(contestant: Contestant) -> None:
    for person in islice(cast.TYPISTS, WARM_UP):
        await contestant.answers(person)
    await contestant.settled()


async def _one_at_a_time(contestant: Contestant) -> list[float]:
    """The next one types as soon as the one before has the answer, while cards of both are still on their way."""
    return [await contestant.answers(person) for person in islice(cycle(cast.TYPISTS), BLOCK)]


async def _everybody_at_once(contestant: Contestant) -> list[float]:
    return await asyncio.gather(*(contestant.answers(person) for person in cast.TYPISTS))
