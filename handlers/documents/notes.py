"""The notes of a meeting as a sheet."""

from collections.abc import Iterator

from bot.seen.documents import NotesDocument
from bot.seen.results import NotesSeen, ResultSeen
from handlers.blocks.attendance import who_came
from handlers.blocks.follow_ups import said_of
from handlers.blocks.items import speaks_for
from handlers.blocks.meetings import when
from handlers.blocks.notes import again, lists
from handlers.documents.sheet import Fact, Part, Row, Sheet
from handlers.words import _, short_day


def notes_sheet(document: NotesDocument) -> Sheet:
    notes = document.notes
    return Sheet(
        of=document.consortium,
        title=_("Notes of {day}").format(day=short_day(notes.meeting.day)),
        marks=() if notes.results.shown or notes.came else (_("What stood here was taken back."),),
        facts=tuple(_facts(notes)),
        parts=tuple(
            Part(heading, tuple(_rows(results))) for heading, results in lists(notes).items() if results
        ),
        closing=(who_came(notes.came),) if notes.came else (),
    )


def _facts(notes: NotesSeen) -> Iterator[Fact]:
    meeting = notes.meeting
    told = {_("When"): when(meeting), _("Where"): meeting.office, _("Host"): meeting.host}
    yield from (Fact(name, text) for name, text in told.items())


def _rows(results: list[ResultSeen]) -> Iterator[Row]:
    for number, one in enumerate(results, start=1):
        facts = " · ".join(filter(None, (speaks_for(one.item), again(one))))
        points = tuple(said_of(each) for each in one.follow_ups)
        yield Row(number, one.item.title, facts=facts, text=one.outcome or "", points=points)
