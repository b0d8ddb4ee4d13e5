"""Where the bot can't look whether a message arrived, the host says so with a button, and nothing is sent before."""

from collections.abc import AsyncIterator

import pytest

from bot.channels import note_closed
from playground.slack import App, Message, ServerError
from playground.slack.app import SCOPES
from program.app import Running
from storage import outbox
from storage.consortia import every_consortium
from storage.database import Database
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.clock import FrozenClock
from tests.handlers.delivery.conftest import owing
from tests.handlers.delivery.test_loop import bot, passes, posted, the_post
from tests.handlers.steps import on_sqlite, shown, words_to
from tests.story import OURS, SHARED, Story

__all__ = ["owing"]

pytestmark = on_sqlite
ARRIVED = pytest.mark.parametrize("arrived", [True, False], ids=["it had arrived", "it had not arrived"])


@pytest.fixture
async def blind(clock: FrozenClock) -> AsyncIterator[Story]:
    """A Slack that does not let the bot look into the shared channel."""
    slack = Story(clock, app=App(scopes=SCOPES - {"channels:history"}))
    await slack.start()
    yield slack
    await slack.stop()


@pytest.fixture
async def blindfolded(clock: FrozenClock) -> AsyncIterator[Story]:
    """A Slack that does not let the bot look anywhere."""
    slack = Story(clock, app=App(scopes=frozenset(one for one in SCOPES if "history" not in one)))
    await slack.start()
    yield slack
    await slack.stop()


async def asked(slack: Story, at_work: Running, clock: FrozenClock, *, arrived: bool = True) -> Message:
    """The question to a curator of the host, after the standing message met with an error."""
    await at_work.comes_to_rest()
    assert bool(posted(slack)) == arrived
    await passes(at_work, clock, minutes=10)
    return await slack.in_direct("U0CURATOR", "Did this message arrive?")


async def answers(slack: Story, person: str, button: str, question: Message) -> None:
    await slack.clicks(person, question, button)


@ARRIVED
async def test_those_who_host_are_asked_and_nothing_is_sent_meanwhile(
    blind: Story, clock: FrozenClock, owing: Database, *, arrived: bool
) -> None:
    blind.next_answer("chat.postMessage", ServerError(500, stored=arrived))
    async with bot(blind, clock, owing) as at_work:
        question = await asked(blind, at_work, clock, arrived=arrived)
        await blind.in_direct("U0DEPUTY", "Did this message arrive?")
        with owing.transaction(OURS) as session:
            every_consortium(session)[0].name = "Another Name"
            outbox.refresh(session, PostKind.STANDING, subject_id=1)
        for _ in range(3):
            await passes(at_work, clock, hours=1)
    assert "The message with the buttons, for the shared channel." in shown(question)
    assert the_post(owing).state == PostState.UNKNOWN
    assert len(posted(blind)) == arrived


async def test_what_is_said_to_be_there_is_not_sent_again(
    blind: Story, clock: FrozenClock, owing: Database
) -> None:
    blind.next_answer("chat.postMessage", ServerError(500, stored=True))
    async with bot(blind, clock, owing) as at_work:
        question = await asked(blind, at_work, clock)
        await answers(blind, "U0CURATOR", "post.it_is_there", question)
        for curator in ("U0CURATOR", "U0DEPUTY"):
            await blind.in_direct(curator, "Maria Vega: it is there.")
        await at_work.comes_to_rest()
    assert (the_post(owing).state, len(posted(blind))) == (PostState.SENT, 1)


async def test_what_is_said_to_be_missing_is_posted_again_once(
    blind: Story, clock: FrozenClock, owing: Database
) -> None:
    blind.next_answer("chat.postMessage", ServerError(500))
    async with bot(blind, clock, owing) as at_work:
        question = await asked(blind, at_work, clock, arrived=False)
        await answers(blind, "U0CURATOR", "post.again", question)
        await blind.in_channel("The agenda of")
        await blind.in_direct("U0DEPUTY", "Maria Vega had it posted again.")
        await at_work.comes_to_rest()
    assert (the_post(owing).state, len(posted(blind))) == (PostState.SENT, 1)


async def test_what_changed_since_it_was_sent_is_said_anew_once_it_is_known_to_be_there(
    blind: Story, clock: FrozenClock, owing: Database
) -> None:
    """It can't be edited: nobody knows its `ts`."""
    blind.next_answer("chat.postMessage", ServerError(500, stored=True))
    async with bot(blind, clock, owing) as at_work:
        question = await asked(blind, at_work, clock)
        with owing.transaction(OURS) as session:
            every_consortium(session)[0].name = "Another Name"
            outbox.refresh(session, PostKind.STANDING, subject_id=1)
        await answers(blind, "U0CURATOR", "post.it_is_there", question)
        await blind.in_channel("Another Name")
        await blind.in_direct("U0DEPUTY", "Maria Vega: it is there.")
        await at_work.comes_to_rest()
    assert len(posted(blind)) == 2


async def test_the_second_answer_changes_nothing_and_hears_of_the_first(
    blind: Story, clock: FrozenClock, owing: Database
) -> None:
    blind.next_answer("chat.postMessage", ServerError(500, stored=True))
    async with bot(blind, clock, owing) as at_work:
        question = await asked(blind, at_work, clock)
        old = await blind.in_direct("U0DEPUTY", "Did this message arrive?")
        old_blocks = list(old.blocks)
        await answers(blind, "U0CURATOR", "post.it_is_there", question)
        await blind.in_direct("U0DEPUTY", "it is there.")
        await at_work.comes_to_rest()
        old.blocks = old_blocks
        await answers(blind, "U0DEPUTY", "post.again", old)
        await at_work.comes_to_rest()
        told = blind.world.messages[blind.direct("U0DEPUTY").id][-1]
    assert "Maria Vega has answered this already" in told.text
    assert len(posted(blind)) == 1


async def test_only_the_host_and_admins_can_say_so(blind: Story, clock: FrozenClock, owing: Database) -> None:
    blind.next_answer("chat.postMessage", ServerError(500, stored=True))
    async with bot(blind, clock, owing) as at_work:
        question = await asked(blind, at_work, clock)
        shown_to_all = Message(
            SHARED, blind.world.next_ts(), blind.app.user_id, "", question.blocks, from_app=True
        )
        blind.world.add(shown_to_all)
        await blind.clicks("U0MEMBER", shown_to_all, "post.again")
        assert "Only the host's team and admins can answer this." in words_to(blind, "U0MEMBER")[-1]
        assert the_post(owing).state == PostState.UNKNOWN
        await blind.clicks("U0ADMIN", shown_to_all, "post.it_is_there")
        assert the_post(owing).state == PostState.SENT


async def until_settled(at_work: Running, clock: FrozenClock) -> None:
    """Long enough to look, and to do what follows."""
    await passes(at_work, clock, minutes=2)
    await passes(at_work, clock, minutes=2)


@ARRIVED
async def test_a_question_of_unknown_fate_is_sent_again(
    blindfolded: Story, clock: FrozenClock, owing: Database, *, arrived: bool
) -> None:
    """A double is better than a loss: without it nobody would ever be asked."""
    slack = blindfolded
    slack.next_answer("chat.postMessage", ServerError(500))
    async with bot(slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        for _ in ("U0CURATOR", "U0DEPUTY"):
            slack.next_answer("chat.postMessage", ServerError(500, stored=arrived))
        await until_settled(at_work, clock)
        await until_settled(at_work, clock)
        for curator in ("U0CURATOR", "U0DEPUTY"):
            standing = slack.world.messages[slack.direct(curator).id]
            assert ["Did this message arrive?" in one.text for one in standing] == [True] * (1 + arrived)
        await answers(slack, "U0CURATOR", "post.again", standing_question(slack))
        await at_work.comes_to_rest()
    assert the_post(owing).state == PostState.SENT


def standing_question(slack: Story) -> Message:
    return slack.world.messages[slack.direct("U0CURATOR").id][-1]


@pytest.mark.slow
async def test_while_slack_gives_no_answer_the_question_is_sent_in_pauses_that_grow(
    blindfolded: Story, clock: FrozenClock, owing: Database
) -> None:
    slack = blindfolded
    slack.weather_becomes(lambda method: ServerError(500) if method == "chat.postMessage" else None)
    async with bot(slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        for _ in range(60):
            await passes(at_work, clock, minutes=2)
        tries = sum(
            call.method == "chat.postMessage" and "arrive" in str(call.arguments) for call in slack.calls
        )
        assert 2 * 6 <= tries <= 2 * 12
        slack.weather_becomes(lambda _method: None)
        await passes(at_work, clock, hours=1)
        await passes(at_work, clock, hours=1)
        assert "Did this message arrive?" in standing_question(slack).text


async def test_news_to_admins_of_unknown_fate_is_sent_again(
    blindfolded: Story, clock: FrozenClock, owing: Database
) -> None:
    slack = blindfolded
    async with bot(slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        slack.next_answer("chat.postMessage", ServerError(500))
        with owing.transaction(OURS) as session:
            [consortium] = every_consortium(session)
            note_closed(session, consortium, SHARED, "is_archived", clock())
        await until_settled(at_work, clock)
        told = [one.text for one in slack.world.messages[slack.direct("U0ADMIN").id]]
    assert any("archived" in text for text in told)
