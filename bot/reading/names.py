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
# fmt: on


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
    is_spelled_as_one = any(letter.isupper() or not _has_case(letter) for letter in said if letter.isalpha())
    is_short = len(said.split()) <= MOST_WORDS
    return Verdict.NAME if is_spelled_as_one and is_short else Verdict.UNSURE


def without_handle(bracketed: str) -> str:
    """@Alan is Alan."""
    return bracketed.strip().removeprefix("@").strip()


def _is_none(said: str) -> bool:
    return (
        not visible(said)
        or len(said) > LONGEST_NAME
        or len(said) == 1
        or said.casefold() in _MARKS_OF_A_STATE
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


def _has_case(letter: str) -> bool:
    return letter.upper() != letter.lower()
