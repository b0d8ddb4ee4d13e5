"""Words to look for, as people type them: with commas, in quotation marks, with one apostrophe or the other."""

import unicodedata
from collections.abc import Sequence

from bot.errors import UserError

LONGEST = 200

_APOSTROPHES = "'\u2019\u2018\u02bc\u02b9\u2032\uff07"
_JOIN_WORDS = _APOSTROPHES + ".@&/:_*%#\\"
"""Within a word these are of it, as in U.S. and R&D."""
_AROUND_WORDS = ".@&/:*"


def words_of(typed: str) -> list[str]:
    """The words, without the signs around and between them. Raises UserError if there is too much to look for."""
    if len(typed) > LONGEST:
        raise UserError("This is longer than {longest} characters.", field="words", longest=LONGEST)
    parted = "".join(" " if _parts(sign) else sign for sign in typed).split()
    return [word for word in (_bare(word) for word in parted) if word]


def parts_of(word: str) -> Sequence[str]:
    """What is the same of it whichever apostrophe and whichever dash somebody types."""
    return "".join("\n" if _varies(sign) else sign for sign in word).split("\n")


def _parts(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind[0] in "CZ" or (kind[0] == "P" and sign not in _JOIN_WORDS and kind != "Pd")


def _bare(word: str) -> str:
    """Without what is of the sentence."""
    return word.strip("".join(sign for sign in set(word) if sign in _AROUND_WORDS or _varies(sign)))


def _varies(sign: str) -> bool:
    return sign in _APOSTROPHES or unicodedata.category(sign) == "Pd"
