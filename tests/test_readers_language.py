"""No word is made in the database's thread: each is made in the turn's own context, in its reader's language."""

import asyncio
import inspect
from datetime import UTC, date, datetime, time

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from bot import meetings
from bot.errors import UserError, Words
from bot.policies import anyone
from handlers import words
from handlers.blocks import item_forms
from handlers.hearing.dispatch import Listener
from handlers.listeners.table import LISTENERS
from tests.handlers.steps import on_sqlite
from tests.story import SHARED

WORDS = {
    "gettext": lambda: words.gettext("Budget"),
    "ngettext": lambda: words.ngettext("{n} item", "{n} items", 2),
    "worded": lambda: words.worded(UserError("Budget")),
    "in_words": lambda: words.in_words(Words("Budget")),
    "own_words": words.own_words,
    "day": lambda: words.day(date(2027, 1, 21)),
    "short_day": lambda: words.short_day(date(2027, 1, 21)),
    "dated": lambda: words.dated(date(2027, 1, 21)),
    "how_soon": lambda: words.how_soon(84),
    "clock": lambda: words.clock(time(10)),
    "span": lambda: words.span(time(10), 30),
    "listing": lambda: words.listing(["A", "B"]),
    "minutes": lambda: words.minutes(90),
    "moment": lambda: words.moment(datetime(2027, 1, 21, tzinfo=UTC), "Europe/Berlin"),
    "weekday": lambda: words.weekday(0),
    "blocks": item_forms.add_form,
}


@on_sqlite
@pytest.mark.parametrize("name", WORDS)
async def test_a_word_in_the_databases_thread_fails_and_is_remembered(name, database, readers_language):
    with pytest.raises(AssertionError, match="makes a word in the database's thread"):
        await database.run(lambda _session: WORDS[name]())
    assert readers_language.lost.pop().startswith(__name__)


@pytest.mark.parametrize("name", WORDS)
def test_a_word_anywhere_else_is_fine(name):
    assert WORDS[name]()


def test_all_that_makes_words_is_held_to_it():
    makers = inspect.getmembers(words, inspect.isfunction)
    public = {name for name, one in makers if one.__module__ == words.__name__ and not name.startswith("_")}
    assert set(WORDS) == public | {"blocks"}


@pytest.fixture
def german(tmp_path, monkeypatch):
    """A catalogue that holds two messages."""
    catalogue = Catalog(locale="de")
    catalogue.add("The meeting on {day} is confirmed already.", "Das Treffen am {day} ist schon bestätigt.")
    catalogue.add("{sentence} Nothing was changed.", "{sentence} Es bleibt, wie es war.")
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(words, "CATALOGUES", tmp_path)
    words._catalogue.cache_clear()
    yield "de"
    words._catalogue.cache_clear()


@on_sqlite
async def test_each_reads_a_refusal_in_their_own_language(slack, german, monkeypatch):
    """The German turn has begun when the English one is refused, and is refused after it."""
    german_has_begun, english_is_refused = asyncio.Event(), asyncio.Event()

    async def confirm(turn):
        await german_has_begun.wait()
        try:
            await turn.do(meetings.confirm, 1, turn.now)
        finally:
            english_is_refused.set()

    async def confirm_in_german(turn):
        words.locale.set(german)
        german_has_begun.set()
        await english_is_refused.wait()
        await turn.do(meetings.confirm, 1, turn.now)

    monkeypatch.setitem(LISTENERS, ("command", "confirm"), Listener(anyone, confirm))
    monkeypatch.setitem(LISTENERS, ("command", "bestaetigen"), Listener(anyone, confirm_in_german))
    english_answer, german_answer = await asyncio.gather(
        slack.types("U0MEMBER", SHARED, "/agenda confirm"),
        slack.types("U0SAM", SHARED, "/agenda bestaetigen"),
    )

    assert english_answer.text.startswith(
        "The meeting on Thursday, January 21, 2027 is confirmed already. Nothing was changed."
    )
    assert german_answer.text.startswith(
        "Das Treffen am Donnerstag, 21. Januar 2027 ist schon bestätigt. Es bleibt, wie es war."
    )
