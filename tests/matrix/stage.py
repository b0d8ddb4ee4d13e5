"""Plays what somebody sends, through Bolt and our dispatcher, in a database that is as it was before each time."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count
from typing import Any

from aiohttp import ClientSession
from slack_bolt.request.async_request import AsyncBoltRequest

from handlers.blocks.ids import ARRANGE, BRING_MESSAGE, FILE_UNDER, WELCOME
from handlers.listeners.table import register
from handlers.services import Services
from handlers.slack.connection import Connection
from playground.slack import Message, View
from playground.slack.delivery import Delivery
from playground.slack.world import Channel, Person
from storage.database import Database
from tests.clock import FrozenClock
from tests.matrix.seen import FAILED, became, words_to
from tests.matrix.sent import FORMS, Key, Sent
from tests.matrix.table import ROLES
from tests.story import SHARED, UNHURRIED, Story
from tests.tables import content

ELSEWHERE = "C0OTHER"
MENUS = {ARRANGE: "overflow", WELCOME: "overflow", FILE_UNDER: "static_select"}
"""All else that is clicked is a button."""
ANSWERED_BY = {
    "static_select": "selected_option",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
CLAIMS = {"is_admin": True, "is_owner": True, "role": "curator", "is_bot": False, "deleted": False}
"""What a payload may say of a person, and nobody believes."""

_numbers = count(1)


@dataclass(frozen=True)
class Seen:
    """What became of it, and what the person was shown."""

    became: str
    words: str


class Stage:
    """`copy` gives a database in which the scene is set."""

    def __init__(
        self, slack: Story, clock: FrozenClock, session: ClientSession, copy: Callable[[], Database]
    ) -> None:
        self._slack, self._clock, self._session, self._copy = slack, clock, session, copy
        self.set_anew()

    def set_anew(self) -> None:
        self._database = self._copy()
        self._before = content(self._database)
        connection = Connection(self._slack.api_url, self._slack.bot_token, self._session, self._clock)
        self._bolt = register(connection, Services(self._database, self._clock, self._session, UNHURRIED))

    async def play(self, key: Key, role: str, what: Sent) -> Seen:
        card, answer = await self.hears(key, role, what)
        after, words = content(self._database), words_to(ROLES[role], self._slack.world, card, answer)
        seen = Seen(became(self._before, after, words, answer), words)
        if after != self._before:
            self.set_anew()
        return seen

    async def hears(self, key: Key, role: str, what: Sent) -> tuple[Message, dict[str, Any]]:
        """The message in which was clicked, as it is then, and what Slack got in answer; all else stands in the small Slack."""
        world, person = self._slack.world, self._slack.world.people[ROLES[role]]
        place = world.channels[ELSEWHERE if role == "stranger" else SHARED]
        for shown in (world.messages, world.forms, world.homes):
            shown.clear()
        card = world.add(Message(place.id, world.next_ts(), self._slack.app.user_id, only_for=person.id))
        return card, await self._dispatched(self._delivery(key, person, place, card, what))

    async def _dispatched(self, delivery: Delivery) -> dict[str, Any]:
        payload = json.loads(json.dumps(delivery.payload))
        if "user" in payload:
            payload["user"] |= CLAIMS
        response = await self._bolt.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return FAILED
        return json.loads(response.body) if response.body else {}

    def _delivery(self, key: Key, person: Person, place: Channel, card: Message, what: Sent) -> Delivery:
        payloads, (kind, name) = self._slack._wires.payloads, key
        match kind:
            case "command":
                return payloads.command(person, place, "/agenda", what.value)
            case "action":
                return payloads.click_in_message(person, card, _action(name, what.value))
            case "shortcut":
                return payloads.shortcut(person, name, card if name == BRING_MESSAGE else None)
            case "view":
                return payloads.submission(person, _filled(name, person, what))
            case _:
                return payloads.event({"type": name} | _news(name, person))


def _action(name: str, value: str) -> dict[str, Any]:
    chosen = {"selected_option": {"value": value}} if name in MENUS else {"value": value}
    about = {"type": MENUS.get(name, "button"), "action_id": name, "block_id": "b"}
    return about | chosen | {"action_ts": f"1.{next(_numbers):06}"}


def _filled(name: str, person: Person, what: Sent) -> View:
    content = FORMS[name] | {"private_metadata": what.value}
    view = View(f"V{next(_numbers)}", "modal", person.id, f"hash{next(_numbers)}", content)
    for block in content["blocks"]:
        if block["type"] == "input":
            field, kind = block["block_id"], block["element"]["type"]
            view.entries[field] = {field: _answer(kind, what.answers.get(field))}
    return view


def _answer(kind: str, answer: Any) -> dict[str, Any]:
    if kind == "static_select":
        answer = answer and {"value": answer}
    if kind in ("multi_static_select", "checkboxes"):
        answer = [{"value": one} for one in answer or ()]
    return {
        "type": kind,
        ANSWERED_BY.get(kind, "value"): answer or (answer if isinstance(answer, list) else None),
    }


def _news(name: str, person: Person) -> dict[str, Any]:
    if name == "user_change":
        return {"user": {"id": person.id, "team_id": person.team_id, **CLAIMS, "deleted": True}}
    if name in ("member_joined_channel", "member_left_channel"):
        return {"user": person.id, "team": person.team_id, "channel": SHARED, "channel_type": "C"}
    if name == "channel_id_changed":
        return {"old_channel_id": SHARED, "new_channel_id": "C0NEWID"}
    if name == "channel_unshared":
        return {"channel": SHARED, "previously_connected_team_id": "T0OTHER", "is_ext_shared": False}
    if name.startswith(("channel_", "group_")):
        return {"channel": SHARED}
    return {"user": person.id, "user_team": person.team_id, "tab": "home", "channel": "D0HOME"}
