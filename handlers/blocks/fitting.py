"""Blocks within what one message holds: when all their words together are too many, the longest runs are cut."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from bot.reading.text import cut


def fitted(blocks: list[dict[str, Any]], room: int) -> list[dict[str, Any]]:
    """The blocks with at most `room` characters in all: people's words are cut, visibly, and buttons are not."""
    total = characters(blocks)
    if total <= room:
        return blocks
    shorter = deepcopy(blocks)
    runs = list(_runs(shorter))
    lengths = [len(run["text"]) for run in runs]
    longest = _longest_that_fits(lengths, room - (total - sum(lengths)))
    for run in runs:
        run["text"] = cut(run["text"], longest)
    return shorter


def characters(blocks: list[dict[str, Any]]) -> int:
    """How many there are in all texts together."""
    return sum(map(len, _texts(blocks)))


def _longest_that_fits(lengths: Sequence[int], room: int) -> int:
    def is_too_much(longest: int) -> bool:
        return sum(min(length, longest) for length in lengths) > room

    return bisect_left(range(2, max(lengths) + 1), True, key=is_too_much) + 1


def _runs(part: Any) -> Iterator[dict[str, Any]]:
    """The runs of rich text, the small print, and the words beside a menu."""
    if isinstance(part, list):
        for one in part:
            yield from _runs(one)
    elif part["type"] in ("text", "plain_text"):
        yield part
    elif part["type"] == "section":
        yield part["text"]
    elif part["type"] != "actions":
        yield from _runs(part.get("elements", []))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _texts(one)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for value in part.values():
            yield from _texts(value)
