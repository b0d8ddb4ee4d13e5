"""python -m bot agenda: the published agenda of a meeting, in plain words, as Markdown, as a spreadsheet or on paper."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from bot.documents import agenda_of_everybody
from bot.errors import UserError
from bot.seen.documents import AgendaDocument
from bot.timetable import next_meeting
from handlers.documents.agenda import agenda_sheet
from handlers.documents.markdown import in_markdown
from handlers.documents.plain import in_plain_words
from handlers.documents.printing import more_fonts, printed
from handlers.documents.spreadsheet import in_cells
from program.clock import real_clock
from program.settings import load_database_settings
from program.which_consortium import the_consortium, the_database, write_new
from storage.consortia import Consortium
from storage.database import Database
from storage.meetings import Meeting, last_meeting_on
from storage.tenancy import Session

DONE = 0
BOXES = "Some letters stand in it as boxes, as no font has them: python -m bot doctor says what to do."


def add_agenda_command(commands: Any) -> None:
    telling = commands.add_parser("agenda", help="print the published agenda of a meeting")
    telling.add_argument(
        "--for",
        dest="consortium",
        metavar="CONSORTIUM",
        help="its name or its workspace, where the database has several",
    )
    telling.add_argument("--meeting", metavar="DAY", help="such as 2027-01-21; the next one if left out")
    ways = telling.add_mutually_exclusive_group()
    ways.add_argument("--pdf", type=Path, metavar="FILE", help="a printable page, in a new file")
    ways.add_argument("--markdown", action="store_true")
    ways.add_argument("--csv", action="store_true", help="for a spreadsheet")
    telling.set_defaults(do=agenda)


def agenda(arguments: argparse.Namespace) -> int:
    with the_database() as database:
        consortium = the_consortium(database, arguments.consortium, option="--for")
        document = _document(database, consortium, arguments.meeting)
    if arguments.pdf:
        _print(document, arguments.pdf)
    else:
        sys.stdout.buffer.write(_told(document, arguments))
        sys.stdout.buffer.flush()
    return DONE


def _told(document: AgendaDocument, arguments: argparse.Namespace) -> bytes:
    if arguments.csv:
        return in_cells(document)
    sheet = agenda_sheet(document)
    return (in_markdown(sheet) if arguments.markdown else in_plain_words(sheet)).encode()


def _print(document: AgendaDocument, file: Path) -> None:
    more_fonts.set(load_database_settings().fonts_folder)
    page = printed(agenda_sheet(document))
    write_new(file, page.content)
    print(f"{file} holds the agenda. Nobody but you may read it.")
    if not page.has_all_letters:
        print(BOXES)


def _document(database: Database, consortium: Consortium, day: str | None) -> AgendaDocument:
    return database.do(
        lambda session: agenda_of_everybody(session, consortium, _meeting(session, consortium, day)),
        consortium.id,
    )


def _meeting(session: Session, consortium: Consortium, day: str | None) -> Meeting:
    """Raises UserError where there is none."""
    if day is None:
        meeting = next_meeting(session, consortium, real_clock())
        if meeting is None:
            raise UserError("The next meeting is not set yet.")
        return meeting
    meeting = last_meeting_on(session, _read(day))
    if meeting is None:
        raise UserError("There is no meeting on {day}.", day=_read(day))
    return meeting


def _read(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise UserError("{day} is no day. Write it like 2027-01-21.", day=day) from None
