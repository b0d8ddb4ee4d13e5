"""Direct messages: their channel is opened once for each person, and anew where it takes nothing."""

from playground.slack import Refused
from storage.database import Database
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import bot, passes
from tests.handlers.steps import on_sqlite
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


def posted(slack: Story) -> int:
    """To those two."""
    theirs = {slack.direct(person).id for person in ("U0CURATOR", "U0DEPUTY")}
    posting = [call for call in slack.calls if call.method == "chat.postMessage"]
    return sum(call.arguments.get("channel") in theirs for call in posting)
