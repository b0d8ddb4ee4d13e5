"""The names that may have been meant by one that is not known."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

_ADDRESSES = frozenset({"agenda", "bot", "hello", "hey", "hi", "please", "pls"})
_SET_APART = ":-=,.!"


def close_to(name: str, known: Iterable[str], likeness: float = 0.6) -> list[str]:
    """Up to three known names that look like the given one, the closest first; capitals make no difference.

    `likeness` is how alike they must be at least, from 0 to 1.
    """
    by_look = {candidate.casefold(): candidate for candidate in known}
    return [by_look[look] for look in get_close_matches(name.casefold(), by_look, cutoff=likeness)]


def without_address(typed: str) -> str:
    """What was said to the bot, where it is addressed once more, as in "/agenda add Rents" and "please add Rents"."""
    word, *rest = typed.split(maxsplit=1) or [""]
    while _is_address(word):
        typed = "".join(rest)
        word, *rest = typed.split(maxsplit=1) or [""]
    return typed


def set_apart(said: str, known: Collection[str]) -> tuple[str, str]:
    """The first word, and what follows it; "add: Rents" and "add-Rents" set a known one apart."""
    first, *rest = said.split(maxsplit=1) or [""]
    for sign in _SET_APART:
        word, _sign, after = first.partition(sign)
        if word.casefold() in known:
            return word.casefold(), " ".join(part for part in (after, *rest) if part)
    return first, "".join(rest)


def _is_address(word: str) -> bool:
    return word.casefold().strip("/@" + _SET_APART) in _ADDRESSES
