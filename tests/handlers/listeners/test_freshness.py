"""The author of an item that meetings were held without says by buttons alone what is to become of it, and so does the host."""

from handlers.blocks.ids import ADD, ARRANGE, BRING_BACK, EDIT, KEEP, LEARNED, MINE, RESTING, SOLVE, WITHDRAW
from playground.slack import Message
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import (
    at_rest,
    filled,
    next_meeting_is_proposed,
    on_sqlite,
    opened,
    send,
    shown,
    standing,
)
from tests.story import SHARED, Story

AUTHOR, HOST = "U0KOFI", "U0CURATOR"
"""The author is of a workspace without the app. The host decides for the first meeting."""
AFTER = ("2027-01-22", "2027-04-23", "2027-07-30", "2027-10-29", "2028-01-28")
QUESTION = "Do you still want to talk about it?"
GO = [KEEP, EDIT, SOLVE, WITHDRAW]


async def _brought(slack: Story, title: str = "Budget cuts") -> None:
    await slack.clicks(AUTHOR, await standing(slack), ADD)
    assert await send(slack, AUTHOR, title=title) == {}


async def _held(slack: Story, database: Database, clock: FrozenClock, times: int) -> None:
    """So many meetings without it."""
    for day in AFTER[:times]:
        clock.strikes(f"{day} 09:00")
        await next_meeting_is_proposed(slack, database, clock)


async def _asked(slack: Story, database: Database, clock: FrozenClock) -> Message:
    await _brought(slack)
    await _held(slack, database, clock, times=2)
    return await slack.in_direct(AUTHOR, QUESTION)


def _buttons(message: Message) -> list[str]:
    return [
        one["action_id"]
        for block in message.blocks
        for one in block.get("elements", [])
        if "action_id" in one
    ]


@on_sqlite
async def test_asked_once_and_kept(slack: Story, database: Database, clock: FrozenClock) -> None:
    asked = await _asked(slack, database, clock)
    assert _buttons(asked) == GO
    assert "If you do nothing, it stays on the list." in asked.text
    before = [dict(block) for block in asked.blocks]
    await slack.clicks(AUTHOR, asked, KEEP)
    await at_rest(database, clock)
    assert "✓ Thank you. It stays on the list" in asked.text
    assert _buttons(asked) == []
    asked.blocks = before
    refusal = await slack.clicks(AUTHOR, asked, KEEP)
    assert "You said already that you still want this." in refusal.text


async def test_solved_with_what_was_learned_and_not_solved_after_all(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    asked = await _asked(slack, database, clock)
    await slack.clicks(AUTHOR, asked, SOLVE)
    await at_rest(database, clock)
    assert _buttons(asked) == [LEARNED, BRING_BACK]
    await slack.clicks(AUTHOR, asked, LEARNED)
    assert filled(opened(slack, AUTHOR), "text") == "Budget cuts"
    assert await send(slack, AUTHOR, topic="General", text="Budget cuts: we asked for a hearing") == {}
    assert "Others find this under" in shown(opened(slack, AUTHOR))
    await slack.closes(AUTHOR)
    assert "Budget cuts" not in (await slack.asks("U0SAM", SHARED, "/agenda list")).text
    await slack.clicks(AUTHOR, asked, BRING_BACK)
    await at_rest(database, clock)
    assert "Budget cuts" in (await slack.asks("U0SAM", SHARED, "/agenda list")).text
    assert _buttons(asked) == []


@on_sqlite
async def test_changed_and_taken_off(slack: Story, database: Database, clock: FrozenClock) -> None:
    asked = await _asked(slack, database, clock)
    await slack.clicks(AUTHOR, asked, EDIT)
    assert await send(slack, AUTHOR, title="Cuts of the budget") == {}
    await at_rest(database, clock)
    assert "Cuts of the budget" in asked.text
    assert _buttons(asked) == GO
    await slack.closes(AUTHOR)
    await slack.clicks(AUTHOR, asked, WITHDRAW)
    await at_rest(database, clock)
    assert "Withdrawn:" in asked.text
    assert _buttons(asked) == []


@on_sqlite
async def test_the_same_ways_stand_under_ones_own_items(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    await _asked(slack, database, clock)
    await slack.clicks(AUTHOR, await standing(slack), MINE)
    mine = slack.world.messages[SHARED][-1]
    assert QUESTION in mine.text
    assert [one for one in _buttons(mine) if one in GO] == [KEEP, EDIT, SOLVE, WITHDRAW]
    await slack.clicks(AUTHOR, mine, KEEP)
    assert QUESTION not in mine.text
    await slack.clicks(AUTHOR, mine, SOLVE)
    assert "✓ Solved." in mine.text
    assert "Solved · " in mine.text
    await slack.clicks(AUTHOR, mine, BRING_BACK)
    assert "✓ It is back on the list" in mine.text
    assert "Waiting for the host" in mine.text


@on_sqlite
async def test_from_the_third_time_on_it_rests_on_the_board_and_comes_back_from_there(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    asked = await _asked(slack, database, clock)
    await _held(slack, database, clock, times=3)
    heard = len(slack.world.messages[slack.direct(AUTHOR).id])
    assert _buttons(asked) == [BRING_BACK]
    assert "Your item rests" in asked.text
    await slack.clicks(AUTHOR, await standing(slack), MINE)
    assert "Resting" in slack.world.messages[SHARED][-1].text

    decides = "U0SAM"
    board = await slack.asks(decides, SHARED, "/agenda curate")
    assert "Nothing waits for a decision." in board.text
    assert "1 item rests…" in str(board.blocks)
    await slack.clicks(decides, board, RESTING)
    resting = slack.world.messages[SHARED][-1]
    assert "Budget cuts" in resting.text
    [wakes] = [
        option["value"]
        for block in resting.blocks
        for option in block.get("accessory", {}).get("options", [])
        if ":wake:" in option["value"]
    ]
    await slack.clicks(decides, resting, ARRANGE, selected=wakes)
    assert "To decide\nBudget cuts" in resting.text
    await at_rest(database, clock)
    assert len(slack.world.messages[slack.direct(AUTHOR).id]) == heard
    assert _buttons(asked) == GO


@on_sqlite
async def test_nobody_says_it_for_another(slack: Story, database: Database, clock: FrozenClock) -> None:
    asked = await _asked(slack, database, clock)
    asked.channel = SHARED
    for button in (KEEP, SOLVE, WITHDRAW):
        refusal = await slack.clicks(HOST, asked, button)
        assert "Only the person who added an item can change it." in refusal.text
