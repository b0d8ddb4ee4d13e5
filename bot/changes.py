"""What changed between two published agendas."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple


class Other(NamedTuple):
    """An item that goes together with that of an entry, and whose it is."""

    item_id: int
    collaborative: str | None


@dataclass(frozen=True)
class Entry:
    """One line of a published agenda, as it was published. `collaborative` is whose it is; of old publications nobody wrote that down. `heading` is the heading above it. `others` go together with it."""

    item_id: int
    title: str
    minutes: int | None
    lead: str | None
    collaborative: str | None = None
    heading: str | None = None
    others: tuple[Other, ...] = ()

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Entry":
        return cls(**stored | {"others": tuple(Other(*one) for one in stored.get("others", ()))})

    def reads_as(self, before: "Entry") -> bool:
        """Whether it says what it said before, as far as that was written down."""
        is_the_same = (self.item_id, self.title, self.minutes, self.heading, self.others) == (
            before.item_id,
            before.title,
            before.minutes,
            before.heading,
            before.others,
        )
        return is_the_same and self.is_led_as(before) and before.collaborative in (None, self.collaborative)

    def is_led_as(self, before: "Entry") -> bool:
        """Whether the same person leads it, as far as anybody knows: old publications name whoever brought it."""
        return self.lead == before.lead or before.collaborative is None


@dataclass(frozen=True)
class Changes:
    """Entries as they stand after, those taken off or joined to another as they stood before. One may have changed in several ways."""

    added: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    moved: tuple[Entry, ...] = ()
    reworded: tuple[Entry, ...] = ()
    with_another_length: tuple[Entry, ...] = ()
    with_another_lead: tuple[Entry, ...] = ()
    under_another_heading: tuple[Entry, ...] = ()
    joined: tuple[Entry, ...] = ()
    with_others: tuple[Entry, ...] = ()


def changes(before: Sequence[Entry], after: Sequence[Entry]) -> Changes:
    """What a reader of the agenda before should know of the one after."""
    old = {entry.item_id: entry for entry in before}
    new = {entry.item_id: entry for entry in after}
    stayed = [entry for entry in after if entry.item_id in old]
    gone = [entry for entry in before if entry.item_id not in new]
    others = {other.item_id for entry in after for other in entry.others}
    told = {*(entry.item_id for entry in gone), *(number for number in new if number not in old)}
    return Changes(
        added=tuple(entry for entry in after if entry.item_id not in old),
        removed=tuple(entry for entry in gone if entry.item_id not in others),
        joined=tuple(entry for entry in gone if entry.item_id in others),
        with_others=tuple(
            entry for entry in stayed if _without(told, entry) != _without(told, old[entry.item_id])
        ),
        moved=_moved([entry.item_id for entry in before], stayed),
        reworded=tuple(entry for entry in stayed if entry.title != old[entry.item_id].title),
        with_another_length=tuple(entry for entry in stayed if entry.minutes != old[entry.item_id].minutes),
        with_another_lead=tuple(entry for entry in stayed if not entry.is_led_as(old[entry.item_id])),
        under_another_heading=tuple(entry for entry in stayed if entry.heading != old[entry.item_id].heading),
    )


def _without(told: Collection[int], entry: Entry) -> list[Other]:
    """What goes together with it, but for those of which it is told already that they were joined, or stand for themselves."""
    return [other for other in entry.others if other.item_id not in told]


def _moved(order: list[int], stayed: list[Entry]) -> tuple[Entry, ...]:
    """The fewest entries that explain the new order: all but a longest run that kept the old one."""
    place = {item_id: number for number, item_id in enumerate(order)}
    unmoved = _longest_rising(place[entry.item_id] for entry in stayed)
    return tuple(entry for entry in stayed if place[entry.item_id] not in unmoved)


def _longest_rising(numbers: Iterable[int]) -> set[int]:
    best: list[tuple[int, ...]] = []  # of each length the rising run with the smallest end
    for number in numbers:
        length = bisect_left(best, number, key=lambda run: run[-1])
        best[length : length + 1] = [(*best[length - 1], number) if length else (number,)]
    return set(best[-1]) if best else set()
