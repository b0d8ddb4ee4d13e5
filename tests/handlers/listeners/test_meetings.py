"""The meeting that the rotation proposes: its host confirms it or changes it."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import select

from handlers.blocks.ids import BOARD, CHANGE, COLLABORATIVE, CONFIRM
from playground.slack import Message
from storage.database import Database
from storage.meetings import Meeting
from tests.clock import FrozenClock
from tests.handlers.steps import (
    at_rest,
    filled,
    next_meeting_is_proposed,
    on_sqlite,
    opened,
    send,
    shown,
)
from tests.story import OURS, SHARED, Story


@pytest.fixture
async def proposed(slack: Story, database: Database, clock: FrozenClock) -> Message:
    """The question to Ruth of Bayview, whose workspace has no app."""
    clock.strikes("2027-01-22 09:00")
    await next_meeting_is_proposed(slack, database, clock)
    return await slack.in_direct("U0RUTH", "Bayview hosts the next meeting")


async def test_the_host_confirms_with_a_button(slack: Story, proposed: Message) -> None:
    assert "Thursday, April 15, 2027, 10:00 AM" in proposed.text
    assert "2 Third St" in proposed.text
    await slack.clicks("U0RUTH", proposed, CONFIRM)
    await slack.until(lambda: "This is confirmed" in proposed.text)
    assert "has yet to confirm" not in (await slack.types("U0MEMBER", SHARED, "/agenda")).text


@on_sqlite
async def test_the_host_changes_it_with_a_form_that_begins_with_what_is_there(
    slack: Story, proposed: Message
) -> None:
    await slack.clicks("U0RUTH", proposed, CHANGE)
    form = opened(slack, "U0RUTH")
    assert [filled(form, field) for field in ("day", "starts", "minutes", "office")] == [
        "2027-04-15",
        "10:00",
        "120",
        "2 Third St, San Francisco",
    ]
    assert await send(slack, "U0RUTH", day="2027-04-22", starts="13:30", office="The library") == {}

    assert "Thursday, April 22, 2027, 1:30" in shown(opened(slack, "U0RUTH"))
    await slack.until(lambda: "April 22" in proposed.text and "The library" in proposed.text)
    assert "April 22" in (await slack.types("U0MEMBER", SHARED, "/agenda")).text


@on_sqlite
@pytest.mark.parametrize(
    ("field", "entered", "why"),
    [
        ("day", "2027-01-21", "There is a meeting on Thursday, January 21, 2027 already"),
        ("day", "2027-01-20", "Wednesday, January 20, 2027 has passed"),
        ("office", "  ", "Where is it?"),
    ],
)
async def test_what_cannot_be_is_named_at_its_field(
    slack: Story,
    database: Database,
    clock: FrozenClock,
    proposed: Message,
    field: str,
    entered: str,
    why: str,
) -> None:
    clock.strikes("2027-01-21 15:00")
    before = meetings_of(database)
    await slack.clicks("U0RUTH", proposed, CHANGE)
    refused = await send(slack, "U0RUTH", minutes=90, **{field: entered})

    assert list(refused) == [field]
    assert why in refused[field]
    assert filled(opened(slack, "U0RUTH"), "minutes") == "90"
    assert meetings_of(database) == before


def meetings_of(database: Database) -> list[tuple[object, ...]]:
    with database.transaction(OURS) as session:
        return [
            (one.id, one.host_id, one.day, one.starts, one.minutes, one.office, one.state)
            for one in session.scalars(select(Meeting).order_by(Meeting.id))
        ]


@on_sqlite
async def test_a_meeting_confirmed_already_is_not_confirmed_again(
    slack: Story, database: Database, clock: FrozenClock, proposed: Message
) -> None:
    as_it_was = [dict(block) for block in proposed.blocks]
    await slack.clicks("U0RUTH", proposed, CONFIRM)
    await at_rest(database, clock)
    proposed.blocks = as_it_was
    refusal = await slack.clicks("U0RUTH", proposed, CONFIRM)
    assert "confirmed already" in refusal.text
    assert refusal.only_for == "U0RUTH"


@on_sqlite
@pytest.mark.parametrize("known", ["proposed", "confirmed"])
async def test_who_decides_no_longer_loses_the_buttons_and_who_does_again_gets_them_back(
    slack: Story, proposed: Message, known: str
) -> None:
    if known == "confirmed":
        await slack.clicks("U0RUTH", proposed, CONFIRM)
        await slack.until(lambda: "This is confirmed" in proposed.text)
    await _bayviews_curator(slack, "U0SAM")
    await slack.until(lambda: "This is with those who decide now" in proposed.text)
    assert not any(block["type"] == "actions" for block in proposed.blocks)
    if known == "proposed":
        assert "Does this suit you?" in (await slack.in_direct("U0SAM", "Bayview hosts")).text

    await _bayviews_curator(slack, "U0RUTH")
    await slack.until(lambda: any(block["type"] == "actions" for block in proposed.blocks))


async def _bayviews_curator(slack: Story, person: str) -> None:
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, COLLABORATIVE, value="2")
    assert await send(slack, "U0ADMIN", curators=[person]) == {}


@on_sqlite
async def test_a_meeting_is_changed_from_the_board_which_then_shows_it(slack: Story) -> None:
    home = await slack.opens_home("U0CURATOR")
    await slack.clicks("U0CURATOR", home, BOARD)
    board = opened(slack, "U0CURATOR")
    await slack.clicks("U0CURATOR", board, CHANGE)
    assert await send(slack, "U0CURATOR", day="2027-01-28") == {}
    assert slack.form("U0CURATOR") is board
    assert "Thursday, January 28, 2027" in shown(board)


@on_sqlite
async def test_two_who_change_a_meeting_at_the_same_time_undo_nothing_of_each_other(
    slack: Story, database: Database
) -> None:
    for person in ("U0CURATOR", "U0DEPUTY"):
        board = await slack.types(person, SHARED, "/agenda curate")
        await slack.clicks(person, board, CHANGE)
    assert await send(slack, "U0DEPUTY", day="2027-02-04") == {}
    assert await send(slack, "U0CURATOR", office="2 Oak St") == {}
    [(_id, _host, day, *_times, office, _state)] = meetings_of(database)
    assert (day, office) == (date(2027, 2, 4), "2 Oak St")


@on_sqlite
async def test_two_who_save_in_the_same_moment_undo_nothing_of_each_other(
    slack: Story, database: Database
) -> None:
    boards = {who: await slack.types(who, SHARED, "/agenda curate") for who in ("U0CURATOR", "U0DEPUTY")}
    for number in range(5):
        for who, board in boards.items():
            await slack.clicks(who, board, CHANGE)
        saved = await asyncio.gather(
            send(slack, "U0CURATOR", office=f"Office {number}"),
            send(slack, "U0DEPUTY", minutes=str(60 + number)),
        )
        assert saved == [{}, {}]
        [(*_whose, minutes, office, _state)] = meetings_of(database)
        assert (office, minutes) == (f"Office {number}", 60 + number)
        for who in boards:
            await slack.closes(who, everything=True)


@on_sqlite
async def test_who_left_and_decides_no_longer_reads_no_more_where_the_meeting_is(
    slack: Story, proposed: Message
) -> None:
    await slack.leaves("U0RUTH", SHARED)
    await slack.until(lambda: "This is with those who decide now" in proposed.text)
    assert "Third St" not in str(proposed.blocks)
