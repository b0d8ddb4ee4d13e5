"""A calendar file: whatever people write, every calendar reads one event, with all of it as text."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.seen.calendar_entries import AskedForEntrySeen, CalendarEntrySeen
from bot.seen.meetings import MeetingSeen, Welcome
from handlers.blocks.calendar_entries import asked_for, without_file
from handlers.blocks.surfaces import MESSAGE
from handlers.files.calendar_entries import calendar_file
from playground.slack.methods.files import RICH
from tests.handlers.made import NOW
from tests.handlers.renderings import MEETING
from tests.long_forms import examples

BEGINS = datetime(2027, 1, 21, 18, tzinfo=UTC)
CHINESE = "舊金山社區安全聯盟的季度會議在灣景區舉行。請從藍色的門進來。有問題請發短信給安娜。" * 3
TRICKS = [
    "a\r\nBEGIN:VEVENT\r\nEND:VEVENT",
    "a\rATTENDEE:mailto:x@y.org",
    "a\nEND:VCALENDAR\nBEGIN:VCALENDAR",
    "a\x0bb\x0cc\x85d\u2028e\u2029f",
    "a;b,c\\n\\;d:e",
    '"quoted"; VALUE=TEXT:x',
    "\ud800half",
    "\x00nul",
    CHINESE,
    "👩🏽\u200d🚒" * 40,
    "x" * 400,
    "",
    "\n\n",
]
LONGEST_LINE = 75
"""Bytes, without its end (RFC 5545, section 3.1)."""


def an_entry(words: str = "", **changes: object) -> CalendarEntrySeen:
    meeting = replace(
        MEETING,
        office=words or "1 Main St",
        host=words or "CCSJ",
        is_confirmed=True,
        welcome=Welcome("Ana", words or "The blue door", words or "Coffee next door"),
    )
    fields = {
        "name": words or "Peace",
        "meeting": meeting,
        "begins": BEGINS,
        "ends": BEGINS + timedelta(hours=2),
        "uid": "0123456789abcdef0123456789abcdef",
        "sequence": 3,
        "revised_at": NOW,
        "told_at": NOW + timedelta(days=1),
    }
    return CalendarEntrySeen(**fields | changes)  # type: ignore[arg-type]


def content(entry: CalendarEntrySeen) -> bytes:
    return calendar_file(entry).content


def event(entry: CalendarEntrySeen) -> Event:
    [found] = Calendar.from_ical(content(entry)).events
    return found


def unfolded(entry: CalendarEntrySeen) -> list[str]:
    """Its lines, as any reader puts them together, without a library."""
    return content(entry).decode().replace("\r\n ", "").split("\r\n")


def about(meeting: MeetingSeen, **changes: object) -> CalendarEntrySeen:
    return an_entry(meeting=replace(meeting, **changes))  # type: ignore[arg-type]


def test_it_says_when_and_where_and_by_what_it_is_known() -> None:
    lines = unfolded(an_entry())
    assert lines[:4] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Agenda//Agenda//EN", "METHOD:PUBLISH"]
    for line in (
        "UID:0123456789abcdef0123456789abcdef",
        "SEQUENCE:3",
        "DTSTART:20270121T180000Z",
        "DTEND:20270121T200000Z",
        "DTSTAMP:20270113T200000Z",
        "LAST-MODIFIED:20270112T200000Z",
        "SUMMARY:Meeting of Peace",
        "LOCATION:1 Main St",
        "STATUS:CONFIRMED",
    ):
        assert line in lines
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_it_tells_of_the_way_and_of_what_is_nearby_and_not_who_says_hello() -> None:
    told = str(event(an_entry())["description"])
    assert told.startswith(
        "CCSJ hosts.\n\nGetting there\nThe blue door\n\nWhile you are here\nCoffee next door"
    )
    assert "Ana" not in told
    assert "does not change by itself" in told


def test_it_and_the_words_above_it_name_both_who_prepare_it() -> None:
    entry = an_entry()
    both = replace(entry, meeting=replace(entry.meeting, helper="Sunset"))
    assert str(event(both)["description"]).startswith("CCSJ and Sunset prepare this together.\n\nGetting")
    assert "CCSJ and Sunset prepare this together." in str(calendar_file(both).words.blocks)


@pytest.mark.parametrize(
    ("facts", "status", "summary"),
    [
        ({}, "CONFIRMED", "Meeting of Peace"),
        ({"is_confirmed": False}, "TENTATIVE", "Meeting of Peace"),
        ({"is_cancelled": True}, "CANCELLED", "Cancelled: Meeting of Peace"),
    ],
)
def test_it_says_whether_the_meeting_stands(facts: dict[str, bool], status: str, summary: str) -> None:
    found = event(about(an_entry().meeting, **facts))
    assert (str(found["status"]), str(found["summary"])) == (status, summary)
    assert str(found["description"]).startswith("We do not meet on") == (status == "CANCELLED")


def must_be_one_event(words: str) -> None:
    written = content(an_entry(words))
    assert written.count(b"\n") == written.count(b"\r\n") == written.count(b"\r")
    assert all(len(line) <= LONGEST_LINE for line in written.split(b"\r\n"))
    written.decode()
    names = [re.split("[:;]", line)[0] for line in unfolded(an_entry(words)) if line]
    usual = [re.split("[:;]", line)[0] for line in unfolded(an_entry("plain")) if line]
    assert names == usual
    calendar = Calendar.from_ical(written)
    assert [component.name for component in calendar.walk()] == ["VCALENDAR", "VEVENT"]


@pytest.mark.parametrize("words", TRICKS)
def test_whatever_is_written_it_is_one_event_in_lines_of_75_bytes(words: str) -> None:
    must_be_one_event(words)


@settings(max_examples=examples(60))
@given(words=st.text(max_size=200))
def test_any_text_is_text_and_nothing_else(words: str) -> None:
    must_be_one_event(words)


def test_words_come_out_as_they_were_written() -> None:
    for words in (CHINESE, "a;b,c\\n\\;d:e", "two\nlines", "👩🏽\u200d🚒"):
        assert str(event(an_entry(words))["location"]) == words


def test_only_lines_that_people_ended_end() -> None:
    assert str(event(an_entry("a\r\nb\rc\x0bd\u2028e"))["location"]) == "a\nb c d e"


# --- With it


def links(entry: CalendarEntrySeen) -> list[str]:
    drawn = (asked_for(AskedForEntrySeen(entry, is_on_its_way=True)), without_file(entry))
    found = [
        element["url"]
        for message in drawn
        for block in message.blocks
        for element in block.get("elements", [])
        if "url" in element
    ]
    assert found[:2] == found[2:]
    return found[:2]


def test_google_and_outlook_are_told_the_same() -> None:
    google, outlook = (parse_qs(urlsplit(link).query) for link in links(an_entry("Peace & Co.")))
    assert google["dates"] == ["20270121T180000Z/20270121T200000Z"]
    assert (outlook["startdt"], outlook["enddt"]) == (["2027-01-21T18:00:00Z"], ["2027-01-21T20:00:00Z"])
    assert google["text"] == outlook["subject"] == ["Meeting of Peace & Co."]
    assert google["location"] == outlook["location"] == ["Peace & Co."]
    assert google["details"] == outlook["body"]
    assert "Getting there" in google["details"][0]


@pytest.mark.parametrize("words", ["x" * 3000, "漢" * 3000, "👩🏽\u200d🚒" * 400, "&?#%\r\n" * 500])
def test_a_link_is_never_longer_than_slack_takes(words: str) -> None:
    for link in links(an_entry(words)):
        assert len(link) <= 3000
        assert re.fullmatch(r"https://[A-Za-z0-9./]+\?[A-Za-z0-9%&=+._~-]*", link)


def test_a_cancelled_one_is_added_by_no_link() -> None:
    assert links(about(an_entry().meeting, is_cancelled=True)) == []


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_the_words_above_a_file_are_such_as_slack_takes_there(*, is_cancelled: bool) -> None:
    words = calendar_file(about(an_entry().meeting, is_cancelled=is_cancelled)).words
    assert {block["type"] for block in MESSAGE.shows(words)["blocks"]} <= RICH


def test_its_name_says_which_meeting_it_is() -> None:
    file = calendar_file(about(an_entry().meeting, day=date(2027, 1, 21)))
    assert (file.name, file.title) == ("meeting-2027-01-21.ics", "Calendar entry for Thu, Jan 21")
