"""What a typed line says: a title, how many minutes, on whose behalf."""

from dataclasses import dataclass
from itertools import dropwhile

from bot.errors import UserError
from bot.reading.durations import MARKS_AT_END, before, read_length
from bot.reading.patterns import Found, pattern
from bot.reading.text import cut, storable, visible

LONGEST_TITLE = 200
MOST_ITEMS = 20
EXAMPLE = "/agenda add Budget cuts and how we respond (15 min)"

_LINE_END = pattern(r"\r\n?|[\n\u2028\u2029]")
_NAME_AT_END = pattern(rf"\[(?P<name>[^\[\]]{{1,80}})\]{MARKS_AT_END}")
_BULLET = pattern(r"\A(?P<indent>\s*)(?:[-*\u2013](?:\s+|\Z)|[•‣◦]\s*|\d{1,2}[.)](?:\s+|\Z))")


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it was typed; what is not title, minutes or name stands in the details."""

    title: str
    minutes: int | None = None
    on_behalf_of: str | None = None
    details: str | None = None


def read_items(text: str) -> list[Line]:
    """The items of a pasted list, or the one item that the text is.

    It is a list where its first line is a bullet or a number. A line without one, or further in, belongs to
    the item above as its details: an item too few is edited in a moment, twenty too many reach every curator.

    Raises UserError if there are too many, or if one has no title.
    """
    blocks = [block for block in _blocks(_LINE_END.split(text.strip())) if visible(block)]
    if len(blocks) > MOST_ITEMS:
        raise _too_many(len(blocks))
    return [read_line(block) for block in blocks or [""]]


def read_line(text: str) -> Line:
    """The item that one line says, the first with anything to see. Lines below it are its details.

    Raises UserError if it has no title.
    """
    lines = _LINE_END.split(storable(text.strip()))
    first, *rest = dropwhile(lambda line: not visible(line), lines) if visible(text) else lines
    title, minutes, name = _read_tail(first.strip())
    if not visible(title):
        raise _no_title(first)
    details = [title, *rest] if len(title) > LONGEST_TITLE else rest
    return Line(cut(title, LONGEST_TITLE), minutes, name, "\n".join(details).strip("\n") or None)


def _no_title(typed: str) -> UserError:
    if not visible(typed):
        return UserError("An item needs a title. Try: {example}", field="title", example=EXAMPLE)
    return UserError("“{typed}” has no title. Try: {example}", field="title", typed=typed, example=EXAMPLE)


def _read_tail(line: str) -> tuple[str, int | None, str | None]:
    rest, minutes = read_length(line)
    rest, name = _read_name(rest)
    if minutes is None:
        rest, minutes = read_length(rest)
    return rest, minutes, name


def _read_name(line: str) -> tuple[str, str | None]:
    found = _NAME_AT_END.search(line)
    if not found or not visible(found["name"]):
        return line, None
    return before(found), found["name"].strip()


def _blocks(lines: list[str]) -> list[str]:
    """The lines of each item, its bullet taken off."""
    bullets = [_BULLET.match(line) for line in lines]
    if not bullets[0]:
        return ["\n".join(lines)]
    outermost = _outermost([bullet for bullet in bullets[1:] if bullet])
    blocks: list[list[str]] = []
    for line, bullet in zip(lines, bullets, strict=True):
        if bullet and (not blocks or _indent(bullet) < outermost + 2):
            blocks.append([line[bullet.end() :]])
        else:
            blocks[-1].append(line)
    return ["\n".join(block) for block in blocks]


def _outermost(bullets: list[Found[str]]) -> int:
    """Where the list begins, seen without its first line, of which Slack cuts the spaces in front."""
    return min(map(_indent, bullets), default=0)


def _indent(bullet: Found[str]) -> int:
    return len(bullet["indent"].expandtabs(4))


def _too_many(count: int) -> UserError:
    return UserError(
        "That list has {count} items, and up to {most} can be added at once. Nothing was added.",
        field="title",
        count=count,
        most=MOST_ITEMS,
    )
