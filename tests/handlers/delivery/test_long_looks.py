"""A look that takes longer than a claim holds: it goes on where it was cut short, ends, and holds up nobody meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs

import pytest
from aiohttp import ClientSession, web
from slack_sdk.errors import SlackApiError

from handlers.delivery import searching
from handlers.delivery.kinds import KINDS
from handlers.delivery.searching import LookCutShort, Search
from handlers.slack.connection import Connection
from playground.slack import Held, RateLimited, Refused, ServerError
from playground.slack.errors import SlackError
from playground.slack.faults import Answering, Fault
from playground.slack.methods import conversations
from playground.slack.world import Message
from program.app import Running
from storage.database import Database
from storage.post_facts import TRIES_IN_ORDER, PostState
from storage.post_kinds import PostKind
from storage.post_tries import MOST_TRIES_TO_DRAW
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import (
    LEASED,
    SETTLED,
    UNHURRIED,
    _stored,
    bot,
    owe,
    passes,
    posted,
    the_post,
    times_called,
)
from tests.handlers.delivery.test_stands_aside import A_CALL, called_forbidden, firewall, mistaken, said
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, Story
from tests.waiting import until

pytestmark = pytest.mark.slow

LOOKING = "conversations.history"
REFERENCE = "5" * 32
A_PAGE = 100
AT_ONCE, NEVER = 0.0, float("inf")
"""When a look ends. One that ends at once reads a page all the same."""
A_SECOND_TO_BEGIN = replace(UNHURRIED, lease=97, settle=90, call=6, apart=0)


@dataclass(frozen=True)
class Slow:
    """Slack answers, and takes its time."""

    seconds: float = 0.2

    async def __call__(self, answering: Answering, _: web.Request) -> web.Response:
        await asyncio.sleep(self.seconds)
        return answering()


@pytest.fixture
async def connection(empty_slack: Story, clock: FrozenClock) -> AsyncIterator[Connection]:
    async with ClientSession() as session:
        yield Connection(empty_slack.api_url, empty_slack.bot_token, session, clock)


@pytest.fixture
def since(clock: FrozenClock) -> datetime:
    """When the story begins: all that is said later is to be read."""
    return clock()


def chat(slack: Story, messages: int) -> None:
    for number in range(messages):
        slack.world.add(Message(SHARED, slack.world.next_ts(), "U0MEMBER", f"chat {number}"))


async def ended(search: Search, since: datetime, ends_by: float = AT_ONCE, most: int = 30) -> list[str]:
    """What was found in the end, however often the look was cut short."""
    for _ in range(most):
        try:
            return await search.copies(SHARED, REFERENCE, since, ends_by)
        except LookCutShort:
            continue
    raise AssertionError("The look did not end")


def pages(slack: Story) -> list[str]:
    return [call.arguments.get("cursor", "") for call in slack.calls if call.method == LOOKING]


async def test_no_page_is_read_twice_however_often_a_look_is_cut_short(
    empty_slack: Story, connection: Connection, since: datetime
) -> None:
    chat(empty_slack, 10 * A_PAGE)
    assert await ended(Search(connection.posting_client), since) == []
    further = [cursor for cursor in pages(empty_slack) if cursor]
    assert len(further) == len(set(further)) == 9
    assert len(pages(empty_slack)) == 11  # and what came meanwhile


@pytest.mark.parametrize("failure", [ServerError(500), RateLimited(0), Refused("fatal_error")])
async def test_a_look_goes_on_where_it_failed(
    empty_slack: Story, connection: Connection, since: datetime, failure: Fault
) -> None:
    chat(empty_slack, 10 * A_PAGE)
    fails = iter([None, None, failure] * 20)
    empty_slack.weather_becomes(lambda method: next(fails) if method == LOOKING else None)
    search = Search(connection.posting_client)
    for _ in range(5):
        with pytest.raises(SlackApiError):
            await ended(search, since, NEVER)
    assert await ended(search, since, NEVER) == []


class Forgetful:
    """Slack knows no cursor any more when it comes back."""

    async def __call__(self, answering: Answering, request: web.Request) -> web.Response:
        asked = parse_qs(f"{request.query_string}&{await request.text()}")
        if asked.get("cursor"):
            raise SlackError("invalid_cursor")
        return answering()


@pytest.fixture(params=["newest first", "oldest first"])
def order(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack does not say at which end the first page is."""
    pages = conversations._pages
    if request.param == "oldest first":
        monkeypatch.setattr(
            conversations, "_pages", lambda slack, said, asked: pages(slack, said[::-1], asked)
        )


@pytest.mark.usefixtures("order")
async def test_a_look_ends_though_slack_forgets_each_time_how_far_it_got(
    empty_slack: Story, connection: Connection, since: datetime
) -> None:
    empty_slack.weather_becomes(lambda method: Forgetful() if method == LOOKING else None)
    first = _stored(empty_slack, REFERENCE)
    chat(empty_slack, 5 * A_PAGE)
    second = _stored(empty_slack, REFERENCE)
    chat(empty_slack, 5 * A_PAGE)
    search, copies = Search(connection.posting_client), None
    while copies is None:
        with suppress(SlackApiError):
            copies = await search.copies(SHARED, REFERENCE, since, NEVER)
    assert copies == [first.ts, second.ts]
    read = len(pages(empty_slack))
    assert read <= 3 * 11  # each page, a cursor that ran out, and what lies on the other side


async def test_two_bots_that_look_by_turns_both_see_what_one_of_them_sent(
    empty_slack: Story, connection: Connection, since: datetime
) -> None:
    chat(empty_slack, 5 * A_PAGE)
    one, other = Search(connection.posting_client), Search(connection.posting_client)
    for search in (one, other, one):
        with pytest.raises(LookCutShort):
            await search.copies(SHARED, REFERENCE, since, AT_ONCE)
    copy = _stored(empty_slack, REFERENCE)
    assert await ended(one, since) == await ended(other, since) == [copy.ts]


async def test_after_a_look_that_found_nothing_only_what_came_since_is_read(
    empty_slack: Story, connection: Connection, since: datetime
) -> None:
    chat(empty_slack, 5 * A_PAGE)
    search = Search(connection.posting_client)
    assert await ended(search, since, NEVER) == []
    read = len(pages(empty_slack))
    copy = _stored(empty_slack, REFERENCE)
    assert await ended(search, since, NEVER) == [copy.ts]
    assert len(pages(empty_slack)) == read + 1


@pytest.mark.parametrize("earlier", [timedelta(minutes=5), timedelta(days=3)])
async def test_what_is_to_be_looked_for_from_an_earlier_time_on_is_looked_for_anew(
    empty_slack: Story, connection: Connection, clock: FrozenClock, earlier: timedelta
) -> None:
    copy = _stored(empty_slack, REFERENCE)
    since = clock() + earlier
    search = Search(connection.posting_client)
    assert await ended(search, since) == []
    assert await ended(search, since - earlier) == [copy.ts]


@pytest.mark.parametrize("is_deleted", [True, False])
async def test_what_was_found_long_ago_counts_only_if_it_is_still_there(
    empty_slack: Story,
    connection: Connection,
    since: datetime,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_deleted: bool,
) -> None:
    """A sweep that went by what was there yesterday would delete the only copy that is left."""
    monkeypatch.setattr(searching, "SEEN_LATELY", -1.0)
    first = _stored(empty_slack, REFERENCE)
    chat(empty_slack, 2 * A_PAGE)
    found = _stored(empty_slack, REFERENCE)
    search = Search(connection.posting_client)
    with pytest.raises(LookCutShort):
        await search.copies(SHARED, REFERENCE, since, AT_ONCE)
    if is_deleted:
        empty_slack.world.delete(found)
    assert await ended(search, since, NEVER) == [first.ts] + ([] if is_deleted else [found.ts])


# --- A post whose look is long


@on_sqlite
@pytest.mark.parametrize("restarts", [False, True])
async def test_a_post_whose_look_takes_longer_than_a_claim_allows_is_sent(
    empty_slack: Story, clock: FrozenClock, owing: Database, *, restarts: bool
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    async with bot(empty_slack, clock, owing, A_SECOND_TO_BEGIN) as at_work:
        await at_work.comes_to_rest()
        chat(empty_slack, 12 * A_PAGE)
        empty_slack.weather_becomes(lambda method: Slow() if method == LOOKING else None)
        await passes(at_work, clock, seconds=SETTLED + 1)
        assert (the_post(owing).state, the_post(owing).error) == (PostState.DUE, "ClaimTooOld")
        if not restarts:
            await until_sent(at_work, clock, owing)
    async with bot(empty_slack, clock, owing, A_SECOND_TO_BEGIN) as at_work:
        await until_sent(at_work, clock, owing)
    assert times_called(empty_slack, "chat.postMessage", SHARED) == 2


async def until_sent(at_work: Running, clock: FrozenClock, owing: Database) -> None:
    for _ in range(20):
        if the_post(owing).state == PostState.SENT:
            return
        await passes(at_work, clock, seconds=10)
    raise AssertionError("It was never sent")


@on_sqlite
@pytest.mark.parametrize("cut_short_by", [pytest.param("its claim", marks=pytest.mark.slow), "Slack"])
async def test_others_pass_a_post_whose_look_goes_on_for_long(
    empty_slack: Story, clock: FrozenClock, owing: Database, cut_short_by: str
) -> None:
    def weather(method: str) -> Fault | None:
        if method != LOOKING:
            return None
        return Slow(1.1) if cut_short_by == "its claim" else RateLimited(60)

    empty_slack.next_answer("chat.postMessage", ServerError(500))
    async with bot(empty_slack, clock, owing, A_SECOND_TO_BEGIN) as at_work:
        await at_work.comes_to_rest()
        chat(empty_slack, 30 * A_PAGE)
        empty_slack.weather_becomes(weather)
        owe(owing, clock, PostKind.CALL, SHARED)
        for _ in range(TRIES_IN_ORDER):
            await passes(at_work, clock, seconds=SETTLED + 1)
        assert (the_post(owing).state, the_post(owing).life.stands_aside) == (PostState.DUE, True)
    assert said(empty_slack, SHARED, A_CALL) == 1


@on_sqlite
async def test_a_sweep_that_takes_longer_than_its_claim_is_made_once(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    goes_on = asyncio.Event()
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        await passes(at_work, clock, seconds=SETTLED + 1)
        _stored(empty_slack, the_post(owing).reference)
        looked = times_called(empty_slack, LOOKING)
        empty_slack.next_answer(LOOKING, Held(goes_on.wait))
        clock.passes(seconds=SETTLED + 1)
        await at_work.tick()
        await until(lambda: times_called(empty_slack, LOOKING) == looked + 1)
        claimed_until = the_post(owing).sweep_at
        clock.passes(seconds=LEASED + 1)
        await at_work.tick()
        await until(lambda: the_post(owing).sweep_at != claimed_until)
        goes_on.set()
        await until(lambda: the_post(owing).sweep_at is None)
        assert times_called(empty_slack, LOOKING) == looked + 1
    assert len(empty_slack.world.messages[SHARED]) == 1


@on_sqlite
async def test_a_sweep_goes_on_where_it_was_cut_short(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    a_page_at_a_time = replace(UNHURRIED, lease=UNHURRIED.call)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        await passes(at_work, clock, seconds=SETTLED + 1)
        chat(empty_slack, 4 * A_PAGE)
        _stored(empty_slack, the_post(owing).reference)
    async with bot(empty_slack, clock, owing, a_page_at_a_time) as at_work:
        for _ in range(10):
            await passes(at_work, clock, hours=1)
        assert the_post(owing).sweep_at is None
    assert [one.ts for one in empty_slack.world.messages[SHARED] if one.from_app] == [the_post(owing).ts]


# --- What may be there, and can't be drawn or is refused


@on_sqlite
async def test_what_cannot_be_drawn_is_found_where_it_is_there(
    empty_slack: Story, clock: FrozenClock, owing: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500, stored=True))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        monkeypatch.setitem(KINDS, PostKind.STANDING, replace(KINDS[PostKind.STANDING], view=mistaken))
        await passes(at_work, clock, seconds=SETTLED + 1)
        assert [the_post(owing).ts] == posted(empty_slack)


@on_sqlite
@pytest.mark.parametrize("trouble", ["not drawn", "refused"])
async def test_where_the_bot_may_look_nobody_is_asked_what_it_can_see(
    empty_slack: Story, clock: FrozenClock, owing: Database, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        if trouble == "refused":
            called_forbidden(owing)
            firewall(empty_slack, Refused("invalid_blocks"))
        else:
            monkeypatch.setitem(KINDS, PostKind.STANDING, replace(KINDS[PostKind.STANDING], view=mistaken))
        for _ in range(MOST_TRIES_TO_DRAW):
            await passes(at_work, clock, minutes=5)
        assert (the_post(owing).state, the_post(owing).may_be_there) == (PostState.FAILED, True)
        await empty_slack.in_direct("U0ADMIN", "A message did not get through")


@on_sqlite
async def test_a_look_that_slack_refuses_gives_no_message_up(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    empty_slack.weather_becomes(lambda method: Refused("invalid_arguments") if method == LOOKING else None)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        for _ in range(10):
            await passes(at_work, clock, hours=1)
        assert the_post(owing).state == PostState.DUE
        empty_slack.weather_becomes(lambda _: None)
        await passes(at_work, clock, hours=1)
    assert the_post(owing).state == PostState.SENT
