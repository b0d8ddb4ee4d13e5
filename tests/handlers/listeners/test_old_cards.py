"""Cards that stand where nobody decides any more: they tell nothing that is for those who decide."""

from collections.abc import Awaitable, Callable

import pytest

from bot.consortia import apply
from handlers.blocks.ids import EDIT, READ, TAKE
from playground.slack import Message
from storage.database import Database
from tests.builders import a_plan
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, next_meeting_is_proposed, on_sqlite, send
from tests.story import SHARED, Story

pytestmark = on_sqlite

DETAILS, TITLE = "Noor's number is 555-0199", "Layoffs: who goes"
Befalls = Callable[[Story, Database, FrozenClock], Awaitable[None]]


async def edited(slack: Story, database: Database, clock: FrozenClock) -> None:
    mine = await slack.types("U0MEMBER", SHARED, "/agenda mine")
    await slack.clicks("U0MEMBER", mine, EDIT)
    assert await send(slack, "U0MEMBER", title=TITLE, details=DETAILS) == {}
    await at_rest(database, clock)


async def its_meeting_is_over(slack: Story, database: Database, clock: FrozenClock) -> None:
    clock.strikes("2027-01-22 09:00")
    await next_meeting_is_proposed(slack, database, clock)
    await slack.in_direct("U0RUTH", "Budget")


async def they_are_taken_out(_slack: Story, database: Database, clock: FrozenClock) -> None:
    others = {'curators = ["U0CURATOR", "U0DEPUTY"]': 'curators = ["U0CURATOR"]'}
    with database.transaction() as session:
        apply(session, a_plan(**others), clock())


@pytest.mark.parametrize("befalls", [its_meeting_is_over, they_are_taken_out])
async def test_who_decides_no_longer_reads_what_everybody_reads(
    slack: Story, database: Database, clock: FrozenClock, befalls: Befalls
) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    card = await slack.in_direct("U0DEPUTY", "Budget")
    await befalls(slack, database, clock)
    await edited(slack, database, clock)
    assert TITLE in card.text
    assert DETAILS not in card.text
    assert READ in str(card.blocks)
    assert TAKE not in str(card.blocks)


async def test_who_left_the_shared_channel_reads_nothing_more(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    card = await slack.in_direct("U0DEPUTY", "Budget")
    await slack.leaves("U0DEPUTY", SHARED)
    await at_rest(database, clock)
    await edited(slack, database, clock)
    assert card.text == "This is with CCSJ now, for Thu, Jan 21."


async def test_a_curators_channel_that_was_replaced_reads_nothing_more(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    """Others may read there than in the shared channel."""
    before = await _cards_go_to(slack, database, clock, "C0CURATORS", "Budget")
    await _cards_go_to(slack, database, clock, "C0LATER", "Budget")
    await edited(slack, database, clock)
    assert before.text == "This is with CCSJ now, for Thu, Jan 21."


async def _cards_go_to(
    slack: Story, database: Database, clock: FrozenClock, channel: str, title: str
) -> Message:
    slack.add_channel(channel, channel.lower(), ["T0SISTER"], ["U0CURATOR", "U0NEW", slack.app.user_id])
    members = 'members = ["U0MEMBER"]'
    with database.transaction() as session:
        apply(session, a_plan(**{members: f'{members}\nchannel = "{channel}"'}), clock())
    await slack.types("U0MEMBER", SHARED, f"/agenda add {title}")
    await at_rest(database, clock)
    return await slack._message(channel, title)
