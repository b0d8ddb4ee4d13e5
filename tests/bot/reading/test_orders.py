"""An order typed as numbers alone."""

import pytest

from bot.reading.orders import in_typed_order
from tests.refusals import refusal

THINGS = ["a", "b", "c", "d"]


@pytest.mark.parametrize("typed", ["3 1 2 4", "3,1,2,4", "3, 1; 2. 4.", "3\n1\n2", "  3 1", "٣ 1"])
def test_numbers_bring_things_into_their_order_and_the_rest_follows(typed: str) -> None:
    assert in_typed_order(typed, THINGS) == ["c", "a", "b", "d"]


def test_one_number_brings_its_thing_first() -> None:
    assert in_typed_order("4", THINGS) == ["d", "a", "b", "c"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "at least one number"),
        (" ,. ", "at least one number"),
        ("1 2 1", "The number 1 stands there twice"),
        ("01 1", "The number 1 stands there twice"),
        ("first", "“first” is no number"),
        ("1-3", "“1-3” is no number"),
        ("²", "“²” is no number"),
        ("0", "no item with the number 0. The last one is 4"),
        ("5", "no item with the number 5. The last one is 4"),
        ("9" * 5000, "no item with the number"),
    ],
)
def test_what_cannot_be_an_order_is_said(typed: str, why: str) -> None:
    with refusal(why):
        in_typed_order(typed, THINGS)
