"""An order typed as numbers alone: which of a list comes first, second, and so on."""

from collections.abc import Sequence
from typing import TypeVar

from bot.errors import UserError
from bot.reading.patterns import pattern

Thing = TypeVar("Thing")
_BETWEEN = pattern(r"[\s,;.]")
MOST_DIGITS = 4


def in_typed_order(typed: str, things: Sequence[Thing]) -> list[Thing]:
    """The things as their numbers were typed, counted from 1. Those that were not named follow, in the order that they had.

    Raises UserError, which names no field, if something is no number, is a number twice, or counts none of the things.
    """
    numbers = [_number(word, len(things)) for word in _BETWEEN.split(typed) if word]
    if not numbers:
        raise UserError("Please write at least one number.")
    for place, number in enumerate(numbers):
        if number in numbers[:place]:
            raise UserError("The number {number} stands there twice. Please write it once.", number=number)
    named = [things[number - 1] for number in numbers]
    rest = [thing for place, thing in enumerate(things, start=1) if place not in numbers]
    return named + rest


def _number(word: str, most: int) -> int:
    if not word.isdecimal():
        raise UserError("“{word}” is no number. Please write numbers alone, for example: 3 1 2", word=word)
    number = int(word[: MOST_DIGITS + 1])
    if not 1 <= number <= most:
        raise UserError(
            "There is no item with the number {word}. The last one is {most}.", word=word, most=most
        )
    return number
