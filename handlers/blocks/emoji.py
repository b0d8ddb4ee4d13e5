"""Emoji: in what a person types Slack writes them as :tada:, and draws them only where a block says that they are some."""

from itertools import islice
from typing import Any

from bot.reading.emoji import emoji_in

MOST_DRAWN = 100
"""In one run of words; what comes after them stands as it was typed."""


def with_emoji(part: Any) -> Any:
    """The blocks with people's emoji drawn: in rich text by elements of their own, in plain text by Slack."""
    if isinstance(part, list):
        return [drawn for one in part for drawn in _drawn(one)]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "plain_text":
        return part | {"emoji": any(emoji_in(part["text"]))}
    return {name: with_emoji(value) for name, value in part.items()}


def _drawn(element: Any) -> list[Any]:
    is_run = isinstance(element, dict) and element.get("type") == "text"
    if not is_run or element.get("style", {}).get("code"):
        return [with_emoji(element)]
    text, pieces, end = element["text"], [], 0
    for found in islice(emoji_in(text), MOST_DRAWN):
        pieces += [element | {"text": text[end : found.start()]}, {"type": "emoji", "name": found["name"]}]
        end = found.end()
    pieces.append(element | {"text": text[end:]})
    return [piece for piece in pieces if piece.get("text") != ""]
