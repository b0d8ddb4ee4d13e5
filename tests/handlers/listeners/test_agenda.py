"""How things stand, the list, the host's board and its publication, as people see them."""

from typing import Any

import pytest

from bot.audiences import Audience
from handlers.blocks.ids import (
    ADD,
    ARRANGE,
    BOARD,
    CHANGE,
    HELP,
    HOLD,
    LIST,
    PREVIEW,
    PUBLISH,
    SETTINGS,
    TAKE,
)
from playground.slack import Message
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, everything, on_sqlite, opened, send, shown, standing, wakes_delivery
from tests.story import SHARED, Story


@pytest.fixture
async def three_items(slack: Story) -> Story:
    """Alpha and Beta on the agenda, Gamma held, none of it told yet."""
    await slack.types("U0MEMBER", SHARED, "/agenda add • Alpha (60 min)\n• Beta (90 min)\n• Gamma")
    for title, action in (("Alpha", TAKE), ("Beta", TAKE), ("Gamma", HOLD)):
        await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", title), action)
    return slack


def menus(board: Message) -> list[dict[str, Any]]:
    """Of its rows."""
    return [block["accessory"] for block in board.blocks if "accessory" in block]


@on_sqlite
async def test_a_decision_that_was_not_told_is_nobodys_news(
    three_items: Story, database: Database, clock: FrozenClock
) -> None:
    slack = three_items
    status = await slack.types("U0SAM", SHARED, "/agenda")
    assert "on the agenda" not in status.text
    assert "3 waiting for the host" in status.text

    clock.passes(minutes=5)
    await wakes_delivery(slack)
    await at_rest(database, clock)
    status = await slack.types("U0SAM", SHARED, "/agenda")
    assert "2 items on the agenda" in status.text
    assert "1 kept for the next meeting" in status.text
    listed = await slack.clicks("U0RUTH", await standing(slack), LIST)
    assert "1. Alpha · 1 hr · Priya Nair (CCSJ)" in listed.text


@on_sqlite
async def test_that_check_catches_a_rule_that_lets_everybody_see_all(
    three_items: Story, database: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Audience, "may_see", lambda *_: True)
    with pytest.raises(AssertionError):
        await test_a_decision_that_was_not_told_is_nobodys_news(three_items, database, clock)


@on_sqlite
async def test_the_board_shows_time_and_balance_and_keeps_an_order(three_items: Story) -> None:
    slack = three_items
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    assert "1 hr too much. Items take 2 hr 30 min. The meeting has 1 hr 30 min for them." in board.text
    assert "Kept for what comes up in the room: 20 min." in board.text
    assert "1. 10:10 AM · Alpha · 1 hr · Priya Nair\n" in board.text
    assert "2. 11:10 AM · Beta · 1 hr 30 min · Priya Nair · no time left for it" in board.text
    assert "Who brought them: 2 items from CCSJ (2 hr 30 min)" in board.text
    assert "No items yet from Bayview, Mission, and Sunset" in board.text

    await slack.clicks("U0CURATOR", board, ARRANGE, selected="1:later:1")
    assert board.text.index("1. 10:10 AM · Beta") < board.text.index("2. 11:40 AM · Alpha")
    for beyond in ("2:earlier:1", "3:later:1"):
        with pytest.raises(LookupError, match="does not offer"):
            await slack.clicks("U0CURATOR", board, ARRANGE, selected=beyond)
    await slack.clicks("U0CURATOR", board, ARRANGE, selected="2:later:1")
    assert board.text.index(". 10:10 AM · Alpha") < board.text.index(". 11:10 AM · Beta")


@on_sqlite
async def test_what_is_taken_off_the_agenda_is_to_be_decided_again(three_items: Story) -> None:
    board = await three_items.types("U0CURATOR", SHARED, "/agenda curate")
    await three_items.clicks("U0CURATOR", board, ARRANGE, selected="1:back:1")
    assert "1. 10:10 AM · Beta" in board.text
    assert board.text.index("To decide") < board.text.index("Alpha")


@on_sqlite
async def test_a_way_that_nobody_offered_moves_nothing(three_items: Story) -> None:
    board = await three_items.types("U0CURATOR", SHARED, "/agenda curate")
    menu = next(one for one in menus(board) if one["action_id"] == ARRANGE)
    menu["options"][1]["value"] = "1:sideways"
    refusal = await three_items.clicks("U0CURATOR", board, ARRANGE, selected="1:sideways")
    assert "can't be done" in refusal.text
    assert board.text.index(" Alpha") < board.text.index(" Beta")


@on_sqlite
async def test_publishing_tells_first_and_then_shows_everybody(
    three_items: Story, database: Database, clock: FrozenClock
) -> None:
    slack = three_items
    await slack.types("U0MEMBER", SHARED, "/agenda add Delta")
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    published = [dict(block) for block in board.blocks]
    asked = next(
        b for block in board.blocks for b in block.get("elements", []) if b.get("action_id") == PUBLISH
    )
    told = asked["confirm"]["text"]["text"]
    assert "2 items are on the agenda." in told
    assert "1 item still waits for your answer. It is not shown." in told
    await slack.clicks("U0CURATOR", board, PUBLISH)
    assert "Published as it stands" in board.text
    agenda = await slack.in_channel("Agenda for Thu, Jan 21")
    assert await slack.in_direct("U0MEMBER", "your item is on the agenda")
    assert "1. 10:10 AM · Alpha · 1 hr · CCSJ\n" in agenda.text
    assert "2. 11:10 AM · Beta · 1 hr 30 min · CCSJ · if there is time\n" in agenda.text

    before = await everything(database, clock)
    board.blocks = published
    refusal = await slack.clicks("U0CURATOR", board, PUBLISH)
    assert "just as it stands" in refusal.text
    assert await everything(database, clock) == before


@on_sqlite
async def test_before_an_agenda_that_is_empty_by_now_is_published_that_is_said(three_items: Story) -> None:
    board = await three_items.types("U0CURATOR", SHARED, "/agenda curate")
    await three_items.clicks("U0CURATOR", board, PUBLISH)
    for _ in range(2):
        menu = next(one for one in menus(board) if one["action_id"] == ARRANGE)
        [back] = [one["value"] for one in menu["options"] if one["value"].endswith(":back:1")]
        await three_items.clicks("U0CURATOR", board, ARRANGE, selected=back)
    asked = next(
        one for block in board.blocks for one in block.get("elements", []) if one.get("action_id") == PUBLISH
    )
    assert "Nothing is on the agenda at the moment." in asked["confirm"]["text"]["text"]


@on_sqlite
async def test_what_commands_do_buttons_do_for_who_has_no_commands(slack: Story, database: Database) -> None:
    with database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE person SET is_admin = true WHERE user_id = 'U0RUTH'")
    listed = await slack.clicks("U0RUTH", await standing(slack), LIST)
    assert "What you can do here" in (await slack.clicks("U0RUTH", listed, HELP)).text
    assert "A preview, for you alone" in (await slack.clicks("U0RUTH", listed, PREVIEW)).text
    assert "Settings of" in (await slack.clicks("U0RUTH", listed, SETTINGS)).text
    assert "[Settings]" not in (await slack.clicks("U0KOFI", await standing(slack), LIST)).text


@on_sqlite
async def test_items_without_a_length_are_not_counted_as_taking_no_time(slack: Story) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add • Alpha\n• Beta\n• Gamma (15 min)")
    for title, said in (
        ("Alpha", "Nobody has given a length yet. The meeting has 1 hr 30 min for items."),
        ("Beta", "Nobody has given a length yet. The meeting has 1 hr 30 min for items."),
        ("Gamma", "Items take 15 min. The meeting has 1 hr 30 min for them. 2 items have no length yet."),
    ):
        await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", title), TAKE)
        board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
        assert said in board.text
    await slack.clicks("U0CURATOR", board, PUBLISH)
    assert said in (await slack.in_channel("Agenda for")).text


@on_sqlite
async def test_an_empty_agenda_is_not_published(slack: Story) -> None:
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    refusal = await slack.clicks("U0CURATOR", board, PUBLISH)
    assert "nothing on the agenda yet" in refusal.text


@on_sqlite
@pytest.mark.parametrize("person", ["U0MEMBER", "U0SAM", "U0ADMIN"])
async def test_the_board_is_for_the_hosts_curators(slack: Story, person: str) -> None:
    refusal = await slack.types(person, SHARED, "/agenda curate")
    assert "CCSJ hosts this meeting, so its team decides" in refusal.text
    assert "/agenda curate" in refusal.text
    status = await slack.types(person, SHARED, "/agenda")
    assert "Host's board" not in status.text


@on_sqlite
async def test_who_decides_reads_first_how_many_wait_for_an_answer(slack: Story) -> None:
    assert "your answer" not in (await slack.types("U0CURATOR", SHARED, "/agenda")).text
    for title in ("Budget", "Rents"):
        await slack.types("U0MEMBER", SHARED, f"/agenda add {title}")
    status = await slack.types("U0CURATOR", SHARED, "/agenda")
    assert status.text.index("2 items wait for your answer.") < status.text.index("[Host's board]")
    assert status.text.index("[Host's board]") < status.text.index("[Add an item]")
    assert status.text.count("[Host's board]") == 1
    assert "your answer" not in (await slack.types("U0MEMBER", SHARED, "/agenda")).text


@on_sqlite
async def test_the_board_is_refused_to_who_no_longer_decides(slack: Story, database: Database) -> None:
    status = await slack.types("U0CURATOR", SHARED, "/agenda")
    board = await slack.clicks("U0CURATOR", status, BOARD)
    with database.transaction() as session:
        session.connection().exec_driver_sql("DELETE FROM curator WHERE collaborative_id = 1")
    for where, action in ((status, BOARD), (board, PUBLISH), (board, CHANGE)):
        refusal = await slack.clicks("U0CURATOR", where, action)
        assert "its team decides" in refusal.text
    assert slack.form("U0CURATOR") is None


@on_sqlite
async def test_without_a_meeting_items_wait_and_there_is_no_board(slack: Story, clock: FrozenClock) -> None:
    clock.strikes("2027-01-22 09:00")
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add Alpha")
    assert "The next meeting is not set yet. What you brought waits for it" in receipt.text
    assert "1 item waits for it" in (await slack.types("U0MEMBER", SHARED, "/agenda list")).text
    refusal = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    assert "there is no board" in refusal.text


@on_sqlite
async def test_the_doors_stand_under_a_published_agenda_too(three_items: Story) -> None:
    slack = three_items
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    await slack.clicks("U0CURATOR", board, PUBLISH)
    agenda = await slack.in_channel("Agenda for Thu, Jan 21")
    await slack.clicks("U0KOFI", agenda, ADD)
    assert await send(slack, "U0KOFI", title="Parking") == {}
    assert "Parking" in shown(opened(slack, "U0KOFI"))
