"""People's words outside Slack: emoji are drawn there from signs, not from names, and nothing turns a line around."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType

from bot.inert import without_steering
from bot.reading.emoji import emoji_in

SKIN = {f"skin-tone-{number}": chr(0x1F3F9 + number) for number in range(2, 7)}
"""As Slack counts them, and as Unicode does."""
AS_A_PICTURE = "\N{VARIATION SELECTOR-16}"
FIRST_OF_FLAGS = "\N{REGIONAL INDICATOR SYMBOL LETTER A}"
LETTERS_OF_A_COUNTRY = 2


def legible(text: str) -> str:
    """The text as people read it. Of an emoji that only Slack or one workspace knows the name stays."""
    return without_steering(_with_emoji(text))


def _with_emoji(text: str) -> str:
    pieces, end = [], 0
    for found in emoji_in(text):
        pieces += [text[end : found.start()], _sign(found["name"]) or found[0]]
        end = found.end()
    return "".join([*pieces, text[end:]])


def _sign(name: str) -> str:
    """The emoji of this name, in its skin; nothing where nobody outside Slack knows it."""
    plain, _colons, skin = name.partition("::")
    found = next(filter(None, map(_known_as, _spellings(plain))), "") or _flag(plain)
    in_skin = found[:1] + SKIN[skin] + found[1:].lstrip(AS_A_PICTURE) if found and skin else ""
    return in_skin if _library().is_emoji(in_skin) else found


def _spellings(name: str) -> Iterator[str]:
    """Slack writes some with strokes, and calls those who have a profession male and female."""
    yield name
    people = name.replace("female-", "woman-").replace("male-", "man-")
    yield people.replace("-", "_")


def _known_as(name: str) -> str:
    written = f":{name}:"
    sign = str(_library().emojize(written, language="alias"))
    return "" if sign == written else sign


def _flag(name: str) -> str:
    """:flag-mx: is written with the letters of the country."""
    letters = name.removeprefix("flag-")
    is_one = (
        name.startswith("flag-")
        and len(letters) == LETTERS_OF_A_COUNTRY
        and letters.isascii()
        and letters.isalpha()
    )
    return "".join(chr(ord(FIRST_OF_FLAGS) + ord(letter) - ord("a")) for letter in letters) if is_one else ""


@cache
def _library() -> ModuleType:
    """Loaded when the first emoji is met: most of what is handed on has none, and its table is large."""
    return import_module("emoji")
