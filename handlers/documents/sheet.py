"""A sheet: what stands in a document, in order, whichever way it is written."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Fact:
    """Something to know of a meeting, under its name."""

    name: str
    text: str


@dataclass(frozen=True)
class Row:
    """A line of a list, with what is told below it: a `text` and `points`. `number` is None of what is no item, as a break.

    `details` are left out where there is little room.
    """

    number: int | None
    title: str
    begins: str = ""
    facts: str = ""
    text: str = ""
    points: tuple[str, ...] = ()
    details: str = ""


@dataclass(frozen=True)
class Part:
    """Rows, under their heading if they have one."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Sheet:
    """`marks` are what a reader has to know before all else, as that it is a draft. `closing` stands below the lists."""

    of: str
    title: str
    marks: tuple[str, ...]
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    closing: tuple[str, ...] = ()


def written(sheet: Sheet, write: Callable[[str], str]) -> Sheet:
    """The same with every text in it written that way: none is forgotten."""
    anew: Sheet = _written(sheet, write)
    return anew


def _written(thing: Any, write: Callable[[str], str]) -> Any:
    if isinstance(thing, str):
        return write(thing)
    if isinstance(thing, tuple):
        return tuple(_written(one, write) for one in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(
            thing, **{one.name: _written(getattr(thing, one.name), write) for one in fields(thing)}
        )
    return thing
