"""A pasted list, parted into its items."""

from collections.abc import Sequence

from bot.reading.marks import BULLET, Mark, mark_of

A_LEVEL = 2
"""So many spaces further in begin a level of their own."""


def parted(lines: Sequence[str]) -> list[list[str]]:
    """The lines of each item, its mark taken off: a list is where the first line bears a mark, and another bears one like it.

    A line without one, with another one or further in belongs to the item above. A number alone is of the words.
    """
    marks = [mark_of(line) for line in lines]
    first = marks[0]
    if first is None:
        return [list(lines)]
    begins = _beginnings(first, marks)
    if len(begins) == 1 and not first.is_sure:
        return [list(lines)]
    ends = [*begins[1:], len(lines)]
    return [_item(lines[begin:end], marks[begin]) for begin, end in zip(begins, ends, strict=True)]


def _item(lines: Sequence[str], mark: Mark | None) -> list[str]:
    first, *rest = lines
    return [first[mark.end :] if mark else first, *rest]


def _beginnings(first: Mark, marks: Sequence[Mark | None]) -> list[int]:
    """The lines at which items begin: those whose marks are of the list that most of them can be of."""
    later = [(at, mark) for at, mark in enumerate(marks) if at and mark]
    lists = [_of_the_list(kind, first, later) for kind in first.readings]
    longest = max(lists, key=len)
    return [0, *(longest or _mixed(first, later))]


def _of_the_list(kind: str, first: Mark, later: Sequence[tuple[int, Mark]]) -> list[int]:
    alike = [(at, mark) for at, mark in later if kind in mark.readings]
    outer = _outermost(alike)
    return [at for at, _mark in outer] if outer and _goes_on(kind, first, outer[0][1]) else []


def _goes_on(kind: str, first: Mark, second: Mark) -> bool:
    """Whether the second is the next of a list: letters follow each other, and numbers at least do not go back."""
    before, after = first.readings[kind], second.readings[kind]
    if kind.startswith(("letter", "roman")):
        return after == before + 1 and (before == 1 or not kind.endswith("."))
    return after >= before


def _mixed(first: Mark, later: Sequence[tuple[int, Mark]]) -> list[int]:
    """Where somebody wrote a list by hand with a different bullet each time."""
    bullets = [kind for mark in (first, *(mark for _at, mark in later)) for kind in mark.readings]
    is_by_hand = len(set(bullets)) == len(bullets) and all(kind.startswith(BULLET) for kind in bullets)
    return [at for at, _mark in _outermost(later)] if is_by_hand else []


def _outermost(marked: Sequence[tuple[int, Mark]]) -> list[tuple[int, Mark]]:
    """Seen without the first line, of which Slack cuts the spaces in front."""
    outer = min((mark.indent for _at, mark in marked), default=0)
    return [(at, mark) for at, mark in marked if mark.indent < outer + A_LEVEL]
