"""The names that may have been meant by one that is not known."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from itertools import dropwhile

_ADDRESSES = frozenset({"agenda", "bot", "hello", "hey", "hi", "please", "pls"})
_SET_APART = ":-=,.!"


def close_to(name: str, known: Iterable[str], likeness: float = 0.6) -> list[str]:
    """Up to three known names that look like the given one, the closest first; capitals make no difference.

    `likeness` is how alike they must be at least, from 0 to 1.
    """
    by_look = {candidate.casefold(): candidate for candidate in known}
    return [by_look[look] for look in get_close_matches(name.casefold(), by_look, cutoff=likeness)]


def without_address(typed: str, known: Collection[str]) -> tuple[str, str]:
    """The word that was meant to be a known one, and what follows it.

    "/agenda add Rents" and "please add Rents" address the bot once more; "add: Rents" and "add-Rents" set the word apart.
    """
    first, _space, rest = " ".join(dropwhile(_is_address, typed.split())).partition(" ")
    for sign in _SET_APART:
        word, _sign, after = first.partition(sign)
        if word.casefold() in known:
            return word.casefold(), f"{after} {rest}".strip()
    return first, rest


def _is_address(word: str) -> bool:
    return word.casefold().strip("/@" + _SET_APART) in _ADDRESSES
