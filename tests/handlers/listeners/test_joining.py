"""A host joins two items and takes them apart, by buttons and forms."""

import pytest

from handlers.blocks.ids import ARRANGE, JOIN_ITEMS, PUBLISH, READ, TAKE, TAKE_APART
from playground.slack import Message
from tests.handlers.steps import filled, on_sqlite, opened, send, shown
from tests.story import SHARED, Story

HOST, DEPUTY, ONE, OTHER = "U0CURATOR", "U0DEPUTY", "U0MEMBER", "U0SAM"


@pytest.fixture
async def brought(slack: Story) -> Story:
    """Two items that wait, of two people."""
    await slack.types(ONE, SHARED, "/agenda add Bus routes (20 min)")
    await slack.types(OTHER, SHARED, "/agenda add Night buses (10 min)\nThe last one leaves at nine.")
    return slack


async def board_of(slack: Story, person: str = HOST) -> Message:
    return await slack.types(person, SHARED, "/agenda curate")


async def card(slack: Story, title: str, person: str = HOST) -> Message:
    return await slack.in_direct(person, title)


async def joins(slack: Story, person: str, place: Message, block_id: str = "") -> None:
    """From the menu of the second item."""
    where = {"block_id": block_id} if block_id else {}
    await slack.clicks(person, place, ARRANGE, selected="2:join:1", **where)


@on_sqlite
async def test_from_the_board_the_board_shows_both_in_one_place(brought: Story) -> None:
    await joins(brought, HOST, await board_of(brought), "board:2")
    assert await send(brought, HOST, other="1", title="Buses") == {}
    board = shown(opened(brought, HOST))
    assert "Bus routes · 20 min · Priya Nair (CCSJ) and Sam Whitfield (Sunset)" in board
    assert "Night buses · 10 min" not in board

    await brought.clicks(HOST, await card(brought, "together with “Night buses”"), TAKE)
    await brought.clicks(HOST, await board_of(brought), PUBLISH)
    agenda = await brought.in_channel("Agenda for")
    assert "10:10 AM · Buses · 20 min · CCSJ and Sunset" in agenda.text
    for person, own, other in ((ONE, "Bus routes", "Night buses"), (OTHER, "Night buses", "Buses")):
        told = await brought.in_direct(person, "Good news")
        assert f"{own} · " in told.text
        assert f"together with “{other}”" in told.text
    await brought.clicks("U0KOFI", agenda, READ)
    assert "The last one leaves at nine." in shown(opened(brought, "U0KOFI"))


@on_sqlite
async def test_from_a_card_both_cards_say_so_and_the_same_card_takes_them_apart(brought: Story) -> None:
    await joins(brought, HOST, await card(brought, "Night buses"))
    assert await send(brought, HOST, other="1") == {}
    deputys = await card(brought, "This goes together with “Bus routes”", DEPUTY)
    assert TAKE not in str(deputys.blocks)
    await brought.clicks(DEPUTY, deputys, TAKE_APART)
    await brought.until(lambda: TAKE in str(deputys.blocks))
    assert "together" not in deputys.text


@on_sqlite
async def test_from_the_form_of_one_on_the_agenda_another_joins_it_and_leaves_it(brought: Story) -> None:
    await brought.clicks(HOST, await card(brought, "Bus routes"), TAKE)
    await brought.clicks(HOST, await board_of(brought), ARRANGE, selected="1:place:1")
    await brought.clicks(HOST, opened(brought, HOST), JOIN_ITEMS)
    assert filled(opened(brought, HOST), "title") == "Bus routes"
    assert await send(brought, HOST, other="2") == {}
    assert "1. 10:10 AM · Bus routes · 20 min · Priya Nair and Sam Whitfield" in shown(opened(brought, HOST))

    board = await board_of(brought, DEPUTY)
    await brought.clicks(DEPUTY, board, ARRANGE, selected="1:place:1")
    await brought.clicks(DEPUTY, opened(brought, DEPUTY), JOIN_ITEMS)
    assert "There is no other item before you" in shown(opened(brought, DEPUTY))
    await brought.clicks(DEPUTY, opened(brought, DEPUTY), TAKE_APART)
    assert "Night buses · 10 min · Sam Whitfield (Sunset)" in shown(opened(brought, DEPUTY))


@on_sqlite
async def test_what_was_typed_stays_where_the_other_item_was_withdrawn_meanwhile(brought: Story) -> None:
    await joins(brought, HOST, await card(brought, "Night buses"))
    mine = await brought.types(ONE, SHARED, "/agenda mine")
    await brought.clicks(ONE, mine, "item.withdraw")
    refused = await send(brought, HOST, other="1", title="Buses")
    assert "Please choose another." in refused["other"]
    assert opened(brought, HOST).entries["title"]["title"]["value"] == "Buses"


@on_sqlite
async def test_a_title_that_another_host_gives_meanwhile_stays_where_nobody_touches_it(
    brought: Story,
) -> None:
    await brought.clicks(HOST, await card(brought, "Bus routes"), TAKE)
    await brought.clicks(HOST, await board_of(brought), ARRANGE, selected="1:place:1")
    await brought.clicks(HOST, opened(brought, HOST), JOIN_ITEMS)
    await brought.clicks(DEPUTY, await board_of(brought, DEPUTY), ARRANGE, selected="1:place:1")
    await send(brought, DEPUTY, title="Buses")
    assert await send(brought, HOST, other="2") == {}
    assert "· Buses · 20 min · Priya Nair and Sam Whitfield" in shown(opened(brought, HOST))
