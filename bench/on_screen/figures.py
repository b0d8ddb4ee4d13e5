"""What many timings come to."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

PROMISED_MS = 50.0
PROMISED_SHARE = 0.99


@dataclass(frozen=True)
class Timings:
    """Milliseconds, a list for each block. The n-th blocks of the bot and of the bare app were run side by side."""

    bot: list[list[float]]
    bare: list[list[float]]
    bot_at_once: list[list[float]]
    bare_at_once: list[list[float]]


@dataclass(frozen=True)
class Figures:
    """`p50`, `p99` and `most` in milliseconds; `share` of all within the promised time, from 0 to 1."""

    count: int
    p50: float
    p99: float
    most: float
    share: float

    @property
    def keeps_promise(self) -> bool:
        return self.share >= PROMISED_SHARE


def figures(blocks: Sequence[Sequence[float]]) -> Figures:
    timings = sorted(timing for block in blocks for timing in block)
    within = sum(timing <= PROMISED_MS for timing in timings)
    return Figures(
        count=len(timings),
        p50=percentile(timings, 50),
        p99=percentile(timings, 99),
        most=timings[-1],
        share=within / len(timings),
    )


def percentile(ascending: Sequence[float], percent: int) -> float:
    """The smallest of the timings that so many percent of them do not exceed."""
    return ascending[math.ceil(len(ascending) * percent / 100) - 1]


@dataclass(frozen=True)
class Ratio:
    """How many times as long the bot takes as the bare app: in most pairs of blocks about `middle`."""

    least: float
    middle: float
    most: float


def ratio(bot: Sequence[Sequence[float]], bare: Sequence[Sequence[float]]) -> Ratio:
    pairs = [median(ours) / median(theirs) for ours, theirs in zip(bot, bare, strict=True)]
    return Ratio(min(pairs), median(pairs), max(pairs))
