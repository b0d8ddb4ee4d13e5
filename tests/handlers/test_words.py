"""Words, days and lists are written as people write them, and every message can be translated."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from bot.errors import AllOf, AnyOf, Lines, Moment, Name, NothingChanged, UserError, Words
from handlers import words
from handlers.blocks.documents import TO_COPY
from handlers.blocks.fields import FIELDS
from handlers.listeners.commands import COMMANDS
from handlers.words import _, ngettext
from tests.golden.words import sentences
from tests.handlers.renderings import RENDERINGS


@pytest.fixture
def speak():
    tokens = []

    def speak(name):
        tokens.append(words.locale.set(name))

    yield speak
    for token in reversed(tokens):
        words.locale.reset(token)


def test_a_day_is_written_out():
    assert words.day(date(2027, 1, 21)) == "Thursday, January 21, 2027"
    assert words.short_day(date(2027, 1, 21)) == "Thu, Jan 21"


def test_an_hour_is_written_with_plain_spaces():
    assert words.clock(time(10)) == "10:00 AM"
    assert words.clock(time(0, 5)) == "12:05 AM"


def test_a_moment_is_told_as_clocks_there_show_it(speak):
    decided = datetime(2027, 1, 22, 2, 30, tzinfo=UTC)
    assert words.moment(decided, "America/Los_Angeles") == "Thu, Jan 21, 6:30 PM"
    speak("de")
    assert words.moment(decided, "Europe/Berlin") == "Fr., 22. Jan., 03:30"


@pytest.mark.parametrize(
    ("start", "length", "said"),
    [
        (time(10), 120, "10:00 AM \N{EN DASH} 12:00 PM"),
        (time(10), 30, "10:00 \N{EN DASH} 10:30 AM"),
        (time(23), 120, "11:00 PM \N{EN DASH} 1:00 AM"),
    ],
)
def test_a_span_says_when_it_begins_and_ends(start, length, said):
    assert words.span(start, length) == said


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 min"), (15, "15 min"), (60, "1 hr"), (90, "1 hr 30 min"), (120, "2 hr")]
)
def test_minutes_become_hours_when_there_are_enough(count, said):
    assert words.minutes(count) == said


def test_a_listing_is_a_sentence_part():
    assert words.listing(["A", "B", "C"]) == "A, B, and C"
    assert words.listing(["A", "B"], "or") == "A or B"
    assert words.listing(["A"]) == "A"
    assert words.listing([]) == ""


def test_another_language_writes_days_and_hours_its_own_way(speak):
    speak("de")
    assert words.day(date(2027, 1, 21)) == "Donnerstag, 21. Januar 2027"
    assert words.clock(time(15)) == "15:00"
    assert words.span(time(15), 30).replace(" ", "") == "15:00\N{EN DASH}15:30Uhr"
    assert words.listing(["A", "B", "C"]) == "A, B und C"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("a {brace} stays", "a {brace} stays"),
        (20, "20"),
        (date(2027, 1, 21), "Thursday, January 21, 2027"),
        (Moment(datetime(2027, 1, 22, 2, 30, tzinfo=UTC), "America/Los_Angeles"), "Thu, Jan 21, 6:30 PM"),
        (Name("Maria Vega"), "Maria Vega"),
        (Name(None), "Someone"),
        (AnyOf(("A", "B", "C")), "A, B, or C"),
        (AllOf(("A", "B", "C")), "A, B, and C"),
        (Words("{n} of {all}", n=1, all=Words("{n} items", n=2)), "1 of 2 items"),
        (Lines((Words("{typed}: empty", typed="A\n B"), Words("Closed"))), "A B: empty\nClosed"),
    ],
)
def test_a_value_of_an_error_is_put_into_words(value, said):
    assert words.worded(UserError("It is {value}!", value=value)) == f"It is {said}!"


def test_that_nothing_was_changed_comes_after_what_went_wrong_and_before_what_to_do():
    assert words.worded(NothingChanged("{n} are there.", n=2)) == "2 are there. Nothing was changed."
    error = NothingChanged("{n} are there.", n=2, then=Words("Ask {name}.", name=Name("Maria Vega")))
    assert words.worded(error) == "2 are there. Nothing was changed. Ask Maria Vega."


def test_english_is_the_source_language():
    assert _("Items close {day}.").format(day="Thursday") == "Items close Thursday."
    assert ngettext("{n} item", "{n} items", 1).format(n=1) == "1 item"
    assert ngettext("{n} item", "{n} items", 2).format(n=2) == "2 items"


def test_a_catalogue_is_used_where_there_is_one(speak, tmp_path, monkeypatch):
    catalogue = Catalog(locale="de")
    catalogue.add("Items close {day}.", "Annahmeschluss ist {day}.")
    catalogue.add(("{n} item", "{n} items"), ("{n} Punkt", "{n} Punkte"))
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(words, "CATALOGUES", tmp_path)
    words._catalogue.cache_clear()
    speak("de")
    assert _("Items close {day}.") == "Annahmeschluss ist {day}."
    assert ngettext("{n} item", "{n} items", 2) == "{n} Punkte"
    assert _("Not translated yet") == "Not translated yet"
    words._catalogue.cache_clear()


TRANSLATED = {"_", "ngettext", "Words", "UserError", "NothingChanged"}
NOT_SAID = {"log", "Surface", "ValueError", "TooManyBlocks"}
EXAMPLES = {example for command in COMMANDS for example in command.uses}
SCREENS = [one for room in ("blocks", "listeners") for one in Path("handlers", room).glob("*.py")]


@pytest.mark.parametrize("file", SCREENS, ids=str)
def test_every_sentence_on_screen_can_be_translated(file):
    module = ast.parse(file.read_text(encoding="utf-8"))
    spared = {id(one) for one in _docstrings(module)} | {id(one) for one in _arguments(module)}
    untold = [
        one.value
        for one in ast.walk(module)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in spared
    ]
    assert [text for text in untold if _is_said(text)] == []


def _docstrings(module: ast.Module) -> Iterator[ast.expr]:
    return (one.value for one in ast.walk(module) if isinstance(one, ast.Expr))


def _arguments(module: ast.Module) -> Iterator[ast.AST]:
    """What is given to those who translate, or to nobody who speaks."""
    for call in ast.walk(module):
        if isinstance(call, ast.Call):
            called = ast.unparse(call.func)
            if called in TRANSLATED or called.partition(".")[0] in NOT_SAID:
                yield from ast.walk(call)


def _is_said(text: str) -> bool:
    """Two words with a blank between them, which no id has."""
    return (
        any(one[-1:].isalpha() and other[:1].isalpha() for one, other in pairwise(text.split()))
        and text not in EXAMPLES
    )


def test_no_sentence_needs_to_be_read_twice():
    """Whoever learned English late reads it: one thought a sentence, and no semicolon."""
    said = {sentence for sentence, _module in sentences() if ";" in sentence}
    assert said == set()


OF_SETTINGS = {"name", "office", "timezone", "call_days", "called_one", "called_many", "order"}
"""A name, a place or a number of the consortium's."""


def test_beside_every_box_into_which_people_write_stands_whom_not_to_name():
    boxes = {
        block["block_id"]: block.get("hint", {}).get("text", "")
        for drawn in RENDERINGS.values()
        if isinstance(drawn, dict)
        for block in drawn["blocks"]
        if block.get("element", {}).get("type") == "plain_text_input"
        and not block["block_id"].startswith(f"{TO_COPY}:")
    }
    assert set(boxes) == set(FIELDS)
    unwarned = {
        field
        for field, hint in boxes.items()
        if "the name of a client, a young person or a family" not in hint
    }
    assert unwarned == OF_SETTINGS


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (2, "in 2 days"),
        (13, "in 13 days"),
        (14, "in 2 weeks"),
        (20, "in 3 weeks"),
        (84, "in 12 weeks"),
    ],
)
def test_people_count_days_and_then_weeks(days, said):
    assert words.how_soon(days) == said
