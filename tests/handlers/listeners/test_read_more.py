"""*Read more*: wherever an item stands, whoever may see it reads the whole of it."""

import pytest

from handlers.blocks import ids
from playground.slack import Message, View
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, on_sqlite, opened, send, shown, standing
from tests.story import SHARED, Story

DETAILS = "Three programs lose their space in June."
LINKS = "https://example.org/space"


@pytest.fixture
async def brought(slack: Story, database: Database, clock: FrozenClock) -> Story:
    """One item with details, and one without."""
    clock.passes(minutes=1)  # what is brought in the first moment is no news of the first week
    await slack.clicks("U0MEMBER", await standing(slack), ids.ADD)
    assert await send(slack, "U0MEMBER", title="Rents", minutes=15, details=DETAILS, links=LINKS) == {}
    await slack.closes("U0MEMBER", everything=True)
    await slack.types("U0MEMBER", SHARED, "/agenda add Plain")
    await at_rest(database, clock)
    return slack


async def reads(slack: Story, person: str, where: Message | View | None, **more: str) -> str:
    assert where is not None
    await slack.clicks(person, where, ids.READ, **more)
    text = shown(opened(slack, person))
    await slack.closes(person, everything=True)
    return text


def offers(where: Message | View | None) -> bool:
    assert where is not None
    return ids.READ in str(where.blocks)


@on_sqlite
async def test_anybody_reads_the_whole_of_an_item_of_the_list(brought: Story) -> None:
    for person in ("U0SAM", "U0KOFI"):
        listed = await brought.clicks(person, await standing(brought), ids.LIST)
        assert "[Read more: Rents]" in shown(listed)
        assert DETAILS not in shown(listed)
        text = await reads(brought, person, listed)
        for words in ("Rents · 15 min", "From Priya Nair (CCSJ)", DETAILS, LINKS, "Waiting for the host"):
            assert words in text


@on_sqlite
async def test_an_item_without_details_has_no_button(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Plain")
    assert not offers(await slack.types("U0SAM", SHARED, "/agenda list"))
    assert not offers(await slack.types("U0CURATOR", SHARED, "/agenda curate"))
    assert not offers(await slack.types("U0MEMBER", SHARED, "/agenda mine"))


@on_sqlite
async def test_of_several_a_menu_offers_each(brought: Story) -> None:
    await brought.clicks("U0SAM", await standing(brought), ids.ADD)
    assert await send(brought, "U0SAM", title="Layoffs", details="Who goes first?") == {}
    listed = await brought.clicks("U0KOFI", await standing(brought), ids.LIST)
    assert "Who goes first?" in await reads(brought, "U0KOFI", listed, selected="3")
    assert DETAILS in await reads(brought, "U0KOFI", listed, selected="1")


@on_sqlite
async def test_it_stands_on_the_board_in_ones_own_list_and_in_what_everybody_is_told(
    brought: Story, database: Database, clock: FrozenClock
) -> None:
    slack = brought
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    assert DETAILS in await reads(slack, "U0CURATOR", board)
    assert DETAILS in await reads(slack, "U0MEMBER", await slack.types("U0MEMBER", SHARED, "/agenda mine"))
    assert DETAILS in await reads(slack, "U0SAM", await slack.types("U0SAM", SHARED, "/agenda digest"))

    await slack.clicks("U0CURATOR", board, ids.TAKE, value="1:1")
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    await slack.clicks("U0CURATOR", board, ids.ARRANGE, selected="1:place:1")
    await slack.clicks("U0CURATOR", opened(slack, "U0CURATOR"), ids.READ)
    assert DETAILS in shown(opened(slack, "U0CURATOR"))
    await slack.closes("U0CURATOR", everything=True)
    await slack.clicks("U0CURATOR", board, ids.PUBLISH)
    assert DETAILS in await reads(slack, "U0KOFI", await slack.in_channel("Agenda for"))


@on_sqlite
async def test_a_button_of_before_says_what_is_so(
    brought: Story, database: Database, clock: FrozenClock
) -> None:
    slack = brought
    listed = await slack.types("U0SAM", SHARED, "/agenda list")
    assert listed is not None
    clock.strikes("2027-01-22 09:00")
    assert "This meeting is over." in await reads(slack, "U0SAM", listed)
    own = await slack.types("U0MEMBER", SHARED, "/agenda mine")
    assert own is not None
    await slack.clicks("U0MEMBER", own, ids.WITHDRAW, value="1:0")
    said = await slack.clicks("U0SAM", listed, ids.READ)
    assert said is not None
    assert "Priya Nair has withdrawn this item." in said.text


@on_sqlite
async def test_what_was_not_taken_is_read_by_its_author_and_its_hosts_alone(
    brought: Story, database: Database, clock: FrozenClock
) -> None:
    slack = brought
    listed = {
        person: await slack.types(person, SHARED, "/agenda list")
        for person in ("U0SAM", "U0MEMBER", "U0CURATOR")
    }
    await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Rents"), ids.LEAVE_OUT)
    assert await send(slack, "U0CURATOR", reason="too full") == {}
    assert "Waiting for the host" in await reads(slack, "U0SAM", listed["U0SAM"])
    await at_rest(database, clock)
    clock.passes(minutes=6)
    await slack.types("U0ADMIN", SHARED, "/agenda tip Breathe")
    await slack.in_direct("U0MEMBER", "not on the agenda")
    await at_rest(database, clock)
    assert DETAILS in await reads(slack, "U0MEMBER", listed["U0MEMBER"])
    assert DETAILS in await reads(slack, "U0CURATOR", listed["U0CURATOR"])
    said = await slack.clicks("U0SAM", listed["U0SAM"], ids.READ)
    assert said is not None
    assert "no longer here" in said.text
