"""A refused turn leaves every table as it was, also the first of somebody; a turn that only looks keeps who was met, and nothing else."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_bolt.request.async_request import AsyncBoltRequest
from sqlalchemy import event

from bot.errors import UserError
from bot.items import Proposal, propose
from bot.own_items import items_of
from bot.people import Actor
from bot.policies import anyone
from handlers.blocks import ids
from handlers.hearing.dispatch import Listener
from handlers.hearing.turn import Turn
from handlers.listeners.table import LISTENERS, register
from handlers.services import Services
from handlers.slack.connection import Connection
from playground.slack import Message, View
from playground.slack.delivery import Delivery
from playground.slack.payloads import Payloads
from storage.database import Database
from storage.people import Person
from storage.tenancy import Session, across_consortia
from tests.clock import FrozenClock
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, UNHURRIED, Story
from tests.tables import content

Hear = Callable[[Delivery], Awaitable[str]]
"""Has the bot hear something, and gives what the person is told."""

MANY = "\n".join(f"- Item {number}" for number in range(1, 22))
NEW, KNOWN = "U0NEW", "U0MEMBER"
KNOWN_BEFORE: dict[str, dict[str, Any]] = {
    "is back in the channel": {"left_at": FrozenClock("2026-11-20 12:00")()},
    "is to be asked for anew": {"named_at": None},
    "has no name yet": {"name": None},
    "was only named in the settings": {"name": None, "named_at": None},
}
SUMMED_UP = "January 21"


@pytest.fixture
async def hear(
    empty_slack: Story, clock: FrozenClock, founded: str, database: Database
) -> AsyncIterator[Hear]:
    """Bolt and our dispatcher, with nothing beside them that writes."""
    async with ClientSession() as session:
        services = Services(database, clock, session, UNHURRIED)
        connection = Connection(empty_slack.api_url, empty_slack.bot_token, session, clock)
        bolt = register(connection, services)

        async def heard(delivery: Delivery) -> str:
            payload = json.loads(json.dumps(delivery.payload))
            answer = await bolt.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
            private = [one.text for one in empty_slack.world.messages[SHARED] if one.only_for]
            at_home = [str(view.content) for view in empty_slack.world.homes.values()]
            empty_slack.world.messages[SHARED].clear()
            empty_slack.world.homes.clear()
            return "\n".join([answer.body, *private, *at_home])

        yield heard


@pytest.fixture(autouse=True)
def listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of our own: one whose verb writes and then refuses, one that may only look and writes, one that fails."""

    def write_and_refuse(session: Session, actor: Actor, turn: Turn) -> None:
        propose(session, actor, [Proposal("Budget")], turn.now)
        raise UserError("The verb says no. Nothing was changed.")

    def write(session: Session, actor: Actor, turn: Turn) -> str:
        return propose(session, actor, [Proposal("Budget")], turn.now).items[0].title

    async def refusing(turn: Turn) -> None:
        await turn.do(write_and_refuse, turn)

    async def looking_and_refusing(turn: Turn) -> None:
        await turn.look(items_of, turn.now)
        raise UserError("The listener says no. Nothing was changed.")

    async def writing(turn: Turn) -> None:
        assert await turn.look(write, turn) == "Budget"

    async def failing(turn: Turn) -> None:
        await turn.look(items_of, turn.now)
        raise RuntimeError

    for word, handle in {
        "refuse": refusing,
        "look-and-refuse": looking_and_refusing,
        "peek": writing,
        "fail": failing,
    }.items():
        monkeypatch.setitem(LISTENERS, ("command", word), Listener(anyone, handle))


def payloads(slack: Story) -> Payloads:
    return slack._wires.payloads


def typed(slack: Story, person: str, words: str) -> Delivery:
    return payloads(slack).command(slack.world.people[person], slack.world.channels[SHARED], "/agenda", words)


def clicked(slack: Story, person: str, action: str, value: str = "1") -> Delivery:
    world = slack.world
    card = world.add(Message(SHARED, world.next_ts(), slack.app.user_id, only_for=person))
    button = {"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": card.ts}
    return payloads(slack).click_in_message(world.people[person], card, button)


def sent_in(slack: Story, person: str, form: str, about: str = "", **answers: str) -> Delivery:
    content = {"type": "modal", "callback_id": form, "private_metadata": about, "blocks": []}
    view = View("V1", "modal", person, "1.hash", content)
    for field, answer in answers.items():
        kind = "static_select" if field == "collaborative" else "plain_text_input"
        key = {"static_select": "selected_option"}.get(kind, "value")
        view.entries[field] = {
            field: {"type": kind, key: {"value": answer} if kind != "plain_text_input" else answer}
        }
    return payloads(slack).submission(slack.world.people[person], view)


def refused(slack: Story, person: str) -> dict[str, tuple[Delivery, str]]:
    """Something of every kind that is refused at each place where that can be, and why."""
    return {
        "a command in reading it": (typed(slack, person, f"add {MANY}"), "21 items"),
        "a command by its policy": (typed(slack, person, "setup"), "Only an admin"),
        "another by its policy": (typed(slack, person, "curate"), "its team decides"),
        "a command by its verb": (typed(slack, person, "refuse"), "The verb says no"),
        "a command by its listener": (typed(slack, person, "look-and-refuse"), "The listener says no"),
        "a command that fails": (typed(slack, person, "fail"), "Something went wrong"),
        "a form at a field": (sent_in(slack, person, ids.ADD_FORM, title=""), "An item needs a title"),
        "a form by its policy": (
            sent_in(slack, person, ids.EDIT_FORM, "1", title="Rents"),
            "Only the person who",
        ),
        "a form by its verb": (
            sent_in(slack, person, ids.JOIN_FORM, collaborative="99"),
            "is no longer here|are with",
        ),
        "a click by its policy": (clicked(slack, person, ids.TAKE), "no longer here to be decided"),
        "a click on settings": (clicked(slack, person, ids.SETTINGS), "Only an admin"),
    }


def people(database: Database, user_id: str) -> list[tuple[object, ...]]:
    with database.transaction() as session, across_consortia(session):
        found = session.query(Person).filter_by(user_id=user_id)
        return [(one.name, one.named_at, one.left_at) for one in found]


def change(database: Database, user_id: str, **values: Any) -> None:
    with database.transaction() as session, across_consortia(session):
        session.query(Person).filter_by(user_id=user_id).update(values)


async def traces(slack: Story, database: Database, hear: Hear, person: str) -> list[str]:
    """What was not refused for its reason, or left something behind."""
    before, found = content(database), []
    for what, (delivery, why) in refused(slack, person).items():
        told = await hear(delivery)
        if not any(reason in told for reason in why.split("|")):
            found.append(f"{what}: {told}")
        if content(database) != before:
            found.append(f"{what} left a trace")
            before = content(database)
    return found


# --- Refused


async def test_a_refusal_of_somebody_new_leaves_every_table_as_it_was(
    empty_slack: Story, database: Database, hear: Hear
) -> None:
    assert await traces(empty_slack, database, hear, NEW) == []
    assert people(database, NEW) == []


@pytest.mark.parametrize("somebody", KNOWN_BEFORE)
async def test_a_refusal_of_somebody_known_leaves_every_table_as_it_was(
    empty_slack: Story, database: Database, hear: Hear, somebody: str
) -> None:
    change(database, KNOWN, **KNOWN_BEFORE[somebody])
    assert await traces(empty_slack, database, hear, KNOWN) == []


@on_sqlite
async def test_home_introduces_nobody(empty_slack: Story, database: Database, hear: Hear) -> None:
    before = content(database)
    opened = {"type": "app_home_opened", "user": NEW, "tab": "home", "channel": "D0HOME"}
    assert "I do not know you yet" in await hear(payloads(empty_slack).event(opened))
    assert content(database) == before


@on_sqlite
async def test_within_one_turn_slack_is_asked_once_who_somebody_is(empty_slack: Story, hear: Hear) -> None:
    await hear(typed(empty_slack, NEW, "list"))
    assert [call.method for call in empty_slack.calls if call.method != "auth.test"] == ["users.info"]


# --- Only looked at


async def test_a_look_keeps_nothing_of_what_its_verb_writes(
    empty_slack: Story, database: Database, hear: Hear
) -> None:
    before = content(database)
    assert "went wrong" not in await hear(typed(empty_slack, KNOWN, "peek"))
    assert content(database) == before


async def test_a_look_that_was_not_refused_keeps_who_was_met_and_nothing_else(
    empty_slack: Story, database: Database, hear: Hear, clock: FrozenClock
) -> None:
    before = content(database)
    await hear(typed(empty_slack, NEW, "peek"))
    assert people(database, NEW) == [("Noor Haddad", clock(), None)]
    after = content(database)
    assert [table for table in after if after[table] != before[table]] == ["person"]


@pytest.mark.parametrize("somebody", KNOWN_BEFORE)
async def test_a_look_of_somebody_known_keeps_what_was_learnt(
    empty_slack: Story, database: Database, hear: Hear, somebody: str
) -> None:
    change(database, KNOWN, **KNOWN_BEFORE[somebody])
    assert SUMMED_UP in await hear(typed(empty_slack, KNOWN, ""))
    [(name, named_at, left_at)] = people(database, KNOWN)
    assert name
    assert named_at
    assert left_at is None


@on_sqlite
async def test_home_knows_whoever_has_looked_once(empty_slack: Story, hear: Hear) -> None:
    await hear(typed(empty_slack, NEW, ""))
    opened = {
        "type": "app_home_opened",
        "user": NEW,
        "user_team": "T0SISTER",
        "tab": "home",
        "channel": "D0HOME",
    }
    assert SUMMED_UP in await hear(payloads(empty_slack).event(opened))


@pytest.mark.parametrize(
    ("person", "words", "commits"),
    [(KNOWN, "", 0), (KNOWN, "add Budget", 1), (NEW, "", 1), (NEW, "add Budget", 1), (NEW, "setup", 0)],
)
async def test_a_turn_commits_no_more_than_once(
    empty_slack: Story, database: Database, hear: Hear, person: str, words: str, commits: int
) -> None:
    counted: list[Any] = []
    delivery = typed(empty_slack, person, words)
    event.listen(database.engine, "commit", counted.append)
    await hear(delivery)
    assert len(counted) == commits
