"""A question goes from the card or the board to the author of an item, and the answer back to both."""

import asyncio

import pytest

from handlers.blocks.ids import ADD, ANSWER, ARRANGE, LEAVE_OUT, READ, TAKE
from playground.slack import Message
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, everything, filled, on_sqlite, opened, send, shown, standing
from tests.story import SHARED, Story

HOST, DEPUTY, AUTHOR, STRANGER = "U0CURATOR", "U0DEPUTY", "U0RUTH", "U0SAM"
WORDS, SAID = "Which program is it?", "The youth jobs program"
ASK = "1:ask:1"


async def _brought(slack: Story) -> Message:
    """By somebody of a workspace without the app, who has buttons alone."""
    await slack.clicks(AUTHOR, await standing(slack), ADD)
    assert await send(slack, AUTHOR, title="Budget cuts") == {}
    return await slack.in_direct(HOST, "Budget cuts")


async def _asks(slack: Story, person: str, where: Message, words: str = WORDS) -> dict[str, str]:
    await slack.clicks(person, where, ARRANGE, selected=ASK)
    return await send(slack, person, question=words)


async def _answers(slack: Story, words: str = SAID) -> dict[str, str]:
    await slack.clicks(AUTHOR, await slack.in_direct(AUTHOR, "Budget cuts"), ANSWER)
    return await send(slack, AUTHOR, answer=words)


@on_sqlite
async def test_asked_on_the_board_answered_by_button_and_read_on_card_and_board(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    card = await _brought(slack)
    board = await slack.asks(HOST, SHARED, "/agenda curate")
    await slack.clicks(HOST, board, ARRANGE, selected=ASK)
    assert "Nobody but Ruth Adeyemi and the host's team sees it." in shown(opened(slack, HOST))
    assert "Please do not write the name of a client" in str(opened(slack, HOST).blocks)
    assert await send(slack, HOST, question=WORDS) == {}
    assert f"Question: {WORDS}\nNo answer yet." in shown(opened(slack, HOST))
    await slack.closes(HOST)

    asked = await slack.in_direct(AUTHOR, "CCSJ has a question about your item:")
    assert WORDS in asked.text
    assert await _answers(slack) == {}
    await at_rest(database, clock)
    assert "✓ You answered:" in asked.text
    assert SAID in asked.text
    for one in (card, await slack.in_direct(DEPUTY, "Budget cuts")):
        assert "CCSJ asked:" in one.text
        assert f"Ruth Adeyemi answered:\n{SAID}" in one.text.replace("> ", "")
    board = await slack.asks(DEPUTY, SHARED, "/agenda curate")
    assert f"Question: {WORDS}\nAnswer: {SAID}" in board.text
    await slack.clicks(DEPUTY, board, READ)
    assert SAID in shown(opened(slack, DEPUTY))

    await slack.clicks(AUTHOR, asked, ANSWER)
    assert filled(opened(slack, AUTHOR), "answer") == SAID
    assert await send(slack, AUTHOR, answer="The summer program") == {}
    await at_rest(database, clock)
    assert "The summer program" in card.text
    assert SAID not in card.text + asked.text

    listed = await slack.asks(STRANGER, SHARED, "/agenda list")
    assert "summer program" not in listed.text + (await standing(slack)).text
    assert len([one for one in slack.world.messages[slack.direct(AUTHOR).id] if WORDS in one.text]) == 1


@on_sqlite
async def test_asked_on_the_card_where_the_answer_is_read(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    card = await _brought(slack)
    assert await _asks(slack, HOST, card) == {}
    await at_rest(database, clock)
    assert "Ruth Adeyemi has not answered yet." in card.text
    assert await _answers(slack) == {}
    await at_rest(database, clock)
    assert SAID in card.text
    await slack.clicks(HOST, card, TAKE)
    await at_rest(database, clock)
    assert SAID in card.text


@on_sqlite
async def test_nothing_typed_is_lost_where_it_is_too_long_or_nothing(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    card = await _brought(slack)
    await slack.clicks(HOST, card, ARRANGE, selected=ASK)
    assert await send(slack, HOST, question="\u200e ") == {"question": "Please write your question."}
    view = opened(slack, HOST)
    view.entries["question"]["question"]["value"] = "x" * 501
    refused = await slack.deliveries.deliver(slack._wires.payloads.submission(slack.world.people[HOST], view))
    assert "longer than 500 characters" in str(refused)
    assert await send(slack, HOST, question=WORDS) == {}
    await slack.clicks(AUTHOR, await slack.in_direct(AUTHOR, WORDS), ANSWER)
    assert await send(slack, AUTHOR, answer=" ") == {"answer": "Please write your answer."}
    assert await send(slack, AUTHOR, answer=SAID) == {}
    await at_rest(database, clock)
    assert SAID in card.text


@on_sqlite
async def test_what_was_withdrawn_or_declined_meanwhile_refuses_old_buttons_and_forms(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    card = await _brought(slack)
    await slack.clicks(DEPUTY, await slack.in_direct(DEPUTY, "Budget cuts"), ARRANGE, selected=ASK)
    assert await _asks(slack, HOST, card) == {}
    asked = await slack.in_direct(AUTHOR, WORDS)
    await slack.clicks(AUTHOR, asked, ANSWER)
    old = (asked.text, [dict(block) for block in asked.blocks])
    await slack.clicks(HOST, card, LEAVE_OUT)
    assert await send(slack, HOST, reason="too full") == {}
    clock.passes(minutes=5)
    await slack.types("U0ADMIN", SHARED, "/agenda tip Breathe")
    await at_rest(database, clock)
    assert "The host has decided on this item already." in asked.text
    assert "[Answer…]" not in asked.text

    before = await everything(database, clock)
    refused = await send(slack, AUTHOR, answer=SAID)
    assert "The host has decided on this item already" in refused["answer"]
    asked.text, asked.blocks = old
    refusal = await slack.clicks(AUTHOR, asked, ANSWER)
    assert "The host has decided on this item already" in refusal.text
    refused = await send(slack, DEPUTY, question="And now?")
    assert "has been told what you decided" in refused["question"]
    now = await everything(database, clock)
    assert {name: rows for name, rows in now.items() if name != "input"} == {
        name: rows for name, rows in before.items() if name != "input"
    }


@on_sqlite
@pytest.mark.parametrize("stranger", [STRANGER, HOST])
async def test_nobody_answers_for_another(
    slack: Story, database: Database, clock: FrozenClock, stranger: str
) -> None:
    assert await _asks(slack, HOST, await _brought(slack)) == {}
    asked = await slack.in_direct(AUTHOR, WORDS)
    asked.channel = SHARED
    refusal = await slack.clicks(stranger, asked, ANSWER)
    assert "Only the person who was asked can answer." in refusal.text


async def test_of_two_answers_at_once_one_stands(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    card = await _brought(slack)
    assert await _asks(slack, HOST, card) == {}
    asked = await slack.in_direct(AUTHOR, WORDS)
    await slack.clicks(AUTHOR, asked, ANSWER)
    await slack.fills(AUTHOR, "answer", "answer", SAID)
    view = opened(slack, AUTHOR)
    sent = slack._wires.payloads.submission(slack.world.people[AUTHOR], view)
    again = slack._wires.payloads.submission(slack.world.people[AUTHOR], view)
    await asyncio.gather(slack.deliveries.deliver(sent), slack.deliveries.deliver(again))
    await at_rest(database, clock)
    assert card.text.count(SAID) == 1


@on_sqlite
async def test_an_answer_that_was_open_elsewhere_and_untouched_leaves_the_newer_one(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    await _asks(slack, HOST, await _brought(slack))
    await _answers(slack, "The old one")
    asked = await slack.in_direct(AUTHOR, "Budget cuts")
    await slack.clicks(AUTHOR, asked, ANSWER)
    untouched = slack._wires.payloads.submission(slack.world.people[AUTHOR], opened(slack, AUTHOR))
    await _answers(slack)
    await slack.in_direct(AUTHOR, SAID)
    await slack.deliveries.deliver(untouched)
    await at_rest(database, clock)
    assert SAID in asked.text
