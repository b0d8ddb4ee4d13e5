"""How long an item takes, as people write it at the end of a line: (15 min), (1 hr 30 min), (1.5 hours), (15')."""

from bot.errors import UserError
from bot.reading.patterns import Found, pattern

SHORTEST, LONGEST = 1, 480  # minutes

# Marks that close a right-to-left phrase may follow the parenthesis; they stay with the text before it.
MARKS_AT_END = r"(?P<marks>[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*)\Z"

_NUMBER = r"\d+(?:[.,]\d{1,2})?"
_HOUR = r"(?:hours?|hrs?|h)\.?"
_MINUTE = r"(?:minutes?|mins?|m|['\u2019\u2032])\.?"
_LENGTH = rf"""
    (?P<hours>{_NUMBER})\s*{_HOUR} (?:\s*(?:(?:and|,)\s*)? (?P<over>\d+)(?:\s*{_MINUTE})?)?
  | (?P<minutes>{_NUMBER})\s*{_MINUTE}
"""
_AT_END = pattern(rf"(?ix) [(\uff08]\s*(?P<length>{_LENGTH})\s*[)\uff09]{MARKS_AT_END}")


def read_length(text: str) -> tuple[str, int | None]:
    """The text before the length at its end, and the length in minutes.

    A parenthesis that is no length belongs to the text. Raises UserError if nobody can mean the length.
    """
    found = _AT_END.search(text)
    return (before(found), _whole_minutes(found)) if found else (text, None)


def before(found: Found[str]) -> str:
    return found.string[: found.start()].rstrip() + "".join(found["marks"].split())


def _whole_minutes(found: Found[str]) -> int:
    length = _number(found["hours"]) * 60 + _number(found["over"]) + _number(found["minutes"])
    if not SHORTEST <= length <= LONGEST:
        written = found["length"].strip()
        raise UserError(
            "“{length}” cannot be: an item takes from 1 minute to 8 hours.", field="minutes", length=written
        )
    return round(length)


def _number(written: str | None) -> float:
    return float((written or "0").replace(",", "."))
