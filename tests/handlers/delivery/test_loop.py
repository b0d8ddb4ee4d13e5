"""Every message that is owed stands there once, whatever Slack answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession, web
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select, text, update

from bot.decisions import add_to_agenda
from bot.items import Proposal, propose
from bot.own_items import items_of
from bot.people import meet
from bot.policies import anyone
from handlers.blocks.kit import Message as Drawn
from handlers.blocks.kit import small
from handlers.delivery.kinds import KINDS
from handlers.hearing import payloads
from handlers.hearing.turn import Turn
from handlers.services import Services
from handlers.slack.timeouts import Timeouts
from playground.slack import (
    App,
    Dropped,
    Garbled,
    Hang,
    Held,
    Message,
    RateLimited,
    Refused,
    ServerError,
    Silence,
)
from playground.slack.app import SCOPES
from playground.slack.faults import HTML, PLAIN, TORN, Answering, Fault
from program.app import Running
from storage import claims, outbox
from storage.channels import channel_known
from storage.consortia import every_consortium
from storage.database import Database
from storage.items import Item
from storage.meetings import Publication
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.post_tries import MOST_TRIES, MOST_TRIES_TO_DRAW
from storage.posts import Post
from tests.clock import FrozenClock
from tests.handlers.steps import on_sqlite, shown
from tests.story import OURS, SHARED, UNHURRIED, Story, bot_in
from tests.waiting import until

HASTE = replace(UNHURRIED, call=0.3)
"""For a Slack that says nothing: only the bot's own patience ends the call."""
TOO_SHORT = replace(UNHURRIED, lease=UNHURRIED.settle + UNHURRIED.call)
SETTLED, LEASED = UNHURRIED.settle, UNHURRIED.lease

FAULTS = {
    "told to wait": RateLimited(2),
    "error 500 before storing": ServerError(500),
    "error 500 after storing": ServerError(500, stored=True),
    "error 503 before storing": ServerError(503),
    "error 503 after storing": ServerError(503, stored=True),
    "dropped before storing": Dropped(),
    "dropped after storing": Dropped(stored=True),
    "silence": Silence(),
    "silence, stored when the bot has given up": Silence(stored=True),
    "HTML": Garbled(*HTML),
    "HTML after storing": Garbled(*HTML, stored=True),
    "HTML of a proxy": Garbled(*HTML, status=502, stored=True),
    "torn JSON": Garbled(*TORN),
    "torn JSON after storing": Garbled(*TORN, stored=True),
    "plain text after storing": Garbled(*PLAIN, stored=True),
    "JSON that is no object, after storing": Garbled("[5]", "application/json", stored=True),
    "a word that says nothing": Refused("internal_error"),
}


@asynccontextmanager
async def bot(
    slack: Story, clock: FrozenClock, database: Database, timeouts: Timeouts = UNHURRIED
) -> AsyncIterator[Running]:
    """It has looked once for what is due."""
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(slack, clock, url, timeouts=timeouts) as at_work:
        await at_work.tick()
        yield at_work


async def ticks(at_work: Running) -> None:
    """It looks for what is due, and does what it can about it now."""
    await at_work.tick()
    await at_work.comes_to_rest()


async def passes(at_work: Running, clock: FrozenClock, **time: float) -> None:
    clock.passes(**time)
    await ticks(at_work)


def the_post(database: Database, kind: PostKind = PostKind.STANDING) -> Post:
    with database.transaction(OURS) as session:
        return session.scalars(select(Post).where(Post.kind == kind).order_by(Post.id)).all()[-1]


def owe(database: Database, clock: FrozenClock, kind: PostKind, place: str, subject: int = 1) -> None:
    with database.transaction(OURS) as session:
        key = f"{kind}:{place}:{subject}:{clock()}"
        due = clock()
        outbox.owe(session, kind, key, subject_id=subject, place=place, due=due)


def posted(slack: Story, place: str = SHARED) -> list[str]:
    return [entry.ts for entry in slack.ledger if entry.happened == "posted" and entry.channel == place]


def edited(slack: Story) -> list[str]:
    return [entry.ts for entry in slack.ledger if entry.happened == "edited"]


def times_called(slack: Story, method: str, channel: str | None = None) -> int:
    calls = [call for call in slack.calls if call.method == method]
    return sum(channel in (None, call.arguments["channel"]) for call in calls)


# --- One post, one fault


@on_sqlite
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_what_went_wrong_once_stands_there_once(
    empty_slack: Story, clock: FrozenClock, owing: Database, fault: Fault
) -> None:
    empty_slack.next_answer("chat.postMessage", fault)
    async with bot(empty_slack, clock, owing, HASTE if isinstance(fault, Silence) else UNHURRIED) as at_work:
        await at_work.comes_to_rest()
        assert the_post(owing).error is not None
        if getattr(fault, "stored", False):
            await empty_slack.until(lambda: bool(posted(empty_slack)))
        while the_post(owing).state != PostState.SENT:
            await passes(at_work, clock, seconds=SETTLED + 1)

    assert len(posted(empty_slack)) == 1
    post = the_post(owing)
    assert (post.state, post.ts) == (PostState.SENT, posted(empty_slack)[0])


async def test_nothing_is_sent_again_before_slack_has_settled(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.next_answer("chat.postMessage", Silence(stored=True))
    async with bot(empty_slack, clock, owing, HASTE) as at_work:
        await at_work.comes_to_rest()
        await empty_slack.until(lambda: bool(posted(empty_slack)))
        for _ in range(3):
            await passes(at_work, clock, seconds=(SETTLED - 1) / 3)
        assert the_post(owing).error is not None
        assert times_called(empty_slack, "chat.postMessage") == 1
        assert times_called(empty_slack, "conversations.history") == 0


@on_sqlite
async def test_while_slack_cannot_be_searched_nothing_is_sent_again(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.next_answer("chat.postMessage", Dropped(stored=True))
    for fault in (ServerError(500), RateLimited(1), Garbled(*TORN)):
        empty_slack.next_answer("conversations.history", fault)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert the_post(owing).error is not None
        for searches in (1, 2, 3, 4):
            await passes(at_work, clock, minutes=10)
            assert times_called(empty_slack, "conversations.history") == searches

    assert len(posted(empty_slack)) == 1
    assert times_called(empty_slack, "chat.postMessage") == 1


@on_sqlite
async def test_what_is_found_is_brought_up_to_date(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.next_answer("chat.postMessage", Dropped(stored=True))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert the_post(owing).error is not None
        with owing.transaction(OURS) as session:
            consortium = every_consortium(session)[0]
            consortium.name = "Another Name"
            outbox.refresh(session, PostKind.STANDING, subject_id=consortium.id)
        await passes(at_work, clock, minutes=2)

    (message,) = empty_slack.world.messages[SHARED]
    assert "Another Name" in shown(message)


async def test_what_is_found_and_says_all_that_it_is_to_say_is_not_edited(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.weather_becomes({"chat.update": Refused("edit_window_closed")}.get)
    empty_slack.next_answer("chat.postMessage", Dropped(stored=True))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        for _ in range(3):
            await passes(at_work, clock, minutes=2)
    assert (the_post(owing).state, times_called(empty_slack, "chat.update", SHARED)) == (PostState.SENT, 0)
    assert len(empty_slack.world.messages[SHARED]) == 1


@on_sqlite
async def test_without_leave_to_look_it_is_left_as_unknown_and_not_sent_again(
    clock: FrozenClock, owing: Database
) -> None:
    slack = Story(clock, app=App(scopes=SCOPES - {"channels:history"}))
    await slack.start()
    slack.next_answer("chat.postMessage", ServerError(500))
    async with bot(slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert the_post(owing).error is not None
        for _ in range(3):
            await passes(at_work, clock, hours=1)
    await slack.stop()

    assert the_post(owing).state == PostState.UNKNOWN
    assert times_called(slack, "chat.postMessage", SHARED) == 1


@on_sqlite
async def test_what_was_found_again_has_told_its_proposer(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    """As much as what Slack said it had stored."""
    async with bot(empty_slack, clock, owing) as at_work:
        await empty_slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts")
        await empty_slack.in_direct("U0CURATOR", "Budget cuts")
        with owing.transaction(OURS) as session:
            item = session.scalars(select(Item)).one()
            actor = meet(session, every_consortium(session)[0], Who("T0SISTER", "U0CURATOR"), None)
            add_to_agenda(session, actor, item.id, clock())
        await ticks(at_work)
        empty_slack.next_answer("chat.postMessage", ServerError(500, stored=True))
        await passes(at_work, clock, minutes=6)
        assert the_post(owing, PostKind.OUTCOME).error is not None
        await passes(at_work, clock, minutes=2)
    assert the_post(owing, PostKind.OUTCOME).state == PostState.SENT
    with owing.transaction(OURS) as session:
        assert session.get_one(Item, item.id).told_at is not None


@on_sqlite
async def test_what_arrived_long_before_slack_answered_is_found(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async def slow(answering: Answering, request: web.Request) -> web.Response:
        answering()
        clock.passes(minutes=2)
        return await ServerError(500)(answering, request)

    empty_slack.next_answer("chat.postMessage", slow)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert the_post(owing).error is not None
        await passes(at_work, clock, minutes=2)
    assert len(posted(empty_slack)) == 1


# --- One place, and the others


@on_sqlite
async def test_one_place_that_has_to_wait_holds_nobody_up(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.next_answer("chat.postMessage", RateLimited(3600))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert the_post(owing).error is not None
        await empty_slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts")
        await empty_slack.in_direct("U0CURATOR", "Budget cuts")
        await passes(at_work, clock, seconds=3599)
        await empty_slack.types("U0MEMBER", SHARED, "/agenda")
        await ticks(at_work)
        assert posted(empty_slack) == []
        await passes(at_work, clock, seconds=2)
    assert len(posted(empty_slack)) == 1


@on_sqlite
async def test_a_place_that_says_nothing_holds_nobody_up(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    """Though many messages wait for it, more than are taken up at a time."""
    for number in range(30):
        owe(owing, clock, PostKind.STANDING, SHARED, number)
    clock.passes(seconds=1)
    owe(owing, clock, PostKind.PROPOSED_MEETING, "U0CURATOR")
    says_something = asyncio.Event()
    empty_slack.next_answer("chat.postMessage", Held(says_something.wait))
    async with bot(empty_slack, clock, owing):
        await empty_slack.in_direct("U0CURATOR", "Thursday, January 21, 2027")
        assert posted(empty_slack) == []
        says_something.set()


async def test_a_place_gets_its_posts_in_order(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    clock.passes(minutes=1)
    owe(owing, clock, PostKind.CALL, SHARED)
    clock.passes(minutes=1)
    owe(owing, clock, PostKind.STANDING, SHARED, 2)
    for fault in (RateLimited(30), Dropped(), ServerError(500, stored=True)):
        empty_slack.next_answer("chat.postMessage", fault)
    async with bot(empty_slack, clock, owing) as at_work:
        for _ in range(6):
            await passes(at_work, clock, minutes=2)
    titles = [shown(message).splitlines()[0] for message in empty_slack.world.messages[SHARED]]
    standing = "The agenda of Sister Peace Initiatives"
    assert titles == [standing, "What shall we talk about?", standing]


@on_sqlite
@pytest.mark.parametrize("error", ["invalid_blocks", "msg_blocks_too_long", "metadata_too_large", "no_text"])
async def test_a_refused_post_is_given_up_after_some_tries_and_the_next_goes_out(
    empty_slack: Story, clock: FrozenClock, owing: Database, error: str
) -> None:
    clock.passes(minutes=1)
    owe(owing, clock, PostKind.CALL, SHARED)
    for _ in range(MOST_TRIES):
        empty_slack.next_answer("chat.postMessage", Refused(error))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        for tries in range(1, MOST_TRIES):
            assert the_post(owing).attempts == -tries
            await passes(at_work, clock, minutes=5)
        await empty_slack.in_channel("What shall we talk about?")

    assert (the_post(owing).state, the_post(owing).error) == (PostState.FAILED, error)
    assert len(posted(empty_slack)) == 1


def broken(*_: object) -> None:
    raise ZeroDivisionError


def longer_than_a_message(*_: object) -> Drawn:
    return Drawn([small("Too much")] * 51)


@on_sqlite
@pytest.mark.parametrize(
    ("broken", "error"),
    [({"view": broken}, "ZeroDivisionError"), ({"draw": longer_than_a_message}, "TooManyBlocks")],
)
async def test_what_cannot_be_drawn_is_given_up_after_some_tries_and_the_next_goes_out(
    empty_slack: Story,
    clock: FrozenClock,
    owing: Database,
    monkeypatch: pytest.MonkeyPatch,
    broken: dict[str, Any],
    error: str,
) -> None:
    monkeypatch.setitem(KINDS, PostKind.STANDING, replace(KINDS[PostKind.STANDING], **broken))
    clock.passes(minutes=1)
    owe(owing, clock, PostKind.CALL, SHARED)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        for tries in range(1, MOST_TRIES_TO_DRAW):
            assert the_post(owing).attempts == -tries
            await passes(at_work, clock, minutes=5)
        await empty_slack.in_channel("What shall we talk about?")
    assert (the_post(owing).state, the_post(owing).error) == (PostState.FAILED, error)


@on_sqlite
async def test_admins_hear_once_of_what_did_not_get_through(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    for _ in range(MOST_TRIES):
        empty_slack.next_answer("chat.postMessage", Refused("invalid_blocks"))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        for tries in range(1, MOST_TRIES):
            assert the_post(owing).attempts == -tries
            await passes(at_work, clock, minutes=5)
        await empty_slack.in_direct("U0ADMIN", "did not get through")
        await at_work.comes_to_rest()
    told = [shown(one) for one in empty_slack.world.messages[empty_slack.direct("U0ADMIN").id]]
    assert len(told) == 1
    assert "The message with the buttons, for the shared channel." in told[0]
    assert "invalid_blocks" in told[0]


# --- Slack away, and the bot where it may not be


@pytest.mark.slow
@on_sqlite
async def test_while_slack_is_away_all_waits_and_nothing_is_lost(clock: FrozenClock, owing: Database) -> None:
    slack = Story(clock)
    await slack.start()
    async with bot(slack, clock, owing) as at_work:
        await slack.in_channel("The agenda of")
        port = int(slack.api_url.split(":")[2].split("/")[0])
        await slack.stop()

        clock.passes(minutes=1)
        owe(owing, clock, PostKind.CALL, SHARED)
        owe(owing, clock, PostKind.PROPOSED_MEETING, "U0CURATOR")
        await ticks(at_work)
        for kind in (PostKind.CALL, PostKind.PROPOSED_MEETING):
            assert the_post(owing, kind).error is not None
        await passes(at_work, clock, minutes=30)

        await slack.start(port)
        for _ in range(3):
            await passes(at_work, clock, minutes=5)
        await slack.in_direct("U0CURATOR", "Thursday, January 21, 2027")
    await slack.stop()

    assert len(posted(slack)) == 2


@on_sqlite
async def test_it_posts_once_it_has_been_invited(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    shared = empty_slack.world.channels[SHARED]
    shared.members.remove(empty_slack.app.user_id)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert the_post(owing).error == "not_in_channel"
        shared.members.append(empty_slack.app.user_id)
        await passes(at_work, clock, minutes=5)
    assert len(posted(empty_slack)) == 1


# --- Edits


@on_sqlite
async def test_a_burst_of_changes_is_one_edit(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        await empty_slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts")
        await empty_slack.in_direct("U0DEPUTY", "Budget cuts")
        await at_work.comes_to_rest()
    for number in range(10):
        with owing.transaction(OURS) as session:
            item = session.scalars(select(Item)).one()
            item.title = f"Budget cuts {number}"
            outbox.refresh(session, PostKind.CARD, subject_id=item.id)
    async with bot(empty_slack, clock, owing) as at_work:
        await empty_slack.in_direct("U0DEPUTY", "Budget cuts 9")
        await at_work.comes_to_rest()
    assert len(edited(empty_slack)) == 2  # a card for each curator


async def test_a_change_while_it_is_being_sent_is_shown_afterwards(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    has_changed = asyncio.Event()
    empty_slack.next_answer("chat.postMessage", Held(has_changed.wait))
    async with bot(empty_slack, clock, owing) as at_work:
        await until(lambda: times_called(empty_slack, "chat.postMessage") == 1)
        with owing.transaction(OURS) as session:
            every_consortium(session)[0].name = "Another Name"
            outbox.refresh(session, PostKind.STANDING, subject_id=1)
        has_changed.set()
        await empty_slack.in_channel("Another Name")
        await at_work.comes_to_rest()
    assert len(posted(empty_slack)) == 1


@on_sqlite
@pytest.mark.parametrize("fault", [FAULTS["dropped after storing"], FAULTS["told to wait"], Garbled(*HTML)])
async def test_an_edit_is_repeated_until_it_shows(
    empty_slack: Story, clock: FrozenClock, owing: Database, fault: Fault
) -> None:
    empty_slack.next_answer("chat.update", fault)
    async with bot(empty_slack, clock, owing) as at_work:
        await empty_slack.in_channel("The agenda of")
        await at_work.comes_to_rest()
        with owing.transaction(OURS) as session:
            every_consortium(session)[0].name = "Another Name"
            outbox.refresh(session, PostKind.STANDING, subject_id=1)
        await ticks(at_work)
        assert the_post(owing).error is not None
        await passes(at_work, clock, minutes=2)
        await empty_slack.in_channel("Another Name")
        await at_work.comes_to_rest()
    assert len(posted(empty_slack)) == 1


@on_sqlite
async def test_a_message_that_somebody_deleted_is_not_posted_anew(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    owe(owing, clock, PostKind.CALL, SHARED)
    async with bot(empty_slack, clock, owing) as at_work:
        empty_slack.world.delete(await empty_slack.in_channel("What shall we talk about?"))
        await at_work.comes_to_rest()
        for _ in range(2):
            with owing.transaction(OURS) as session:
                outbox.refresh(session, PostKind.CALL, subject_id=1)
            await ticks(at_work)
            assert the_post(owing, PostKind.CALL).state == PostState.NOT_NEEDED
    assert the_post(owing, PostKind.CALL).error == "message_not_found"
    assert len(posted(empty_slack)) == 2  # the standing message and the call


@on_sqlite
async def test_the_doors_that_somebody_deleted_come_back_when_they_change(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        empty_slack.world.delete(await empty_slack.in_channel("The agenda of"))
        await at_work.comes_to_rest()
        with owing.transaction(OURS) as session:
            outbox.refresh(session, PostKind.STANDING, subject_id=1)
        await ticks(at_work)
        await empty_slack.in_channel("The agenda of")
        await at_work.comes_to_rest()
    assert the_post(owing).state == PostState.SENT


@on_sqlite
@pytest.mark.parametrize("error", ["edit_window_closed", "cant_update_message"])
async def test_what_can_be_edited_no_more_is_said_in_another_message(
    empty_slack: Story, clock: FrozenClock, owing: Database, error: str
) -> None:
    empty_slack.next_answer("chat.update", Refused(error))
    async with bot(empty_slack, clock, owing) as at_work:
        await empty_slack.in_channel("The agenda of")
        await at_work.comes_to_rest()
        with owing.transaction(OURS) as session:
            every_consortium(session)[0].name = "Another Name"
            outbox.refresh(session, PostKind.STANDING, subject_id=1)
        await ticks(at_work)
        await empty_slack.in_channel("Another Name")
    assert len(posted(empty_slack)) == 2
    assert the_post(owing).ts == posted(empty_slack)[1]


@on_sqlite
async def test_an_agenda_that_somebody_deleted_is_posted_anew_when_it_is_published_again(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    with owing.transaction(OURS) as session:
        entry = {"item_id": 1, "title": "Budget cuts", "minutes": 15, "lead": None}
        session.add(
            Publication(
                consortium_id=OURS, meeting_id=1, number=1, at=clock(), by_id=1, entries=[entry], held=0
            )
        )
    owe(owing, clock, PostKind.AGENDA, SHARED)
    async with bot(empty_slack, clock, owing) as at_work:
        empty_slack.world.delete(await empty_slack.in_channel("Agenda for"))
        await at_work.comes_to_rest()
        with owing.transaction(OURS) as session:
            outbox.refresh(session, PostKind.AGENDA, subject_id=1)
        await ticks(at_work)
        await empty_slack.in_channel("Agenda for")
        await at_work.comes_to_rest()
    assert the_post(owing, PostKind.AGENDA).state == PostState.SENT


# --- Those who end in the middle


@on_sqlite
@pytest.mark.parametrize("had_arrived", [True, False])
async def test_what_somebody_took_up_and_never_finished_is_looked_for_first(
    empty_slack: Story, clock: FrozenClock, owing: Database, *, had_arrived: bool
) -> None:
    with owing.transaction(OURS) as session:
        (post,) = claims.claim(session, clock(), UNHURRIED.leasing, set())
    if had_arrived:
        message = _stored(empty_slack, post.reference)
    async with bot(empty_slack, clock, owing) as at_work:
        await passes(at_work, clock, seconds=LEASED - 1)
        assert the_post(owing).state == PostState.SENDING
        await passes(at_work, clock, seconds=2)

    assert times_called(empty_slack, "conversations.history") == 1
    assert len(posted(empty_slack)) == 1
    if had_arrived:
        assert the_post(owing).ts == message.ts


def _stored(slack: Story, reference: str) -> Message:
    metadata = {"event_type": "agenda_post", "event_payload": {"reference": reference}}
    ts, user = slack.world.next_ts(), slack.app.user_id
    return slack.world.add(Message(SHARED, ts, user, "The agenda of", metadata=metadata, from_app=True))


async def test_one_whose_claim_ran_out_writes_nothing_down(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    """Another has taken the post up meanwhile."""
    is_taken_over = asyncio.Event()
    empty_slack.next_answer("chat.postMessage", Held(is_taken_over.wait))
    async with bot(empty_slack, clock, owing) as at_work:
        await until(lambda: times_called(empty_slack, "chat.postMessage") == 1)
        with owing.transaction(OURS) as session:
            session.execute(update(Post).values(fence=Post.fence + 1))
        is_taken_over.set()
        await at_work.comes_to_rest()
    assert the_post(owing).state == PostState.SENDING
    assert the_post(owing).attempts == 0


@on_sqlite
@pytest.mark.parametrize("ended", [PostState.MISSED, PostState.FAILED, PostState.UNKNOWN])
async def test_what_another_gave_up_and_was_sent_after_all_is_edited_like_any_other(
    empty_slack: Story, clock: FrozenClock, owing: Database, ended: PostState
) -> None:
    """Somebody was paused between the last look at their claim and the sending."""
    goes_on = asyncio.Event()
    empty_slack.next_answer("chat.postMessage", Held(goes_on.wait))
    async with bot(empty_slack, clock, owing) as at_work:
        await until(lambda: times_called(empty_slack, "chat.postMessage") == 1)
        with owing.transaction(OURS) as session:
            session.execute(update(Post).values(fence=Post.fence + 1, state=ended))
        goes_on.set()
        await ticks(at_work)
        post = the_post(owing)
        assert (post.state, [post.ts]) == (PostState.SENT, posted(empty_slack))
        assert edited(empty_slack) == posted(empty_slack)


@on_sqlite
@pytest.mark.parametrize("other_is_first", [True, False])
async def test_what_was_sent_after_its_claim_ran_out_stands_there_once_in_the_end(
    empty_slack: Story, clock: FrozenClock, owing: Database, *, other_is_first: bool
) -> None:
    """Somebody was paused between the last look at their claim and the sending."""
    goes_on = asyncio.Event()
    empty_slack.next_answer("chat.postMessage", Held(goes_on.wait))
    async with bot(empty_slack, clock, owing) as at_work:
        await until(lambda: times_called(empty_slack, "chat.postMessage") == 1)
        with owing.transaction(OURS) as session:
            reference = session.scalars(select(Post.reference)).one()
            session.execute(update(Post).values(fence=Post.fence + 1))
        if other_is_first:
            other = _stored(empty_slack, reference)
            with owing.transaction(OURS) as session:
                there = {"state": PostState.SENT, "shown_version": 1, "channel_id": SHARED, "ts": other.ts}
                session.execute(update(Post).values(**there))
        goes_on.set()
        await at_work.comes_to_rest()
        assert (the_post(owing).stray_ts is None) is other_is_first  # it goes when the other is known to stay
    async with bot(empty_slack, clock, owing) as at_work:
        await passes(at_work, clock, seconds=LEASED + 1)
        assert the_post(owing).state == PostState.SENT
        await passes(at_work, clock, seconds=SETTLED + 1)
        assert the_post(owing).sweep_at is None

    (left,) = empty_slack.world.messages[SHARED]
    assert (left.ts, len(posted(empty_slack))) == (the_post(owing).ts, 2 if other_is_first else 1)
    assert left.ts == posted(empty_slack)[0]


@on_sqlite
async def test_a_claim_that_is_nearly_over_begins_nothing(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    """What is begun too late may not have settled when another takes it over."""
    async with bot(empty_slack, clock, owing, TOO_SHORT) as at_work:
        await at_work.comes_to_rest()
    assert the_post(owing).error == "ClaimTooOld"
    assert posted(empty_slack) == []


@on_sqlite
async def test_a_claim_that_is_nearly_over_begins_no_edit(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    with owing.transaction(OURS) as session:
        session.execute(update(Post).values(ts="1.1", channel_id=SHARED))
    async with bot(empty_slack, clock, owing, TOO_SHORT) as at_work:
        await at_work.comes_to_rest()
    assert the_post(owing).error == "ClaimTooOld"
    assert times_called(empty_slack, "chat.update") == 0


@on_sqlite
async def test_an_edit_after_its_claim_ran_out_is_made_good_by_another(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    """It may have put something old over what another has said since."""
    async with bot(empty_slack, clock, owing) as at_work:
        await empty_slack.in_channel("The agenda of")
        await at_work.comes_to_rest()
    goes_on = asyncio.Event()
    empty_slack.next_answer("chat.update", Held(goes_on.wait))
    with owing.transaction(OURS) as session:
        outbox.refresh(session, PostKind.STANDING, subject_id=1)
    async with bot(empty_slack, clock, owing) as at_work:
        await until(lambda: times_called(empty_slack, "chat.update") == 1)
        with owing.transaction(OURS) as session:
            every_consortium(session)[0].name = "Another Name"
            shown = {"fence": Post.fence + 1, "shown_version": Post.wanted_version, "state": PostState.SENT}
            session.execute(update(Post).values(**shown))
        goes_on.set()
        await at_work.comes_to_rest()
    async with bot(empty_slack, clock, owing) as at_work:
        await passes(at_work, clock, seconds=LEASED + 1)
        await empty_slack.in_channel("Another Name")
    assert len(edited(empty_slack)) == 2


@on_sqlite
async def test_a_copy_that_arrives_after_it_was_sent_again_is_swept_up(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert the_post(owing).error is not None
        await passes(at_work, clock, seconds=SETTLED + 1)
        _stored(empty_slack, the_post(owing).reference)
        assert len(empty_slack.world.messages[SHARED]) == 2

        await passes(at_work, clock, seconds=SETTLED + 1)
        assert the_post(owing).sweep_at is None
    (left,) = empty_slack.world.messages[SHARED]
    assert left.ts == posted(empty_slack)[0] == the_post(owing).ts


@on_sqlite
async def test_of_two_copies_the_first_stays_and_is_brought_up_to_date(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert the_post(owing).error is not None
        await passes(at_work, clock, seconds=SETTLED + 1)
        second = empty_slack.world.messages[SHARED][0]
        early = Message(
            SHARED, "1764000000.000001", second.user, "Old", metadata=second.metadata, from_app=True
        )
        empty_slack.world.messages[SHARED].insert(0, early)
        with owing.transaction(OURS) as session:
            session.execute(update(Post).values(first_tried_at=clock() - timedelta(days=400)))
        await passes(at_work, clock, seconds=SETTLED + 1)
        assert the_post(owing).ts == early.ts
    (left,) = empty_slack.world.messages[SHARED]
    assert (left.ts, "The agenda of" in left.text) == (early.ts, True)


@on_sqlite
async def test_a_sweep_that_fails_is_made_again(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert the_post(owing).error is not None
        await passes(at_work, clock, seconds=SETTLED + 1)
        _stored(empty_slack, the_post(owing).reference)
        empty_slack.next_answer("chat.delete", ServerError(500))
        await passes(at_work, clock, seconds=SETTLED + 1)
        assert times_called(empty_slack, "chat.delete") == 1
        await passes(at_work, clock, seconds=LEASED + 1)
        assert the_post(owing).sweep_at is None
    assert len(empty_slack.world.messages[SHARED]) == 1


def channel_is_closed(database: Database) -> bool:
    with database.transaction(OURS) as session:
        return channel_known(session, SHARED).closed_for is not None


@on_sqlite
async def test_an_edit_of_unknown_fate_rests_also_where_its_channel_was_closed_in_between(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    """The first may arrive late: an edit that was made again before could be overwritten by it."""
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        empty_slack.next_answer("chat.update", ServerError(500))
        with owing.transaction(OURS) as session:
            outbox.refresh(session, PostKind.STANDING, subject_id=1)
        await ticks(at_work)
        await empty_slack.archives(SHARED)
        await ticks(at_work)
        assert channel_is_closed(owing)
        await empty_slack.unarchives(SHARED)
        await ticks(at_work)
        assert not channel_is_closed(owing)
        clock.passes(seconds=SETTLED - 1)
        await ticks(at_work)
        assert times_called(empty_slack, "chat.update", SHARED) == 1
        await passes(at_work, clock, seconds=2)
        assert the_post(owing).state == PostState.SENT
    assert times_called(empty_slack, "chat.update", SHARED) == 2


@on_sqlite
@pytest.mark.parametrize("fault", [ServerError(500), Refused("msg_too_long")])
async def test_a_double_is_swept_also_while_every_edit_fails(
    empty_slack: Story, clock: FrozenClock, owing: Database, fault: Fault
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        await passes(at_work, clock, seconds=SETTLED + 1)
        empty_slack.weather_becomes({"chat.update": fault}.get)
        with owing.transaction(OURS) as session:
            outbox.refresh(session, PostKind.STANDING, subject_id=1)
        _stored(empty_slack, the_post(owing).reference)
        for _ in range(MOST_TRIES + 1):
            await passes(at_work, clock, minutes=6)
        post = the_post(owing)
        assert (post.state != PostState.SENT, post.sweep_at) == (True, None)
    (left,) = empty_slack.world.messages[SHARED]
    assert left.ts == posted(empty_slack)[0]


@pytest.mark.slow  # weeks of the story pass
@on_sqlite
async def test_in_a_channel_that_is_gone_doubles_are_looked_for_once_a_day_and_at_last_no_more(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        await passes(at_work, clock, seconds=SETTLED + 1)
        assert the_post(owing).sweep_at is not None
        gone = Refused("channel_not_found")
        empty_slack.weather_becomes(lambda method: gone if method == "conversations.history" else None)
        looked = times_called(empty_slack, "conversations.history")
        for _ in range(35):
            for _ in range(2):
                await passes(at_work, clock, hours=12)
        assert the_post(owing).sweep_at is None
    assert times_called(empty_slack, "conversations.history") - looked < 50


async def test_the_end_waits_for_what_is_under_way(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.next_answer("chat.postMessage", Hang(0.2, stored=True))
    async with bot(empty_slack, clock, owing):
        await until(lambda: times_called(empty_slack, "chat.postMessage") == 1)
    assert the_post(owing).state == PostState.SENT
    assert len(posted(empty_slack)) == 1


@on_sqlite
async def test_it_is_at_rest_when_slack_has_answered(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    answers = asyncio.Event()
    empty_slack.next_answer("chat.postMessage", Held(answers.wait))
    async with bot(empty_slack, clock, owing) as at_work:
        resting = asyncio.create_task(at_work.comes_to_rest())
        await until(lambda: times_called(empty_slack, "chat.postMessage") == 1)
        is_over, _ = await asyncio.wait({resting}, timeout=0.2)
        assert not is_over
        answers.set()
        await resting
        assert the_post(owing).state == PostState.SENT


async def test_it_goes_on_when_the_database_comes_back(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        await empty_slack.in_channel("The agenda of")
        await at_work.comes_to_rest()
        with owing.transaction(OURS) as session:
            session.connection().execute(text("ALTER TABLE post RENAME TO post_away"))
        await ticks(at_work)  # it does not find its table
        with owing.transaction(OURS) as session:
            session.connection().execute(text("ALTER TABLE post_away RENAME TO post"))
        owe(owing, clock, PostKind.CALL, SHARED)
        await ticks(at_work)
        await empty_slack.in_channel("What shall we talk about?")


@on_sqlite
async def test_only_what_acts_wakes_the_delivery(clock: FrozenClock, owing: Database) -> None:
    """A look owes nobody anything."""
    said = {"team_id": "T0SISTER", "user_id": "U0MEMBER", "trigger_id": "1.2", "channel_id": SHARED}
    async with ClientSession() as session:
        services = Services(owing, clock, session)
        turn = Turn(
            heard=payloads.command(said),
            policy=anyone,
            installed_team="T0SISTER",
            client=AsyncWebClient(),
            services=services,
        )
        await turn.look(items_of, clock())
        assert not services.outbox_changed.is_set()

        await turn.do(propose, [Proposal("Budget cuts")], clock())
        assert services.outbox_changed.is_set()
