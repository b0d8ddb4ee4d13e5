"""What can hurt when a page is printed: letters that no font here has."""

from collections.abc import Iterator

from bot.agenda import told_agenda
from bot.seen.items import ItemState
from bot.timetable import has_known_zone, next_meeting
from handlers.documents.printing import printed
from handlers.documents.sheet import Part, Row, Sheet
from program.doctor.consortium import Arrangements
from program.doctor.findings import Checks, Trouble, warning
from storage.consortia import Consortium, rotation
from storage.tenancy import Session

ALL = 1000
ROOMS = dict.fromkeys((ItemState.ON_AGENDA, ItemState.WAITING, ItemState.HELD), ALL)


def _fonts(arrangements: Arrangements) -> Trouble | None:
    """Each letter that may come to be printed is asked for once."""
    letters = set("".join(_words(arrangements)))
    if "".join(letters).isascii():
        return None
    page = printed(_sheet(sorted(letters)))
    if page.has_all_letters:
        return None
    return warning(
        "No font here has some of the letters or emoji that people use, so the printable page shows boxes for them.",
        "install one, such as fonts-noto-cjk for Chinese or fonts-noto-color-emoji, or name a folder with it in FONTS_FOLDER.",
    )


def _sheet(letters: list[str]) -> Sheet:
    return Sheet("", "", (), (), (Part("", (Row(1, " ".join(letters)),)),))


def _words(arrangements: Arrangements) -> Iterator[str]:
    """Of all that is to come."""
    for consortium in arrangements.consortia:
        with arrangements.checkup.session(consortium.id) as session:
            yield from (consortium.name, *(host.name + host.office for host in rotation(session)))
            if has_known_zone(consortium):
                yield from _words_of_items(session, consortium, arrangements)


def _words_of_items(session: Session, consortium: Consortium, arrangements: Arrangements) -> Iterator[str]:
    meeting = next_meeting(session, consortium, arrangements.now)
    told = told_agenda(session, consortium, meeting, arrangements.now, ROOMS)
    for item in (*told.on_agenda.shown, *told.waiting.shown, *told.held.shown):
        yield from filter(None, (item.title, item.details, item.lead, item.heading))


PRINTING_CHECKS: Checks[Arrangements] = {"fonts": _fonts}
