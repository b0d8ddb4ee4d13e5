"""The printable page: read as a reader of PDFs and a screen reader do."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from structlog.testing import capture_logs

from bot.errors import UserError
from handlers.documents import printing
from handlers.documents.agenda import agenda_sheet
from handlers.documents.printing import MOST_OF_DETAILS, more_fonts, printed
from handlers.words import worded
from tests.handlers.documents.fonts import NO_FONT_HAS, a_font
from tests.handlers.documents.papers import OF, SILENT, an_agenda, entry, many
from tests.handlers.documents.reading import pages

LETTER = (8.5 * 72, 11 * 72)
LEAST_POINTS = 9


def pdf(*titles: str, **changes: object) -> bytes:
    entries = [entry(title, number) for number, title in enumerate(titles, start=1)]
    return printed(agenda_sheet(an_agenda(*entries, **changes))).content


def points(content: bytes) -> set[float]:
    """The sizes of the letters."""
    with pypdfium2.PdfDocument(content) as document:
        texts = (one for page in document for one in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT]))
        return {round(one.get_font_size() * one.get_matrix().a, 2) for one in texts}


def tree(content: bytes) -> Iterator[str]:
    """What a screen reader is told that things are, in the order in which it reads."""
    with pikepdf.open(BytesIO(content)) as document:
        yield from _tagged(document.Root.StructTreeRoot)


def _tagged(element: pikepdf.Object) -> Iterator[str]:
    if not isinstance(element, pikepdf.Dictionary):
        return
    if "/S" in element:
        yield str(element.S)
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        yield from _tagged(kid)


def test_a_page_tells_a_screen_reader_what_is_what() -> None:
    money = [entry("One", 1, heading="Money"), entry("Two", 2, heading="Money")]
    content = printed(agenda_sheet(an_agenda(*money))).content
    tags = [tag for tag in tree(content) if tag not in ("/P", "/Strong")]
    item = ["/LI", "/Lbl", "/LBody"]
    assert tags == ["/Document", "/Title", "/H1", "/L", *item, *item]


def test_a_page_says_in_which_language_it_is_what_it_is_called_and_by_which_rules_it_was_made() -> None:
    with pikepdf.open(BytesIO(pdf("One"))) as document:
        assert str(document.Root.Lang) == "en"
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        with document.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert told["dc:title"] == f"Agenda for Thu, Jan 21 · {OF}"


def test_a_page_has_what_the_words_have_and_details_besides() -> None:
    [page] = pages(pdf("Budget cuts", details="We lost two positions", held=2))
    for said in (
        *(OF, "Agenda for Thu, Jan 21", "When: Thursday, January 21, 2027", "Where: 1 Main St", "Host: CCSJ"),
        *("Getting there: The side door", "10:00 AM", "Meet our staff", "Mei, Alan", "10:10 AM", "1. "),
        *("Budget cuts", "10 min · BCN", "We lost two positions", "2 items are kept for the next meeting."),
    ):
        assert said in page


def test_whatever_people_write_comes_out_as_letters() -> None:
    nasty = [
        '#read("/etc/passwd")',
        "$x$ *b* _i_ `c`",
        "= heading",
        "@cite <label> \\u{41} #sym.zws",
        "//c /* d */",
    ]
    nasty += ["]) #panic()", "é ñ ü Привет Ελλάδα", '#image("sheet.typ")', "{name} %s"]
    [page] = pages(pdf(*nasty, meeting=SILENT))
    for title in nasty:
        assert title in page


def test_nothing_turns_a_line_around() -> None:
    [page] = pages(pdf("\u202eabc\u2066def", meeting=SILENT))
    assert "abcdef" in page


def test_a_word_that_is_longer_than_a_line_is_broken() -> None:
    [page] = pages(pdf("Q" * 200, meeting=SILENT))
    lines = [line.count("Q") for line in page.splitlines() if "Q" in line]
    assert sum(lines) == 200
    assert len(lines) > 3


@pytest.mark.parametrize("number", [0, 1, 12, 30])
def test_a_usual_agenda_fits_on_one_page(number: int) -> None:
    document = an_agenda(*many(number), details="Some words about it" if number < 12 else None)
    content = printed(agenda_sheet(document)).content
    assert len(pages(content)) == 1
    assert min(points(content)) >= LEAST_POINTS


def test_a_few_items_stand_in_large_letters_with_room_for_a_pen() -> None:
    few, more = pdf("One", "Two"), printed(agenda_sheet(an_agenda(*many(30)))).content
    assert max(points(few)) > max(points(more))
    assert lines_drawn(few) >= 4
    assert lines_drawn(more) == 0


def lines_drawn(content: bytes) -> int:
    with pypdfium2.PdfDocument(content) as document:
        return sum(one.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH for one in document[0].get_objects())


def test_details_give_way_before_letters_become_small() -> None:
    document = an_agenda(*many(12), details="Some words about it\n" * 8)
    content = printed(agenda_sheet(document)).content
    [page] = pages(content)
    assert "Some words about it" not in page
    assert min(points(content)) >= 10


def test_too_many_items_for_a_page_go_on_with_numbered_pages() -> None:
    content = printed(agenda_sheet(an_agenda(*many(60)))).content
    first, second = pages(content)
    assert "1 / 2" in first
    assert "2 / 2" in second
    assert "how we respond 60" in second
    assert min(points(content)) >= LEAST_POINTS
    with pikepdf.open(BytesIO(content)) as document:
        assert {tuple(map(float, page.MediaBox[2:])) for page in document.pages} == {LETTER}


def test_long_details_are_cut() -> None:
    [page] = pages(pdf("One", details="word " * 1000, meeting=SILENT))
    assert MOST_OF_DETAILS // 5 - 5 < page.count("word") <= MOST_OF_DETAILS // 5


# --- Letters that no font has


def test_letters_that_no_font_has_are_told_of_and_the_rest_is_printed() -> None:
    sheet = agenda_sheet(an_agenda(entry(f"Safety {NO_FONT_HAS}"), meeting=SILENT))
    page = printed(sheet)
    assert not page.has_all_letters
    assert "Safety" in pages(page.content)[0]
    assert printed(agenda_sheet(an_agenda(entry("Safety")))).has_all_letters


def test_a_font_in_the_folder_prints_its_letters(tmp_path: Path) -> None:
    a_font(tmp_path / "rare.ttf", NO_FONT_HAS)
    named = more_fonts.set(tmp_path)
    page = printed(agenda_sheet(an_agenda(entry(f"Safety {NO_FONT_HAS}"), meeting=SILENT)))
    more_fonts.reset(named)
    assert page.has_all_letters
    assert NO_FONT_HAS in pages(page.content)[0]


# --- The process of its own


def test_a_page_that_takes_too_long_is_given_up_and_its_process_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = tmp_path / "begun"
    program = a_program(
        tmp_path,
        f"import os, pathlib, time; pathlib.Path({str(begun)!r}).write_text(str(os.getpid())); time.sleep(600)",
    )
    monkeypatch.setattr(printing, "TYPESETTING", program)
    with capture_logs() as log, pytest.raises(UserError) as said:
        printed(agenda_sheet(an_agenda(entry("One"))), longest=2)
    assert worded(said.value) == "The page could not be printed. Please try again, or take the words instead."
    assert [one["event"] for one in log] == ["a page took too long to be printed"]
    with pytest.raises(ProcessLookupError):
        os.kill(int(begun.read_text()), 0)


def test_a_page_that_fails_says_so_and_no_word_of_it_gets_into_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = a_program(tmp_path, "import sys; raise RuntimeError(sys.stdin.read())")
    monkeypatch.setattr(printing, "TYPESETTING", program)
    with capture_logs() as log, pytest.raises(UserError):
        printed(agenda_sheet(an_agenda(entry("canary-7"))))
    assert [(one["event"], one["kind"]) for one in log] == [("a page could not be printed", "RuntimeError")]
    assert "canary-7" not in str(log)


def test_what_prints_knows_nothing_of_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    program = a_program(
        tmp_path, f"import os, pathlib; pathlib.Path({str(told)!r}).write_text(str(dict(os.environ)))"
    )
    monkeypatch.setattr(printing, "TYPESETTING", program)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    printed(agenda_sheet(an_agenda(entry("One"))))
    assert "SLACK" not in told.read_text()


def a_program(folder: Path, code: str) -> Path:
    file = folder / "program.py"
    file.write_text(code)
    return file
