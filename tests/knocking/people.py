"""Everything that people can say to the bot: of each listener in the table a delivery, as Slack makes it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from handlers.blocks.ids import BRING_MESSAGE, MORE
from handlers.blocks.kit import Message as Drawn
from handlers.listeners.table import ANYTHING_ELSE, LISTENERS
from playground.slack import Message, entries, views
from playground.slack.block_kit import elements_of, with_ids
from playground.slack.delivery import Delivery
from playground.slack.payloads import Payloads
from playground.slack.world import Person
from tests.handlers.renderings import RENDERINGS
from tests.knocking.house import MASTER
from tests.knocking.junk import CANARY
from tests.story import SHARED, Story

PEOPLE = (*[MASTER] * 8, "U0CURATOR", "U0DEPUTY", "U0MEMBER", "U0RUTH", "U0KOFI", "U0NEW", "U0OUTSIDE")
FILLED: dict[str, Any] = {
    "plain_text_input": {"value": f"Budget {CANARY}"},
    "number_input": {"value": "20"},
    "users_select": {"selected_user": "U0SAM"},
    "multi_users_select": {"selected_users": ["U0MEMBER", "U0SAM"]},
    "conversations_select": {"selected_conversation": SHARED},
    "datepicker": {"selected_date": "2027-03-18"},
    "timepicker": {"selected_time": "10:30"},
}
TYPED = {
    "add": f"Budget {CANARY} [Alan] (15 min)",
    "tip": f"referrals: Ask {CANARY} first",
    "tips": CANARY,
    ANYTHING_ELSE: f"{CANARY} what",
}


@dataclass(frozen=True)
class Said:
    """One thing that was said, to be said again by others, at other times and about other things."""

    delivery: Delivery
    slack: Story

    def anew(self, rng: Random) -> Delivery:
        """By somebody, now, about something that there may be."""
        person = self.slack.world.people[rng.choice(PEOPLE)]
        payload = json.loads(json.dumps(self.delivery.payload))
        (_command if self.delivery.kind == "slash_commands" else _other)(rng, payload, person)
        if "trigger_id" in payload:
            payload["trigger_id"] = self.slack.installation.triggers.issue(person.id)
        if "response_url" in payload:
            payload["response_url"] = self.slack.installation.response_urls.issue(SHARED, person.id)
        return replace(self.delivery, payload=payload)


def _command(_rng: Random, payload: dict[str, Any], person: Person) -> None:
    payload |= {"team_id": person.team_id, "user_id": person.id, "user_name": person.name}


def _other(rng: Random, payload: dict[str, Any], person: Person) -> None:
    fresh = f"{rng.randrange(10**9)}.{rng.randrange(10**6)}"
    if "event" in payload:
        payload["event_id"] = f"Ev{fresh}"
        if "user" not in payload["event"]:
            return
        is_whole = isinstance(payload["event"]["user"], dict)
        whole = {"id": person.id, "team_id": person.team_id, "deleted": False}
        payload["event"]["user"] = whole if is_whole else person.id
        return
    payload["user"] |= {
        "id": person.id,
        "name": person.name,
        "username": person.name,
        "team_id": person.team_id,
    }
    for action in payload.get("actions", ()):
        action["action_ts"] = fresh
        for chosen in (action, action.get("selected_option") or {}):
            if "value" in chosen:
                chosen["value"] = _about(rng, chosen["value"])
    if "callback_id" in payload:
        payload["trigger_id"] = fresh
    elif "actions" not in payload:
        payload["view"] |= {
            "hash": fresh,
            "private_metadata": _about(rng, payload["view"]["private_metadata"]),
        }


def _about(rng: Random, value: str) -> str:
    """The ids of renderings are nobody's: those of the house count from 1."""
    return re.sub(r"^[0-9]+", lambda _: str(rng.randint(1, 8)), value)


def everything_said(slack: Story) -> list[Said]:
    payloads = Payloads(slack.installation)
    person, channel = slack.world.people["U0MEMBER"], slack.world.channels[SHARED]
    said = [
        payloads.command(
            person, channel, "/agenda", f"{'' if word == ANYTHING_ELSE else word} {TYPED.get(word, '')}"
        )
        for kind, word in LISTENERS
        if kind == "command"
    ]
    message = Message(SHARED, slack.world.next_ts(), person.id, "Rents", [], only_for=None)
    said += [
        payloads.shortcut(person, name, message if name == BRING_MESSAGE else None)
        for kind, name in LISTENERS
        if kind == "shortcut"
    ]
    for drawn in RENDERINGS.values():
        said += _clicks(slack, payloads, person, drawn) if isinstance(drawn, Drawn) else []
        said += [] if isinstance(drawn, Drawn) else _in_form(slack, payloads, person, drawn)
    opened = {"type": "app_home_opened", "user": person.id, "channel": SHARED, "tab": "home"}
    changed = {"type": "user_change", "user": {"id": person.id, "team_id": person.team_id, "deleted": False}}
    left = {"type": "member_left_channel", "user": person.id, "channel": SHARED, "team": person.team_id}
    joined = left | {"type": "member_joined_channel"}
    events = [payloads.event(one) for one in (opened, changed, left, joined, *_of_channels())]
    return [Said(one, slack) for one in [*_one_of_each(said), *events]]


def _of_channels() -> Iterator[dict[str, Any]]:
    """What happens to the shared channel; another one gets a new id, or it would be the shared one no more."""
    for kind, name in LISTENERS:
        if kind == "event" and name.startswith(("channel_", "group_")):
            new_id = {"old_channel_id": "C0BEFORE", "new_channel_id": "C0AFTER"}
            yield {"type": name, **(new_id if name == "channel_id_changed" else {"channel": SHARED})}


def heard_as(delivery: Delivery) -> tuple[str, str]:
    """Kind and id, as they stand in the table of listeners."""
    payload = delivery.payload
    if delivery.kind == "slash_commands":
        word = payload["text"].split(maxsplit=1)[:1]
        known = word[0] if word else ""
        return "command", known if ("command", known) in LISTENERS else ANYTHING_ELSE
    if delivery.kind == "events_api":
        return "event", payload["event"]["type"]
    if payload["type"] == "view_submission":
        return "view", payload["view"]["callback_id"]
    if payload["type"] in ("shortcut", "message_action"):
        return "shortcut", payload["callback_id"]
    act = payload["actions"][0]
    stands_for = act["selected_option"]["value"].split(" ")[0] if act["action_id"] == MORE else None
    return "action", stands_for or act["action_id"]


def _one_of_each(said: list[Delivery]) -> list[Delivery]:
    """Of many like buttons one in a message and one in a form."""
    kinds = {(*heard_as(one), one.payload.get("container", {}).get("type")): one for one in said}
    return list(kinds.values())


def _clicks(slack: Story, payloads: Payloads, person: Person, drawn: Drawn) -> Iterator[Delivery]:
    for block in with_ids(drawn.blocks):
        for element in elements_of(block):
            for one in _each_door(element):
                message = Message(
                    SHARED, slack.world.next_ts(), slack.app.user_id, "", [block], only_for=None
                )
                action = _acted(slack, block, one)
                yield payloads.click_in_message(person, message, action)
                shown = {
                    "type": "modal",
                    "title": {"type": "plain_text", "text": "Agenda"},
                    "blocks": [block],
                }
                view = views.open_form(slack.world, person.id, views.checked(shown, "modal"))
                yield payloads.click_in_view(person, view, action)


def _each_door(element: dict[str, Any]) -> list[dict[str, Any]]:
    """A menu of buttons stands for each of them; of any other menu one choice is tried."""
    if element["action_id"] != MORE:
        return [element]
    return [element | {"options": [option]} for option in element["options"]]


def _acted(slack: Story, block: dict[str, Any], element: dict[str, Any]) -> dict[str, Any]:
    named = {key: element[key] for key in ("type", "action_id", "value") if key in element}
    option = {"selected_option": element["options"][0]} if "options" in element else {}
    return {**named, **option, "block_id": block["block_id"], "action_ts": slack.world.next_ts()}


def _in_form(slack: Story, payloads: Payloads, person: Person, drawn: dict[str, Any]) -> Iterator[Delivery]:
    """What is clicked in a form that is open, and the form as it is sent in."""
    sent = _sent(slack, payloads, person, drawn)
    view = views.open_form(slack.world, person.id, views.checked(drawn, "modal"))
    for block in with_ids([one for one in drawn["blocks"] if one["type"] == "actions"]):
        for element in elements_of(block):
            yield payloads.click_in_view(person, view, _acted(slack, block, element))
    yield sent


def _sent(slack: Story, payloads: Payloads, person: Person, drawn: dict[str, Any]) -> Delivery:
    view = views.open_form(slack.world, person.id, views.checked(drawn, "modal"))
    for block in view.blocks:
        if block["type"] == "input":
            entry = view.entries[block["block_id"]][block["block_id"]]
            entry |= _filled(entry, block["element"])
    return payloads.submission(person, view)


def _filled(entry: dict[str, Any], element: dict[str, Any]) -> dict[str, Any]:
    """What is there already stays, if it is short."""
    if any(value for key, value in entry.items() if key != "type" and len(str(value)) < 100):
        return {}
    if {"options", "option_groups"} & element.keys():
        first = entries.options_of(element)[0]
        takes_several = element["type"] in ("multi_static_select", "checkboxes")
        return {"selected_options": [first]} if takes_several else {"selected_option": first}
    return dict(FILLED[element["type"]])
