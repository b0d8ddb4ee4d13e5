"""What is drawn: Slack takes it whatever it holds, nothing in it is alive, and the table hears all of it."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest

from handlers import blocks
from handlers.blocks import kit
from handlers.blocks.kit import Message
from handlers.blocks.surfaces import HOME, MESSAGE, MODAL
from handlers.listeners.table import LISTENERS
from playground.slack import views
from playground.slack.messages import checked_blocks
from tests.handlers.renderings import RENDERINGS
from tests.handlers.user_text import is_our_own, without_our_own
from tests.story import pressed

MESSAGES = {name: drawn for name, drawn in RENDERINGS.items() if isinstance(drawn, Message)}
VIEWS = {name: drawn for name, drawn in RENDERINGS.items() if not isinstance(drawn, Message)}
IN_MESSAGES_ALONE = {"look_back.posted_with_chart"}


def test_everything_that_can_be_drawn_is_tried() -> None:
    drawers = set()
    for found in pkgutil.iter_modules(blocks.__path__):
        module = importlib.import_module(f"handlers.blocks.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_public = function.__module__ == module.__name__ and not name.startswith("_")
            if is_public and module is not kit and _draws(inspect.getsource(function)):
                drawers.add(f"{found.name}.{name}")
    assert drawers == {name.split()[0] for name in RENDERINGS}


def _draws(source: str) -> bool:
    """View is a dictionary like a block, so what is drawn can only be read off the source."""
    return bool(re.search(r"-> (Message|View):", source))


@pytest.mark.parametrize("name", MESSAGES)
def test_slack_takes_the_message(name: str) -> None:
    shown = MESSAGE.shows(MESSAGES[name])
    checked_blocks(shown["blocks"])
    assert 0 < len(shown["text"]) <= 4000


@pytest.mark.parametrize("name", [name for name in MESSAGES if name.split()[0] not in IN_MESSAGES_ALONE])
def test_slack_takes_the_message_inside_a_form_and_as_a_home(name: str) -> None:
    views.checked(MODAL.shows(MESSAGES[name]), "modal")
    views.checked(HOME.shows(MESSAGES[name]), "home")


@pytest.mark.parametrize("name", VIEWS)
def test_slack_takes_the_form(name: str) -> None:
    views.checked(VIEWS[name], "modal")


@pytest.mark.parametrize("name", RENDERINGS)
def test_nothing_in_it_is_alive(name: str) -> None:
    """No mention, no link, no mark-up but our own: people's words stand in plain and rich text."""
    drawn = RENDERINGS[name]
    parts = _parts(drawn.blocks if isinstance(drawn, Message) else drawn)
    kinds = {part["type"] for part in parts if not is_our_own(part)}
    assert not kinds & {"mrkdwn", "link", "user", "usergroup", "channel", "broadcast"}
    if isinstance(drawn, Message):
        assert not {"<", ">"} & set(without_our_own(MESSAGE.shows(drawn)["text"]))


def test_the_table_hears_all_that_is_drawn_and_nothing_else() -> None:
    drawn = {("view", view["callback_id"]) for view in VIEWS.values()}
    for rendering in RENDERINGS.values():
        for block in rendering.blocks if isinstance(rendering, Message) else rendering["blocks"]:
            parts = _parts(block) if block["type"] != "input" else ()
            drawn |= {("action", heard) for part in parts for heard in pressed(part)}
    assert drawn == {key for key in LISTENERS if key[0] in ("action", "view")}


def _parts(thing: Any) -> Iterator[dict[str, Any]]:
    if isinstance(thing, list):
        for one in thing:
            yield from _parts(one)
    elif isinstance(thing, dict):
        if "type" in thing:
            yield thing
        for value in thing.values():
            yield from _parts(value)


@pytest.mark.parametrize(
    ("known", "shown"), [(14, None), (15, "15"), (720, "720"), (721, None), (None, None)]
)
def test_a_number_that_would_keep_its_form_from_opening_is_not_shown(
    known: int | None, shown: str | None
) -> None:
    assert kit.number_input(known, 15, 720).get("initial_value") == shown
