"""What a surface holds: as much as Slack takes there, and not one block more; words are cut, never buttons."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from handlers.blocks import kit
from handlers.blocks.kit import Message
from handlers.blocks.surfaces import EPHEMERAL, HOME, MESSAGE, MODAL, Shown, Surface, TooManyBlocks
from playground.slack import views
from playground.slack.messages import checked_blocks


def takes_message(shown: Shown) -> None:
    checked_blocks(shown["blocks"])


def takes_modal(shown: Shown) -> None:
    views.checked(shown, "modal")


def takes_home(shown: Shown) -> None:
    views.checked(shown, "home")


DOCUMENTED: dict[str, tuple[Surface, int, Callable[[Shown], None]]] = {
    "a message": (MESSAGE, 50, takes_message),
    "a message for one": (EPHEMERAL, 50, takes_message),
    "a form": (MODAL, 100, takes_modal),
    "Home": (HOME, 100, takes_home),
}
MOST_CHARACTERS = 13_000


def all_of(drawn: int) -> Message:
    return Message([kit.small(f"Block {number}") for number in range(drawn)])


@pytest.mark.parametrize("name", DOCUMENTED)
def test_a_surface_holds_as_many_blocks_as_slack_takes_there(name: str) -> None:
    surface, most, slack_takes = DOCUMENTED[name]
    shown = surface.shows(all_of(most))
    slack_takes(shown)
    assert len(shown["blocks"]) == most


@pytest.mark.parametrize("name", DOCUMENTED)
def test_a_surface_holds_not_one_block_more(name: str) -> None:
    surface, most, _ = DOCUMENTED[name]
    with pytest.raises(TooManyBlocks):
        surface.shows(all_of(most + 1))


@pytest.mark.parametrize("name", DOCUMENTED)
def test_what_fits_is_left_as_it_is(name: str) -> None:
    surface, _, slack_takes = DOCUMENTED[name]
    blocks = [kit.paragraph("x" * MOST_CHARACTERS)]
    shown = surface.shows(Message(blocks))
    slack_takes(shown)
    assert shown["blocks"] == blocks


@pytest.mark.parametrize("name", DOCUMENTED)
def test_one_character_too_many_is_cut_so_that_it_is_seen(name: str) -> None:
    surface, _, slack_takes = DOCUMENTED[name]
    blocks = [kit.paragraph("x" * (MOST_CHARACTERS + 1))]
    shown = surface.shows(Message(blocks))
    slack_takes(shown)
    [text] = texts(shown)
    assert text == "x" * (MOST_CHARACTERS - 1) + "…"
    assert texts(blocks) == ["x" * (MOST_CHARACTERS + 1)]


@pytest.mark.parametrize("name", DOCUMENTED)
def test_what_does_not_fit_loses_of_its_longest_words_only_and_as_few_as_it_can(name: str) -> None:
    surface, _, slack_takes = DOCUMENTED[name]
    drawn = [
        kit.header("A header"),
        kit.rich(kit.rows(kit.line(kit.bold("x" * 2000)) for _ in range(10))),
        kit.paragraph("short"),
        kit.actions(kit.button("A button", "item.add", "new")),
    ]
    shown = surface.shows(Message(drawn))
    slack_takes(shown)
    found = texts(shown["blocks"])
    assert {text for text in found if text.startswith("x")} == {"x" * 1296 + "…"}
    assert {"A header", "short", "A button"} < set(found)
    assert MOST_CHARACTERS - 10 < sum(map(len, found)) <= MOST_CHARACTERS


@pytest.mark.parametrize("name", ["a form", "Home"])
def test_a_full_view_is_not_too_large_even_where_each_character_of_its_words_takes_twelve_bytes(
    name: str,
) -> None:
    surface, most, slack_takes = DOCUMENTED[name]
    doors = kit.actions(*(kit.button(f"Door {n}", f"door.{n}", n, about="x" * 75) for n in range(5)))
    words = kit.paragraph("🚒" * 3000)
    slack_takes(surface.shows(Message([words, doors] * (most // 2))))


def test_a_message_has_its_words_beside_its_blocks_for_who_does_not_see_them() -> None:
    drawn = Message([kit.paragraph("Budget & <cuts>"), kit.actions(kit.button("Add", "item.add", "new"))])
    for surface in (MESSAGE, EPHEMERAL):
        assert surface.shows(drawn)["text"] == "Budget &amp; &lt;cuts&gt;\n[Add]"


def texts(part: Any) -> list[str]:
    return list(_texts(part))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _texts(one)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), str) and part.get("type") in ("text", "plain_text"):
            yield part["text"]
        for name, value in part.items():
            if name not in ("title", "close"):
                yield from _texts(value)
