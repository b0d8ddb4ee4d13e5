"""What the bot says is what stands written. Where that is meant to change: `make golden`, and read the diff."""

import pytest
from structlog.testing import capture_logs

from handlers.listeners.table import LISTENERS
from storage.database import Database
from storage.post_kinds import PostKind
from tests.asked_first import places_are_asked_first
from tests.clock import FrozenClock
from tests.golden.book import CHAPTERS, DRAWN, difference, drawn, in_the_margins, page, told, written
from tests.golden.words import UNSAID, said_nowhere
from tests.handlers.steps import on_sqlite
from tests.long_forms import shortened
from tests.story import Story


@on_sqlite
@pytest.mark.parametrize("name", CHAPTERS)
async def test_the_bot_says_what_is_written(
    name: str, empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    with capture_logs():
        now = await told(name, empty_slack, clock, database)
    _is_the_same(name, now)


ON_POSTGRES = ("cancelling",)
"""In the whole; the rest in the soak. It owes most, and to most places."""


@pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")
@pytest.mark.parametrize("name", shortened(CHAPTERS, ON_POSTGRES))
async def test_the_bot_says_the_same_on_postgres(
    name: str, empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    """And whatever is owed in it is owed by whoever has its places stay."""
    with capture_logs(), places_are_asked_first():
        now = await told(name, empty_slack, clock, database)
    _is_the_same(name, now)


def test_what_is_drawn_of_the_longest_and_strangest_is_what_is_written() -> None:
    _is_the_same(DRAWN, drawn())


def _is_the_same(name: str, now: str) -> None:
    changed = difference(written(name), now)
    assert not changed, f"{page(name).name} says otherwise; `make golden` writes it anew.\n{changed}"


def test_the_book_has_no_page_that_nobody_tells() -> None:
    assert {path.name for path in page(DRAWN).parent.iterdir()} == {
        page(name).name for name in (*CHAPTERS, DRAWN)
    }


def test_every_listener_is_heard_in_the_book() -> None:
    """Who adds a listener has somebody use it in a chapter, with what it then says."""
    assert in_the_margins("heard") == {f"{kind} {name}".rstrip() for kind, name in LISTENERS}


def test_every_kind_of_post_is_delivered_in_the_book() -> None:
    """Who adds a kind has it come due in a chapter."""
    assert in_the_margins("posted") == set(PostKind)


def test_every_sentence_stands_in_the_book() -> None:
    """Who adds a refusal, or any other word on screen, has a chapter bring it about; or says in UNSAID why none can."""
    assert said_nowhere("\n".join(map(written, CHAPTERS))) == UNSAID
