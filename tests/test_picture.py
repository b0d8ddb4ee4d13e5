"""The README shows the rooms that there are, and the arrows between them as the imports draw them."""

import re
from pathlib import Path

import pytest

from tests.picture import README, imports, into_the_rooms, picture, picture_in, rooms, shortest

PROJECT = README.parent
TEXT = README.read_text(encoding="utf-8")


def test_the_picture_in_the_readme_is_the_one_that_the_imports_draw() -> None:
    drawn = picture(imports())
    assert picture_in(TEXT) == drawn, f"Write it with `python -m tests.picture`:\n{drawn}"


def listed() -> list[Path]:
    """What the list of rooms in the README names: a house at the beginning of a line, its rooms below."""
    paths, house = [], Path()
    for line in re.search(r"```\n(program/ .*?)```", TEXT, re.DOTALL)[1].splitlines():
        name = Path(line.split()[0])
        house = house if line.startswith(" ") else name
        paths.append(house / name if line.startswith(" ") else house)
    return paths


def test_every_room_is_in_the_list() -> None:
    named = {re.sub(r"\.py$", "", ".".join(path.parts)) for path in listed()}
    assert not set(rooms(imports())) - named


@pytest.mark.parametrize("path", listed(), ids=str)
def test_everything_in_the_list_is_there(path: Path) -> None:
    assert (PROJECT / path).exists()


def test_an_arrow_that_a_longer_way_says_already_is_left_out() -> None:
    assert shortest({("a", "b"), ("b", "c"), ("c", "d"), ("a", "c"), ("a", "d")}) == {
        ("a", "b"),
        ("b", "c"),
        ("c", "d"),
    }


def test_rooms_that_ask_each_other_in_a_circle_are_not_drawn() -> None:
    with pytest.raises(ValueError, match="a, b, c"):
        shortest({("a", "b"), ("b", "c"), ("c", "a")})


def test_a_house_and_its_room_that_ask_each_other_are_drawn_with_the_arrow_into_the_room() -> None:
    assert into_the_rooms({("bot", "bot.plan"), ("bot.plan", "bot")}) == {("bot", "bot.plan")}
    assert into_the_rooms({("storage.upkeep", "storage")}) == {("storage.upkeep", "storage")}
