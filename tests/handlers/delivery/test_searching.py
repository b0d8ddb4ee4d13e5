"""A look in a channel ends, however few pages Slack lets the bot read at a time."""

from datetime import datetime, timedelta

from playground.slack import RateLimited, ServerError
from playground.slack.faults import Fault
from playground.slack.world import Message
from storage.database import Database
from storage.outbox import PostState
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import bot, passes, the_post
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, Story

pytestmark = on_sqlite
A_MINUTE = timedelta(minutes=1)


async def test_a_look_that_slack_breaks_off_goes_on_where_it_was(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    looked: list[datetime] = []

    def once_a_minute(method: str) -> Fault | None:
        if method != "conversations.history":
            return None
        if looked and clock() - looked[-1] < A_MINUTE:
            return RateLimited(60)
        looked.append(clock())
        return None

    empty_slack.next_answer("chat.postMessage", ServerError(500))
    empty_slack.weather_becomes(once_a_minute)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        for number in range(250):
            chat = Message(SHARED, empty_slack.world.next_ts(), "U0MEMBER", f"chat {number}")
            empty_slack.world.add(chat)
        for _ in range(10):
            await passes(at_work, clock, minutes=2)
    assert the_post(owing).state == PostState.SENT
    assert len(looked) >= 3
