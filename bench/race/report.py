"""The race as a person reads it: what was wanted beside what is, everybody's figures, and who they were."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.race.contestants import AS_USUAL, BOTS, FLOORS, Contestant, EngineName
from bench.race.measures import Figure, Measured, middle, p99_at, ratio
from bench.race.rounds import PEOPLE_AT_ONCE, RATES

Results = Mapping[Contestant, Measured]
Now = Callable[[Results, EngineName], str]

NOT_MEASURED = "–"
AT_ONCE = f"{PEOPLE_AT_ONCE} at once"


@dataclass(frozen=True)
class Goal:
    """`before` is how it was when the goal was set, measured on another day and beside another Bolt JS: it says how far it is, no more."""

    what: str
    before: Mapping[EngineName, str]
    wanted: str
    stretch: str
    now: Now


def _beside(
    others: Mapping[EngineName, Contestant], figure: Figure, theirs: Figure | None = None, sign: str = ""
) -> Now:
    """How many times theirs the bot's figure is."""

    def now(results: Results, engine: EngineName) -> str:
        other = results.get(others[engine])
        return (
            f"{_short(ratio(results[BOTS[engine]], figure, other, theirs))}{sign}" if other else NOT_MEASURED
        )

    return now


def _p99_at(rate: int) -> Now:
    return lambda results, engine: _ms(p99_at(rate, results[BOTS[engine]]))


def _starts(results: Results, engine: EngineName) -> str:
    return f"{results[BOTS[engine]].start.cpu:.1f} s"


def _rests(results: Results, engine: EngineName) -> str:
    return f"{results[BOTS[engine]].rest.resident:.0f} MB"


GOALS = (
    Goal(
        f"CPU of an add until its receipt, against Bolt JS as usual, {AT_ONCE}",
        {"SQLite": "8.7×", "Postgres": "9.7×"},
        "≤ 1.5×",
        "≤ 1×",
        _beside(AS_USUAL, lambda of: of.cpu_ms, sign="×"),
    ),
    Goal(
        "the same with both cards delivered, against Bolt JS until its receipt",
        {"SQLite": "27×", "Postgres": "29×"},
        "≤ a quarter of before",
        "",
        _beside(AS_USUAL, lambda of: of.cpu_ms_with_cards, lambda of: of.cpu_ms, sign="×"),
    ),
    Goal(
        f"answers a second, {AT_ONCE}, against the floor",
        {"SQLite": "0.05", "Postgres": "0.02"},
        "≥ 0.3",
        "≥ 0.5",
        _beside(FLOORS, lambda of: of.a_second),
    ),
    Goal(
        f"receipt, 99 of 100, {AT_ONCE}, against the floor's own",
        {"SQLite": "7×", "Postgres": "33×"},
        "≤ 1.5×",
        "≤ 1.2×",
        _beside(FLOORS, lambda of: of.p99, sign="×"),
    ),
    Goal(
        "receipt, 99 of 100, at 100 a second",
        dict.fromkeys(BOTS, "seconds"),
        "≤ 50 ms",
        "",
        _p99_at(100),
    ),
    Goal(
        "receipt, 99 of 100, at 300 a second",
        dict.fromkeys(BOTS, "seconds"),
        "",
        "≤ 50 ms",
        _p99_at(300),
    ),
    Goal("CPU until ready", dict.fromkeys(BOTS, "2 s"), "≤ 1.5 s", "≤ 1 s", _starts),
    Goal("resident at rest", dict.fromkeys(BOTS, "113 MB"), "≤ 90 MB", "", _rests),
)
"""Measures to come take their lines here: growth, a tick over 100,000 consortia, four bots on one Postgres."""


def markdown(results: Results, left_out: Sequence[str] = ()) -> str:
    engines = [engine for engine, bot in BOTS.items() if bot in results]
    parts = [_goals(results, engine) for engine in engines]
    return "\n\n".join([*parts, _everybody(results), "\n".join(_who(results)), *left_out])


def _goals(results: Results, engine: EngineName) -> str:
    rows = [
        (goal.what, goal.before[engine], goal.now(results, engine), goal.wanted, goal.stretch)
        for goal in GOALS
    ]
    return _table((f"The bot on {engine}", "before", "now", "wanted", "stretch"), rows)


COLUMNS = (
    "",
    f"answers a second, {AT_ONCE}",
    "p50 / p99 ms",
    "CPU ms a request",
    *(f"p99 ms at {rate} a second" for rate in RATES),
    "CPU s until ready",
    "MB at rest, resident / proportional",
)


def _everybody(results: Results) -> str:
    return _table(COLUMNS, [_row(contestant, measured) for contestant, measured in results.items()])


def _row(contestant: Contestant, measured: Measured) -> tuple[str, ...]:
    cpu = f"{middle(measured, lambda of: of.cpu_ms):.2f}"
    with_cards = f"{middle(measured, lambda of: of.cpu_ms_with_cards):.1f} with cards"
    rest = measured.rest
    return (
        contestant.full_name,
        f"{middle(measured, lambda of: of.a_second):.0f}",
        f"{_short(middle(measured, lambda of: of.p50))} / {_short(middle(measured, lambda of: of.p99))}",
        f"{cpu}; {with_cards}" if contestant.sends_cards else cpu,
        *(_short(p99_at(rate, measured)) for rate in RATES),
        f"{measured.start.cpu:.2f}",
        f"{rest.resident:.0f} / {NOT_MEASURED if rest.proportional is None else f'{rest.proportional:.0f}'}",
    )


def _who(results: Results) -> Iterable[str]:
    return (f"- {contestant.full_name}: {contestant.does}." for contestant in results)


def _ms(value: float) -> str:
    return f"{_short(value)} ms" if math.isfinite(value) else _short(value)


def _short(value: float) -> str:
    if math.isinf(value):
        return "over 3 s"
    return f"{value:.2f}" if value < 1 else f"{value:.1f}" if value < 100 else f"{value:.0f}"  # noqa: PLR2004 - digits


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
