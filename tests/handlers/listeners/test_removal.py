"""*Remove these words…*: asked once, done everywhere, and kindly told."""

import json

import pytest

from handlers.blocks import ids
from playground.slack import Message
from tests.handlers.listeners.conftest import Quarter
from tests.handlers.steps import on_sqlite, opened, send, shown, standing
from tests.story import PLAN, SHARED
from tests.tables import content

pytestmark = on_sqlite

CANARY = "Noor H."


@pytest.fixture
async def told(quarter: Quarter) -> Quarter:
    """An item with a name in it, which cards, an agenda, a digest, a call and a reminder have told."""
    slack = quarter.slack
    quarter.clock.passes(minutes=1)
    await slack.clicks("U0MEMBER", await standing(slack), ids.ADD)
    answers = {"title": f"What {CANARY} needs", "details": f"{CANARY} asked us", "lead": CANARY}
    assert await send(slack, "U0MEMBER", **answers) == {}
    await slack.closes("U0MEMBER", everything=True)
    await quarter.ticks()
    await slack.clicks("U0CURATOR", card(quarter, "U0CURATOR"), ids.TAKE)
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    await slack.clicks("U0CURATOR", board, ids.PUBLISH)
    await slack.types("U0SAM", SHARED, "/agenda remind me")
    await quarter.it_is("2026-11-30 09:30")
    await quarter.it_is("2027-01-20 10:30")
    return quarter


def card(quarter: Quarter, person: str) -> Message:
    messages = quarter.slack.world.messages[quarter.slack.direct(person).id]
    return next(
        one
        for one in messages
        if ids.TAKE in str(one.blocks) or ids.UNDO in str(one.blocks) or CANARY in one.text
    )


def telling(quarter: Quarter) -> list[Message]:
    """Every message of the bot's own that stands somewhere and names them."""
    all_ = [one for there in quarter.slack.world.messages.values() for one in there if one.only_for is None]
    return [one for one in all_ if CANARY in one.text + json.dumps(one.blocks)]


async def removes_from_card(quarter: Quarter) -> None:
    slack = quarter.slack
    await slack.clicks("U0CURATOR", card(quarter, "U0CURATOR"), ids.ARRANGE, selected="1:remove")
    asked = shown(opened(slack, "U0CURATOR"))
    assert f"What {CANARY} needs" in asked
    assert "This can't be undone." in asked
    assert "Priya Nair is told privately and kindly" in asked
    assert await slack.submits("U0CURATOR") == {}
    assert "✓ The words are removed." in shown(opened(slack, "U0CURATOR"))
    await quarter.ticks()


@pytest.mark.parametrize("when", ["before", "after"])
async def test_one_step_takes_a_name_out_of_everything(told: Quarter, when: str) -> None:
    if when == "after":
        await told.it_is("2027-01-22 11:00")
    assert len(telling(told)) > 5
    await removes_from_card(told)
    assert telling(told) == []
    assert CANARY not in repr(content(told.database))
    assert any("could show who somebody is" in text for text in told.told("U0MEMBER"))
    if when == "before":
        listed = await told.slack.types("U0SAM", SHARED, "/agenda list")
        assert "(These words were removed)" in shown(listed)


async def test_an_admin_does_it_where_they_read_it_and_nobody_else_can(told: Quarter) -> None:
    slack = told.slack
    for person, may in (("U0SAM", False), ("U0MEMBER", False), ("U0ADMIN", True)):
        listed = await slack.types(person, SHARED, "/agenda list")
        await slack.clicks(person, listed, ids.READ)
        assert ("[Remove these words…]" in shown(opened(slack, person))) == may
    read = opened(slack, "U0ADMIN")
    await slack.clicks("U0ADMIN", read, ids.REMOVE)
    assert await slack.submits("U0ADMIN") == {}
    assert opened(slack, "U0ADMIN") is read
    assert "✓ The words are removed." in shown(read)
    assert CANARY not in shown(read)
    await told.ticks()
    assert telling(told) == []


async def test_who_may_no_longer_when_they_say_yes_is_told_so_and_nothing_is_taken_out(told: Quarter) -> None:
    slack = told.slack
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    await slack.clicks("U0CURATOR", board, ids.ARRANGE, selected="1:place:1")
    await slack.clicks("U0CURATOR", opened(slack, "U0CURATOR"), ids.REMOVE)
    await told.plans(PLAN.replace('curators = ["U0CURATOR", "U0DEPUTY"]', 'curators = ["U0DEPUTY"]'))
    await slack.submits("U0CURATOR")
    assert "Only the host's team and admins can remove words." in shown(opened(slack, "U0CURATOR"))
    assert telling(told) != []


async def test_no_form_that_was_open_brings_removed_words_again(quarter: Quarter) -> None:
    slack = quarter.slack
    await slack.types("U0MEMBER", SHARED, f"/agenda add What {CANARY} needs")
    await quarter.ticks()
    await slack.clicks("U0CURATOR", card(quarter, "U0CURATOR"), ids.LEAVE_OUT)
    assert await send(slack, "U0CURATOR", reason="too full") == {}
    await slack.closes("U0CURATOR", everything=True)
    quarter.clock.passes(minutes=6)
    await quarter.ticks()
    await slack.clicks("U0MEMBER", await slack.in_direct("U0MEMBER", "not on the agenda"), ids.ADD_AGAIN)
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    await slack.clicks("U0CURATOR", board, ids.ARRANGE, selected="1:remove:1")
    assert await slack.submits("U0CURATOR") == {}
    await send(slack, "U0MEMBER")
    assert CANARY not in str(content(quarter.database))
