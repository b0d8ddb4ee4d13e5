"""Direct messages: their channel is opened once for each person, and anew where it takes nothing."""

import pytest

from playground.slack import Refused
from playground.slack.faults import Disliked
from storage.database import Database
from storage.post_facts import TRIES_IN_ORDER, PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import bot, passes
from tests.handlers.steps import on_sqlite, shown
from tests.story import OURS, SHARED, Story

pytestmark = on_sqlite

REFUSALS = {
    "chat.postMessage": Refused("channel_not_found"),
    "conversations.open": Refused("user_disabled"),
}
"""What Slack says of an account that was deactivated."""


def opened_for(slack: Story, person: str) -> int:
    opening = [call for call in slack.calls if call.method == "conversations.open"]
    return sum(call.arguments.get("users") == person for call in opening)


async def both_have_a_card_about(slack: Story, title: str) -> None:
    await slack.types("U0MEMBER", SHARED, f"/agenda add {title}")
    await slack.in_direct("U0CURATOR", title)
    await slack.in_direct("U0DEPUTY", title)


async def test_it_is_opened_once_for_all_that_a_person_is_told(slack: Story) -> None:
    for title in ("Rents", "Food", "Parking"):
        await slack.types("U0MEMBER", SHARED, f"/agenda add {title}")
        await slack.in_direct("U0CURATOR", title)
    assert opened_for(slack, "U0CURATOR") == opened_for(slack, "U0DEPUTY") == 1


async def test_one_that_takes_nothing_any_more_is_opened_anew(slack: Story) -> None:
    await both_have_a_card_about(slack, "Rents")
    slack.next_answer("chat.postMessage", Refused("channel_not_found"))
    await slack.types("U0MEMBER", SHARED, "/agenda add Food")
    await slack.in_direct("U0CURATOR", "Food")
    await slack.in_direct("U0DEPUTY", "Food")
    assert opened_for(slack, "U0CURATOR") + opened_for(slack, "U0DEPUTY") == 3


async def test_what_opening_it_anew_says_is_why_a_message_did_not_get_through(
    empty_slack: Story, clock: FrozenClock, database: Database, founded: None
) -> None:
    slack = empty_slack
    async with bot(slack, clock, database) as at_work:
        await both_have_a_card_about(slack, "Rents")
        slack.weather_becomes(REFUSALS.get)
        await slack.types("U0MEMBER", SHARED, "/agenda add Food")
        await passes(at_work, clock, seconds=1)
    with database.transaction(OURS) as session:
        cards = session.query(Post).filter_by(kind=PostKind.CARD, ts=None).all()
        assert [card.error for card in cards] == ["user_disabled"] * 2


async def test_one_that_takes_nothing_however_often_it_is_opened_is_tried_once_more_and_told(
    empty_slack: Story, clock: FrozenClock, database: Database, founded: None
) -> None:
    slack = empty_slack
    async with bot(slack, clock, database) as at_work:
        await both_have_a_card_about(slack, "Rents")
        tried = posted(slack)
        slack.weather_becomes({"chat.postMessage": Refused("messages_tab_disabled")}.get)
        await slack.types("U0MEMBER", SHARED, "/agenda add Food")
        await passes(at_work, clock, seconds=1)
        assert posted(slack) - tried == 2 * 2
    with database.transaction(OURS) as session:
        cards = session.query(Post).filter_by(kind=PostKind.CARD, ts=None).all()
        assert [card.error for card in cards] == ["messages_tab_disabled"] * 2


# --- What stands in one that is closed


async def withdraws(slack: Story) -> None:
    """What was brought last, so that its cards have to say so."""
    await slack.clicks("U0MEMBER", await slack.types("U0MEMBER", SHARED, "/agenda mine"), "item.withdraw")


def said(slack: Story, channel: str) -> list[str]:
    return [shown(one) for one in slack.world.messages[channel]]


@pytest.mark.slow
async def test_an_edit_that_a_direct_channel_never_takes_holds_up_nothing_else_that_is_told_there(
    empty_slack: Story, clock: FrozenClock, database: Database, founded: None
) -> None:
    slack = empty_slack
    async with bot(slack, clock, database) as at_work:
        await both_have_a_card_about(slack, "Rents")
        slack.weather_becomes({"chat.update": Disliked("Rents", Refused("channel_not_found"))}.get)
        await withdraws(slack)
        await passes(at_work, clock, seconds=1)
        await slack.types("U0MEMBER", SHARED, "/agenda add Food")
        for _ in range(TRIES_IN_ORDER):
            await passes(at_work, clock, minutes=2)
        assert "Food" in said(slack, slack.direct("U0CURATOR").id)[-1]
        lost = [one for one in said(slack, slack.direct("U0ADMIN").id) if "did not get through" in one]
        assert len(lost) == len(("U0CURATOR", "U0DEPUTY"))

        slack.weather_becomes({}.get)
        await passes(at_work, clock, hours=1)
        assert "withdrawn" in said(slack, slack.direct("U0CURATOR").id)[0]


async def test_what_stands_in_one_that_is_closed_for_good_is_said_anew_where_its_reader_is_reached_now(
    empty_slack: Story, clock: FrozenClock, database: Database, founded: None
) -> None:
    """The app was made anew, and its user is another one than before."""
    slack = empty_slack
    async with bot(slack, clock, database) as at_work:
        await both_have_a_card_about(slack, "Rents")
        before = slack.direct("U0CURATOR")
        before.members.remove(slack.app.user_id)
        await withdraws(slack)
        await passes(at_work, clock, seconds=1)
        await slack.types("U0MEMBER", SHARED, "/agenda add Food")
        await passes(at_work, clock, seconds=1)
        rents, food = said(slack, slack.direct("U0CURATOR").id)
        assert ("Rents" in rents, "withdrawn" in rents, "Food" in food) == (True, True, True)
    assert len(said(slack, before.id)) == 1
    assert slack.direct("U0CURATOR").id != before.id


async def test_what_opening_it_anew_says_is_why_an_edit_did_not_get_through(
    empty_slack: Story, clock: FrozenClock, database: Database, founded: None
) -> None:
    slack = empty_slack
    async with bot(slack, clock, database) as at_work:
        await both_have_a_card_about(slack, "Rents")
        slack.weather_becomes((REFUSALS | {"chat.update": Refused("channel_not_found")}).get)
        await withdraws(slack)
        await passes(at_work, clock, seconds=1)
    assert errors_of_cards(database) == ["user_disabled"] * 2


def errors_of_cards(database: Database) -> list[str | None]:
    with database.transaction(OURS) as session:
        return [card.error for card in session.query(Post).filter_by(kind=PostKind.CARD)]


async def test_an_earlier_copy_in_one_that_is_closed_for_good_holds_up_nothing(
    empty_slack: Story, clock: FrozenClock, database: Database, founded: None
) -> None:
    """Of two the later was deleted, and the bot looks for the earlier one."""
    slack = empty_slack
    async with bot(slack, clock, database) as at_work:
        await both_have_a_card_about(slack, "Rents")
        before = slack.direct("U0CURATOR")
        before.members.remove(slack.app.user_id)
        await at_work.comes_to_rest()
        with database.transaction(OURS) as session:
            card = session.query(Post).filter_by(kind=PostKind.CARD, place="U0CURATOR").one()
            card.state, card.ts, card.may_be_there, card.sweep_at = PostState.DUE, None, True, clock()
        for _ in range(2):
            await passes(at_work, clock, seconds=10)
        [rents] = said(slack, slack.direct("U0CURATOR").id)
        assert "Rents" in rents


async def test_a_message_goes_where_its_reader_is_reached_and_not_where_a_copy_of_it_was(
    empty_slack: Story, clock: FrozenClock, database: Database, founded: None
) -> None:
    slack = empty_slack
    async with bot(slack, clock, database) as at_work:
        await both_have_a_card_about(slack, "Rents")
        await at_work.comes_to_rest()
        with database.transaction(OURS) as session:
            card = session.query(Post).filter_by(kind=PostKind.CARD, place="U0CURATOR").one()
            card.state, card.ts, card.channel_id = PostState.DUE, None, "D0BEFORE"
        await passes(at_work, clock, seconds=1)
        assert len(said(slack, slack.direct("U0CURATOR").id)) == 2


def posted(slack: Story) -> int:
    """To those two."""
    theirs = {slack.direct(person).id for person in ("U0CURATOR", "U0DEPUTY")}
    posting = [call for call in slack.calls if call.method == "chat.postMessage"]
    return sum(call.arguments.get("channel") in theirs for call in posting)
