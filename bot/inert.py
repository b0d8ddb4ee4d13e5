"""Words of people as plain signs: whichever program shows them, nothing in them acts there."""

import json
import unicodedata
from datetime import date, datetime, time
from typing import Any

ACTS = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""The categories of signs that steer what shows them: a terminal, or the direction in which a line is read."""
READ_AS_MARKUP = frozenset("<>&")
JOINS = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")
"""They act on the letters beside them alone: without them emoji fall apart, and words of some scripts are misspelled."""
BREAKS_A_LINE = frozenset("\t\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
BEGINS_A_FORMULA = frozenset(
    "=+-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)
READ_AS_TEXT = "'"
"""A spreadsheet takes what follows this for letters (owasp.org/www-community/attacks/CSV_Injection)."""


def inert(text: str) -> str:
    """Text in any language stays readable; what steers is written as its number."""
    return "".join(_number(sign) if _steers(sign) else sign for sign in text)


def without_steering(text: str) -> str:
    """The same for people who read it on paper or in an e-mail, where a number in its place would be read as a word."""
    return "\n".join(map(_line_without_steering, text.replace("\r\n", "\n").split("\n")))


def _line_without_steering(line: str) -> str:
    if line.isprintable():  # as most are, and this is known in no time
        return line
    spaced = (" " if sign in BREAKS_A_LINE else sign for sign in line)
    return "".join(sign for sign in spaced if sign in JOINS or not _steers(sign))


def as_cell(text: str) -> str:
    """A cell of a spreadsheet, which would work out what begins like a formula."""
    is_formula = without_steering(text).lstrip()[:1] in BEGINS_A_FORMULA
    return f"{READ_AS_TEXT}{text}" if is_formula or text[:1] in BREAKS_A_LINE | {"\n"} else text


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
