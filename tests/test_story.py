"""The main job, end to end: propose, decide, hear, publish."""

from handlers.blocks.board import PUBLISH
from handlers.blocks.decisions import TAKE
from tests.clock import FrozenClock
from tests.story import SHARED, Story


async def test_from_a_line_typed_to_a_published_agenda(slack: Story, clock: FrozenClock) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts and how we respond (15 min)")
    card = await slack.in_direct("U0CURATOR", "Budget cuts")
    await slack.clicks("U0CURATOR", card, TAKE)
    await slack.in_direct("U0DEPUTY", "Maria Vega added this to the agenda")

    clock.passes(minutes=5)
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    assert await slack.in_direct("U0MEMBER", "your item is on the agenda")

    await slack.clicks("U0CURATOR", board, PUBLISH)
    agenda = await slack.in_channel("Agenda for Thu, Jan 21")
    assert "1. Budget cuts and how we respond · 15 min · Priya Nair" in agenda.text
