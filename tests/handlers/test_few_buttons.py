"""Few buttons: what is pressed often stands as a button, all else one click further, in a line that names it."""

from typing import Any

import pytest

from handlers.blocks import ids
from handlers.blocks.kit import Message
from tests.handlers.renderings import RENDERINGS
from tests.story import pressed

OFTEN = {
    "publication.published first": 4,
    "standing.standing": 4,
    "standing.standing without a meeting": 4,
    "agenda.status with an agenda to hand on": 5,
    "agenda.status without a meeting": 5,
    "agenda.items_list without a meeting": 5,
    "coming.noted who takes notes": 5,
}
"""How many buttons each may have; what a host or an admin is asked at the moment stands above them."""
DOORS = {
    "publication.published first": {ids.ADD, ids.COMES, ids.CALENDAR, ids.LIST, ids.MINE, ids.HAND_ON},
    "standing.standing": {ids.ADD, ids.COMES, ids.LIST, ids.STATUS, ids.MINE, ids.HELP},
    "agenda.status with an agenda to hand on": {
        *(ids.ADD, ids.LIST, ids.MINE, ids.WHO_COMES, ids.DUTIES, ids.HAND_ON, ids.REMIND),
        *(ids.FIND, ids.PREVIEW, ids.HOSTS, ids.SETTINGS, ids.HELP),
    },
    "agenda.status without a meeting": {
        *(ids.ADD, ids.LIST, ids.MINE, ids.FIND, ids.PREVIEW, ids.HOSTS, ids.HELP),
    },
    "coming.noted who takes notes": {
        *(ids.COMING, ids.TAKES_NO_NOTES, ids.CALENDAR, ids.COMES_NOT),
        *(ids.WHO_COMES, ids.DUTIES, ids.REMIND),
    },
}
"""Which ways there are, each at most one click further than it was."""


def _message(name: str) -> Message:
    drawn = RENDERINGS[name]
    assert isinstance(drawn, Message)
    return drawn


def _buttons(message: Message) -> list[dict[str, Any]]:
    """Of the last row: those above are asked of their reader at the moment, or belong to one item."""
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [one for one in rows[-1]["elements"] if one["type"] == "button"]


def _menus(message: Message) -> list[dict[str, Any]]:
    beside = [block["accessory"] for block in message.blocks if "accessory" in block]
    return [menu for menu in beside if menu["action_id"] == ids.MORE]


@pytest.mark.parametrize("name", OFTEN)
def test_so_many_are_buttons_at_most(name: str) -> None:
    assert len(_buttons(_message(name))) <= OFTEN[name]


@pytest.mark.parametrize("name", DOORS)
def test_no_way_got_lost_and_none_stands_there_twice(name: str) -> None:
    message = _message(name)
    heard = [one for element in (*_buttons(message), *_menus(message)) for one in pressed(element)]
    assert DOORS[name] <= set(heard)
    assert len(heard) == len(set(heard))


@pytest.mark.parametrize("name", DOORS)
def test_the_line_of_a_menu_names_all_that_is_in_it_also_for_who_hears_it_read(name: str) -> None:
    lines = [
        block for block in _message(name).blocks if block.get("accessory", {}).get("action_id") == ids.MORE
    ]
    assert lines
    for line in lines:
        labels = [option["text"]["text"] for option in line["accessory"]["options"]]
        assert line["text"]["text"] == f"More: {' · '.join(labels)}"
        assert 2 <= len(labels) <= 5
