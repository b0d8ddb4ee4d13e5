"""What becomes of a message that a person deleted, or a rule of Slack's that keeps nothing for long."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from bot.carry_over import gather_items
from bot.decisions import add_to_agenda, reconsider, undo
from bot.items import Proposal, edit, propose
from bot.meetings import Arrangement, arrange
from bot.people import meet
from bot.word_to_proposers import mark_told
from playground.slack import ServerError
from program.app import Running
from storage import outbox
from storage.consortia import collaborative_named, every_consortium
from storage.database import Database
from storage.items import Item
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.tenancy import Session
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import SETTLED, bot, owe, passes, posted, the_post, ticks
from tests.handlers.steps import on_sqlite
from tests.story import OURS, SHARED, Story

pytestmark = pytest.mark.slow  # hours of the story pass in each

TITLE = "Budget cuts"
HOSTS = ("U0CURATOR", "U0DEPUTY")


def does(database: Database, verb: Callable[..., Any], *given: Any, by: str = "U0CURATOR") -> Any:
    with database.transaction(OURS) as session:
        actor = meet(session, every_consortium(session)[0], Who("T0SISTER", by), None)
        return verb(session, actor, *given)


def proposed(database: Database, clock: FrozenClock) -> int:
    received = does(database, propose, [Proposal(TITLE)], clock(), by="U0MEMBER")
    return int(received.items[0].id)


def tell(session: Session, item_id: int, clock: FrozenClock) -> None:
    item = session.get_one(Item, item_id)
    outbox.hasten(session, PostKind.OUTCOME, subject_ids=[item_id], now=clock())
    mark_told(session, item, clock())


def cards(slack: Story) -> list[int]:
    """How many of the item stand at each of those who decide."""
    return [
        sum(TITLE in one.text for one in slack.world.messages[channel.id])
        for host in HOSTS
        if (channel := slack.world.direct(host, slack.app.user_id))
    ]


def sweep_the_messages_away(slack: Story) -> None:
    """Slack's rule that nothing is kept for long."""
    for messages in list(slack.world.messages.values()):
        for message in list(messages):
            slack.world.delete(message)


async def dealt(slack: Story, at_work: Running, clock: FrozenClock, database: Database) -> int:
    item_id = proposed(database, clock)
    await ticks(at_work)
    assert cards(slack) == [1, 1]
    return item_id


async def settles(at_work: Running, clock: FrozenClock) -> None:
    for _ in range(3):
        await passes(at_work, clock, seconds=10)


async def test_a_deleted_card_is_dealt_again_when_a_decision_is_undone(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        item_id = await dealt(empty_slack, at_work, clock, owing)
        sweep_the_messages_away(empty_slack)
        does(owing, add_to_agenda, item_id, clock())
        await settles(at_work, clock)
        assert cards(empty_slack) == [0, 0]  # it is decided, and nobody has to press anything
        assert the_post(owing, PostKind.CARD).state == PostState.NOT_NEEDED

        does(owing, undo, item_id, 1, clock())
        await settles(at_work, clock)
        assert cards(empty_slack) == [1, 1]
        does(owing, add_to_agenda, item_id, clock())
        await settles(at_work, clock)
        assert cards(empty_slack) == [1, 1]
    assert the_post(owing, PostKind.CARD).state == PostState.SENT


@on_sqlite
@pytest.mark.parametrize("is_told", [False, True])
async def test_a_card_that_was_deleted_after_the_decision_is_dealt_again_when_the_item_is_taken_up_again(
    empty_slack: Story, clock: FrozenClock, owing: Database, *, is_told: bool
) -> None:
    """Nobody has told the bot before that it is gone."""
    async with bot(empty_slack, clock, owing) as at_work:
        item_id = await dealt(empty_slack, at_work, clock, owing)
        does(owing, add_to_agenda, item_id, clock())
        if is_told:
            with owing.transaction(OURS) as session:
                tell(session, item_id, clock)
        await settles(at_work, clock)
        assert the_post(owing, PostKind.CARD).state == PostState.SENT
        sweep_the_messages_away(empty_slack)

        does(owing, reconsider, item_id, clock())
        await settles(at_work, clock)
        assert cards(empty_slack) == [1, 1]


@on_sqlite
async def test_a_deleted_card_of_an_item_that_waits_comes_back_when_it_says_something_new(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        item_id = await dealt(empty_slack, at_work, clock, owing)
        sweep_the_messages_away(empty_slack)
        await settles(at_work, clock)
        assert cards(empty_slack) == [0, 0]
        does(owing, edit, item_id, Proposal(f"{TITLE} of the county"), 0, clock(), by="U0MEMBER")
        await settles(at_work, clock)
        assert cards(empty_slack) == [1, 1]


@on_sqlite
async def test_a_carried_over_items_deleted_card_is_dealt_to_the_next_host_alone(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        await dealt(empty_slack, at_work, clock, owing)
        sweep_the_messages_away(empty_slack)
        clock.strikes("2027-01-22 12:00")
        with owing.transaction(OURS) as session:
            host = collaborative_named(session, "Bayview")
            assert host is not None
            following = Arrangement(date(2027, 4, 15), time(10), 120, host.office)
            arrange(session, every_consortium(session)[0], host, following, clock())
            gather_items(session, every_consortium(session)[0], clock())
        await settles(at_work, clock)
        await empty_slack.in_direct("U0RUTH", TITLE)
    assert cards(empty_slack) == [0, 0]


# --- Deleted while it waits for its sweep


async def test_a_message_that_is_deleted_while_it_waits_for_its_sweep_is_not_posted_once_more(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        await empty_slack.in_channel("The agenda of")
        await at_work.comes_to_rest()
        owe(owing, clock, PostKind.CALL, SHARED)
        empty_slack.next_answer("chat.postMessage", ServerError(500))
        await ticks(at_work)
        await passes(at_work, clock, seconds=SETTLED + 1)
        call = await empty_slack.in_channel("What shall we talk about?")
        await at_work.comes_to_rest()
        assert the_post(owing, PostKind.CALL).sweep_at is not None

        empty_slack.world.delete(call)
        with owing.transaction(OURS) as session:
            outbox.refresh(session, PostKind.CALL, subject_id=1)
        for _ in range(5):
            await passes(at_work, clock, minutes=5)
        gone = the_post(owing, PostKind.CALL)
    assert (gone.state, gone.sweep_at) == (PostState.NOT_NEEDED, None)
    assert len(posted(empty_slack)) == 2


@on_sqlite
async def test_a_card_that_is_deleted_while_it_waits_for_its_sweep_comes_back_once_at_most(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async with bot(empty_slack, clock, owing) as at_work:
        await ticks(at_work)
        for _ in HOSTS:
            empty_slack.next_answer("chat.postMessage", ServerError(500))
        item_id = proposed(owing, clock)
        await ticks(at_work)
        await passes(at_work, clock, seconds=SETTLED + 1)
        assert cards(empty_slack) == [1, 1]
        assert the_post(owing, PostKind.CARD).sweep_at is not None

        sweep_the_messages_away(empty_slack)
        does(owing, add_to_agenda, item_id, clock())
        for _ in range(4):
            await passes(at_work, clock, seconds=SETTLED + 1)
        assert cards(empty_slack) == [0, 0]
        does(owing, reconsider, item_id, clock())
        for _ in range(4):
            await passes(at_work, clock, seconds=SETTLED + 1)
        assert cards(empty_slack) == [1, 1]
