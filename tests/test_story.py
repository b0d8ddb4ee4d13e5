"""The main job, end to end: propose, decide, hear, publish, publish again; over both transports, on both databases."""

from collections.abc import AsyncIterator

import pytest

from handlers.blocks.ids import ADD, EDIT, HOLD, LEAVE_OUT, PUBLISH, TAKE
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest
from tests.long_forms import each_engine_by_a_transport
from tests.story import SHARED, Story, bot_in, set_up


@pytest.fixture
async def slack(
    transport: str, empty_slack: Story, clock: FrozenClock, database: Database
) -> AsyncIterator[Story]:
    set_up(database, clock)
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(empty_slack, clock, url, transport=transport):
        yield empty_slack


@each_engine_by_a_transport
async def test_from_a_line_typed_to_an_agenda_published_twice(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts and how we respond (15 min)")
    assert "It is not on the agenda yet" in receipt.text
    await _add_by_button(slack, "U0KOFI", title="Night patrol", minutes=20, details="With the youth workers")
    await slack.types("U0SAM", SHARED, "/agenda add Parking (5 min)")

    await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Budget cuts"), TAKE)
    await slack.in_direct("U0DEPUTY", "Maria Vega added this to the agenda")
    await slack.clicks("U0DEPUTY", await slack.in_direct("U0DEPUTY", "Night patrol"), HOLD)
    await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Parking"), LEAVE_OUT)
    await _send(slack, "U0CURATOR", reason="too full", note="Next time, gladly.")

    clock.passes(minutes=5)
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    assert await slack.in_direct("U0MEMBER", "your item is on the agenda")
    assert await slack.in_direct("U0KOFI", "is kept for the next meeting")
    assert "Next time, gladly." in (await slack.in_direct("U0SAM", "It is not on the agenda for")).text
    await at_rest(database, clock)

    await slack.clicks("U0CURATOR", board, PUBLISH)
    agenda = await slack.in_channel("Agenda for Thu, Jan 21")
    assert "1. 10:10 AM · Budget cuts and how we respond · 15 min · CCSJ" in agenda.text
    assert "1 item is kept for the next meeting" in agenda.text

    await slack.clicks("U0MEMBER", receipt, EDIT)
    await _send(slack, "U0MEMBER", title="Budget cuts", minutes=30)
    await slack.types("U0MEMBER", SHARED, "/agenda add Youth program (10 min)")
    await slack.clicks("U0DEPUTY", await slack.in_direct("U0DEPUTY", "Youth program"), TAKE)
    assert "Youth program" not in agenda.text

    board = await slack.types("U0DEPUTY", SHARED, "/agenda curate")
    await slack.clicks("U0DEPUTY", board, PUBLISH)
    await slack.until(lambda: "What changed:" in agenda.text)
    assert "1. 10:10 AM · Budget cuts · 30 min · CCSJ" in agenda.text
    assert "2. 10:40 AM · Youth program · 10 min · CCSJ" in agenda.text
    assert "Added: Youth program" in agenda.text
    assert "New words: Budget cuts" in agenda.text
    assert len([one for one in slack.world.messages[SHARED] if "Agenda for" in one.text]) == 1


async def _add_by_button(slack: Story, person: str, **answers: object) -> None:
    """As people of a workspace without the app do it."""
    await slack.clicks(person, await slack.in_channel("The agenda of"), ADD)
    await _send(slack, person, **answers)


async def _send(slack: Story, person: str, **answers: object) -> None:
    for field, answer in answers.items():
        await slack.fills(person, field, field, answer)
    assert await slack.submits(person) == {}
