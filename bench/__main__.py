"""python -m bench: how fast, from typed to on screen, and what it costs beside others who do the same."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from typing import Any

import uvloop

from bench.growth import part as growth
from bench.live import part as live
from bench.machine import machine
from bench.on_screen import part as on_screen
from bench.race import part as race
from bench.replicas import part as replicas
from bench.wrong_answer import WrongAnswer

NOT_MEASURED = 2

Part = Callable[[argparse.Namespace, ExitStack], Coroutine[Any, Any, int]]
PARTS: dict[str, Part] = {
    "screen": on_screen.measured,
    "race": race.measured,
    "growth": growth.measured,
    "replicas": replicas.measured,
    "live": live.measured,
}


def main() -> int:
    given = _arguments()
    print(f"{machine()}\nThe machine's load before: {os.getloadavg()[0]:.1f}", flush=True)
    statuses = [_status(PARTS[name], given) for name in given.parts or PARTS]
    return max(statuses)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="part", help=f"{' or '.join(PARTS)} (default: all of them)"
    )
    parser.add_argument("--no-postgres", dest="postgres", action="store_false", help="SQLite alone")
    parser.add_argument(
        "--commands", type=int, default=500, help="screen: to each, in blocks of 50 (default: %(default)s)"
    )
    parser.add_argument(
        "--rounds", type=int, default=3, help="race: turns of each contestant (default: %(default)s)"
    )
    parser.add_argument(
        "--requests",
        type=int,
        default=200,
        help="race: at once in each round; replicas: to all bots (default: %(default)s)",
    )
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"There is no part {' or '.join(sorted(unknown))}: choose {' or '.join(PARTS)}.")
    return given


def _status(part: Part, given: argparse.Namespace) -> int:
    try:
        with ExitStack() as stack:
            return uvloop.run(_in_order(part(given, stack)))
    except WrongAnswer as error:
        print(error, file=sys.stderr)
        return NOT_MEASURED


async def _in_order(measuring: Coroutine[Any, Any, int]) -> int:
    """End the others too when we are told to end, or they would outlive us."""
    this = asyncio.current_task()
    if this is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    return await measuring


if __name__ == "__main__":
    sys.exit(main())
