"""The manifest that people paste into Slack says what the code hears, and asks for what the code uses."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from handlers.listeners.command import COMMAND
from handlers.listeners.commands import words
from handlers.listeners.table import LISTENERS
from handlers.slack.scopes import NEEDED, OPTIONAL, TABLE
from storage.capabilities import Capability

HERE = Path(__file__).parent.parent
MANIFEST: dict[str, Any] = yaml.safe_load((HERE / "app.manifest.yml").read_text(encoding="utf-8"))
SCOPES: dict[str, set[str]] = {  # docs.slack.dev/reference/methods
    "api_call": set(),  # all others go through it
    "apps_connections_open": set(),  # it takes the app-level token
    "api_test": set(),
    "auth_test": set(),
    "chat_delete": {"chat:write"},
    "chat_getPermalink": set(),
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_open": {"im:write", "mpim:write"},
    "files_delete": {"files:write"},
    "files_getUploadURLExternal": {"files:write"},
    "files_info": {"files:read"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}


def test_the_command_is_the_one_that_is_heard() -> None:
    assert [command["command"] for command in MANIFEST["features"]["slash_commands"]] == [COMMAND]


def test_the_commands_hint_names_every_word_it_takes() -> None:
    hint = MANIFEST["features"]["slash_commands"][0]["usage_hint"]
    assert hint.strip("[]").split(" | ") == list(words())


def test_the_shortcuts_are_those_that_are_heard() -> None:
    shortcuts = MANIFEST["features"]["shortcuts"]
    assert sorted(one["callback_id"] for one in shortcuts) == sorted(
        name for kind, name in LISTENERS if kind == "shortcut"
    )
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in shortcuts)


def test_the_events_are_those_that_are_heard() -> None:
    subscribed = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert subscribed == sorted(event for kind, event in LISTENERS if kind == "event")


def test_the_scopes_are_those_that_the_code_needs() -> None:
    scopes = MANIFEST["oauth_config"]["scopes"]
    needed = {"commands"}.union(*(SCOPES[method] for method in methods_called()))
    assert {*scopes["bot"], *scopes["bot_optional"]} == needed


def test_the_table_has_the_scopes_that_the_manifest_asks_for() -> None:
    scopes = MANIFEST["oauth_config"]["scopes"]
    assert (list(NEEDED), list(OPTIONAL)) == (scopes["bot"], scopes["bot_optional"])


def test_each_scope_stands_in_one_row_and_what_people_are_offered_is_told_without_it() -> None:
    scopes = [scope for row in TABLE for scope in row.scopes]
    assert len(scopes) == len(set(scopes))
    assert [row.offers for row in TABLE if row.offers] == list(Capability)
    for row in TABLE:
        assert bool(row.offers) == bool(row.told)
        assert row.is_optional or not row.offers


@pytest.mark.parametrize("kind", ["bot", "bot_optional"])
def test_the_scopes_are_in_order(kind: str) -> None:
    scopes = MANIFEST["oauth_config"]["scopes"][kind]
    assert scopes == sorted(scopes)


def methods_called() -> set[str]:
    """The Web API methods that any handler names, by the client's own names for them."""
    return {name for path in (HERE / "handlers").rglob("*.py") for name in _attributes(path)}


def _attributes(path: Path) -> Iterator[str]:
    families = (
        "api_",
        "apps_",
        "auth_",
        "bookmarks_",
        "chat_",
        "conversations_",
        "files_",
        "pins_",
        "users_",
        "views_",
    )
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr.startswith(families):
            yield node.attr
