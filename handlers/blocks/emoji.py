"""Emoji: in what a person types Slack writes them as :tada:, and draws them only where a block says that they are some."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from bot.reading.patterns import Found, pattern

MOST_DRAWN = 100
"""In one run of words; what comes after them stands as it was typed."""

# A letter or figure before it makes it a time or a word, as in 10:30:45 and note:this: (scripts without capitals set no spaces).
_SHORTCODE = pattern(
    r"(?<![0-9A-Za-z\u00c0-\u024f\u0370-\u052f])"
    r":(?P<name>[\w+'-]{1,100}(?:::skin-tone-[2-6])?):"
)
_NAMES_WITHOUT_LETTERS = frozenset({"+1", "-1", "100", "1234"})


def with_emoji(part: Any) -> Any:
    """The blocks with people's emoji drawn: in rich text by elements of their own, in plain text by Slack."""
    if isinstance(part, list):
        return [drawn for one in part for drawn in _drawn(one)]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "plain_text":
        return part | {"emoji": any(emoji_in(part["text"]))}
    return {name: with_emoji(value) for name, value in part.items()}


def emoji_in(text: str) -> Iterator[Found[str]]:
    """Slack knows what it has of these; of a name that it does not know it shows the letters."""
    return (found for found in _SHORTCODE.finditer(text) if _is_name(found["name"].partition("::")[0]))


def _is_name(name: str) -> bool:
    return name == name.lower() and (name in _NAMES_WITHOUT_LETTERS or any(map(str.isalpha, name)))


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
