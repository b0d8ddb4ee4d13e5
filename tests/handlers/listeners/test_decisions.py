"""What those who decide do with a card, and what everybody else is told who tries."""

import asyncio
import copy
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from handlers.blocks.ids import ARRANGE, BOARD, HOLD, LEAVE_OUT, LIST, TAKE, UNDO, WITHDRAW
from playground.slack import Message, Refused
from playground.slack.delivery import Delivery
from storage.database import Database
from storage.meetings import Meeting
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.post_tries import MOST_TRIES
from storage.posts import Post
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, everything, on_sqlite, opened, send, shown, standing, wakes_delivery
from tests.story import OURS, PLAN, SHARED, Story, bot_in, set_up

DECISIONS = {TAKE: "added this to the agenda", HOLD: "kept this for the next meeting"}
CURATORS = "C0CURATORS"


async def _card(slack: Story, person: str = "U0CURATOR", title: str = "Budget") -> Message:
    await slack.types("U0MEMBER", SHARED, f"/agenda add {title}")
    return await slack.in_direct(person, title)


@on_sqlite
@pytest.mark.parametrize("action", DECISIONS)
async def test_every_copy_of_the_card_says_who_decided_and_when(
    slack: Story, database: Database, clock: FrozenClock, action: str
) -> None:
    card = await _card(slack)
    copy = await slack.in_direct("U0DEPUTY", "Budget")
    await slack.clicks("U0CURATOR", card, action)

    await at_rest(database, clock)
    for one in (card, copy):
        assert f"Maria Vega {DECISIONS[action]}, Mon, Nov 23, 12:00 PM." in one.text
        assert "[Undo]" in one.text
        assert "[Add to agenda]" not in one.text
        assert ("[Host's board]" in one.text) == (action == TAKE)


@on_sqlite
async def test_undo_brings_the_buttons_back_until_the_proposer_is_told(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    card = await _card(slack)
    await slack.clicks("U0CURATOR", card, TAKE)
    await at_rest(database, clock)
    await slack.clicks("U0DEPUTY", await slack.in_direct("U0DEPUTY", "Budget"), UNDO)
    await at_rest(database, clock)
    assert "[Add to agenda]" in card.text

    await slack.clicks("U0CURATOR", card, HOLD)
    await at_rest(database, clock)
    before_told = (card.text, [dict(block) for block in card.blocks])
    clock.passes(minutes=5)
    await wakes_delivery(slack)
    await at_rest(database, clock)
    assert "Priya Nair has been told" in card.text
    assert "[Undo]" not in card.text

    card.text, card.blocks = before_told
    refusal = await slack.clicks("U0CURATOR", card, UNDO)
    assert "has been told already" in refusal.text


async def test_of_two_curators_one_wins_and_the_other_reads_who_did(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    card = await _card(slack)
    copy = await slack.in_direct("U0DEPUTY", "Budget")
    answers = await asyncio.gather(
        slack.clicks("U0CURATOR", card, TAKE), slack.clicks("U0DEPUTY", copy, HOLD)
    )

    refused = [answer for answer in answers if answer]
    assert len(refused) == 1
    winner = "Maria Vega" if answers[1] else "Theo Lind"
    assert f"{winner} " in refused[0].text
    assert "already, Mon, Nov 23, 12:00 PM. Nothing was changed." in refused[0].text
    await at_rest(database, clock)
    assert winner in card.text
    assert winner in copy.text


@on_sqlite
async def test_a_stale_card_changes_nothing_and_says_why(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    card = await _card(slack)
    mine = await slack.types("U0MEMBER", SHARED, "/agenda mine")
    stale = [dict(block) for block in card.blocks]
    await slack.clicks("U0MEMBER", mine, WITHDRAW)
    before = await everything(database, clock)
    for action in (TAKE, HOLD, LEAVE_OUT):
        card.blocks = stale
        refusal = await slack.clicks("U0CURATOR", card, action)
        assert "Priya Nair has withdrawn this item. Nothing was changed." in refusal.text
        assert refusal.only_for == "U0CURATOR"
    assert await everything(database, clock) == before


@pytest.mark.parametrize("resigned", [False, True])
async def test_the_same_click_delivered_twice_counts_once(
    slack: Story, database: Database, clock: FrozenClock, *, resigned: bool
) -> None:
    card = await _card(slack)
    await slack.clicks("U0CURATOR", card, TAKE)
    before, posts = await everything(database, clock), len(slack.ledger)
    answer = await slack.again(resigned=resigned)
    await at_rest(database, clock)

    assert answer.status == 200
    assert await everything(database, clock) == before
    assert len(slack.ledger) == posts
    told = slack.seen_by("U0CURATOR", card.channel)[-1]
    assert told.only_for == "U0CURATOR"
    assert "Nothing more was changed" in told.text


@on_sqlite
async def test_a_reason_and_a_line_of_ones_own_reach_the_proposer(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    card = await _card(slack)
    await slack.clicks("U0CURATOR", card, LEAVE_OUT)
    assert "Priya Nair will read this" in shown(opened(slack, "U0CURATOR"))
    assert await send(slack, "U0CURATOR", reason="elsewhere", note="Let us have coffee & talk.") == {}
    assert slack.form("U0CURATOR") is None
    await at_rest(database, clock)
    assert "Maria Vega decided against this one" in card.text

    clock.passes(minutes=5)
    await wakes_delivery(slack)
    told = await slack.in_direct("U0MEMBER", "It is not on the agenda for")
    assert "Better settled outside the meeting" in told.text
    assert "Let us have coffee &amp; talk." in told.text


@on_sqlite
async def test_leaving_out_without_a_reason_is_not_sent(slack: Story) -> None:
    await slack.clicks("U0CURATOR", await _card(slack), LEAVE_OUT)
    assert "reason" in await send(slack, "U0CURATOR", note="no reason")


@on_sqlite
async def test_decisions_are_made_on_the_board_too_and_show_there(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    card = await _card(slack)
    await _card(slack, title="Parking")
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    await slack.clicks("U0CURATOR", board, TAKE, value="1:1")
    assert "1. Budget" in board.text
    await slack.clicks("U0CURATOR", board, LEAVE_OUT, value="2:1")
    assert await send(slack, "U0CURATOR", reason="too full") == {}
    assert "Nothing waits for a decision" in shown(opened(slack, "U0CURATOR"))
    await at_rest(database, clock)
    assert "Maria Vega added this to the agenda" in card.text

    await slack.clicks("U0CURATOR", board, ARRANGE, selected="1:back:1")
    assert "[Add to agenda]" in board.text


@on_sqlite
async def test_the_board_in_a_form_is_drawn_anew_under_the_form_that_lies_upon_it(slack: Story) -> None:
    await _card(slack)
    home = await slack.opens_home("U0CURATOR")
    await slack.clicks("U0CURATOR", home, BOARD)
    board = opened(slack, "U0CURATOR")
    await slack.clicks("U0CURATOR", board, LEAVE_OUT)
    assert await send(slack, "U0CURATOR", reason="too full") == {}

    assert slack.form("U0CURATOR") is board
    assert "Not taken" in shown(board)
    assert "Nothing waits for a decision" in shown(board)


async def test_a_curator_of_a_workspace_without_the_app_decides_when_theirs_hosts(
    slack: Story, database: Database
) -> None:
    with database.transaction(OURS) as session:
        session.scalars(select(Meeting)).one().host_id = 2
    card = await _card(slack, "U0RUTH", "Parking")
    listed = await slack.clicks("U0RUTH", await standing(slack), LIST)
    board = await slack.clicks("U0RUTH", listed, BOARD)
    assert "To decide" in board.text
    await slack.clicks("U0RUTH", card, TAKE)
    await slack.until(lambda: "Ruth Adeyemi added this to the agenda" in card.text)


@pytest.fixture
async def shared_card(
    empty_slack: Story, database: Database, clock: FrozenClock
) -> AsyncIterator[tuple[Story, Message]]:
    """A card in the curators' own channel, into which others have found their way."""
    plan = PLAN.replace(
        'office = "1 Main St, San Francisco"', f'office = "1 Main St"\nchannel = "{CURATORS}"'
    )
    members = ["U0CURATOR", "U0DEPUTY", "U0MEMBER", "U0SAM", "U0OUTSIDE", empty_slack.app.user_id]
    empty_slack.add_channel(CURATORS, "ccsj-curators", ["T0SISTER"], members, private=True)
    set_up(database, clock, plan)
    async with bot_in(empty_slack, clock, database.engine.url.render_as_string(hide_password=False)):
        await empty_slack.types("U0MEMBER", SHARED, "/agenda add Budget")
        await at_rest(database, clock)
        yield empty_slack, empty_slack.world.messages[CURATORS][0]


@on_sqlite
async def test_a_card_says_when_its_item_was_added_in_words_that_stay_true(slack: Story) -> None:
    assert "added Mon, Nov 23 · for Thu, Jan 21" in (await _card(slack)).text


@on_sqlite
async def test_curators_with_a_channel_of_their_own_share_one_card(
    shared_card: tuple[Story, Message], database: Database, clock: FrozenClock
) -> None:
    slack, card = shared_card
    assert len(slack.world.messages[CURATORS]) == 1
    assert not slack.world.messages[slack.direct("U0CURATOR").id]
    await slack.clicks("U0DEPUTY", card, TAKE)
    await at_rest(database, clock)
    assert "Theo Lind added this to the agenda" in card.text


@on_sqlite
@pytest.mark.parametrize(
    ("person", "why"),
    [
        ("U0MEMBER", "CCSJ hosts this meeting, so its team decides"),
        ("U0SAM", "CCSJ hosts this meeting, so its team decides"),
        ("U0OUTSIDE", "This is for people who are in the shared channel"),
    ],
    ids=["a member", "another's curator", "a stranger"],
)
async def test_a_click_by_anyone_else_changes_nothing_and_says_why(
    shared_card: tuple[Story, Message], database: Database, clock: FrozenClock, person: str, why: str
) -> None:
    slack, card = shared_card
    before = await everything(database, clock)
    for action in (TAKE, HOLD, LEAVE_OUT):
        refusal = await slack.clicks(person, card, action)
        assert why in refusal.text
        assert refusal.only_for == person
        assert slack.form(person) is None
    assert await everything(database, clock) == before


async def test_of_a_click_that_does_not_say_whose_the_person_is_slack_is_asked(
    shared_card: tuple[Story, Message], database: Database, clock: FrozenClock
) -> None:
    slack, card = shared_card
    await slack.clicks("U0MEMBER", card, TAKE)
    click = copy.deepcopy(slack.deliveries._sent[-1].delivery.payload)
    click["user"] = {"id": "U0CURATOR"}
    click["actions"][0]["action_ts"] = "1.000001"

    await slack.deliveries.deliver(Delivery("interactive", click))

    await at_rest(database, clock)
    assert [call.arguments["user"] for call in slack.calls if call.method == "users.info"] == ["U0CURATOR"]
    assert "Maria Vega added this to the agenda" in card.text


@on_sqlite
async def test_a_decision_is_settled_also_when_slack_does_not_let_its_proposer_be_told(
    shared_card: tuple[Story, Message], database: Database, clock: FrozenClock
) -> None:
    slack, card = shared_card
    await slack.clicks("U0CURATOR", card, TAKE)
    await at_rest(database, clock)
    refused = Refused("user_disabled")
    slack.weather_becomes(lambda method: refused if method == "conversations.open" else None)
    clock.passes(minutes=5)
    public = await slack.types("U0SAM", SHARED, "/agenda")
    for tried in range(1, MOST_TRIES + 1):
        await _is_tried(slack, database, clock, tried)
    await at_rest(database, clock)

    assert "1 waiting for the host" in shown(public)
    assert "Slack did not let me tell Priya Nair. Please do it yourself." in card.text
    assert "1 item on the agenda" in shown(await slack.types("U0SAM", SHARED, "/agenda"))


async def _is_tried(slack: Story, database: Database, clock: FrozenClock, times: int) -> None:
    """Time passes until it is: a try that a busy machine cut short does not count. Nobody wakes the bot more often than they may."""

    def is_tried() -> bool:
        with database.transaction(OURS) as session:
            outcome = session.scalars(select(Post).where(Post.kind == PostKind.OUTCOME)).one()
            assert outcome.state != PostState.SENT, "Slack let the proposer be told"
            return abs(outcome.attempts) >= times

    while not await asyncio.to_thread(is_tried):
        clock.passes(minutes=30)
        await wakes_delivery(slack)
        await at_rest(database, clock)
