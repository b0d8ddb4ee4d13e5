"""The sheet of a document, whatever is handed on."""

from bot.seen.documents import AgendaDocument, Document
from handlers.documents.agenda import agenda_sheet
from handlers.documents.notes import notes_sheet
from handlers.documents.sheet import Sheet


def sheet_of(document: Document) -> Sheet:
    return agenda_sheet(document) if isinstance(document, AgendaDocument) else notes_sheet(document)
