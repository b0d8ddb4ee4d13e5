"""python -m bench screen."""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import get_args

from bench import databases
from bench.databases import ITEMS, Engine
from bench.on_screen import contestants
from bench.on_screen.blocks import race
from bench.on_screen.contestants import Transport
from bench.on_screen.figures import PROMISED_MS, PROMISED_SHARE
from bench.on_screen.report import Result, markdown, table
from bench.wrong_answer import WrongAnswer

PROMISE_BROKEN = 1
ABOUT = (
    "Each types as soon as the one before has the receipt, while the bot still sends the cards of earlier items\n"
    "to two curators. All answers were checked, and all items counted in the database."
)


async def measured(given: argparse.Namespace, stack: ExitStack) -> int:
    folder = stack.enter_context(databases.folder_on_disk())
    engines = [databases.sqlite(folder)]
    if given.postgres:
        engines.append(stack.enter_context(databases.postgres()))
    results = [
        await _result(engine, transport, folder, given.commands)
        for engine in engines
        for transport in get_args(Transport)
    ]
    about = ", ".join(engine.about for engine in engines)
    print(f"\n{about}\n{ABOUT}\n\n{table(results)}\n\n{markdown(results)}\n")
    return _verdict(results)


async def _result(engine: Engine, transport: Transport, folder: Path, commands: int) -> Result:
    print(f"  {transport}, {engine.name}", flush=True)
    url = engine.new_database()
    async with contestants.bot(transport, url, folder) as bot, contestants.bare_app(transport) as bare:
        timings = await race(bot, bare, commands)
    if (kept := engine.count_in(url, ITEMS)) != bot.typed:
        raise WrongAnswer(f"Of {bot.typed} items {kept} are in the database.")
    return Result(f"{transport}, {engine.name}", timings)


def _verdict(results: list[Result]) -> int:
    slow = [result.name for result in results if not result.keeps_promise]
    if not slow:
        return 0
    promise = f"{PROMISED_SHARE:.0%} of receipts within {PROMISED_MS:.0f} ms"
    print(f"The promise ({promise}) is broken on: {'; '.join(slow)}", file=sys.stderr)
    return PROMISE_BROKEN
