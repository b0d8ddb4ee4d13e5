"""Lists as an audience sees them: what is shown, and how much is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Kind = TypeVar("Kind", covariant=True)  # noqa: PLC0105 - a list of one kind

MOST_COUNTED = 100
"""Of more that have no room it is said that there are more than so many."""


@dataclass(frozen=True)
class Seen(Generic[Kind]):
    """`withheld` is how many this audience may not see, `before` how many stand on pages before, `more` how many had no room."""

    shown: tuple[Kind, ...] = ()
    withheld: int = 0
    more: int = 0
    before: int = 0

    @property
    def count(self) -> int:
        """How many there are, seen or not."""
        return len(self.shown) + self.withheld + self.more + self.before

    def first(self, most: int) -> "Seen[Kind]":
        """The same, where there is room for so many."""
        return self.page(0, most)

    def page(self, number: int, most: int) -> "Seen[Kind]":
        """A page of so many of them; the first is number 0."""
        start = min(number * most, len(self.shown))
        rest = self.shown[start:]
        return Seen(rest[:most], self.withheld, self.more + len(rest[most:]), self.before + start)


def seen_of(views: Iterable[Kind | None]) -> Seen[Kind]:
    """The views that there are; of a thing that may not be seen there is none."""
    made = list(views)
    shown = tuple(view for view in made if view is not None)
    return Seen(shown, withheld=len(made) - len(shown))
