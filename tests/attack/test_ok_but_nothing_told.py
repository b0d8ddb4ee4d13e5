"""Slack says `ok`, and leaves out what it always tells: the channel, the ts, the messages."""

import pytest

from playground.slack import Garbled, ServerError
from playground.slack.faults import Disliked
from storage.database import Database
from storage.post_kinds import PostKind
from tests.clock import FrozenClock
from tests.handlers.delivery.conftest import *  # noqa: F403
from tests.handlers.delivery.test_loop import LEASED, bot, owe, passes, the_post
from tests.handlers.delivery.test_stands_aside import A_CALL, WORD, called_forbidden, notices, said
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, Story

pytestmark = on_sqlite


def told(body: str, stored: bool = False) -> Garbled:
    return Garbled(body, "application/json", stored=stored)


async def holds_up(empty_slack, clock, owing, weather, first=None):
    called_forbidden(owing)
    if first:
        empty_slack.next_answer("chat.postMessage", first)
    empty_slack.weather_becomes(weather)
    clock.passes(minutes=1)
    owe(owing, clock, PostKind.CALL, SHARED)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        for _ in range(12):
            await passes(at_work, clock, seconds=LEASED + 1)
        p = the_post(owing)
        print(
            p.state,
            p.hindrances,
            p.error,
            p.attempts,
            "calls said:",
            said(empty_slack, SHARED, A_CALL),
            notices(empty_slack),
        )
        print("standing:", said(empty_slack, SHARED, WORD))
        assert said(empty_slack, SHARED, A_CALL) == 1
        assert len(notices(empty_slack)) == 1


@pytest.mark.parametrize("stored", [False, True])
@pytest.mark.parametrize(
    "body",
    [
        '{"ok": true}',
        '{"ok": true, "channel": "C0SHARED"}',
        '{"ok": true, "channel": {"id": "C0SHARED"}, "ts": 5}',
        '{"ok":true,"ts":null,"channel":null}',
        '{"ok": "true"}',
        "{}",
        '{"ok": false}',
        '{"ok": false, "error": null}',
        '{"ok": false, "error": ["x"]}',
        '{"ok": false, "error": {"a": 1}}',
        '{"ok": 1, "channel": "C0SHARED", "ts": "abc"}',
        '{"ok":true,"channel":"","ts":""}',
    ],
)
async def test_a_post(
    empty_slack: Story, clock: FrozenClock, owing: Database, body: str, stored: bool
) -> None:
    fault = told(body, stored)
    await holds_up(
        empty_slack, clock, owing, lambda m: Disliked(WORD, fault) if m == "chat.postMessage" else None
    )


@pytest.mark.parametrize(
    "body",
    [
        '{"ok": true}',
        '{"ok": true, "messages": null}',
        '{"ok": true, "messages": [null]}',
        '{"ok": true, "messages": ["x"]}',
        '{"ok": true, "messages": {}}',
    ],
)
async def test_a_look(empty_slack: Story, clock: FrozenClock, owing: Database, body: str) -> None:
    fault = told(body)
    await holds_up(
        empty_slack, clock, owing, lambda m: fault if m == "conversations.history" else None, ServerError(500)
    )
