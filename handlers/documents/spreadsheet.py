"""An agenda as a spreadsheet: a row an item, as the program that opens it works with it."""

import csv
from collections.abc import Iterator
from io import StringIO

from bot.inert import as_cell
from bot.seen.documents import AgendaDocument
from handlers.blocks.meetings import begins_at
from handlers.blocks.publication import whose_is
from handlers.documents.legible import legible
from handlers.words import _

MARKED_AS_UNICODE = "utf-8-sig"
"""Without the mark at the beginning Excel reads other letters than were written."""


def in_cells(document: AgendaDocument) -> bytes:
    """Of people it names those whom the agenda names."""
    written = StringIO(newline="")
    rows = csv.writer(written, quoting=csv.QUOTE_ALL)
    rows.writerows([as_cell(legible(cell)) for cell in row] for row in _rows(document))
    return written.getvalue().encode(MARKED_AS_UNICODE)


def _rows(document: AgendaDocument) -> Iterator[list[str]]:
    agenda = document.agenda
    details = {item.id: item.details or "" for item in agenda.items.shown}
    yield [
        *(_("Number"), _("Begins"), _("Minutes"), _("Heading"), _("Title")),
        *(_("Details"), _("Brought by"), _("Led by")),
    ]
    for number, (entry, turn) in enumerate(zip(agenda.entries.shown, agenda.schedule, strict=True), start=1):
        yield [
            *(str(number), begins_at(agenda.meeting, turn), str(entry.minutes or ""), entry.heading or ""),
            *(entry.title, details.get(entry.item_id, ""), whose_is(entry), entry.lead or ""),
        ]
