"""Slack is asked once how somebody is called, and again only where it could not say."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import ClientSession

from handlers.hearing.introductions import ask_who_people_are
from handlers.hearing.questions import AT_A_TIME
from handlers.services import Services
from handlers.slack.connection import Connection
from playground.slack import Dropped, RateLimited, Refused, ServerError
from playground.slack.faults import Fault
from storage.database import Database
from storage.people import Person
from tests.builders import a_consortium, a_person
from tests.clock import FrozenClock
from tests.handlers.steps import on_sqlite
from tests.story import OURS, UNHURRIED, Story

pytestmark = on_sqlite

Ask = Callable[[], Awaitable[None]]


@pytest.fixture
async def ask(empty_slack: Story, database: Database, clock: FrozenClock) -> AsyncIterator[Ask]:
    async with ClientSession() as session:
        services = Services(database, clock, session, UNHURRIED)
        connection = Connection(empty_slack.api_url, empty_slack.bot_token, session, clock)
        await connection.check_token()
        yield lambda: ask_who_people_are(services, connection)


def met(database: Database, *people: tuple[str, str]) -> None:
    with database.transaction() as session:
        consortium = a_consortium(session)
        for team, user in people:
            a_person(session, consortium, team_id=team, user_id=user, name=None)


def names(database: Database) -> list[str | None]:
    with database.transaction(OURS) as session:
        return [person.name for person in session.query(Person).order_by(Person.id)]


def times_asked(slack: Story) -> int:
    return sum(call.method == "users.info" for call in slack.calls)


async def test_everybody_is_asked_for_once(empty_slack: Story, database: Database, ask: Ask) -> None:
    met(database, ("T0SISTER", "U0MEMBER"), ("T0OTHER", "U0RUTH"))
    for _ in range(3):
        await ask()
    assert names(database) == ["Priya Nair", "Ruth Adeyemi"]
    assert times_asked(empty_slack) == 2


async def test_whom_slack_does_not_know_it_is_not_asked_for_again(
    empty_slack: Story, database: Database, ask: Ask
) -> None:
    met(database, ("T0SISTER", "U0GONE"), ("T0SISTER", "U0MEMBER"))
    for _ in range(3):
        await ask()
    assert names(database) == [None, "Priya Nair"]
    assert times_asked(empty_slack) == 2


@pytest.mark.parametrize("fault", [ServerError(500), Refused("fatal_error"), Refused("never_heard_of")])
async def test_one_of_whom_slack_never_tells_holds_up_no_other(
    empty_slack: Story, database: Database, ask: Ask, fault: Fault
) -> None:
    met(database, ("T0SISTER", "U0MEMBER"), ("T0SISTER", "U0SAM"))
    for _ in range(3):
        empty_slack.next_answer("users.info", fault)
        await ask()
    assert names(database) == [None, "Sam Whitfield"]


@pytest.mark.parametrize("fault", [RateLimited(1), Refused("missing_scope")])
async def test_while_slack_cannot_say_all_are_asked_for_later(
    empty_slack: Story, database: Database, ask: Ask, clock: FrozenClock, fault: Fault
) -> None:
    met(database, ("T0SISTER", "U0MEMBER"), ("T0SISTER", "U0SAM"))
    empty_slack.next_answer("users.info", fault)
    await ask()
    assert (names(database), times_asked(empty_slack)) == ([None, None], 1)
    clock.passes(seconds=1)
    await ask()
    assert names(database) == ["Priya Nair", "Sam Whitfield"]


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("Nul\0", "Nul\N{REPLACEMENT CHARACTER}"),
        ("Half \ud83d", "Half \N{REPLACEMENT CHARACTER}"),
        ("Two\nlines", "Two lines"),
        ("\u200b", "priya.nair"),
        ("\u3164", "priya.nair"),
    ],
)
async def test_a_name_is_one_that_can_be_kept_and_seen(
    empty_slack: Story, database: Database, ask: Ask, called: str, name: str
) -> None:
    met(database, ("T0SISTER", "U0MEMBER"), ("T0SISTER", "U0SAM"))
    empty_slack.world.people["U0MEMBER"].real_name = called
    await ask()
    assert names(database) == [name, "Sam Whitfield"]


async def test_a_connection_that_broke_harms_nobody(empty_slack: Story, database: Database, ask: Ask) -> None:
    met(database, ("T0SISTER", "U0MEMBER"))
    for _ in range(3):  # more than the SDK tries by itself
        empty_slack.next_answer("users.info", Dropped())
    await ask()
    await ask()
    assert names(database) == ["Priya Nair"]


async def test_not_all_are_asked_for_at_once(empty_slack: Story, database: Database, ask: Ask) -> None:
    met(database, *(("T0SISTER", f"U0CROWD{number}") for number in range(AT_A_TIME + 5)))
    await ask()
    assert times_asked(empty_slack) == AT_A_TIME
    await ask()
    assert times_asked(empty_slack) == AT_A_TIME + 5


async def test_not_found_is_no_introduction(empty_slack: Story, database: Database, ask: Ask) -> None:
    met(database, ("T0SISTER", "U0GONE"))
    await ask()
    with database.transaction(OURS) as session:
        [person] = session.query(Person)
        assert (person.named_at, person.asked_at is None) == (None, False)


async def test_of_another_workspaces_consortium_nobody_is_asked_for(
    empty_slack: Story, database: Database, ask: Ask
) -> None:
    with database.transaction() as session:
        a_person(session, a_consortium(session, team_id="T0BAY"))
    await ask()
    assert times_asked(empty_slack) == 0
