"""R1, D6: two processes that take turns on one SQLite file, killed five hundred times, the file looked at after each."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.reliability.databases import on_sqlite, unsound
from tests.reliability.monkey import Monkey
from tests.reliability.trial import trial
from tests.reliability.verdict import Verdict


def main(seed: int = 1, posts: int = 300, kills: int = 500) -> None:
    began = time.monotonic()
    found: list[str] = []
    verdict = asyncio.run(_take_turns(seed, posts, kills, found))
    sys.stdout.write(
        f"turns: seed {seed}, {kills} kills, integrity looked at after each, 2 processes on SQLite, "
        f"{time.monotonic() - began:.0f} s; {verdict}\n"
    )
    if found or not (verdict.is_clean and verdict.never_doubled):
        raise AssertionError(found or verdict.details)


async def _take_turns(seed: int, posts: int, kills: int, found: list[str]) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        url = on_sqlite(Path(folder))
        async with trial(url, Path(folder), seed=seed) as arranged:
            arranged.storm()
            one, other = arranged.replica(), arranged.replica()
            monkey = Monkey(arranged, kills, posts, seed, 0.1, lambda: found.extend(unsound(url)))
            await monkey.in_turns(one, other)
            return await arranged.verdict(one)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
