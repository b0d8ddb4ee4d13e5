"""A sheet as Markdown, for a wiki or an archive. People's words stay words: nothing in them is read as a mark."""

from collections.abc import Iterator

from bot.reading.patterns import pattern
from bot.reading.text import set_apart
from handlers.documents.legible import legible
from handlers.documents.sheet import Fact, Part, Row, Sheet, written

_ADDRESS = pattern(r"https?://[^\s<>\\]*[^\s<>\\.,;:!?)\]'\"]")
_MARK = pattern(r"[\\`*_\[\]<>#|~&$]")
_BEGINS_A_LIST = pattern(r"\A(?P<number>\d{0,9})(?P<mark>[-+=.)])")


def in_markdown(sheet: Sheet) -> str:
    blocks = _blocks(written(sheet, escaped))
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: str) -> str:
    """Its lines stay lines; addresses stand in angle brackets, in which nothing else is read."""
    return "  \n".join(set_apart(_escaped(line.strip())) for line in legible(text).splitlines())


def _escaped(line: str) -> str:
    pieces, end = [], 0
    for found in _ADDRESS.finditer(line):
        pieces += [_without_marks(line[end : found.start()]), f"<{found[0]}>"]
        end = found.end()
    words = "".join([*pieces, _without_marks(line[end:])])
    return _BEGINS_A_LIST.sub(r"\g<number>\\\g<mark>", words)


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
