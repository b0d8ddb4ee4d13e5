"""Forms and Home tabs in the world: checked, opened, stacked, replaced, and as Slack shows them to the app."""

import itertools
import json
import secrets
from typing import Literal

from playground.slack import entries
from playground.slack.app import App
from playground.slack.block_kit import problems_of_view, with_ids
from playground.slack.errors import SlackError, invalid
from playground.slack.world import Json, View, World

HIGHEST_STACK = 3
LARGEST = 250_000
"""Bytes of a view's JSON before Slack says `view_too_large`."""


def checked(content: object, kind: str) -> Json:
    """The view with an id everywhere, or Slack's refusal."""
    if problems := problems_of_view(content):
        raise invalid("invalid_arguments", problems)
    if not isinstance(content, dict) or content["type"] != kind:
        raise invalid("invalid_arguments", [f"must be a view of type {kind} [json-pointer:/view/type]"])
    if len(json.dumps(content)) > LARGEST:
        raise SlackError("view_too_large")
    return content | {"blocks": with_ids(content["blocks"])}


def open_form(world: World, person: str, content: Json) -> View:
    """One form on top of nothing: what was open is gone."""
    view = _new(world, person, content, "modal")
    view.root_view_id = view.id
    world.forms[person] = [view]
    world.changed(person)
    return view


def push_form(world: World, person: str, content: Json) -> View:
    stack = world.forms[person]
    if len(stack) >= HIGHEST_STACK:
        raise SlackError("push_limit_reached")
    view = _new(world, person, content, "modal")
    view.root_view_id = stack[0].id if stack else view.id
    view.previous_view_id = stack[-1].id if stack else None
    stack.append(view)
    world.changed(person)
    return view


def first_home(world: World, person: str, content: Json) -> View:
    view = world.homes[person] = _new(world, person, content, "home")
    view.root_view_id = view.id
    world.changed(person)
    return view


def replace(world: World, view: View, content: Json) -> View:
    """New content in the same place; what a person entered stays where block_id and action_id are the same."""
    kept = view.entries
    view.content, view.hash, view.errors = content, _new_hash(world), {}
    view.entries = {
        block_id: {
            action_id: _kept(kept.get(block_id, {}).get(action_id), entry)
            for action_id, entry in block.items()
        }
        for block_id, block in entries.initial(content["blocks"]).items()
    }
    world.changed(view.person)
    return view


def _kept(before: Json | None, now: Json) -> Json:
    return before if before and before["type"] == now["type"] else now


def by_external_id(world: World, external_id: str) -> View | None:
    everywhere = itertools.chain(*world.forms.values(), world.homes.values())
    return next((view for view in everywhere if view.content.get("external_id") == external_id), None)


def _new(world: World, person: str, content: Json, kind: Literal["modal", "home"]) -> View:
    started = entries.initial(content["blocks"])
    return View(world.new_id("V"), kind, person, _new_hash(world), content, entries=started)


def _new_hash(world: World) -> str:
    return f"{int(world.clock())}.{secrets.token_hex(4)}"


def as_json(view: View, app: App, team_id: str) -> Json:
    """docs.slack.dev/reference/views. `team_id` is the workspace of the person who looks at it."""
    content = view.content
    return {
        "id": view.id,
        "team_id": team_id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": view.entries},
        "hash": view.hash,
        "title": content.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": app.id,
        "external_id": content.get("external_id", ""),
        "app_installed_team_id": app.team_id,
        "bot_id": app.bot_id,
    }
