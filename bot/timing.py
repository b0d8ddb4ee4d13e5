"""Timing: how much of a meeting's time there is for items, and when each of them begins."""

from collections.abc import Iterable
from dataclasses import dataclass

USUAL_OPENING = 10
"""Minutes in which the host's staff say hello, if nobody says otherwise."""
LEAST_WITH_AN_OPENING = 60
"""Minutes of a meeting that has time for that."""
USUAL_RESERVE = 20
"""Minutes for what comes up in the room, if nobody says otherwise."""
MOST_OF_A_SHORT_MEETING = 4
"""Of a short meeting no more than one part in so many is kept for that, if nobody says otherwise."""


@dataclass(frozen=True)
class Timing:
    """How the `minutes` of a meeting are shared out: `opening` comes first, `breaks` in the middle, and `reserve` is kept for what comes up."""

    minutes: int
    opening: int = 0
    breaks: int = 0
    reserve: int = 0

    @property
    def for_items(self) -> int:
        return max(self.minutes - self.opening - self.breaks - self.reserve, 0)

    @property
    def closes_at(self) -> int:
        """Minutes after the beginning by which the items should be over."""
        return self.minutes - self.reserve


@dataclass(frozen=True)
class Scheduled:
    """When an item has its turn. `begins`: so many minutes after the meeting does, None where nobody knows. `fits`: it is over before the reserve begins."""

    begins: int | None
    fits: bool = True
    comes_after_break: bool = False


NOBODY_KNOWS = Scheduled(None)


def usual_opening(minutes: int) -> int:
    return USUAL_OPENING if minutes >= LEAST_WITH_AN_OPENING else 0


def usual_reserve(minutes: int) -> int:
    return min(USUAL_RESERVE, minutes // MOST_OF_A_SHORT_MEETING)


def schedule(timing: Timing, lengths: Iterable[int | None]) -> list[Scheduled]:
    """When the items with these lengths have their turns. After one of unknown length nobody knows. The break comes before the first item whose middle lies in the second half of the meeting."""
    known = list(lengths)
    if not any(known):
        return [Scheduled(None) for _ in known]
    found, at, break_is_over = [], timing.opening, not timing.breaks
    is_known = True
    for place, length in enumerate(known):
        comes_after_break = not break_is_over and place > 0 and at * 2 + (length or 0) >= timing.minutes
        if comes_after_break:
            at, break_is_over = at + timing.breaks, True
        fits = at + (length or 0) <= timing.closes_at
        found.append(Scheduled(at if is_known else None, fits, comes_after_break))
        at, is_known = at + (length or 0), is_known and bool(length)
    return found
