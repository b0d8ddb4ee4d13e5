"""Slack lets the bot look at one page a minute, and the channel has two pages since the first try."""
from datetime import timedelta

from playground.slack import RateLimited, ServerError
from playground.slack.world import Message
from storage.database import Database
from storage.outbox import PostState
from storage.post_kinds import PostKind
from tests.clock import FrozenClock
from tests.handlers.delivery.conftest import *  # noqa: F403
from tests.handlers.delivery.test_loop import SETTLED, bot, owe, passes, the_post
from tests.handlers.delivery.test_stands_aside import A_CALL, notices, said
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, Story

pytestmark = on_sqlite


async def test_it_gets_to_the_end(empty_slack: Story, clock: FrozenClock, owing: Database) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    asked: list[object] = []

    def one_a_minute(method: str):
        if method != "conversations.history":
            return None
        if asked and clock() - asked[-1] < timedelta(minutes=1):
            return RateLimited(60)
        asked.append(clock())
        return None

    empty_slack.weather_becomes(one_a_minute)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        clock.passes(seconds=5)
        for n in range(150):
            empty_slack.world.add(Message(SHARED, empty_slack.world.next_ts(), "U0MEMBER", f"chat {n}"))
        owe(owing, clock, PostKind.CALL, SHARED)
        for _ in range(60):
            await passes(at_work, clock, minutes=2)
        p = the_post(owing)
        print(p.state, p.error, p.attempts, p.hindrances, len(asked), notices(empty_slack))
    assert p.state == PostState.SENT
    assert said(empty_slack, SHARED, A_CALL) == 1
