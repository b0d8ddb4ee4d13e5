"""What was measured of each contestant, and what it comes to beside another's."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.on_screen.figures import percentile
from bench.race.servers import Rest, Start


@dataclass(frozen=True)
class Round:
    """So many requests of people at once: seconds, and of CPU, until their receipts, `cpu_with_cards` until the last card too, and milliseconds of each."""

    requests: int
    seconds: float
    cpu: float
    cpu_with_cards: float
    timings: list[float]

    @property
    def a_second(self) -> float:
        return self.requests / self.seconds

    @property
    def cpu_ms(self) -> float:
        return self.cpu / self.requests * 1000

    @property
    def cpu_ms_with_cards(self) -> float:
        return self.cpu_with_cards / self.requests * 1000

    @property
    def p50(self) -> float:
        return percentile(sorted(self.timings), 50)

    @property
    def p99(self) -> float:
        return percentile(sorted(self.timings), 99)


@dataclass(frozen=True)
class Measured:
    """The n-th rounds of all were run one after the other. `paced` are milliseconds of each request, a list for each round at so many a second."""

    start: Start
    rest: Rest
    rounds: Sequence[Round]
    paced: Mapping[int, Sequence[Sequence[float]]]


Figure = Callable[[Round], float]


def middle(of: Measured, figure: Figure) -> float:
    return median(figure(one) for one in of.rounds)


def p99_at(rate: int, of: Measured) -> float:
    return median(percentile(sorted(timings), 99) for timings in of.paced[rate])


def ratio(ours: Measured, figure: Figure, theirs: Measured, other: Figure | None = None) -> float:
    """How many times theirs ours is, round by round, and of these the middle one."""
    pairs = zip(ours.rounds, theirs.rounds, strict=True)
    return median(_times(figure(our), (other or figure)(their)) for our, their in pairs)


def _times(ours: float, theirs: float) -> float:
    """What took no time that a clock could see is no measure of anything."""
    return ours / theirs if theirs else math.nan
