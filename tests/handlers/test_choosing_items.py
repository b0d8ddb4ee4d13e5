"""An item where it is chosen of several, and Slack takes few characters of it."""

import pytest

from handlers.blocks.items import title_and_whose
from handlers.blocks.limits import OPTION_TEXT
from tests.handlers.renderings import item

NAME = "Mission Listening Project"


@pytest.mark.parametrize(
    ("title", "name", "line"),
    [
        ("x", NAME, "x · Mission Listening Project"),
        ("Rents " * 7, NAME, f"{'Rents ' * 7} · Mission Listening Project"),
        ("Rents", "Neighbors " * 6, f"Rents · {'Neighbors ' * 6}"),
    ],
)
def test_both_are_shown_whole_where_there_is_room(title: str, name: str, line: str) -> None:
    assert title_and_whose(item(title=title, collaborative=name, on_behalf_of=None)) == line


def test_a_long_title_leaves_room_for_the_name_and_a_long_name_for_the_title() -> None:
    line = title_and_whose(item(title="Rents " * 30, collaborative=NAME, on_behalf_of=None))
    assert line.startswith("Rents Rents")
    assert line.endswith(f"… · {NAME}")

    line = title_and_whose(item(title="Rents " * 30, collaborative="Neighbors " * 7, on_behalf_of=None))
    title, name = line.split(" · ")
    assert len(line) <= OPTION_TEXT
    assert min(len(title), len(name)) > OPTION_TEXT // 4
