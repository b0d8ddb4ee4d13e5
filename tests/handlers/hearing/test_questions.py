"""What the clock asks of Slack: no silence about one takes the time of all, and a long list is read to its end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest
from aiohttp import ClientSession, web

from bot.consortia import apply
from bot.plan.plan import read_plan
from handlers.hearing.channels import ask_about_channels
from handlers.hearing.introductions import ask_who_people_are
from handlers.hearing.questions import AT_A_TIME, ask_in_turn
from handlers.services import Services
from handlers.slack.connection import Connection
from playground.slack import Refused, Silence
from playground.slack.faults import Answering
from storage.channels import Channel
from storage.database import Database
from storage.people import Person
from tests.builders import a_consortium, a_person
from tests.clock import FrozenClock
from tests.handlers.steps import on_sqlite
from tests.story import OURS, PLAN, SHARED, UNHURRIED, Story, set_up

pytestmark = [on_sqlite, pytest.mark.slow]

CURATORS = "C0CURATORS"
INFO, MEMBERS, WHO = "conversations.info", "conversations.members", "users.info"
AS_THEY_ARE = replace(UNHURRIED, job=1, call=1)
"""One call may take as long as a job, as it may in earnest."""


SILENCE = Silence()


@dataclass(frozen=True)
class About:
    """Silent about these alone, or refusing them."""

    ids: frozenset[str]
    fault: Silence | Refused = SILENCE

    async def __call__(self, answering: Answering, request: web.Request) -> web.Response:
        text = await request.text() + request.query_string
        if any(one in text for one in self.ids):
            return await self.fault(answering, request)
        return answering()


TOLD = About(frozenset())


@dataclass(frozen=True)
class Clock:
    """The clock's questions alone, asked when a test lets it tick."""

    slack: Story
    services: Services
    connection: Connection

    async def asks_for_people(self) -> None:
        await ask_who_people_are(self.services, self.connection)

    async def asks_about_channels(self) -> None:
        await ask_about_channels(self.services, self.connection)

    def asked(self, method: str, argument: str) -> list[str]:
        return [call.arguments.get(argument, "") for call in self.slack.calls if call.method == method]


@asynccontextmanager
async def started(slack: Story, database: Database, clock: FrozenClock) -> AsyncIterator[Clock]:
    async with ClientSession() as session:
        services = Services(database, clock, session, AS_THEY_ARE)
        connection = Connection(slack.api_url, slack.bot_token, session, clock)
        await connection.check_token()
        yield Clock(slack, services, connection)


@pytest.fixture
async def ticking(empty_slack: Story, database: Database, clock: FrozenClock) -> AsyncIterator[Clock]:
    async with started(empty_slack, database, clock) as at_work:
        yield at_work


def a_crowd(database: Database, slack: Story, number: int) -> list[str]:
    crowd = [f"U1CROWD{one:03}" for one in range(number)]
    for user_id in crowd:
        slack.add_person(user_id, "T0SISTER", f"Person {user_id}")
    with database.transaction() as session:
        consortium = a_consortium(session)
        for user_id in crowd:
            a_person(session, consortium, user_id=user_id, name=None)
    return crowd


def named(database: Database) -> list[str]:
    with database.transaction(OURS) as session:
        told = session.query(Person).filter(Person.named_at.is_not(None)).order_by(Person.id)
        return [person.user_id for person in told]


def channel(database: Database, channel_id: str) -> Channel:
    with database.transaction(OURS) as session:
        return session.query(Channel).filter_by(channel_id=channel_id).one()


def left(database: Database) -> list[str]:
    with database.transaction(OURS) as session:
        return [person.user_id for person in session.query(Person).filter(Person.left_at.is_not(None))]


# --- People


async def test_silence_about_one_keeps_nobody_from_being_asked_for(
    ticking: Clock, empty_slack: Story, database: Database
) -> None:
    silent, *others = a_crowd(database, empty_slack, 5)
    empty_slack.weather_becomes(lambda method: About(frozenset({silent})) if method == WHO else None)
    await ticking.asks_for_people()
    assert named(database) == others


@pytest.mark.parametrize("fault", [SILENCE, Refused("fatal_error")])
async def test_however_many_slack_does_not_tell_of_all_others_are_asked_for(
    ticking: Clock, empty_slack: Story, database: Database, fault: Silence | Refused
) -> None:
    """More than are asked for at a time, so that those who were tried have to wait behind the others."""
    crowd = a_crowd(database, empty_slack, AT_A_TIME + 5)
    hidden, others = crowd[:AT_A_TIME], crowd[AT_A_TIME:]
    empty_slack.weather_becomes(lambda method: About(frozenset(hidden), fault) if method == WHO else None)
    for _ in range(3):
        await ticking.asks_for_people()
    assert named(database) == others
    empty_slack.weather_becomes(lambda _: None)
    for _ in range(2):
        await ticking.asks_for_people()
    assert named(database) == crowd


async def test_nobody_of_whom_slack_does_not_tell_is_tried_more_often_than_another(
    ticking: Clock, empty_slack: Story, database: Database
) -> None:
    crowd = a_crowd(database, empty_slack, 2 * AT_A_TIME)
    empty_slack.weather_becomes(lambda method: Refused("fatal_error") if method == WHO else None)
    for _ in range(4):
        await ticking.asks_for_people()
    assert sorted(ticking.asked(WHO, "user")) == sorted(2 * crowd)


# --- Channels


@pytest.fixture
def with_curators_channel(empty_slack: Story, database: Database, clock: FrozenClock) -> None:
    empty_slack.add_channel(CURATORS, "curators", ["T0SISTER"], ["U0CURATOR", empty_slack.app.user_id])
    set_up(database, clock)
    named = f'members = ["U0MEMBER"]\nchannel = "{CURATORS}"'
    with database.transaction() as session:
        apply(session, read_plan(PLAN.replace('members = ["U0MEMBER"]', named)), clock())
    clock.passes(hours=25)


@pytest.mark.parametrize("method", [INFO, MEMBERS])
async def test_silence_about_the_shared_channel_keeps_no_other_from_being_asked_about(
    ticking: Clock,
    empty_slack: Story,
    database: Database,
    clock: FrozenClock,
    with_curators_channel: None,
    method: str,
) -> None:
    silence = About(frozenset({SHARED}))
    empty_slack.weather_becomes(lambda called: silence if called == method else None)
    empty_slack.world.channels[CURATORS].is_archived = True
    await ticking.asks_about_channels()
    assert channel(database, CURATORS).closed_for == "is_archived"
    assert channel(database, SHARED).asked_at != clock()


def fill(slack: Story, number: int) -> None:
    slack.world.channels[SHARED].members[:0] = [f"U1CROWD{one:05}" for one in range(number)]


async def test_a_long_list_goes_on_where_it_stopped(
    ticking: Clock, empty_slack: Story, database: Database, with_curators_channel: None
) -> None:
    fill(empty_slack, 3000)
    empty_slack.app.events = frozenset()
    await empty_slack.leaves("U0DEPUTY", SHARED)
    for answers in ([SILENCE], [TOLD, SILENCE], [TOLD, SILENCE]):
        for answer in answers:
            empty_slack.next_answer(MEMBERS, answer)
        await ticking.asks_about_channels()
        assert left(database) == []
    await ticking.asks_about_channels()
    assert left(database) == ["U0DEPUTY"]
    cursors = ticking.asked(MEMBERS, "cursor")
    assert cursors[0] == ""
    assert cursors.count("") == 2  # the first page was silent once
    assert len(set(cursors)) == 4


async def test_a_list_begins_anew_where_slack_knows_no_more_where_it_stopped(
    ticking: Clock, empty_slack: Story, database: Database, with_curators_channel: None
) -> None:
    fill(empty_slack, 1500)
    for fault in (TOLD, SILENCE):
        empty_slack.next_answer(MEMBERS, fault)
    await ticking.asks_about_channels()
    empty_slack.next_answer(MEMBERS, Refused("invalid_cursor"))
    for _ in range(2):
        await ticking.asks_about_channels()
    assert ticking.asked(MEMBERS, "cursor").count("") == 2
    assert left(database) == []
    assert channel(database, SHARED).closed_for is None


async def test_a_list_begins_anew_where_slack_said_that_something_changed(
    ticking: Clock, empty_slack: Story, database: Database, clock: FrozenClock, with_curators_channel: None
) -> None:
    fill(empty_slack, 1500)
    for fault in (TOLD, SILENCE):
        empty_slack.next_answer(MEMBERS, fault)
    await ticking.asks_about_channels()
    with database.transaction(OURS) as session:
        session.query(Channel).filter_by(channel_id=SHARED).one().asked_at = None
    await ticking.asks_about_channels()
    assert ticking.asked(MEMBERS, "cursor").count("") == 2
    assert channel(database, SHARED).asked_at == clock()


async def test_a_bot_that_starts_anew_reads_the_list_from_its_beginning(
    ticking: Clock, empty_slack: Story, database: Database, clock: FrozenClock, with_curators_channel: None
) -> None:
    fill(empty_slack, 1500)
    for fault in (TOLD, SILENCE):
        empty_slack.next_answer(MEMBERS, fault)
    await ticking.asks_about_channels()
    async with started(empty_slack, database, clock) as next_one:
        await next_one.asks_about_channels()
    assert ticking.asked(MEMBERS, "cursor").count("") == 2
    assert channel(database, SHARED).asked_at == clock()


async def test_a_mistake_of_ours_in_one_question_is_not_swallowed(ticking: Clock) -> None:
    async def ask(_: int) -> bool:
        await asyncio.sleep(0)
        raise ZeroDivisionError

    with pytest.raises(ExceptionGroup):
        await ask_in_turn([1, 2], ask, 1)
