"""python -m bench replicas: several bots on one Postgres beside one, and each of their cards once."""

import argparse
import asyncio
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from bench import cast, databases, garbage
from bench.databases import Engine
from bench.race import load
from bench.race.contestants import BOTS
from bench.race.servers import PATIENCE, Server, side_by_side
from bench.wrong_answer import WrongAnswer

BOTS_AT_WORK = (1, 2, 4)
PEOPLE = 20
"""At once, in equal parts at the bots."""


class Together(NamedTuple):
    """What so many did: answers a second, cards a second from the first request to the last of them, CPU in ms of all of them for an item."""

    answers: float
    cards: float
    cpu: float


async def measured(given: argparse.Namespace, stack: ExitStack) -> int:
    if not given.postgres:
        print("Replicas share a Postgres, so without one they are left out.", flush=True)
        return 0
    folder = stack.enter_context(databases.folder_on_disk())
    engine = stack.enter_context(databases.postgres(databases.disk()))
    found = {number: await _together(engine, folder, number, given.requests) for number in BOTS_AT_WORK}
    print(f"\n{engine.about}\n\n{report(found)}\n", flush=True)
    return 0


def report(found: dict[int, Together]) -> str:
    alone = found[1]
    rows = [
        f"| {number} | {one.answers:.0f} | {one.answers / alone.answers:.2f} | {one.cards:.0f} "
        f"| {one.cards / alone.cards:.2f} | {one.cpu:.1f} | {one.cpu / alone.cpu:.2f} |"
        for number, one in found.items()
    ]
    head = [
        f"| bots | answers a second, {PEOPLE} at once | to one | cards a second | to one | CPU ms an item, all bots | to one |",
        "|---|---|---|---|---|---|---|",
    ]
    return "\n".join(head + rows)


async def _together(engine: Engine, folder: Path, number: int, items: int) -> Together:
    items -= items % number  # each bot has the same share
    async with side_by_side(BOTS["Postgres"], engine, folder, number) as servers:
        await _ask(servers, len(cast.CROWD))
        await _every_card_is_there_once(servers)
        cpu, began = _cpu(servers), perf_counter()
        with garbage.left_lying():
            await _ask(servers, items)
            answered = perf_counter() - began
            await _every_card_is_there_once(servers)
        lasted, cards = perf_counter() - began, items * len(cast.CURATORS)
        return Together(items / answered, cards / lasted, (_cpu(servers) - cpu) / items * 1000)


async def _ask(servers: list[Server], items: int) -> None:
    share, people = items // len(servers), PEOPLE // len(servers)
    heard = await asyncio.gather(
        *(load.at_once(server.port, server.requests(share), people) for server in servers)
    )
    for server, answers in zip(servers, heard, strict=True):
        server.checked(answers)


async def _every_card_is_there_once(servers: list[Server]) -> None:
    """Raises WrongAnswer if one is missing, or is there twice."""
    slack, wanted = servers[0].slack, sum(server.typed for server in servers)
    places = [slack.direct(curator).id for curator in cast.CURATORS]

    def cards() -> list[int]:
        return [len(slack.world.messages[place]) for place in places]

    try:
        await slack.until(lambda: min(cards()) >= wanted, PATIENCE)
    except TimeoutError:
        raise WrongAnswer(f"{len(servers)} bots sent {cards()} of {wanted} cards to each.") from None
    if max(cards()) > wanted:
        raise WrongAnswer(f"{len(servers)} bots sent {cards()} cards to each in place of {wanted}.")


def _cpu(servers: list[Server]) -> float:
    return sum(server.cpu for server in servers)
