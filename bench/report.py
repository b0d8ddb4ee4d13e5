"""The figures as a person reads them: a table for the terminal, and one for the README."""

import os
import platform
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version

from bench.figures import PROMISED_MS, Figures, Timings, figures, ratio


@dataclass(frozen=True)
class Result:
    """`name` is what was raced on: transport and engine."""

    name: str
    timings: Timings

    @property
    def keeps_promise(self) -> bool:
        return figures(self.timings.bot).keeps_promise


def machine(engines: Iterable[str]) -> str:
    packages = [f"{name} {version(name)}" for name in ("slack-bolt", "SQLAlchemy", "uvicorn")]
    facts = [f"{os.cpu_count()} cores ({_processor()})", platform.platform(), f"Python {_python()}"]
    return ", ".join(facts) + "\n" + ", ".join([*packages, *engines])


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123 - a stream, not a file
            named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    except FileNotFoundError:
        named = []
    return named[0] if named else platform.machine()


def _python() -> str:
    return ".".join(map(str, sys.version_info[:3]))


HEADINGS = f"{'ms from typed to on screen':<34}{'p50':>8}{'p99':>8}{'max':>8}   within {PROMISED_MS:.0f} ms"


def table(result: Result) -> str:
    timings = result.timings
    times = ratio(timings.bot, timings.bare)
    rows = [
        _row(f"{result.name}: bot", timings.bot),
        _row("  bare Bolt app", timings.bare),
        _row("  20 at once: bot", timings.bot_at_once),
        _row("  20 at once: bare Bolt app", timings.bare_at_once),
        f"  bot / bare, pair by pair: {times.middle:.1f} ({times.least:.1f} to {times.most:.1f})",
    ]
    return "\n".join(rows)


def _row(name: str, blocks: list[list[float]]) -> str:
    of = figures(blocks)
    return f"{name:<34}{of.p50:8.1f}{of.p99:8.1f}{of.most:8.1f}   {_share(of)} of {of.count:,}"


def markdown(results: Iterable[Result]) -> str:
    heading = (
        f"| ms from typed to on screen | bot p50 | p99 | max | within {PROMISED_MS:.0f} ms |"
        " bare Bolt app p50 | p99 | max | 20 at once: bot p99 | bare p99 |\n"
        "|---|---|---|---|---|---|---|---|---|---|"
    )
    return "\n".join([heading, *map(_line, results)])


def _line(result: Result) -> str:
    ours, bare = figures(result.timings.bot), figures(result.timings.bare)
    our_burst, bare_burst = figures(result.timings.bot_at_once), figures(result.timings.bare_at_once)
    cells = [
        result.name,
        *(f"{value:.1f}" for value in (ours.p50, ours.p99, ours.most)),
        _share(ours),
        *(f"{value:.1f}" for value in (bare.p50, bare.p99, bare.most, our_burst.p99, bare_burst.p99)),
    ]
    return f"| {' | '.join(cells)} |"


def _share(of: Figures) -> str:
    """Rounded down: 99.96 % is not all of them."""
    return f"{int(of.share * 1000) / 10:.1f} %"
