"""An export as JSON: whichever program opens it, nothing that people wrote acts there."""

import json
import unicodedata
from datetime import date, datetime, time
from typing import Any

ACTS = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""The categories of signs that steer what shows them: a terminal, or the direction in which a line is read."""
READ_AS_MARKUP = frozenset("<>&")


def as_json(exported: Any) -> str:
    """Text in any language stays readable; what steers, or could be taken for markup, is written as its number."""
    text = json.dumps(exported, ensure_ascii=False, indent=2, default=_plain)
    return "".join(_inert(sign) for sign in text) + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in an export")


def _inert(sign: str) -> str:
    if sign == "\n":  # of JSON itself, which writes that of a text as two signs
        return sign
    return _number(sign) if sign in READ_AS_MARKUP or unicodedata.category(sign) in ACTS else sign


def _number(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[begin : begin + 4]}" for begin in range(0, len(units), 4))
