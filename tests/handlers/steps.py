"""Steps that many tests take: fill a form, read what it shows, wait until the bot has nothing left to say."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.rotation import turn_over
from handlers.blocks.spoken import spoken_text
from handlers.hearing import payloads
from handlers.listeners.table import ANYTHING_ELSE, LISTENERS
from playground.slack import Message, Slack, View
from storage.consortia import enter_consortium_of, every_consortium
from storage.database import Database
from storage.post_facts import PostState
from storage.posts import Post
from storage.tenancy import enter
from tests.clock import FrozenClock
from tests.story import SHARED, Story
from tests.tables import content
from tests.waiting import until

on_sqlite = pytest.mark.parametrize("databases", ["sqlite"], indirect=True, scope="session")
"""For tests of what no database can change, or of a file."""
on_postgres = pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")

Rows = dict[str, list[tuple[Any, ...]]]


async def send(slack: Slack, person: str, **answers: Any) -> dict[str, str]:
    """Fill the open form and send it in: {} or what then stands in red, by field."""
    for field, answer in answers.items():
        await slack.fills(person, field, field, answer)
    return await slack.submits(person)


def opened(slack: Slack, person: str) -> View:
    view = slack.form(person)
    assert view is not None, "no form opened"
    return view


def shown(what: Message | View | None) -> str:
    """What a person reads there."""
    assert what is not None
    return spoken_text(what.blocks, limit=40_000)


def filled(view: View, field: str) -> Any:
    """What stands in the field of a form."""
    entry = view.entries[field][field]
    return next((value for key, value in entry.items() if key != "type"), None)


def heard(slack: Story) -> set[tuple[str, str]]:
    """Each thing that Slack told the bot, as the table of contents names it."""
    readers = {"slash_commands": payloads.command, "events_api": payloads.event}
    views = {"view_submission": payloads.view, "block_actions": payloads.action}
    views |= dict.fromkeys(("shortcut", "message_action"), payloads.shortcut)
    told = [sent.delivery for sent in slack.deliveries._sent]
    all_ = [(readers.get(one.kind) or views[one.payload["type"]])(one.payload) for one in told]
    return {(one.kind, one.id if (one.kind, one.id) in LISTENERS else ANYTHING_ELSE) for one in all_}


async def standing(slack: Story) -> Message:
    """The message with the doors, in the shared channel."""
    return await slack.in_channel("The agenda of")


def words_to(slack: Slack, person: str) -> list[str]:
    """What the bot told this person alone in the shared channel, the newest last."""
    return [one.text for one in slack.world.messages[SHARED] if one.only_for == person]


async def wakes_delivery(slack: Slack) -> None:
    """As the clock's next tick would do: any deed does, and this one owes nobody a message."""
    await slack.types("U0ADMIN", SHARED, "/agenda tip Breathe")


async def at_rest(database: Database, clock: FrozenClock, team_id: str = "T0SISTER") -> None:
    """Wait until every message is out that this workspace's bot owes by now, but for those that are to be tried again later."""

    def is_at_rest() -> bool:
        now = clock()
        with database.transaction() as session:
            if enter_consortium_of(session, team_id) is None:
                return True
            due = select(Post.id).where(
                Post.state.in_([PostState.DUE, PostState.SENDING]),
                Post.due_at <= now,
                Post.not_before.is_(None) | (Post.not_before <= now),
            )
            return session.scalar(due.limit(1)) is None

    await until(is_at_rest)


async def next_meeting_is_proposed(slack: Slack, database: Database, clock: FrozenClock) -> None:
    """As the clock's next tick would do, which these tests do not wait for."""
    with database.transaction() as session:
        [ours] = every_consortium(session)
        enter(session, ours.id)
        turn_over(session, ours, clock())
    await wakes_delivery(slack)
    await at_rest(database, clock)


async def everything(database: Database, clock: FrozenClock) -> Rows:
    """All that is remembered, table by table, once nothing moves any more."""
    await at_rest(database, clock)
    return content(database)
