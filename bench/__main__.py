"""python -m bench: from `/agenda add` typed to the receipt on screen, next to a bare Bolt app."""

import argparse
import asyncio
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import get_args

import uvloop

from bench import contestants, databases
from bench.contestants import Transport, WrongAnswer
from bench.databases import Engine
from bench.figures import PROMISED_MS, PROMISED_SHARE
from bench.race import BLOCK, race
from bench.report import Result, machine, markdown, table

PROMISE_BROKEN = 1
NOT_MEASURED = 2
ABOUT = (
    "Each types as soon as the one before has the receipt, while the bot still sends the cards of earlier items\n"
    "to two curators. All answers were checked, and all items counted in the database."
)


def main() -> int:
    given = _arguments()
    with ExitStack() as stack:
        folder = stack.enter_context(databases.folder_on_disk())
        engines = [databases.sqlite(folder)]
        if given.postgres:
            engines.append(stack.enter_context(databases.postgres()))
        try:
            results = uvloop.run(_measure(engines, folder, given.commands))
        except WrongAnswer as error:
            print(error, file=sys.stderr)
            return NOT_MEASURED
    print(
        f"\n{machine(engine.about for engine in engines)}\n{ABOUT}\n\n{table(results)}\n\n{markdown(results)}"
    )
    return _verdict(results)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--commands", type=int, default=1000, help=f"to each, in blocks of {BLOCK} (default: %(default)s)"
    )
    parser.add_argument("--no-postgres", dest="postgres", action="store_false", help="SQLite alone")
    return parser.parse_args()


async def _measure(engines: list[Engine], folder: Path, commands: int) -> list[Result]:
    _end_in_order_when_told()
    print(f"The machine's load before: {os.getloadavg()[0]:.1f}", flush=True)
    return [
        await _result(engine, transport, folder, commands)
        for engine in engines
        for transport in get_args(Transport)
    ]


def _end_in_order_when_told() -> None:
    """Or the bot and the bare app would outlive us."""
    this = asyncio.current_task()
    if this is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)


async def _result(engine: Engine, transport: Transport, folder: Path, commands: int) -> Result:
    print(f"{transport}, {engine.name} ...", flush=True)
    url = engine.new_database()
    async with contestants.bot(transport, url, folder) as bot, contestants.bare_app(transport) as bare:
        timings = await race(bot, bare, commands)
    if (kept := engine.items_in(url)) != bot.typed:
        raise WrongAnswer(f"Of {bot.typed} items {kept} are in the database.")
    return Result(f"{transport}, {engine.name}", timings)


def _verdict(results: list[Result]) -> int:
    slow = [result.name for result in results if not result.keeps_promise]
    if not slow:
        return 0
    promise = f"{PROMISED_SHARE:.0%} of receipts within {PROMISED_MS:.0f} ms"
    print(f"The promise ({promise}) is broken on: {'; '.join(slow)}", file=sys.stderr)
    return PROMISE_BROKEN


if __name__ == "__main__":
    sys.exit(main())
