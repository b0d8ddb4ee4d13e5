"""Whether what stands in brackets is whom something is for, as in "Grant reports [Alan]"."""

import unicodedata
from enum import Enum, auto

from bot.reading.text import visible

LONGEST_NAME = 80
MOST_WORDS = 4

_NOT_IN_NAMES = '@:/\\#<>|=_*~+%$€£?!;()[]{}"“”'
# fmt: off
_MARKS_OF_A_STATE = frozenset({
    "action", "action item", "all", "announcement", "any", "asap", "attached", "attachment", "break",
    "canceled", "cancelled", "carried over", "confidential", "continued", "decision", "demo", "discuss",
    "discussion", "done", "draft", "everybody", "everyone", "external", "final", "follow up", "follow-up",
    "for information", "fyi", "high", "high priority", "hybrid", "idea", "important", "in person", "info",
    "information", "input", "internal", "intro", "late", "link", "low", "low priority", "lunch", "maybe",
    "medium", "n/a", "new", "no", "none", "note", "notes", "old", "online", "open", "optional", "pdf",
    "pending", "postponed", "presentation", "priority", "private", "proposal", "public", "question",
    "recap", "recurring", "remote", "repeat", "report", "revised", "sensitive", "short", "slides",
    "standing", "standing item", "status", "tba", "tbc", "tbd", "team", "temp", "test", "to do", "to-do",
    "todo", "update", "updated", "urgent", "video", "vote", "wip", "yes", "zoom",
})
_WORDS_OF_MARKS = frozenset({word for mark in _MARKS_OF_A_STATE for word in mark.split()} | {
    "1st", "2nd", "3rd", "a", "agenda", "allowed", "allows", "approval", "around", "as", "at", "before", "by",
    "call", "covid", "date", "day", "end", "first", "from", "group", "if", "is", "it", "item", "items",
    "last", "meeting", "must", "need", "needed", "needs", "next", "of", "on", "only", "or", "our", "part",
    "permits", "permitting", "please", "possible", "quick", "requested", "required", "room", "see", "session",
    "speaker", "the", "then", "this", "time", "to", "today", "tomorrow", "until", "up", "with", "year",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "january", "february", "march", "july", "september", "october", "november", "december",
    "arabic", "cantonese", "chinese", "english", "french", "mandarin", "russian", "samoan", "spanish",
    "tagalog", "vietnamese",
})
_PARTICLES = frozenset({
    "al", "and", "ap", "bin", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el",
    "for", "ibn", "la", "las", "le", "los", "of", "van", "von", "y", "zu",
})
# fmt: on
"""Small words within names of people and of organizations."""


class Verdict(Enum):
    """`UNSURE`: it is taken for a name, and asked about."""

    NAME = auto()
    UNSURE = auto()
    NO_NAME = auto()


def judged(bracketed: str) -> Verdict:
    """A mark, a number or an address is no name. One word in small letters, or many words, may be one."""
    said = without_handle(bracketed)
    if _is_none(said):
        return Verdict.NO_NAME
    words = said.split()
    is_short = len(words) <= MOST_WORDS
    is_sure = is_short and all(map(_is_spelled_as_one, words)) and not any(map(_is_of_a_mark, words))
    return Verdict.NAME if is_sure else Verdict.UNSURE


def without_handle(bracketed: str) -> str:
    """@Alan is Alan."""
    return bracketed.strip().removeprefix("@").strip()


def _is_none(said: str) -> bool:
    return (
        not visible(said)
        or len(said) > LONGEST_NAME
        or len(said) == 1
        or said.casefold() in _MARKS_OF_A_STATE
        or all(map(_is_of_a_mark, said.split()))
        or said.casefold().startswith("www.")
        or not any(map(str.isalpha, said))
        or _is_address(said)
        or any(sign in _NOT_IN_NAMES or _is_figure_or_symbol(sign) for sign in said)
    )


def _is_address(said: str) -> bool:
    """Whether letters go on after a dot, as in "example.org" and not in "St. Mary"."""
    return any(after[:1].islower() for after in said.split(".")[1:])


def _is_figure_or_symbol(sign: str) -> bool:
    return unicodedata.category(sign) in {"Nd", "Nl", "No", "So", "Sm", "Sc", "Cc"}


def _is_of_a_mark(word: str) -> bool:
    return word.casefold().strip(".,") in _WORDS_OF_MARKS


def _is_spelled_as_one(word: str) -> bool:
    """Whether it has a capital, as names do where there are any, or stands within names."""
    letters = [letter for letter in word if letter.isalpha()]
    has_capital = any(letter.isupper() or not _has_case(letter) for letter in letters)
    return has_capital or not letters or word.casefold() in _PARTICLES


def _has_case(letter: str) -> bool:
    return letter.upper() != letter.lower()
