"""Somebody new: who is let in, and the one question that they are asked."""

from handlers.blocks.ids import ADD, JOIN, JOIN_FORM, MINE
from handlers.listeners.table import LISTENERS
from playground.slack import Refused
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, everything, on_sqlite, opened, send, shown, standing
from tests.story import SHARED, Story


async def test_the_item_is_kept_until_the_question_is_answered(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    question = await slack.types("U0NEW", SHARED, "/agenda add Food bank (15 min)")
    assert "What you wrote is kept" in question.text
    assert opened(slack, "U0NEW").content["callback_id"] == JOIN_FORM

    await slack.closes("U0NEW")
    await at_rest(database, clock)
    assert not slack.world.messages[slack.direct("U0CURATOR").id]

    await slack.clicks("U0NEW", question, JOIN)
    assert await send(slack, "U0NEW", collaborative="4") == {}
    assert "Food bank · 15 min" in shown(opened(slack, "U0NEW"))
    assert "(Sunset)" in (await slack.in_direct("U0CURATOR", "Food bank")).text

    await slack.types("U0NEW", SHARED, "/agenda add Soup kitchen")
    assert slack.form("U0NEW") is not None
    assert await slack.in_direct("U0CURATOR", "Soup kitchen")


@on_sqlite
async def test_all_that_was_typed_before_is_handed_in_at_once(slack: Story) -> None:
    await slack.types("U0NEW", SHARED, "/agenda add First")
    await slack.closes("U0NEW")
    await slack.types("U0NEW", SHARED, "/agenda add • Second\n• Third")
    assert await send(slack, "U0NEW", collaborative="1") == {}

    receipt = shown(opened(slack, "U0NEW"))
    assert "We got 3 items" in receipt
    assert receipt.index("First") < receipt.index("Second") < receipt.index("Third")


async def test_a_person_of_a_workspace_without_the_app_needs_the_buttons_only(slack: Story) -> None:
    _somebody_of_bayview(slack)
    refused = await slack.types("U0LENA", SHARED, "/agenda add Parking")
    assert "not a valid command" in refused.text

    await slack.clicks("U0LENA", await standing(slack), ADD)
    assert await send(slack, "U0LENA", title="Parking") == {}
    await slack.closes("U0LENA")
    mine = await slack.clicks("U0LENA", await standing(slack), MINE)
    assert "What you wrote is kept" in mine.text
    await slack.clicks("U0LENA", mine, JOIN)
    assert await send(slack, "U0LENA", collaborative="2") == {}

    assert "(Bayview)" in (await slack.in_direct("U0CURATOR", "Parking")).text


@on_sqlite
async def test_who_is_not_in_the_shared_channel_is_refused_and_leaves_no_trace(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    before = await everything(database, clock)
    for word in (word for kind, word in LISTENERS if kind == "command"):
        typed = word if word not in ("add", "tip") else f"{word} Let me in"
        refusal = await slack.types("U0OUTSIDE", "C0OTHER", f"/agenda {typed}")
        assert "people who are in the shared channel" in refusal.text
        assert typed in refusal.text
    for form in ("add", "tip"):
        refusal = await slack.types("U0OUTSIDE", "C0OTHER", f"/agenda {form}")
        assert "people who are in the shared channel" in refusal.text
    assert slack.form("U0OUTSIDE") is None
    assert await everything(database, clock) == before


@on_sqlite
async def test_who_is_in_the_shared_channel_may_type_elsewhere(slack: Story) -> None:
    channel = slack.world.channels[SHARED]
    channel.members = [*(f"U0CROWD{number}" for number in range(2100)), *channel.members]
    answer = await slack.types("U0NEW", "C0OTHER", "/agenda list")

    assert "The next meeting" in answer.text
    assert len([call for call in slack.calls if call.method == "conversations.members"]) == 3


@on_sqlite
async def test_while_slack_does_not_say_who_is_in_the_channel_nobody_new_is_let_in(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    before = await everything(database, clock)
    slack.next_answer("conversations.members", Refused("channel_not_found"))
    refusal = await slack.types("U0NEW", "C0OTHER", "/agenda add Food bank")
    assert "I can't look into the shared channel" in refusal.text
    assert "/agenda add Food bank" in refusal.text
    assert await everything(database, clock) == before


@on_sqlite
async def test_a_collaborative_that_is_gone_meanwhile_is_named_at_its_field(slack: Story) -> None:
    await slack.types("U0NEW", SHARED, "/agenda add Food bank")
    form = opened(slack, "U0NEW")
    form.blocks[0]["element"]["options"][0]["value"] = "999"
    refused = await send(slack, "U0NEW", collaborative="999")
    assert "no longer here" in refused["collaborative"]


@on_sqlite
async def test_who_only_joins_is_welcomed(slack: Story) -> None:
    question = await slack.types("U0NEW", SHARED, "/agenda add Food bank")
    assert await send(slack, "U0NEW", collaborative="4") == {}
    await slack.clicks("U0NEW", question, JOIN)
    assert await send(slack, "U0NEW", collaborative="4") == {}
    assert "You are with Sunset now" in shown(opened(slack, "U0NEW"))


def _somebody_of_bayview(slack: Story) -> None:
    slack.add_person("U0LENA", "T0OTHER", "Lena Ortiz")
    slack.world.channels[SHARED].members.append("U0LENA")
