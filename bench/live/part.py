"""python -m bench live: how late a live message shows what was pressed, in peace and while sixty cards are edited."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import NamedTuple

from bench import databases
from bench.live.edits import MOST, TAKES
from bench.live.meeting import CARDS, EVERY, Meeting, that_begins_soon
from bench.on_screen import contestants
from bench.on_screen.figures import percentile

PROMISED = 5.0
"""Seconds, while so many cards are edited."""
PROMISE_BROKEN = 1
ABOUT = (
    f"The host presses every {EVERY:.0f} seconds, and decides {CARDS // 2} items at once. Slack takes {MOST} edits a minute, and {TAKES} seconds for each.\n"
    "Seconds from the press to the edit that shows it."
)


class Late(NamedTuple):
    """Seconds, of each edit; and how many cards were edited meanwhile."""

    in_peace: Sequence[float]
    meanwhile: Sequence[float]
    cards: int


async def measured(given: argparse.Namespace, stack: ExitStack) -> int:  # noqa: ARG001 - nothing is to be chosen
    folder = stack.enter_context(databases.folder_on_disk())
    engine = databases.sqlite(folder)
    plan = that_begins_soon(datetime.now(UTC))
    async with contestants.bot("HTTP", engine.new_database(), folder, plan) as bot:
        meeting = Meeting(bot)
        await meeting.begins()
        late = Late(await meeting.in_peace(), *await meeting.while_cards_are_edited())
    print(f"\n{engine.about}\n{ABOUT}\n\n{report(late)}\n", flush=True)
    return verdict(late)


def report(late: Late) -> str:
    rows = {"in peace": late.in_peace, f"while {CARDS} cards are edited": late.meanwhile}
    in_peace = percentile(sorted(late.in_peace), 50)
    head = ["| the live message | edits | p50 s | to peace | worst s |", "|---|---|---|---|---|"]
    told = [_row(name, sorted(seconds), in_peace) for name, seconds in rows.items()]
    return "\n".join([*head, *told, "", f"Of the cards {late.cards} were edited meanwhile. The others wait."])


def _row(name: str, ascending: Sequence[float], in_peace: float) -> str:
    middle = percentile(ascending, 50)
    return f"| {name} | {len(ascending)} | {middle:.2f} | {middle / in_peace:.1f} | {ascending[-1]:.2f} |"


def verdict(late: Late) -> int:
    worst = max(late.meanwhile)
    if worst <= PROMISED:
        return 0
    print(f"The promise ({PROMISED:.0f} s) is broken: {worst:.1f} s", file=sys.stderr)
    return PROMISE_BROKEN
