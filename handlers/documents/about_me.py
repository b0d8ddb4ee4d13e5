"""What is kept about somebody, as a sheet that they read: their words, of what, and from when. Numbers and marks stand in the other file."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from bot.about_me import THEMSELVES
from bot.calendar import local_day, zone
from bot.seen.about_me import FileAboutMe, What
from bot.seen.items import ItemState, Reason, Wish
from bot.seen.results import Became
from handlers.blocks.about_me import counted
from handlers.blocks.decisions import reasons
from handlers.blocks.items import states, wishes
from handlers.blocks.results import became
from handlers.documents.sheet import Part, Row, Sheet
from handlers.words import _, dated, moment


def about_me_sheet(seen: FileAboutMe) -> Sheet:
    made = _("Written down on {when}.").format(when=moment(seen.made_at, seen.timezone))
    more = _("Numbers and marks stand in the file for a program. You can ask for that one, too.")
    parts = [_themselves(seen), *(_part(seen, what) for what in What if _rows_of(seen, what))]
    return Sheet(
        of=seen.consortium,
        title=_("What the bot keeps about you"),
        marks=(made, more),
        facts=(),
        parts=tuple(parts),
    )


def _rows_of(seen: FileAboutMe, what: str) -> list[Mapping[str, Any]]:
    return [row for one in seen.kept for row in one[what]]


def _themselves(seen: FileAboutMe) -> Part:
    known = [tuple(_words(row)) for row in _rows_of(seen, THEMSELVES)]
    return Part(_("You"), tuple(Row(None, words[0], points=words[1:]) for words in known))


def _part(seen: FileAboutMe, what: What) -> Part:
    """What has nothing to be read is counted alone."""
    rows = _rows_of(seen, what)
    read = [_row(seen, number, row) for number, row in enumerate(rows, start=1)]
    return Part(counted(what, len(rows)), tuple(row for row in read if row.title))


def _row(seen: FileAboutMe, number: int, row: Mapping[str, Any]) -> Row:
    """The first words are what it is called."""
    title, *more = [*_words(row), ""]
    facts = " · ".join(filter(None, [_when(seen, row), *_chosen(row)]))
    title = " ".join(title.split())
    return Row(number, title or facts, facts=facts if title else "", points=tuple(filter(None, more)))


def _words(row: Mapping[str, Any]) -> Iterator[str]:
    for value in row.values():
        if isinstance(value, str) and value and not isinstance(value, Enum):
            yield value


def _chosen(row: Mapping[str, Any]) -> Iterator[str]:
    """What is one of a list of the program's own, as people read it on screen."""
    yield from (_in_words(one) for one in row.values() if isinstance(one, Enum))


def _in_words(value: Enum) -> str:
    match value:
        case ItemState():
            return states()[value]
        case Became():
            return became()[value]
        case Wish():
            return wishes()[value]
        case Reason():
            return reasons()[value]
    return str(value)


def _when(seen: FileAboutMe, row: Mapping[str, Any]) -> str:
    """The first of its moments."""
    for value in row.values():
        if isinstance(value, datetime):
            return dated(local_day(value, zone(seen.timezone)))
        if isinstance(value, date):
            return dated(value)
    return ""
