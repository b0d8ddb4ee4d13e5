"""The front door under a million knocks: strangers, forgers, and odd things of Slack's own."""

import asyncio
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.knocking.house import house_in
from tests.knocking.visits import Visits, many

SHARES = {"strangers": 0.6, "forgers": 0.35, "slack": 0.05}
"""What is rightly signed runs through the whole bot, and takes a hundred times as long as what is not."""
AT_A_TIME = 20_000


def main(seed: int = 1, inputs: int = 1_000_000) -> None:
    """Raises at the first input that gets in, breaks something or leaves a trace."""
    began = time.monotonic()
    seen, deeds = asyncio.run(_knock(seed, inputs))
    took = time.monotonic() - began
    answers = ", ".join(f"{who} {status or 'none'}: {count}" for (who, status), count in sorted(seen.items()))
    sys.stdout.write(
        f"front door: seed {seed}, {sum(seen.values())} inputs in {took:.0f} s ({sum(seen.values()) / took:.0f}/s), "
        f"0 server errors, {deeds} deeds; {answers}\n"
    )


async def _knock(seed: int, inputs: int) -> tuple[Counter[tuple[str, int]], int]:
    seen: Counter[tuple[str, int]] = Counter()
    deeds = 0
    for first in range(0, inputs, AT_A_TIME):
        number = min(AT_A_TIME, inputs - first)
        with tempfile.TemporaryDirectory() as folder:
            async with house_in(Path(folder)) as house:
                visits = Visits.to(house)
                await many(
                    visits, f"{seed} {first}", **{who: round(number * share) for who, share in SHARES.items()}
                )
        seen += visits.seen
        deeds += visits.deeds
    return seen, deeds


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
