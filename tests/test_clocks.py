"""The bot's machine shows the wrong time, or leaps: nothing is doubled, missed or put off because of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.items import Proposal, propose
from bot.people import meet
from playground.slack.faults import Dropped, RateLimited
from program import ticker
from program.app import Running
from storage.consortia import every_consortium
from storage.database import Database
from storage.items import Item
from storage.meetings import Meeting
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest
from tests.story import OURS, SHARED, Story, bot_in
from tests.tables import content

pytestmark = pytest.mark.slow  # hours of the story pass in each

CALL = "What shall we talk about?"


class Machine:
    """A clock that is `ahead` of the right one."""

    def __init__(self, right: FrozenClock, **ahead: float) -> None:
        self._right, self.ahead = right, timedelta(**ahead)

    def __call__(self):  # type: ignore[no-untyped-def]
        return self._right() + self.ahead


@asynccontextmanager
async def bot_by(machine: Machine, slack: Story, database: Database) -> AsyncIterator[Running]:
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(slack, machine, url) as at_work:  # type: ignore[arg-type]
        yield at_work


def posts(database: Database, kind: PostKind) -> list[Post]:
    with database.transaction(OURS) as session:
        return list(session.scalars(select(Post).where(Post.kind == kind).order_by(Post.due_at)))


def in_channel(slack: Story, words: str) -> int:
    return sum(words in message.text for message in slack.world.messages[SHARED])


def questions(slack: Story) -> int:
    return sum(call.method == "auth.test" for call in slack.calls)


@pytest.mark.parametrize("minutes", [5, -5, 60 * 24 * 300])
@pytest.mark.usefixtures("founded")
async def test_what_may_have_arrived_is_found_however_wrong_the_machines_clock_is(
    empty_slack: Story, clock: FrozenClock, database: Database, minutes: float
) -> None:
    async with bot_by(Machine(clock, minutes=minutes), empty_slack, database) as bot:
        await bot.comes_to_rest()
        clock.strikes("2026-12-24 10:00")
        empty_slack.next_answer("chat.postMessage", Dropped(stored=True))
        await bot.tick()
        await bot.comes_to_rest()
        clock.passes(minutes=3)
        await bot.tick()
        await bot.comes_to_rest()
    assert in_channel(empty_slack, CALL) == 1
    assert [post.state for post in posts(database, PostKind.CALL)] == [PostState.SENT]


@pytest.mark.parametrize("days", [300, -300])
@pytest.mark.usefixtures("founded")
async def test_a_leap_of_300_days_leaves_everything_as_it_is(
    empty_slack: Story, clock: FrozenClock, database: Database, days: float
) -> None:
    machine = Machine(clock)
    with database.transaction(OURS) as session:
        actor = meet(session, every_consortium(session)[0], Who("T0SISTER", "U0MEMBER"), None)
        propose(session, actor, [Proposal("Budget cuts")], clock())
    async with bot_by(machine, empty_slack, database) as bot:
        await bot.tick()
        await bot.comes_to_rest()
        before = content(database)
        machine.ahead = timedelta(days=days)
        await bot.tick()
        await bot.comes_to_rest()
        machine.ahead = timedelta(0)
        await bot.tick()
        await bot.comes_to_rest()
        after = content(database)
    for table in before.keys() - {"heartbeat"}:
        assert after[table] == before[table]


@pytest.mark.usefixtures("founded")
async def test_a_leap_in_the_middle_of_a_tick_leaves_everything_as_it_is(
    empty_slack: Story, clock: FrozenClock, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(clock)

    async def leaps(*_: Any) -> None:
        machine.ahead = timedelta(days=300)

    async with bot_by(machine, empty_slack, database) as bot:
        await bot.tick()
        await bot.comes_to_rest()
        before = content(database)
        monkeypatch.setattr(ticker, "SCHEDULE", (ticker.Job("leap", leaps), *ticker.SCHEDULE))
        await bot.tick()
        after = content(database)
    for table in before.keys() - {"heartbeat", "consortium"}:
        assert after[table] == before[table]


@pytest.mark.usefixtures("founded")
async def test_a_clock_that_nobody_confirms_sends_nothing_and_misses_nothing(
    empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    machine = Machine(clock)
    async with bot_by(machine, empty_slack, database) as bot:
        await bot.tick()
        await bot.comes_to_rest()
        before = content(database)
        machine.ahead = timedelta(days=300)
        empty_slack.weather_becomes(lambda _: Dropped())
        await bot.tick()
        assert content(database) | {"heartbeat": []} == before | {"heartbeat": []}
        empty_slack.weather_becomes(lambda _: None)


@pytest.mark.usefixtures("founded")
async def test_where_slack_lets_one_question_wait_another_tells_the_time(
    empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    async with bot_by(Machine(clock), empty_slack, database) as bot:
        await bot.comes_to_rest()
        empty_slack.weather_becomes(lambda method: RateLimited(3600) if method == "auth.test" else None)
        clock.strikes("2026-12-24 09:15")
        await bot.tick()
        await bot.comes_to_rest()
        asked = questions(empty_slack)
        for local in ("09:30", "10:00"):
            clock.strikes(f"2026-12-24 {local}")
            await bot.tick()
        await bot.comes_to_rest()
    assert in_channel(empty_slack, CALL) == 1
    assert questions(empty_slack) == asked


@pytest.mark.usefixtures("founded")
async def test_what_a_clock_that_was_ahead_wrote_down_rests_no_longer_than_it_was_to(
    empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    ahead = clock() + timedelta(days=300)
    with database.transaction(OURS) as session:
        actor = meet(session, every_consortium(session)[0], Who("T0SISTER", "U0MEMBER"), None)
        propose(session, actor, [Proposal("Budget cuts")], ahead)
        for meeting in session.scalars(select(Meeting)):
            meeting.known_since = ahead
        every_consortium(session)[0].scheduled_since = ahead
    async with bot_by(Machine(clock), empty_slack, database) as bot:
        await bot.tick()
        clock.passes(minutes=10)
        await bot.tick()
        await bot.comes_to_rest()
        await at_rest(database, clock)
        assert {post.state for post in posts(database, PostKind.CARD)} == {PostState.SENT}
        clock.strikes("2026-12-24 10:00")
        await bot.tick()
        await bot.comes_to_rest()
    assert in_channel(empty_slack, CALL) == 1
    with database.transaction(OURS) as session:
        [item] = session.scalars(select(Item))
        assert item.submitted_at is not None
        assert item.submitted_at < clock()


RESTING = {
    "due later": {"due_at": True},
    "at rest": {"not_before": True},
    "held": {"lease_until": True, "state": PostState.SENDING, "first_tried_at": True},
}


@pytest.mark.parametrize("resting", RESTING.values(), ids=RESTING)
@pytest.mark.usefixtures("founded")
async def test_what_is_owed_does_not_wait_for_the_time_that_a_wrong_clock_showed(
    empty_slack: Story, clock: FrozenClock, database: Database, resting: dict[str, Any]
) -> None:
    ahead = clock() + timedelta(days=300)
    with database.transaction(OURS) as session:
        actor = meet(session, every_consortium(session)[0], Who("T0SISTER", "U0MEMBER"), None)
        propose(session, actor, [Proposal("Budget cuts")], clock())
        for post in session.scalars(select(Post).where(Post.kind == PostKind.CARD)):
            for fact, value in resting.items():
                setattr(post, fact, ahead if value is True else value)
    async with bot_by(Machine(clock), empty_slack, database) as bot:
        for _ in range(2):
            await bot.tick()
            await bot.comes_to_rest()
            clock.passes(hours=4)
        await bot.tick()
        await bot.comes_to_rest()
    assert {post.state for post in posts(database, PostKind.CARD)} == {PostState.SENT}
