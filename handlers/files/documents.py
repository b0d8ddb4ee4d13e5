"""An agenda or the notes of a meeting as a file: a page to print, a spreadsheet, Markdown."""

from bot.errors import UserError
from bot.seen.documents import AgendaDocument, Document, FileOfDocument, Way
from handlers.blocks.documents import letters_are_missing, not_printed, with_file
from handlers.blocks.kit import Message
from handlers.documents.markdown import in_markdown
from handlers.documents.plain import in_plain_words
from handlers.documents.printing import printed
from handlers.documents.sheets import sheet_of
from handlers.documents.spreadsheet import in_cells
from handlers.files.file import File


def document_file(seen: FileOfDocument) -> File:
    """It may take some seconds. What can't be printed goes as words."""
    document = seen.document
    match seen.way:
        case Way.PAGE:
            return _page(document)
        case Way.SPREADSHEET if isinstance(document, AgendaDocument):
            return _file(document, "csv", in_cells(document), with_file(document))
        case _:
            return _file(document, "md", in_markdown(sheet_of(document)).encode(), with_file(document))


def _page(document: Document) -> File:
    try:
        page = printed(sheet_of(document))
    except UserError:
        words = in_plain_words(sheet_of(document)).encode()
        return _file(document, "txt", words, with_file(document, not_printed()))
    more = "" if page.has_all_letters else letters_are_missing()
    return _file(document, "pdf", page.content, with_file(document, more))


def _file(document: Document, ending: str, content: bytes, words: Message) -> File:
    name = f"{document.of}-{document.meeting.day.isoformat()}.{ending}"
    return File(name, sheet_of(document).title, content, words)
