"""An agenda and the notes in plain words, as Markdown and as a spreadsheet: all that matters stands there, and words stay words."""

import csv
import unicodedata
from dataclasses import replace
from datetime import date
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.inert import as_cell
from bot.reading.text import set_apart
from bot.seen.documents import AgendaDocument, NotesDocument
from bot.seen.follow_ups import FollowUpSeen
from bot.seen.items import ItemState
from bot.seen.lists import Seen
from bot.seen.results import Became, CameSeen, NotesSeen, ResultSeen
from handlers.documents.agenda import agenda_sheet
from handlers.documents.legible import legible
from handlers.documents.markdown import escaped, in_markdown
from handlers.documents.notes import notes_sheet
from handlers.documents.plain import in_plain_words
from handlers.documents.spreadsheet import in_cells
from tests.handlers.documents.papers import MEETING, OF, SILENT, an_agenda, entry, many
from tests.handlers.renderings import item
from tests.handlers.user_text import FRAGMENTS

MARKDOWN = MarkdownIt("gfm-like", {"linkify": False, "html": True})
PLAIN = {"text", "softbreak", "hardbreak", "paragraph_open", "paragraph_close", "inline"}
LINKS = {"link_open", "link_close"}
FORMULAS = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")

letters = st.characters(codec="utf-8", exclude_characters="\0")
texts = st.lists(st.sampled_from(FRAGMENTS) | st.text(letters, max_size=6), max_size=6).map("".join)


def plain(document: AgendaDocument) -> str:
    return in_plain_words(agenda_sheet(document))


def rows(document: AgendaDocument) -> list[list[str]]:
    return list(csv.reader(StringIO(in_cells(document).decode("utf-8-sig"), newline="")))


def tokens(text: str) -> list[Any]:
    return [inner for one in MARKDOWN.parse(text) for inner in (one, *(one.children or ()))]


def read_as_markdown(text: str) -> str:
    """What a reader sees of it."""
    says = {"text": lambda one: one.content, "softbreak": lambda _: "\n", "hardbreak": lambda _: "\n"}
    return "".join(says[one.type](one) for one in tokens(text) if one.type in says)


# --- Plain words


def test_an_agenda_says_when_and_where_who_leads_and_when_each_item_begins() -> None:
    money = entry("Budget cuts", 1, minutes=20, lead="Ana", heading="Money")
    more = entry("Referrals", 2, minutes=60, heading="Money")
    assert plain(an_agenda(money, more, held=2)) == (
        "Sister Peace Initiatives\n"
        "Agenda for Thu, Jan 21\n"
        "\n"
        "When: Thursday, January 21, 2027, 10:00 AM – 12:00 PM\n"  # noqa: RUF001 - as clocks are written
        "Where: 1 Main St, San Francisco\n"
        "Host: CCSJ\n"
        "Getting there: The side door on Oak Street\n"
        "While you are here: Come early, we walk you round\n"
        "\n"
        "10:00 AM · Meet our staff and our work · 10 min\n"
        "    Mei, Alan\n"
        "\n"
        "Money\n"
        "1. 10:10 AM · Budget cuts · 20 min · Ana (BCN)\n"
        "Break, 10 min\n"
        "2. 10:40 AM · Referrals · 1 hr · BCN\n"
        "\n"
        "Items take 1 hr 20 min. The meeting has 1 hr 20 min for them.\n"
        "Kept for what comes up in the room: 20 min.\n"
        "2 items are kept for the next meeting.\n"
    )


def test_an_agenda_with_nothing_on_it_says_so() -> None:
    assert plain(an_agenda(meeting=SILENT)).endswith("\n\nNothing is on the agenda at the moment.\n")


def test_a_draft_says_first_that_it_is_one() -> None:
    said = plain(an_agenda(entry("One"), is_draft=True))
    assert said.splitlines()[3] == "This is a draft. The host has not published it yet."
    assert "draft" not in plain(an_agenda(entry("One")))


def test_of_a_cancelled_meeting_it_says_first_that_nobody_meets() -> None:
    cancelled = replace(MEETING, is_cancelled=True, is_confirmed=False)
    said = plain(an_agenda(entry("One"), meeting=cancelled)).splitlines()
    assert said[3] == "The meeting is cancelled"
    assert said[4].startswith("We do not meet on Thursday, January 21, 2027")


def test_a_date_that_its_host_has_yet_to_confirm_is_told_as_one() -> None:
    proposed = replace(MEETING, is_confirmed=False)
    assert "CCSJ has yet to confirm this date.\n" in plain(an_agenda(entry("One"), meeting=proposed))


def test_a_break_stands_above_the_heading_after_it() -> None:
    first = entry("One", 1, minutes=40, heading="Money")
    later = entry("Two", 2, minutes=40, heading="People")
    said = plain(an_agenda(first, later))
    assert "40 min · BCN\nBreak, 10 min\n\nPeople\n2. " in said


def test_however_many_items_there_are_all_stand_in_order() -> None:
    said = plain(an_agenda(*many(60)))
    found = [said.index(f"\n{number}. ") for number in range(1, 61)]
    assert all(one < next_one for one, next_one in pairwise(found))


def test_emoji_are_signs_and_nothing_is_read_by_slack() -> None:
    said = plain(an_agenda(entry(":tada: Party :wave::skin-tone-3: :flag-mx: :woman-shrugging: :our_logo:")))
    assert "🎉 Party 👋🏼 🇲🇽 🤷‍♀️ :our_logo:" in said


def test_what_an_item_is_about_in_detail_is_left_out_of_it() -> None:
    assert "In detail" not in plain(an_agenda(entry("One"), details="In detail"))


def test_right_to_left_letters_do_not_turn_the_line_around() -> None:
    budget = "\u0645\u064a\u0632\u0627\u0646\u064a\u0629"
    assert f" · {set_apart(budget)} · 10 min" in plain(an_agenda(entry(f"\u202e{budget}")))


@given(title=texts)
@settings(max_examples=100)
def test_nothing_that_steers_gets_into_it(title: str) -> None:
    steers = {
        sign for sign in legible(title) if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp", "Cs", "Co"}
    }
    assert steers <= {"\n", "\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"}


# --- The notes


def some_notes(*results: ResultSeen, came: tuple[CameSeen, ...] = ()) -> NotesDocument:
    return NotesDocument(OF, NotesSeen(MEETING, Seen(results), came))


def result(title: str, became: Became, outcome: str | None = None, **more: Any) -> ResultSeen:
    seen = item(ItemState.ON_AGENDA, title=title, collaborative="BCN", minutes=10, is_late=False)
    return ResultSeen(seen, became, outcome, **more)


def test_notes_say_what_came_of_each_item_and_who_does_what_by_when() -> None:
    call = FollowUpSeen(
        id=1,
        edition=1,
        item_id=1,
        meeting=MEETING,
        words="Call the clinic",
        owner="Devon",
        due_on=date(2027, 2, 8),
        day=date(2027, 2, 8),
        item="Budget cuts",
    )
    said = in_plain_words(
        notes_sheet(
            some_notes(
                result("Budget cuts", Became.DONE, "We write a letter", follow_ups=(call,)),
                result("Referrals", Became.AGAIN, comes_up_again=True),
                result("Visit", Became.NOT_REACHED),
                came=(CameSeen(1, "BCN", 4),),
            )
        )
    )
    assert said.startswith("Sister Peace Initiatives\nNotes of Thu, Jan 21\n\nWhen: Thursday")
    assert said.endswith(
        "What we talked about\n"
        "1. Budget cuts · BCN\n"
        "    We write a letter\n"
        "    Devon: Call the clinic (by Mon, Feb 8)\n"
        "2. Referrals · BCN · again next time\n"
        "\n"
        "For the next meeting\n"
        "1. Visit · BCN\n"
        "\n"
        "Who came: BCN 4\n"
    )


def test_notes_of_which_nothing_is_left_say_so() -> None:
    assert "What stood here was taken back." in in_plain_words(notes_sheet(some_notes()))


# --- Markdown


def test_markdown_has_a_title_headings_and_a_list_that_goes_on_after_a_break() -> None:
    first = entry("Budget cuts", 1, minutes=40, heading="Money")
    later = entry("Referrals", 2, minutes=40, heading="Money")
    said = in_markdown(agenda_sheet(an_agenda(first, later, details="In detail\nand more")))
    assert said.startswith("# Agenda for Thu, Jan 21\n\nSister Peace Initiatives\n\n- **When:** Thursday")
    assert (
        "## Money\n\n1. 10:10 AM · **Budget cuts** · 40 min · BCN\n\n   In detail  \n   and more\n\n"
        "**Break, 10 min**\n\n2. 11:00 AM · **Referrals** · 40 min · BCN\n" in said
    )
    starts = [one.attrs.get("start", 1) for one in tokens(said) if one.type == "ordered_list_open"]
    assert starts == [1, 2]


def test_details_stand_within_their_item_also_after_the_ninth() -> None:
    said = in_markdown(agenda_sheet(an_agenda(*many(12), details="In detail", meeting=SILENT)))
    [the_list] = [one for one in MARKDOWN.parse(said) if one.type == "ordered_list_open"]
    inside = [one for one in tokens(said) if one.type == "text" and one.content == "In detail"]
    paragraphs = [one for one in MARKDOWN.parse(said) if one.type == "inline" and one.content == "In detail"]
    assert len(inside) == 12
    assert {one.level for one in paragraphs} == {the_list.level + 3}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "`code`",
            "*b* _i_ __u__",
            "[a](https://x.example)",
            "![a](b)",
            "<b>b</b> <!-- c -->",
            "# h",
            "a | b",
        ),
        *(
            "- a",
            "+ a",
            "1. a",
            "12) a",
            "> q",
            "---",
            "===",
            "***",
            "~~gone~~",
            "&lt;&amp;",
            "\\*",
            "a  \nb",
        ),
        *("    four spaces", "\tx", "```\nx\n```", "[ref]: https://x.example", "$x$", "| a | b |\n|---|---|"),
    ],
)
def test_no_sign_of_markdown_is_read_as_one(text: str) -> None:
    assert {one.type for one in tokens(escaped(text))} <= PLAIN | LINKS
    wanted = [" ".join(line.split()) for line in text.splitlines()]
    assert [" ".join(line.split()) for line in read_as_markdown(escaped(text)).splitlines()] == wanted


@given(text=texts)
@settings(max_examples=300)
def test_whatever_people_write_is_the_same_words_in_markdown(text: str) -> None:
    found = tokens(escaped(text))
    assert {one.type for one in found} <= PLAIN | LINKS
    assert "".join(read_as_markdown(escaped(text)).split()) == "".join(set_apart_lines(text).split())


def set_apart_lines(text: str) -> str:
    return "\n".join(set_apart(line) for line in legible(text).splitlines())


def test_an_address_in_markdown_leads_where_it_says() -> None:
    said = escaped("See https://example.org/a_b*c?x=1&y=[2] (or https://example.org/d).")
    links = [one.attrs["href"] for one in tokens(said) if one.type == "link_open"]
    assert links == ["https://example.org/a_b*c?x=1&y=%5B2", "https://example.org/d"]


# --- The spreadsheet


def test_a_spreadsheet_has_a_row_an_item() -> None:
    first = entry("Budget cuts", 1, minutes=20, lead="Ana", heading="Money")
    assert rows(an_agenda(first, entry("Referrals", 2, minutes=None), details="In\ndetail")) == [
        ["Number", "Begins", "Minutes", "Heading", "Title", "Details", "Brought by", "Led by"],
        ["1", "10:10 AM", "20", "Money", "Budget cuts", "In\ndetail", "BCN", "Ana"],
        ["2", "10:30 AM", "", "", "Referrals", "In\ndetail", "BCN", ""],
    ]


def test_a_spreadsheet_names_nobody_whom_the_agenda_does_not_name() -> None:
    """The items know who brought them, and `Brought by` says for whom they speak."""
    document = an_agenda(entry("Budget cuts"))
    [seen] = document.agenda.items.shown
    assert seen.proposer is not None
    written = (in_cells(document).decode(), plain(document), in_markdown(agenda_sheet(document)))
    assert not any(legible(seen.proposer) in one for one in written)


def test_a_spreadsheet_without_items_has_its_head_alone() -> None:
    assert len(rows(an_agenda())) == 1


def test_a_spreadsheet_is_marked_as_unicode() -> None:
    assert in_cells(an_agenda(entry("漢字 é"))).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "title",
    [
        *('=HYPERLINK("https://evil.example")', "+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "  =1"),
        *("\uff1d1", "\u200b=1", "\u202e=1", "\xa0=1", "=cmd|' /C calc'!A0"),
    ],
)
def test_no_cell_is_a_formula(title: str) -> None:
    document = an_agenda(entry(title, lead=title, collaborative=title, heading=title), details=title)
    assert not any(cell.strip().startswith(FORMULAS) for row in rows(document) for cell in row)


@given(text=texts)
@settings(max_examples=300)
def test_whatever_people_write_is_the_same_words_in_a_cell(text: str) -> None:
    cell = as_cell(legible(text))
    assert cell.removeprefix("'") == legible(text).removeprefix("'")
    assert not cell.startswith(FORMULAS)
