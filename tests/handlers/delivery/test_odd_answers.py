"""Slack says `ok` and leaves out what it always tells: nobody knows then what it did, and nothing is lost, doubled or held up."""

import pytest

from playground.slack import Garbled, ServerError
from playground.slack.faults import Disliked
from storage.database import Database
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import SETTLED, bot, owe, passes, posted, the_post
from tests.handlers.delivery.test_stands_aside import (
    A_CALL,
    WORD,
    called_forbidden,
    fails_in_line,
    falls,
    notices,
    said,
)
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, Story

pytestmark = [on_sqlite, pytest.mark.slow]

NO_PLACE = [
    '{"ok": true}',
    '{"ok": true, "channel": "C0SHARED"}',
    '{"ok": true, "channel": "C0SHARED", "ts": null}',
    '{"ok": true, "channel": "C0SHARED", "ts": 5}',
    '{"ok": true, "channel": "C0SHARED", "ts": "soon"}',
    '{"ok": true, "channel": {"id": "C0SHARED"}, "ts": "1700000000.000100"}',
    '{"ok": true, "channel": "", "ts": "1700000000.000100"}',
]
NO_MESSAGES = [
    '{"ok": true}',
    '{"ok": true, "messages": null}',
    '{"ok": true, "messages": [null]}',
    '{"ok": true, "messages": {}}',
]


def answers(body: str, *, stored: bool = False) -> Garbled:
    return Garbled(body, "application/json", stored=stored)


@pytest.mark.parametrize("stored", [True, False])
@pytest.mark.parametrize("body", NO_PLACE)
async def test_what_was_posted_nobody_knows_where_stands_there_once_and_is_edited(
    empty_slack: Story, clock: FrozenClock, owing: Database, body: str, *, stored: bool
) -> None:
    empty_slack.next_answer("chat.postMessage", answers(body, stored=stored))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert the_post(owing).state == PostState.DUE
        await passes(at_work, clock, seconds=SETTLED + 1)
        assert the_post(owing).state == PostState.SENT
        called_forbidden(owing)
        await passes(at_work, clock, seconds=SETTLED + 1)
    assert len(posted(empty_slack)) == 1
    assert said(empty_slack, SHARED, WORD) == 1


@pytest.mark.parametrize("body", NO_PLACE)
async def test_a_message_that_is_always_answered_so_holds_nobody_up(
    empty_slack: Story, clock: FrozenClock, owing: Database, body: str
) -> None:
    called_forbidden(owing)
    odd = answers(body)
    empty_slack.weather_becomes(lambda method: Disliked(WORD, odd) if method == "chat.postMessage" else None)
    clock.passes(minutes=1)
    owe(owing, clock, PostKind.CALL, SHARED)
    async with bot(empty_slack, clock, owing) as at_work:
        await fails_in_line(at_work, clock, owing)
        assert (said(empty_slack, SHARED, A_CALL), len(notices(empty_slack))) == (1, 1)


@pytest.mark.parametrize("body", NO_MESSAGES)
async def test_a_channel_that_shows_nothing_holds_nobody_up(
    empty_slack: Story, clock: FrozenClock, owing: Database, body: str
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500, stored=True))
    odd = answers(body)
    empty_slack.weather_becomes(lambda method: odd if method == "conversations.history" else None)
    clock.passes(minutes=1)
    owe(owing, clock, PostKind.CALL, SHARED)
    async with bot(empty_slack, clock, owing) as at_work:
        await fails_in_line(at_work, clock, owing)
        assert (said(empty_slack, SHARED, A_CALL), len(notices(empty_slack))) == (1, 1)
        falls(empty_slack)
        await passes(at_work, clock, hours=1)
    assert len(posted(empty_slack)) == 2


async def test_who_does_not_know_who_it_is_takes_nothing_for_missing(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        empty_slack.next_answer("chat.postMessage", ServerError(500, stored=True))
        owe(owing, clock, PostKind.CALL, SHARED)
        await passes(at_work, clock, seconds=1)
        odd = answers('{"ok": true, "team_id": "T0SISTER"}')
        empty_slack.weather_becomes(lambda method: odd if method == "auth.test" else None)
        await passes(at_work, clock, seconds=SETTLED + 1)
        falls(empty_slack)
        for _ in range(3):
            await passes(at_work, clock, seconds=SETTLED + 1)
    assert len(posted(empty_slack)) == 2


@pytest.mark.parametrize(
    "body", ['{"ok": true}', '{"ok": true, "channel": {}}', '{"ok": true, "channel": "D1"}']
)
async def test_direct_messages_that_do_not_open_are_tried_again(
    empty_slack: Story, clock: FrozenClock, owing: Database, body: str
) -> None:
    empty_slack.next_answer("conversations.open", answers(body))
    async with bot(empty_slack, clock, owing) as at_work:
        owe(owing, clock, PostKind.REMINDER, "U0MEMBER")
        await passes(at_work, clock, seconds=1)
        assert the_post(owing, PostKind.REMINDER).state == PostState.DUE
        await passes(at_work, clock, minutes=1)
        assert the_post(owing, PostKind.REMINDER).state == PostState.SENT
