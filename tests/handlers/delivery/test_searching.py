"""A look in a channel ends, however few pages Slack lets the bot read at a time."""

from datetime import datetime, timedelta

import pytest

from playground.slack import Garbled, RateLimited, ServerError
from playground.slack.faults import Fault
from playground.slack.world import Message
from storage.database import Database
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import SETTLED, _stored, bot, owe, passes, the_post, times_called
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


async def test_a_look_that_goes_on_sees_what_came_meanwhile(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    """Another bot may have tried in between."""
    looked: list[str] = []

    def every_second_look_is_one_too_many(method: str) -> Fault | None:
        if method != "conversations.history":
            return None
        looked.append(method)
        return RateLimited(60) if len(looked) == 2 else None

    empty_slack.next_answer("chat.postMessage", ServerError(500))
    empty_slack.weather_becomes(every_second_look_is_one_too_many)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        for number in range(150):
            chat = Message(SHARED, empty_slack.world.next_ts(), "U0MEMBER", f"chat {number}")
            empty_slack.world.add(chat)
        await passes(at_work, clock, seconds=SETTLED + 1)
        copy = _stored(empty_slack, the_post(owing).reference)
        for _ in range(3):
            await passes(at_work, clock, minutes=2)
    assert (the_post(owing).state, the_post(owing).ts) == (PostState.SENT, copy.ts)
    assert times_called(empty_slack, "chat.postMessage") == 1


async def test_an_answer_that_does_not_tell_its_next_page_holds_up_nobody_for_ever(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    odd = Garbled('{"ok": true, "messages": [], "response_metadata": "x"}', "application/json")
    empty_slack.weather_becomes(lambda method: odd if method == "conversations.history" else None)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        owe(owing, clock, PostKind.CALL, SHARED)
        for _ in range(10):
            await passes(at_work, clock, minutes=5)
    assert the_post(owing).life.stands_aside
    assert the_post(owing, PostKind.CALL).state == PostState.SENT


@pytest.mark.parametrize("deleted", ["the first", "the second"])
async def test_of_two_copies_the_one_stays_that_nobody_deleted(
    empty_slack: Story, clock: FrozenClock, owing: Database, deleted: str
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        await passes(at_work, clock, seconds=SETTLED + 1)
        first = empty_slack.world.message(SHARED, str(the_post(owing).ts))
        second = _stored(empty_slack, the_post(owing).reference)
        stays, goes = (second, first) if deleted == "the first" else (first, second)
        empty_slack.world.delete(goes)
        for _ in range(4):
            await passes(at_work, clock, seconds=SETTLED + 1)
    assert [one for one in (first, second) if one in empty_slack.world.messages[SHARED]] == [stays]
    assert the_post(owing).ts == stays.ts
