"""R3, R4, R13: replicas that stand still, whose Postgres is restarted, and that are told to end, all in bad weather."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from tests.reliability.databases import on_postgres
from tests.reliability.endings import Endings
from tests.reliability.outages import restarts
from tests.reliability.pauses import pauses
from tests.reliability.replica import Replica
from tests.reliability.trial import Trial, trial
from tests.reliability.verdict import Verdict
from tests.servers import PostgresServer

SECONDS_TO_END = 15
Hardship = Callable[[PostgresServer, Trial, Sequence[Replica]], Awaitable[None]]


def main(seed: int = 1) -> None:
    endings(seed)
    standing_still(seed)
    outages(seed)


def endings(seed: int, times: int = 200, posts: int = 300) -> None:
    ended: list[Endings] = []

    async def end(_: PostgresServer, arranged: Trial, replicas: Sequence[Replica]) -> None:
        ended.append(Endings(arranged, times, posts, seed))
        await ended[0].happen_to(replicas)

    verdict = _suffer(f"endings: {times} SIGTERMs", seed, end)
    slowest = max(ended[0].seconds)
    sys.stdout.write(f"  the slowest ended after {slowest:.1f} s\n")
    if set(ended[0].statuses) != {0} or slowest > SECONDS_TO_END or not verdict.never_doubled:
        raise AssertionError((ended[0].statuses, slowest, verdict.details))


def standing_still(seed: int, times: int = 60, posts: int = 600) -> None:
    """What was doubled by a pause and swept up afterwards is counted, and no failure."""

    async def pause(_: PostgresServer, arranged: Trial, replicas: Sequence[Replica]) -> None:
        await pauses(arranged, replicas, times=times, posts=posts, seed=seed)

    _suffer(f"pauses: {times}, each longer than a claim holds", seed, pause)


def outages(seed: int, times: int = 60, posts: int = 600) -> None:
    async def restart(server: PostgresServer, arranged: Trial, replicas: Sequence[Replica]) -> None:
        await restarts(server, arranged, replicas, times=times, posts=posts, seed=seed)

    verdict = _suffer(f"outages: Postgres restarted {times} times", seed, restart)
    if not verdict.never_doubled:
        raise AssertionError(verdict.details)


def _suffer(what: str, seed: int, hardship: Hardship) -> Verdict:
    began = time.monotonic()
    verdict = asyncio.run(_verdict_after(hardship, seed))
    sys.stdout.write(f"{what}: seed {seed}, 3 replicas, {time.monotonic() - began:.0f} s; {verdict}\n")
    if not verdict.is_clean:
        raise AssertionError(verdict.details)
    return verdict


async def _verdict_after(hardship: Hardship, seed: int) -> Verdict:
    with on_postgres() as (server, url), tempfile.TemporaryDirectory() as folder:
        async with trial(url, Path(folder), seed=seed) as arranged:
            arranged.storm()
            replicas = [arranged.replica() for _ in range(3)]
            await hardship(server, arranged, replicas)
            return await arranged.verdict(*replicas)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
