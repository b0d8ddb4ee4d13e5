"""A sheet in plain words, for an e-mail or a text message: no marks, so that it reads the same wherever it is pasted."""

from collections.abc import Iterator

from bot.reading.text import set_apart
from handlers.documents.legible import legible
from handlers.documents.sheet import Part, Row, Sheet, written
from handlers.words import _

BELOW = "    "


def in_plain_words(sheet: Sheet) -> str:
    """What an item is about in detail is left out: it would be too long to send."""
    paragraphs = _paragraphs(written(sheet, lambda text: set_apart(legible(text))))
    return "\n\n".join("\n".join(lines) for lines in paragraphs if lines) + "\n"


def _paragraphs(sheet: Sheet) -> Iterator[list[str]]:
    yield [sheet.of, sheet.title]
    yield list(sheet.marks)
    yield [_named(fact.name, fact.text) for fact in sheet.facts]
    for part in sheet.parts:
        yield list(_lines(part))
    yield list(sheet.closing)


def _named(name: str, text: str) -> str:
    return _("{name}: {text}").format(name=name, text=text)


def _lines(part: Part) -> Iterator[str]:
    if part.heading:
        yield part.heading
    for row in part.rows:
        yield _line(row)
        yield from (f"{BELOW}{line}" for said in (row.text, *row.points) for line in said.splitlines())


def _line(row: Row) -> str:
    number = "" if row.number is None else f"{row.number}. "
    return number + " · ".join(filter(None, (row.begins, row.title, row.facts)))
