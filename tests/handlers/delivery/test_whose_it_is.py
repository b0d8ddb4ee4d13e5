"""What is looked for, found, kept and deleted is ours: another app can copy a reference, and nobody can write as the bot."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from handlers.delivery.searching import Author
from playground.slack import Dropped, Message, Refused, ServerError
from storage import claims
from storage.database import Database
from storage.post_facts import PostState
from storage.posts import Post
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import LEASED, SETTLED, bot, passes, posted, the_post, times_called
from tests.handlers.steps import on_sqlite, shown
from tests.story import OURS, SHARED, UNHURRIED, Story

pytestmark = pytest.mark.slow  # hours of the story pass in each

OTHERS = {
    "another app's": {"user": "U0OTHERBOT", "other_bot": "B0OTHER"},
    "another app's that names nobody": {"user": "", "other_bot": "B0OTHER"},
    "a person's, by their own token": {"user": "U0MEMBER"},
}
every_impostor = pytest.mark.parametrize("who", OTHERS.values(), ids=OTHERS.keys())


def copied(slack: Story, reference: str, who: dict[str, str], ts: str | None = None) -> Message:
    """A message with our reference that the bot has not written."""
    metadata = {"event_type": "agenda_post", "event_payload": {"reference": reference}}
    message = Message(SHARED, ts or slack.world.next_ts(), text="The agenda of", metadata=metadata, **who)
    return slack.world.add(message)


@on_sqlite
@every_impostor
async def test_a_copy_of_anothers_is_not_taken_for_what_was_sent(
    empty_slack: Story, clock: FrozenClock, owing: Database, who: dict[str, str]
) -> None:
    empty_slack.next_answer("chat.postMessage", Dropped())
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        theirs = copied(empty_slack, the_post(owing).reference, who)
        await passes(at_work, clock, seconds=SETTLED + 1)
        assert the_post(owing).state == PostState.SENT
    assert the_post(owing).ts != theirs.ts
    assert times_called(empty_slack, "chat.postMessage", SHARED) == 2


@on_sqlite
async def test_our_own_is_found_among_copies(empty_slack: Story, clock: FrozenClock, owing: Database) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500, stored=True))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        (ours,) = posted(empty_slack)
        for who in OTHERS.values():
            copied(empty_slack, the_post(owing).reference, who, ts=f"{float(ours) - 1:.6f}")
        await passes(at_work, clock, seconds=SETTLED + 1)
        assert (the_post(owing).state, the_post(owing).ts) == (PostState.SENT, ours)
    assert times_called(empty_slack, "chat.postMessage", SHARED) == 1


@on_sqlite
@every_impostor
@pytest.mark.parametrize("is_earlier", [True, False])
async def test_a_sweep_keeps_ours_and_leaves_anothers_alone(
    empty_slack: Story, clock: FrozenClock, owing: Database, who: dict[str, str], *, is_earlier: bool
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        await passes(at_work, clock, seconds=SETTLED + 1)
        ours = the_post(owing)
        seconds = -1 if is_earlier else 1
        theirs = copied(empty_slack, ours.reference, who, ts=f"{float(ours.ts or 0) + seconds:.6f}")
        await passes(at_work, clock, seconds=SETTLED + 1)
        assert the_post(owing).sweep_at is None
    assert the_post(owing).ts == ours.ts
    assert {message.ts for message in empty_slack.world.messages[SHARED]} == {ours.ts, theirs.ts}
    assert times_called(empty_slack, "chat.delete") == 0


@on_sqlite
async def test_what_a_dead_bot_sent_is_found_by_who_wrote_it(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    """The bot that looks is another process, and has to ask Slack who it is."""
    with owing.transaction(OURS) as session:
        (post,) = claims.claim(session, clock(), UNHURRIED.leasing, set())
    metadata = {"event_type": "agenda_post", "event_payload": {"reference": post.reference}}
    there = Message(
        SHARED, empty_slack.world.next_ts(), empty_slack.app.user_id, metadata=metadata, from_app=True
    )
    empty_slack.world.add(there)
    async with bot(empty_slack, clock, owing) as at_work:
        await passes(at_work, clock, seconds=LEASED + 1)
    assert the_post(owing).ts == there.ts
    assert len(posted(empty_slack)) == 1


@on_sqlite
async def test_while_slack_does_not_say_who_the_bot_is_nothing_is_sent_again(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500, stored=True))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        for _ in range(3):
            empty_slack.next_answer("auth.test", ServerError(500))
            await passes(at_work, clock, minutes=5)
        assert the_post(owing).state == PostState.DUE
        await passes(at_work, clock, minutes=5)
        assert the_post(owing).state == PostState.SENT
    assert len(posted(empty_slack)) == 1


@pytest.mark.parametrize(
    ("message", "is_ours"),
    [
        ({"bot_id": "B1", "user": "U1"}, True),
        ({"bot_id": "B1"}, True),
        ({"user": "U1"}, True),
        ({"bot_id": "B2", "user": "U2"}, False),
        ({"user": "U2"}, False),
        ({"bot_id": "B2"}, False),
        ({}, False),
    ],
)
def test_ours_is_what_the_bot_wrote(message: dict[str, str], *, is_ours: bool) -> None:
    assert Author("B1", "U1").wrote(message) is is_ours


@pytest.mark.parametrize("message", [{}, {"user": None, "bot_id": None}, {"user": "U1", "bot_id": "B1"}])
def test_of_a_bot_that_slack_does_not_name_nothing_is(message: dict[str, str | None]) -> None:
    assert not Author(None, None).wrote(message)


# --- What somebody has deleted, or nobody may


async def looked_for_twice(empty_slack: Story, clock: FrozenClock, owing: Database) -> None:
    """Something that may stand there twice, until it is swept."""
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        await passes(at_work, clock, seconds=SETTLED + 1)
    assert the_post(owing).sweep_at is not None


@on_sqlite
@pytest.mark.parametrize("error", ["cant_delete_message", "compliance_exports_prevent_deletion"])
async def test_a_double_that_has_to_stay_is_swept_once(
    empty_slack: Story, clock: FrozenClock, owing: Database, error: str
) -> None:
    await looked_for_twice(empty_slack, clock, owing)
    there = empty_slack.world.messages[SHARED][0]
    empty_slack.world.add(replace(there, ts=empty_slack.world.next_ts()))
    empty_slack.next_answer("chat.delete", Refused(error))
    async with bot(empty_slack, clock, owing) as at_work:
        for _ in range(3):
            await passes(at_work, clock, minutes=10)
    assert times_called(empty_slack, "chat.delete") == 1
    assert (the_post(owing).sweep_at, the_post(owing).ts) == (None, there.ts)


@on_sqlite
async def test_an_edit_whose_message_is_gone_finds_the_earlier_of_two(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    await looked_for_twice(empty_slack, clock, owing)
    there = empty_slack.world.messages[SHARED][0]
    early = empty_slack.world.add(replace(there, ts=f"{float(there.ts) - 10:.6f}"))
    empty_slack.world.delete(there)
    with owing.transaction(OURS) as session:
        session.execute(update(Post).values(state=PostState.DUE, wanted_version=2))
    async with bot(empty_slack, clock, owing) as at_work:
        await passes(at_work, clock, seconds=1)
        await at_work.comes_to_rest()
    assert (the_post(owing).state, the_post(owing).ts) == (PostState.SENT, early.ts)
    assert len(shown(early)) > 0
