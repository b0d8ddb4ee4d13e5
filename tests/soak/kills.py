"""R1, R2: three replicas on one Postgres, killed a thousand times in bad weather; and the same with bugs planted."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from storage.post_kinds import PostKind
from tests.reliability.databases import on_postgres
from tests.reliability.debts import A_FILE, KINDS
from tests.reliability.monkey import Monkey
from tests.reliability.replica import APART, HASTE
from tests.reliability.trial import trial
from tests.reliability.verdict import Verdict

Clocks = tuple[timedelta, ...]
REPLICAS = 3
CLOCKS = (timedelta(minutes=5), timedelta(0), timedelta(days=-300))
SEEN_BY_KILLS = ("SDK retries on", "settle 0", "look-up ignored", "mark before send")
"""A process that is killed writes nothing down, so it takes pauses to see that a fence is unchecked."""


def main(
    seed: int = 1,
    posts: int = 500,
    kills: int = 1000,
    bug: str | None = None,
    clocks: Clocks = (timedelta(0),) * REPLICAS,
    kinds: Sequence[PostKind] = KINDS,
) -> None:
    """`clocks`: by how much the clock of each replica's machine is ahead."""
    began = time.monotonic()
    verdict, faults, left = asyncio.run(_kill(seed, posts, kills, bug, clocks, kinds))
    planted = f", with {bug}" if bug else ", clocks apart" if any(clocks) else ""
    planted += ", files alone" if kinds == A_FILE else ""
    sys.stdout.write(
        f"kills{planted}: seed {seed}, {kills} kills, {REPLICAS} replicas on Postgres, {faults} faulty answers, "
        f"{left} posts left to the survivors, {time.monotonic() - began:.0f} s; {verdict}\n"
    )
    is_harmless = verdict.is_clean and verdict.never_doubled
    if is_harmless == bool(bug):
        raise AssertionError(f"{bug} was not seen" if bug else verdict.details)


def apart(seed: int = 1) -> None:
    """The same, where each machine shows another time."""
    main(seed, posts=500, kills=500, clocks=CLOCKS)


def files(seed: int = 1) -> None:
    """What is killed here is under way to share a file."""
    main(seed, posts=100, kills=50, kinds=A_FILE)


def controls(seed: int = 1) -> None:
    """Each bug, planted, must be seen."""
    for bug in SEEN_BY_KILLS:
        main(seed, posts=150, kills=100, bug=bug)


async def _kill(
    seed: int, posts: int, kills: int, bug: str | None, clocks: Clocks, kinds: Sequence[PostKind]
) -> tuple[Verdict, int, int]:
    timeouts = APART if any(clocks) else HASTE
    with on_postgres() as (_, url), tempfile.TemporaryDirectory() as folder:
        async with trial(url, Path(folder), seed=seed, timeouts=timeouts, kinds=kinds) as arranged:
            arranged.storm()
            replicas = [arranged.replica(bug=bug, ahead=ahead) for ahead in clocks]
            monkey = Monkey(arranged, kills, posts, seed, share_of_long=_share_of_long(kinds))
            await monkey.side_by_side(*replicas)
            left = len(arranged.left())
            verdict = await arranged.verdict(*replicas)
            return verdict, arranged.weather.counted.total(), left


def _share_of_long(kinds: Sequence[PostKind]) -> float:
    """A file takes four calls, and with so many faults some tries."""
    return 0.6 if kinds == A_FILE else 0.2


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
