"""The figures as a person reads them: a table for the terminal, and one for the README."""

from collections.abc import Iterable
from dataclasses import dataclass

from bench.on_screen.figures import PROMISED_MS, Figures, Timings, figures, ratio


@dataclass(frozen=True)
class Result:
    """`name` is what was raced on: transport and engine."""

    name: str
    timings: Timings

    @property
    def keeps_promise(self) -> bool:
        return figures(self.timings.bot).keeps_promise


def table(results: Iterable[Result]) -> str:
    heading = (
        f"{'ms from typed to on screen':<34}{'p50':>8}{'p99':>8}{'max':>8}   within {PROMISED_MS:.0f} ms"
    )
    return "\n".join([heading, *(row for result in results for row in _rows(result))])


def _rows(result: Result) -> list[str]:
    timings = result.timings
    times = ratio(timings.bot, timings.bare)
    return [
        _row(f"{result.name}: bot", timings.bot),
        _row("  bare Bolt app", timings.bare),
        _row("  20 at once: bot", timings.bot_at_once),
        _row("  20 at once: bare Bolt app", timings.bare_at_once),
        f"  bot / bare, pair by pair of blocks: {times.middle:.1f} ({times.least:.1f} to {times.most:.1f})",
    ]


def _row(name: str, blocks: list[list[float]]) -> str:
    of = figures(blocks)
    return f"{name:<34}{of.p50:8.1f}{of.p99:8.1f}{of.most:8.1f}   {_share(of)} of {of.count:,}"


COLUMNS = (
    "ms from typed to on screen",
    *("bot p50", "p99", "max", f"within {PROMISED_MS:.0f} ms"),
    *("bare Bolt app p50", "p99", "max"),
    "bot / bare",
    *("20 at once: bot p99", "bare p99"),
)


def markdown(results: Iterable[Result]) -> str:
    return "\n".join(
        [_line(COLUMNS), "|---" * len(COLUMNS) + "|", *(_line(_cells(result)) for result in results)]
    )


def _cells(result: Result) -> list[str]:
    timings = result.timings
    ours, bare = figures(timings.bot), figures(timings.bare)
    our_burst, bare_burst = figures(timings.bot_at_once), figures(timings.bare_at_once)
    return [
        result.name,
        *_told(ours.p50, ours.p99, ours.most),
        _share(ours),
        *_told(bare.p50, bare.p99, bare.most),
        f"{ratio(timings.bot, timings.bare).middle:.0f}",
        *_told(our_burst.p99, bare_burst.p99),
    ]


def _told(*milliseconds: float) -> list[str]:
    return [f"{value:.1f}" for value in milliseconds]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _share(of: Figures) -> str:
    """Rounded down: 99.96 % is not all of them."""
    return f"{int(of.share * 1000) / 10:.1f} %"
