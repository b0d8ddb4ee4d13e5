"""What a host makes of an agenda, by forms of the board."""

import pytest

from handlers.blocks.ids import ARRANGE, ORDER, PUBLISH, READ, TAKE, TIMING
from playground.slack import Message
from tests.handlers.steps import filled, on_sqlite, opened, send, shown
from tests.story import SHARED, Story

AUTHORS = "Budget cuts and what they mean for all of us"


@pytest.fixture
async def placed(slack: Story) -> Story:
    """Two items are on the agenda, and nobody has been told."""
    await slack.types("U0MEMBER", SHARED, f"/agenda add • {AUTHORS} (30 min)\n• Rents (20 min)")
    for title in ("Budget cuts", "Rents"):
        await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", title), TAKE)
    return slack


async def board_of(slack: Story, person: str = "U0CURATOR") -> Message:
    return await slack.types(person, SHARED, "/agenda curate")


async def opens_first(slack: Story, person: str) -> None:
    await slack.clicks(person, await board_of(slack, person), ARRANGE, selected="1:place:1")


@on_sqlite
async def test_the_agenda_tells_the_words_of_the_host_and_those_of_the_author_are_one_click_away(
    placed: Story,
) -> None:
    await opens_first(placed, "U0CURATOR")
    form = opened(placed, "U0CURATOR")
    assert [filled(form, field) for field in ("title", "minutes", "lead", "heading")] == [
        *(AUTHORS, "30", None, None)
    ]
    assert await send(placed, "U0CURATOR", title="Cuts", minutes="15", heading="Money") == {}
    assert "Money\n1. 10:10 AM · Cuts · 15 min" in shown(opened(placed, "U0CURATOR"))

    await placed.clicks("U0CURATOR", await board_of(placed), PUBLISH)
    agenda = await placed.in_channel("Agenda for")
    assert "Money\n1. 10:10 AM · Cuts · 15 min · CCSJ\nMore\n2. 10:25 AM · Rents" in agenda.text
    assert AUTHORS not in agenda.text
    await placed.clicks("U0KOFI", agenda, READ)
    assert f"In the words of who brought it: {AUTHORS}" in shown(opened(placed, "U0KOFI"))
    told = await placed.in_direct("U0MEMBER", AUTHORS)
    assert "as: Cuts · 15 min" in told.text


@on_sqlite
async def test_two_hosts_who_change_different_things_at_once_both_have_their_way(placed: Story) -> None:
    for person in ("U0CURATOR", "U0DEPUTY"):
        await opens_first(placed, person)
    assert await send(placed, "U0CURATOR", title="Cuts") == {}
    assert await send(placed, "U0DEPUTY", minutes="45") == {}
    assert "1. 10:10 AM · Cuts · 45 min" in shown(opened(placed, "U0DEPUTY"))


@on_sqlite
async def test_a_number_of_an_agenda_that_another_host_has_changed_is_not_taken(placed: Story) -> None:
    board = await board_of(placed)
    await placed.clicks("U0CURATOR", board, ORDER)
    await placed.clicks("U0DEPUTY", await board_of(placed, "U0DEPUTY"), ARRANGE, selected="1:later:1")
    refused = await send(placed, "U0CURATOR", order="2 1")
    assert "The agenda has changed" in refused["order"]
    await placed.clicks("U0CURATOR", board, ORDER)
    assert await send(placed, "U0CURATOR", order="2") == {}
    assert f"1. 10:10 AM · {AUTHORS}" in shown(opened(placed, "U0CURATOR"))


@on_sqlite
async def test_the_published_agenda_shows_when_things_begin_also_where_the_time_is_shared_out_later(
    placed: Story,
) -> None:
    board = await board_of(placed)
    await placed.clicks("U0CURATOR", board, PUBLISH)
    agenda = await placed.in_channel("Agenda for")
    await placed.clicks("U0CURATOR", board, TIMING)
    too_much = await send(placed, "U0CURATOR", opening="60", breaks="0", reserve="60")
    assert "leaves nothing for items" in too_much["reserve"]
    assert await send(placed, "U0CURATOR", opening="60", breaks="10", reserve="0") == {}
    await placed.until(lambda: "11:00 AM" in agenda.text)
    assert f"1. 11:00 AM · {AUTHORS} · 30 min · CCSJ\nBreak, 10 min\n2. 11:40 AM · Rents" in agenda.text
