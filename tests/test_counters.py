"""How much the database is asked for one `/agenda add` and for one delivered card, counted to the last statement.

The figures are those of today. They may only go down: who makes the bot faster lowers them here, and whoever must raise
one says in the commit what is bought with it. No clock ticks meanwhile, and of the two only one is at work.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession

from bot.items import Proposal, propose
from bot.people import meet
from handlers.delivery.loop import Delivery
from handlers.hearing.front_door import FrontDoor
from handlers.listeners.table import register
from handlers.services import Services
from handlers.slack.connection import Connection
from handlers.slack.timeouts import FAREWELLS
from program.serving import listening, serving
from storage.consortia import consortium_of
from storage.database import Database
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import enter
from tests.clock import FrozenClock
from tests.counting import Counted, Figures, counting
from tests.story import OURS, PLAN, SHARED, UNHURRIED, Story, set_up

HOST = "U0CURATOR"
ADD = Figures(
    statements=10,  # who speaks, in which consortium, heard before?, two for how much they brought today, next meeting, item, who decides, all cards, what counts it
    transactions=1,
    commits=1,
)
CARD = Figures(
    statements=10,  # whose bot it is, two to claim, four to read, two to write down, one to claim what is next
    transactions=2,  # the second writes down, and claims what is next
    commits=2,
)
QUIET_CARD = CARD._replace(statements=11)  # and one for the message of the day, in which it may stand

QUIET = PLAN.replace("quiet = false", "quiet = true")


async def test_what_one_item_costs_from_the_request_to_the_receipt(
    empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    set_up(database, clock)
    async with _hearing(empty_slack, clock, database):
        await empty_slack.types("U0MEMBER", SHARED, "/agenda add What comes first warms everything up")
        with counting(database.engine) as counted:
            receipt = await empty_slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts (15 min)")
    assert receipt is not None
    assert "Budget cuts" in receipt.text
    _costs(counted, ADD)


@pytest.mark.parametrize(("plan", "today"), [(PLAN, CARD), (QUIET, QUIET_CARD)], ids=["loud", "quiet"])
async def test_what_one_card_costs_from_being_due_to_being_written_down_as_sent(
    empty_slack: Story, clock: FrozenClock, database: Database, plan: str, today: Figures
) -> None:
    set_up(database, clock, plan)
    async with _delivering(empty_slack, clock, database) as delivery:
        await _delivers(delivery)  # the doors; and what may stand there twice is asked for only now and then
        _leave_one_card_due(database, clock)
        with counting(database.engine) as counted:
            await _delivers(delivery)
    [_doors, card] = [call for call in empty_slack.calls if call.method == "chat.postMessage"]
    assert "Budget cuts" in card.arguments["text"]
    assert _states(database, PostKind.CARD) == [PostState.MISSED, PostState.SENT]
    _costs(counted, today)


def _costs(counted: Counted, today: Figures) -> None:
    assert counted.figures == today, f"{counted.figures!r} now; the figures may only go down:\n{counted}"


@asynccontextmanager
async def _hearing(slack: Story, clock: FrozenClock, database: Database) -> AsyncIterator[None]:
    """The bot's ears and its mouth for answers, over HTTP; nothing is delivered."""
    async with ClientSession() as session:
        bolt = register(_connection(slack, clock, session), Services(database, clock, session, UNHURRIED))
        door = FrontDoor(
            listen=bolt.async_dispatch,
            signing_secret=slack.signing_secret,
            ready=_nothing_is_missing,
            clocks=[clock.timestamp],
        )
        with listening("127.0.0.1", 0) as listener:
            slack.app.request_url = f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"
            async with serving(door, listener, FAREWELLS.serving, UNHURRIED):
                yield


async def _nothing_is_missing() -> list[str]:
    return []


@asynccontextmanager
async def _delivering(slack: Story, clock: FrozenClock, database: Database) -> AsyncIterator[Delivery]:
    """Delivery that looks when it is told to."""
    async with ClientSession() as session:
        connection = _connection(slack, clock, session)
        await connection.check_token()
        yield Delivery(connection, Services(database, clock, session, UNHURRIED))


async def _delivers(delivery: Delivery) -> None:
    await delivery._take_up_what_is_due()
    await asyncio.gather(*delivery._in_flight.values())


def _connection(slack: Story, clock: FrozenClock, session: ClientSession) -> Connection:
    return Connection(slack.api_url, slack.bot_token, session, clock)


def _leave_one_card_due(database: Database, clock: FrozenClock) -> None:
    """All that is owed but for the card of one curator counts as missed."""
    with database.transaction() as session:
        consortium = consortium_of(session, "T0SISTER")
        assert consortium is not None
        enter(session, consortium.id)
        member = meet(session, consortium, Who("T0SISTER", "U0MEMBER"), None)
        propose(session, member, [Proposal("Budget cuts", minutes=15)], clock())
        for post in session.query(Post):
            post.state = PostState.DUE if post.place == HOST else PostState.MISSED


def _states(database: Database, kind: PostKind) -> list[PostState]:
    with database.transaction(OURS) as session:
        return sorted(post.state for post in session.query(Post).filter_by(kind=kind))
