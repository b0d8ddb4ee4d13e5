"""Words of people as plain signs: whichever program shows them, nothing in them acts there."""

import json
import unicodedata
from datetime import date, datetime, time
from typing import Any

ACTS = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""The categories of signs that steer what shows them: a terminal, or the direction in which a line is read."""
READ_AS_MARKUP = frozenset("<>&")


def inert(text: str) -> str:
    """Text in any language stays readable; what steers is written as its number."""
    return "".join(_number(sign) if _steers(sign) else sign for sign in text)


def as_json(exported: Any) -> str:
    """The same of an export, in which nothing can be taken for markup either."""
    text = json.dumps(exported, ensure_ascii=False, indent=2, default=_plain)
    return "".join(_number(sign) if _steers(sign) or sign in READ_AS_MARKUP else sign for sign in text) + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in an export")


def _steers(sign: str) -> bool:
    """Lines end where JSON or a command ends them: within a text JSON writes that as two signs."""
    return sign != "\n" and unicodedata.category(sign) in ACTS


def _number(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[begin : begin + 4]}" for begin in range(0, len(units), 4))
