"""What is not posted any more: it comes too late, or a newer one says the same. First it is looked for where it may stand."""

from datetime import date

import pytest
from sqlalchemy import select

from bot.channels import note_closed
from bot.consortia import apply
from bot.items import Proposal, propose
from bot.meetings import rearrange
from bot.people import meet
from bot.plan.plan import read_plan
from playground.slack import ServerError
from program.app import Running
from storage import outbox
from storage.channels import channel_known
from storage.consortia import every_consortium
from storage.database import Database
from storage.items import Item
from storage.meetings import Meeting
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.builders import an_arrangement
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import SETTLED, bot, ticks, times_called
from tests.handlers.delivery.test_stands_aside import falls, notices, said
from tests.handlers.steps import on_sqlite
from tests.story import OURS, PLAN, SHARED, Story

pytestmark = pytest.mark.slow  # weeks of the story pass in each

A_CALL, A_DIGEST, A_MOVE = "What shall we talk about?", "This week on the agenda", "The meeting moved"
IN_VAIN = "It did not go out when it was due"


def states(database: Database, kind: PostKind, place: str = SHARED) -> list[PostState]:
    of_kind = select(Post.state).where(Post.kind == kind, Post.place == place)
    with database.transaction(OURS) as session:
        return list(session.scalars(of_kind.order_by(Post.due_at, Post.id)))


async def it_is(at_work: Running, clock: FrozenClock, local: str) -> None:
    clock.strikes(local)
    await ticks(at_work)


async def hours_pass(at_work: Running, clock: FrozenClock, hours: int) -> None:
    for _ in range(hours):
        clock.passes(hours=1)
        await ticks(at_work)


def brings(database: Database, clock: FrozenClock, title: str) -> None:
    with database.transaction(OURS) as session:
        [consortium] = every_consortium(session)
        propose(
            session, meet(session, consortium, Who("T0SISTER", "U0MEMBER"), None), [Proposal(title)], clock()
        )


def moves(database: Database, clock: FrozenClock, day: date) -> None:
    with database.transaction(OURS) as session:
        [consortium], [meeting] = every_consortium(session), session.query(Meeting).all()
        rearrange(session, consortium, meeting, meeting.host, an_arrangement(day=day), clock())


@on_sqlite
async def test_after_weeks_of_errors_one_call_and_one_digest_go_out_and_all_news_is_told(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        await it_is(at_work, clock, "2026-12-23 12:00")
        empty_slack.weather_becomes(lambda method: ServerError(503) if method != "auth.test" else None)
        for day in ("2026-12-24", "2026-12-28", "2027-01-04", "2027-01-07", "2027-01-11"):
            brings(owing, clock, f"Rents before {day}")
            await it_is(at_work, clock, f"{day} 10:01")
            await hours_pass(at_work, clock, 3)
        assert states(owing, PostKind.CALL) == [PostState.DUE] * 2

        falls(empty_slack)
        await hours_pass(at_work, clock, 4)
        assert states(owing, PostKind.CALL) == [PostState.MISSED, PostState.SENT]
        assert states(owing, PostKind.DIGEST)[-3:] == [PostState.MISSED, PostState.MISSED, PostState.SENT]
        assert (said(empty_slack, SHARED, A_CALL), said(empty_slack, SHARED, A_DIGEST)) == (1, 1)
        [digest] = [one for one in empty_slack.world.messages[SHARED] if A_DIGEST in one.text]
        for day in ("2026-12-24", "2026-12-28", "2027-01-04", "2027-01-07", "2027-01-11"):
            assert f"Rents before {day}" in digest.text
        assert (
            len([one for one in notices(empty_slack) if IN_VAIN in one]) == 3
        )  # one of each that was missed


@on_sqlite
async def test_what_is_looked_for_in_vain_and_comes_too_late_is_told_of_once(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        await it_is(at_work, clock, "2026-12-24 09:59")
        empty_slack.next_answer("chat.postMessage", ServerError(500))
        await it_is(at_work, clock, "2026-12-24 10:00")
        asked = times_called(empty_slack, "conversations.history", SHARED)

        await it_is(at_work, clock, "2027-01-07 10:00")
        await hours_pass(at_work, clock, 2)
        assert times_called(empty_slack, "conversations.history", SHARED) == asked + 1
        assert states(owing, PostKind.CALL) == [PostState.MISSED, PostState.SENT]
        assert said(empty_slack, SHARED, A_CALL) == 1
        [notice] = notices(empty_slack)
        assert "The call for items" in notice
        assert IN_VAIN in notice


@on_sqlite
async def test_what_is_found_is_taken_as_sent_however_late_it_is(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        await it_is(at_work, clock, "2026-12-24 09:59")
        empty_slack.next_answer("chat.postMessage", ServerError(500, stored=True))
        await it_is(at_work, clock, "2026-12-24 10:00")
        assert states(owing, PostKind.CALL) == [PostState.DUE]

        await it_is(at_work, clock, "2027-01-07 10:00")
        await hours_pass(at_work, clock, 1)
        assert states(owing, PostKind.CALL) == [PostState.SENT] * 2
        assert said(empty_slack, SHARED, A_CALL) == 2


@on_sqlite
async def test_what_waits_in_a_closed_channel_while_the_schedule_changes_goes_out_once(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        await it_is(at_work, clock, "2026-12-23 12:00")
        await empty_slack.archives(SHARED)
        await it_is(at_work, clock, "2026-12-24 10:00")
        for day in (date(2027, 1, 22), date(2027, 1, 28), date(2027, 1, 21), date(2027, 2, 4)):
            clock.passes(hours=1)
            moves(owing, clock, day)
        await it_is(at_work, clock, "2027-01-07 10:00")  # four weeks before the last of these days
        await empty_slack.unarchives(SHARED)
        await hours_pass(at_work, clock, 2)

        assert states(owing, PostKind.CALL) == [PostState.MISSED, PostState.SENT]
        assert states(owing, PostKind.MOVED_MEETING) == [PostState.NOT_NEEDED] * 3 + [PostState.SENT]
        assert (said(empty_slack, SHARED, A_CALL), said(empty_slack, SHARED, A_MOVE)) == (1, 1)


@on_sqlite
@pytest.mark.parametrize("stored", [False, True])
async def test_of_two_words_of_a_move_the_first_is_looked_for_and_not_said_again(
    empty_slack: Story, clock: FrozenClock, owing: Database, *, stored: bool
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        await ticks(at_work)
        empty_slack.next_answer("chat.postMessage", ServerError(500, stored=stored))
        moves(owing, clock, date(2027, 1, 22))
        await ticks(at_work)
        clock.passes(seconds=1)
        moves(owing, clock, date(2027, 1, 28))
        asked = times_called(empty_slack, "conversations.history", SHARED)
        await hours_pass(at_work, clock, 2)

        assert times_called(empty_slack, "conversations.history", SHARED) > asked
        first = PostState.SENT if stored else PostState.NOT_NEEDED
        assert states(owing, PostKind.MOVED_MEETING) == [first, PostState.SENT]
        assert said(empty_slack, SHARED, A_MOVE) == 1 + stored


TWICE = {
    "goes on to the next meeting": (PostKind.CARRIED_OVER, "U0MEMBER"),
    "a channel is closed": (PostKind.CHANNEL, "U0ADMIN"),
    "did not get through": (PostKind.UNDELIVERED, "U0ADMIN"),
    "did it arrive": (PostKind.UNSURE, "U0CURATOR"),
}


@on_sqlite
@pytest.mark.parametrize(("kind", "place"), TWICE.values(), ids=TWICE.keys())
async def test_what_waited_for_a_person_and_would_say_the_same_twice_is_said_once(
    empty_slack: Story, clock: FrozenClock, owing: Database, kind: PostKind, place: str
) -> None:
    brings(owing, clock, "Rents")
    with owing.transaction(OURS) as session:
        [consortium] = every_consortium(session)
        note_closed(session, consortium, SHARED, "is_archived", clock())
        lost = session.query(Post).filter_by(kind=PostKind.STANDING).one()
        lost.state, lost.error, lost.due_at = PostState.UNKNOWN, "missing_scope", clock()
        session.query(Post).filter_by(kind=kind).delete()
        channel_id = channel_known(session, SHARED).id
        about = {PostKind.CARRIED_OVER: session.query(Item).one().id, PostKind.CHANNEL: channel_id}
        for key in ("first", "second"):
            subject_id = about.get(kind, lost.id)
            outbox.owe(session, kind, key, subject_id=subject_id, place=place, due=clock())
    async with bot(empty_slack, clock, owing) as at_work:
        await ticks(at_work)
        await hours_pass(at_work, clock, 1)
    *before, newest = states(owing, kind, place)
    assert ({*before}, newest) == ({PostState.NOT_NEEDED}, PostState.SENT)


@on_sqlite
@pytest.mark.parametrize("wrong", ["C0NOWHERE", "C0OTHER"])
async def test_what_may_be_there_is_not_said_again_after_a_wrong_channel_was_chosen_and_put_right(
    empty_slack: Story, clock: FrozenClock, owing: Database, wrong: str
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        await it_is(at_work, clock, "2026-12-23 12:00")
        empty_slack.next_answer("chat.postMessage", ServerError(500, stored=True))
        await it_is(at_work, clock, "2026-12-24 10:00")
        for channel in (wrong, SHARED):
            clock.passes(seconds=30)
            chooses(owing, clock, channel)
            await ticks(at_work)
        await settles(at_work, clock)
        assert (said(empty_slack, SHARED, A_CALL), said(empty_slack, "C0OTHER", A_CALL)) == (1, 0)


@on_sqlite
async def test_what_may_be_there_is_found_under_a_new_id_that_the_bot_did_not_hear_of(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    place = empty_slack.world.channels[SHARED]
    place.teams.remove("T0OTHER")
    place.is_private = True
    async with bot(empty_slack, clock, owing) as at_work:
        await it_is(at_work, clock, "2026-12-23 12:00")
        empty_slack.next_answer("chat.postMessage", ServerError(500, stored=True))
        await it_is(at_work, clock, "2026-12-24 10:00")
    empty_slack.world.give_new_id(place, empty_slack.world.new_id("C"))
    async with bot(empty_slack, clock, owing) as at_work:
        await settles(at_work, clock)
        chooses(owing, clock, place.id)
        await settles(at_work, clock)
        assert said(empty_slack, place.id, A_CALL) == 1


def chooses(database: Database, clock: FrozenClock, channel: str) -> None:
    with database.transaction() as session:
        apply(session, read_plan(PLAN.replace(SHARED, channel)), clock())


async def settles(at_work: Running, clock: FrozenClock) -> None:
    for _ in range(4):
        clock.passes(seconds=SETTLED + 1)
        await ticks(at_work)
    await hours_pass(at_work, clock, 2)
