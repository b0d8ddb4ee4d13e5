"""A sheet as Markdown, for a wiki or an archive. People's words stay words: nothing in them is read as a mark."""

from collections.abc import Iterator

from bot.reading.patterns import pattern
from bot.reading.text import set_apart
from handlers.documents.legible import legible
from handlers.documents.sheet import Fact, Part, Row, Sheet, written

_BEGINS_AN_ADDRESS = pattern("https?://")
_ENDS_AN_ADDRESS = pattern(r"[\s<>\\]|\Z")
_ENDS_A_SENTENCE = ".,;:!?)]'\""
"""Signs at the end of an address that are more likely none of it."""
_MARK = pattern(r"[\\`*_\[\]<>#|~&$]")
_BEGINS_A_LIST = pattern(r"\A(?P<number>\d{0,9})(?P<mark>[-+=.)])")


def in_markdown(sheet: Sheet) -> str:
    blocks = _blocks(written(sheet, escaped))
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: str) -> str:
    """Its lines stay lines; addresses stand in angle brackets, in which nothing else is read."""
    return "  \n".join(set_apart(_escaped(line.strip())) for line in legible(text).splitlines())


def _escaped(line: str) -> str:
    words = "".join(_pieces(line))
    return _BEGINS_A_LIST.sub(r"\g<number>\\\g<mark>", words)


def _pieces(line: str) -> Iterator[str]:
    done = 0
    for found in _BEGINS_AN_ADDRESS.finditer(line):
        if found.start() >= done:  # else it stands within the one before
            yield _without_marks(line[done : found.start()])
            address = _address(line, found.start())
            yield f"<{address}>"
            done = found.start() + len(address)
    yield _without_marks(line[done:])


def _address(line: str, begins: int) -> str:
    ends = _ENDS_AN_ADDRESS.search(line, begins)
    return line[begins : ends.start() if ends else None].rstrip(_ENDS_A_SENTENCE)


def _without_marks(words: str) -> str:
    return _MARK.sub(lambda mark: f"\\{mark[0]}", words)


def _blocks(sheet: Sheet) -> Iterator[str]:
    yield f"# {_in_a_line(sheet.title)}"
    yield sheet.of
    yield from (f"**{mark}**" for mark in sheet.marks)
    yield "\n".join(map(_fact, sheet.facts))
    for part in sheet.parts:
        yield f"## {_in_a_line(part.heading)}" if part.heading else ""
        yield from _list(part)
    yield from sheet.closing


def _fact(fact: Fact) -> str:
    return f"- **{fact.name}:** {_further_in(fact.text, '  ')}"


def _list(part: Part) -> Iterator[str]:
    """What has no number parts the list in two, and the second goes on with its number."""
    yield from ("\n\n".join(_row(row)) for row in part.rows)


def _row(row: Row) -> Iterator[str]:
    number = "" if row.number is None else f"{row.number}. "
    yield number + " · ".join(filter(None, (row.begins, f"**{_in_a_line(row.title)}**", row.facts)))
    below = " " * len(number)
    yield from (below + _further_in(text, below) for text in (row.text, row.details) if text)
    if row.points:
        yield "\n".join(f"{below}- {_further_in(point, f'{below}  ')}" for point in row.points)


def _further_in(text: str, by: str) -> str:
    """What belongs to a line of a list stands further in."""
    return text.replace("\n", f"\n{by}")


def _in_a_line(text: str) -> str:
    return " ".join(text.split())
