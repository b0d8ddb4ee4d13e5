"""What a typed line says: a title, how many minutes, on whose behalf."""

from dataclasses import dataclass, replace
from itertools import dropwhile

from bot.errors import UserError, Words
from bot.reading import brackets
from bot.reading.durations import Length, read_alone, read_length
from bot.reading.lists import parted
from bot.reading.marks import mark_of
from bot.reading.names import Verdict, judged, without_handle
from bot.reading.patterns import pattern
from bot.reading.text import cut, storable, visible

LONGEST_TITLE = 200
MOST_ITEMS = 20
EXAMPLE = "/agenda add Budget cuts and how we respond (15 min)"

_LINE_END = pattern(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
"""What Python takes for the end of a line, as the forms do: Word writes \\v for a line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it was typed; what is not title, minutes or name stands in the details.

    `doubts` are the questions to the person where it may have been meant otherwise.
    """

    title: str
    minutes: int | None = None
    on_behalf_of: str | None = None
    details: str | None = None
    doubts: tuple[Words, ...] = ()


def read_items(text: str) -> list[Line]:
    """The items of a pasted list, or the one item that the text is.

    Lines that begin no item belong to the one above as its details: an item too few is edited in a moment, twenty too
    many reach every curator.

    Raises UserError if there are too many, or if one has no title.
    """
    blocks = ["\n".join(lines) for lines in parted(_LINE_END.split(text.strip()))]
    items = [block for block in blocks if visible(block)]
    if len(items) > MOST_ITEMS:
        raise _too_many(len(items))
    return [read_line(item) for item in items or [""]]


def read_line(text: str) -> Line:
    """The item that one line says, the first with anything to see. Lines below it are its details.

    Raises UserError if it has no title.
    """
    lines = _LINE_END.split(storable(text.strip()))
    first, *rest = dropwhile(lambda line: not visible(line), lines) if visible(text) else lines
    said = _read_tail(first.strip())
    if not visible(said.title):
        raise _no_title(first)
    said, rest = _with_length_below(said, rest)
    details = "\n".join([said.title, *rest] if len(said.title) > LONGEST_TITLE else rest).strip("\n")
    return replace(said, title=cut(said.title, LONGEST_TITLE), details=details if visible(details) else None)


def _no_title(typed: str) -> UserError:
    if not visible(typed):
        return UserError("An item needs a title. Try: {example}", field="title", example=EXAMPLE)
    return UserError("“{typed}” has no title. Try: {example}", field="title", typed=typed, example=EXAMPLE)


def _read_tail(line: str) -> Line:
    """Length and name may stand at the end in any order, and a name at the beginning."""
    length = read_length(line)
    rest, name, verdict = _read_name(length.rest)
    if name and length.minutes is None:
        length = read_length(rest)
        rest = length.rest
    doubts = [*_unread(length), *_no_person(name, verdict)]
    return Line(rest, length.minutes, name, doubts=tuple(doubts))


def _read_name(line: str) -> tuple[str, str | None, Verdict]:
    found, verdict = brackets.at_end(line), Verdict.NO_NAME
    if found and not found.is_round:
        verdict = judged(found.within)
    if found is None or verdict == Verdict.NO_NAME:
        found = brackets.at_beginning(line)
        is_name = found and not found.is_round and judged(found.within) == Verdict.NAME
        verdict = Verdict.UNSURE if is_name else Verdict.NO_NAME
    if found is None or verdict == Verdict.NO_NAME:
        return line, None, verdict
    return found.rest, without_handle(found.within), verdict


def _unread(length: Length) -> list[Words]:
    if not length.unread:
        return []
    return [
        Words(
            "I left “{words}” in the title. If it is how long this takes, please edit it.",
            words=length.unread,
        )
    ]


def _no_person(name: str | None, verdict: Verdict) -> list[Words]:
    if name is None or verdict != Verdict.UNSURE:
        return []
    return [Words("Is this on behalf of “{name}”? If not, please edit it.", name=name)]


def _with_length_below(said: Line, rest: list[str]) -> tuple[Line, list[str]]:
    """A length on a line of its own is the item's, if it is the only one."""
    if said.minutes is not None:
        return said, rest
    lengths = {
        at: length for at, line in enumerate(rest) if (length := read_alone(_unmarked(line))) is not None
    }
    if len(lengths) != 1:
        return said, rest
    [(at, minutes)] = lengths.items()
    return replace(said, minutes=minutes), [*rest[:at], *rest[at + 1 :]]


def _unmarked(line: str) -> str:
    mark = mark_of(line)
    return line[mark.end :] if mark else line


def _too_many(count: int) -> UserError:
    return UserError(
        "That list has {count} items, and up to {most} can be added at once. Nothing was added.",
        field="title",
        count=count,
        most=MOST_ITEMS,
    )
