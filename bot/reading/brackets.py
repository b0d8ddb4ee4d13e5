"""What stands in brackets at the end or the beginning of a line."""

from typing import NamedTuple

# Marks that close a right-to-left phrase may follow a bracket; they stay with the text before it.
_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_OPENING = {")": "(", "]": "[", "\uff09": "\uff08", "\uff3d": "\uff3b", "\u3011": "\u3010"}
_ROUND = "(\uff08"


class Bracketed(NamedTuple):
    """What stands in the brackets, and the line without them."""

    within: str
    rest: str
    is_round: bool


def at_end(line: str) -> Bracketed | None:
    """The last brackets of the line, where nothing but marks of direction follows them."""
    body, marks = without_marks(line)
    opens = body.rfind(_OPENING.get(body[-1:], "\n"))
    if opens < 0:
        return None
    return Bracketed(body[opens + 1 : -1].strip(), body[:opens].rstrip() + marks, body[opens] in _ROUND)


def at_beginning(line: str) -> Bracketed | None:
    """The first brackets of the line, where nothing stands before them and a space and more after them."""
    for closing, opening in _OPENING.items():
        closes = line.find(closing)
        if line.startswith(opening) and line[closes + 1 : closes + 2].isspace():
            return Bracketed(line[1:closes].strip(), line[closes + 1 :].strip(), opening in _ROUND)
    return None


def without_marks(line: str) -> tuple[str, str]:
    """The line up to its last sign, and the marks of direction that follow."""
    end = len(line)
    while end and (line[end - 1].isspace() or line[end - 1] in _MARKS):
        end -= 1
    return line[:end], "".join(line[end:].split())
