"""How long an item takes, as people write it at the end of a line: (15 min), [1 hr 30 min], - 15 min, half an hour."""

from dataclasses import dataclass, replace

from bot.errors import UserError
from bot.reading import brackets
from bot.reading.brackets import Bracketed
from bot.reading.patterns import pattern

SHORTEST, LONGEST = 1, 480  # minutes
MOST_WORDS = 6  # "1 hour and 30 minutes" has five, and some set each sign apart

_NUMBER = r"\d+(?:[.,]\d{1,2})?"
_HOUR = r"(?:hours?|hrs?|h)\.?"
_MINUTE = r"(?:minutes?|mins?|m|['\u2019\u2032])\.?"
# Of text whose spaces are single ones.
_LENGTH = pattern(
    rf"(?i)\A(?:(?P<hours>{_NUMBER})[ ]?{_HOUR}(?:[ ]?(?:and|,)?[ ]?(?P<over>\d+)[ ]?(?:{_MINUTE})?)?"
    rf"|(?P<minutes>{_NUMBER})[ ]?{_MINUTE})"
)
_WORDS = {
    "half an hour": "0.5 h",
    "half hour": "0.5 h",
    "a half hour": "0.5 h",
    "1/2 hour": "0.5 h",
    "1/2 h": "0.5 h",
    "quarter of an hour": "0.25 h",
    "a quarter of an hour": "0.25 h",
    "quarter hour": "0.25 h",
    "three quarters of an hour": "0.75 h",
    "an hour": "1 h",
    "one hour": "1 h",
    "1 1/2 hours": "1.5 h",
    "an hour and a half": "1.5 h",
    "one and a half hours": "1.5 h",
    "two hours": "2 h",
    "five minutes": "5 min",
    "ten minutes": "10 min",
    "fifteen minutes": "15 min",
    "twenty minutes": "20 min",
    "thirty minutes": "30 min",
    "forty-five minutes": "45 min",
}
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_UNITS = frozenset([
    *("m", "mn", "min", "mins", "minute", "minutes", "minuten", "minuto", "minutos"),
    *("h", "hr", "hrs", "hour", "hours", "hora", "horas", "heure", "heures", "std", "stunde", "stunden"),
])  # fmt: skip
# Without brackets these may be metres or feet.
_SHORT_UNITS = pattern(r"(?i)(?:\d[ ]?m|['\u2019\u2032])\.?\Z")
_SETS_APART = "-\u2010\u2011\u2012\u2013\u2014\u2212,;:|·/~\u2022\uff0c\u3001"
# fmt: off
_BELONGS_TO_THE_WORDS = frozenset({
    "a", "about", "after", "all", "an", "and", "any", "around", "at", "before", "between", "by", "each",
    "every", "first", "for", "from", "in", "into", "last", "least", "most", "next", "of", "on", "only",
    "or", "over", "past", "per", "than", "that", "the", "these", "this", "to", "under", "until", "up",
    "with", "within", "x",
})
# fmt: on
"""What stands before a length that a title speaks of, as in "visits of 30 minutes"."""


@dataclass(frozen=True)
class Length:
    """The text without its length, which is None where there is none. `unread` is what sounds like one and was left where it stands."""

    rest: str
    minutes: int | None = None
    unread: str | None = None


def read_length(line: str) -> Length:
    """The length at the end of a line, or else at its beginning, in brackets or set apart.

    What is no length belongs to the text. Raises UserError if nobody can mean what stands in brackets.
    """
    at_end = _read_end(line)
    if at_end.minutes is not None:
        return at_end
    return _read_beginning(line) or at_end


def _read_end(line: str) -> Length:
    bracketed = brackets.at_end(line)
    if bracketed is None:
        return _read_open(line)
    return _of_brackets(bracketed) or _before_brackets(line, bracketed)


def _of_brackets(bracketed: Bracketed) -> Length | None:
    length = _minutes(bracketed.within)
    if length is None:
        return None
    _must_be_possible(length, bracketed.within)
    return Length(bracketed.rest, round(length))


def _before_brackets(line: str, bracketed: Bracketed) -> Length:
    """The brackets stay with the text, whatever they say."""
    if _tells_some_time(bracketed.within):
        return Length(line, unread=bracketed.within)
    if not line.startswith(bracketed.rest):
        return Length(line)
    before = _read_open(bracketed.rest)
    return replace(before, rest=before.rest + line[len(bracketed.rest) :])


def _read_beginning(line: str) -> Length | None:
    """As in "[15 min] Rent" and "15 min: Rent". What can be no item's length is of the words, as in "(24 h) hotline"."""
    bracketed = brackets.at_beginning(line)
    said, _colon, rest = (bracketed.within, ":", bracketed.rest) if bracketed else line.partition(":")
    length = None if bracketed is None and _SHORT_UNITS.search(said.strip()) else _minutes(said)
    if not rest.strip() or length is None or not SHORTEST <= length <= LONGEST:
        return None
    return Length(rest.strip(), round(length))


def _read_open(line: str) -> Length:
    """A length without brackets, which is of the words if one that leads to it stands before it."""
    body, marks = brackets.without_marks(line)
    words = _last_words(body)
    for begins in words:
        [word, *_] = body[begins:].split(maxsplit=1)
        start = begins + len(word) - len(word.lstrip(_SETS_APART + "([\uff08"))
        written = body[start:].strip()
        length = None if _SHORT_UNITS.search(written) else _minutes(written)
        if length is not None:
            return _set_apart(line, body[:start], marks, written, length)
    tail = body[words[-2:][0] :] if words else ""
    return Length(line, unread=tail if _sounds_so(tail) else None)


def _last_words(body: str) -> list[int]:
    """Where each of the last words begins."""
    begins = [at for at, sign in enumerate(body) if not sign.isspace() and not body[at - 1 : at].strip()]
    return begins[-MOST_WORDS:]


def _set_apart(line: str, before: str, marks: str, written: str, length: float) -> Length:
    rest = before.rstrip().rstrip("([\uff08").rstrip(_SETS_APART + " \t")
    is_set_apart = before.rstrip() != rest
    last = rest.split()[-1:]
    if not SHORTEST <= length <= LONGEST or not last:
        return Length(line)
    if _is_range(last[0], length) if is_set_apart else last[0].casefold() in _BELONGS_TO_THE_WORDS:
        return Length(line, unread=written)
    return Length(rest + marks, round(length))


def _is_range(last: str, length: float) -> bool:
    """Whether "10" stands before "- 15 min"."""
    return last.isdecimal() and int(last[:4]) < length


def read_alone(line: str) -> int | None:
    """The length that a line says and nothing else, with brackets or without. Raises UserError if nobody can mean what stands in brackets."""
    said = line.strip().lstrip(_SETS_APART + " \t")
    label, _colon, after = said.partition(":")
    said = after.strip() if label.casefold() in ("length", "duration", "time", "time needed") else said
    bracketed = brackets.at_end(said)
    length = _minutes(bracketed.within if bracketed else said)
    if length is None or (bracketed and bracketed.rest):
        return None
    if bracketed:
        _must_be_possible(length, bracketed.within)
    return round(length) if SHORTEST <= length <= LONGEST else None


def _minutes(written: str) -> float | None:
    said = _in_figures(" ".join(written.casefold().split()))
    found = _LENGTH.fullmatch(said)
    if not found:
        return None
    return _number(found["hours"]) * 60 + _number(found["over"]) + _number(found["minutes"])


def _in_figures(said: str) -> str:
    """ "half an hour" and "1½ h" in figures."""
    for sign, decimal in _FRACTIONS.items():
        if sign in said:
            whole, _sign, unit = said.partition(sign)
            return f"{whole.strip() or 0}{decimal}{unit}"
    return _WORDS.get(said, said)


def _must_be_possible(length: float, written: str) -> None:
    if not SHORTEST <= length <= LONGEST:
        raise UserError(
            "“{length}” cannot be: an item takes from 1 minute to 8 hours.", field="minutes", length=written
        )


def _sounds_so(tail: str) -> bool:
    """Whether it has a figure, and a unit of time at its end."""
    return any(map(str.isdecimal, tail)) and not _UNITS.isdisjoint(_words(tail)[-1:])


def _tells_some_time(said: str) -> bool:
    """Whether a figure and a unit of time stand in it."""
    return any(map(str.isdecimal, said)) and not _UNITS.isdisjoint(_words(said))


def _words(said: str) -> list[str]:
    return "".join(sign if sign.isalpha() else " " for sign in said).casefold().split()


def _number(written: str | None) -> float:
    return float((written or "0").replace(",", "."))
