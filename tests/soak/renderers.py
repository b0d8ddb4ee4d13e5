"""Every renderer with ten thousand people's words in it."""

import sys
import time
from random import Random

from tests.handlers.drawings import DRAWINGS
from tests.handlers.user_text import at_random, must_be_harmless


def main(seed: int = 1, examples: int = 10_000) -> None:
    """So many texts for each renderer; raises at the first that is anything but text in it."""
    began = time.monotonic()
    for name, draws in DRAWINGS.items():
        rng = Random(f"{seed} {name}")
        for number in range(examples):
            must_be_harmless(draws[number % len(draws)], at_random(rng))
    took, number = time.monotonic() - began, len(DRAWINGS) * examples
    sys.stdout.write(
        f"renderers: seed {seed}, {len(DRAWINGS)} renderers, {examples} examples each, {number} in {took:.0f} s "
        f"({number / took:.0f}/s), 0 live mentions or links, 0 texts changed\n"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
