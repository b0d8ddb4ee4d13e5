"""The mark that a line of a list begins with: a bullet, a box, a number, a letter, as programs and people write them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bot.reading import patterns
from bot.reading.patterns import pattern
from bot.reading.text import is_invisible

BULLET = "bullet"
_FIRST_LETTERS = "\N{CYRILLIC SMALL LETTER A}\N{GREEK SMALL LETTER ALPHA}a"
_FIRST_PICTURE = "\N{MAHJONG TILE EAST WIND}"
_PARTS_OF_PICTURES = frozenset({"So", "Sk", "Mn", "Me", "Cf"})
_AS_A_PICTURE = "\N{VARIATION SELECTOR-16}"
_KEYCAP = "\N{COMBINING ENCLOSING KEYCAP}"
_SHORTCODE = pattern(r":(?P<name>[a-z0-9_+'-]{1,80}):(?::skin-tone-[2-6]:)?")
_SLACKS_KEYCAPS = {
    name: number
    for number, name in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "keycap_ten"]
    )
} | {"ten": 10, "1234": 0}
_BOX = pattern(r"(?:[\[(][ xX\u2713\u2714\u2717\u2718]?[\])]|[\u2610-\u2612])(?=\s)")
_LABEL = pattern(
    r"\A(?P<before>[(\uff08\[#]?)"
    r"(?P<label>\d{1,3}(?:\.\d{1,3}){0,3}|[^\W\d_]{1,5})"
    r"(?P<after>\.\)|[.)\]:/\u3001\uff0e\uff09\u3002]|[ ]?[-\u2010-\u2014](?=\s)|(?=\s))"
)
_ROMAN = pattern(r"(?i)\A(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_FIGURES = {"i": 1, "v": 5, "x": 10, "l": 50}
_CLOSES = {"(": ")", "\uff08": "\uff09", "[": "]"}
_BULLETS = "*\u2022\u2023\u2043\u2027\u00b7\u2219\u22c5\u25e6\u2024\u30fb\uff65\u203b\u00a7\u00b6\u204c\u204d\u203a\u00bb\uff0a\u2217\uff0b\uff0d"
_ALONE_TOO = frozenset(
    "-*\u2010\u2011\u2012\u2013\u2014\u2022\u2023\u2043\u00b7\u2219\u25e6\u25cf\u25cb\u25a0\u25a1\u25aa\u25ab\u25c6\u25c7\u30fb"
)
"""Bullets that are none of the words of a single line. Others, such as → and ★, may be."""
_NO_MARKS = frozenset("<>=|\u00ac^`$\u00a9\u00ae\u2122\u00b0\ufffd")
_WORDS_LETTERS = frozenset("o\u00a7\u00d8q\u00fcv\u00e0")
"""What Word's bullets become in plain text. A tab follows them."""
_LOOK_LIKE_SIGNS = frozenset("-+~\u2010\u2011\u2012\u2013\u2014\u2212\uff0b\uff0d")
_MAKE_BOLD = frozenset("*~")


@dataclass(frozen=True, slots=True)
class Mark:
    """`readings`: the lists that it can belong to, and its place in each: "i." is the first of a list and the ninth of another.

    `end`: where the line's words begin. `is_sure`: it is a mark on a single line, too.
    """

    indent: int
    readings: Mapping[str, int]
    end: int
    is_sure: bool = False


def mark_of(line: str) -> Mark | None:
    """The mark at the beginning of the line, if what stands there can be one."""
    start = next((at for at, sign in enumerate(line) if _begins(sign)), len(line))
    found = _keycap(line, start) or _shortcode(line, start) or _box(line, start)
    found = found or _label(line, start) or _word_bullet(line, start) or _bullet(line, start)
    if found is None:
        return None
    readings, end, is_sure = found
    return Mark(
        indent=len(line[:start].expandtabs(4)),
        readings=readings,
        end=_after_box(line, end),
        is_sure=is_sure,
    )


def _begins(sign: str) -> bool:
    """Word's own bullets, pasted as text, are of no script, and a box on most screens."""
    return not is_invisible(sign) or unicodedata.category(sign) == "Co"


Found = tuple[Mapping[str, int], int, bool]


def _keycap(line: str, at: int) -> Found | None:
    """1️⃣, 🔟, ①, ⑴ and their like."""
    sign = line[at : at + 1]
    end = at + 2 if line[at + 1 : at + 2] == _AS_A_PICTURE else at + 1
    if line[end : end + 1] == _KEYCAP and sign.isascii():
        return {"keycap": int(sign) if sign.isdigit() else 0}, end + 1, False
    if sign == "\N{KEYCAP TEN}":
        return {"keycap": 10}, at + 1, False
    is_number = sign and unicodedata.category(sign) == "No" and _is_drawn_apart(sign)
    return ({"circled": int(unicodedata.numeric(sign, 0))}, at + 1, False) if is_number else None


def _is_drawn_apart(number: str) -> bool:
    """① and ⒈ are, ² and ½ are not."""
    return not unicodedata.decomposition(number).startswith(("<super", "<sub", "<fraction"))


def _shortcode(line: str, at: int) -> Found | None:
    """:one: and :small_blue_diamond:, as Slack sends emoji."""
    found = _SHORTCODE.match(line, at)
    if not found:
        return None
    name = found["name"]
    if name in _SLACKS_KEYCAPS:
        return {"keycap": _SLACKS_KEYCAPS[name]}, found.end(), False
    return {f":{name}:": 0}, found.end(), False


def _box(line: str, at: int) -> Found | None:
    found = _BOX.match(line, at)
    return ({"box": 0}, found.end(), "x" not in found[0].casefold()) if found else None


def _after_box(line: str, end: int) -> int:
    """Where the words begin after "- [ ] "."""
    start = end + len(line[end:]) - len(line[end:].lstrip())
    found = _BOX.match(line, start)
    return found.end() if found else end


def _label(line: str, at: int) -> Found | None:
    """1. and (1), a) and A., iv) and IV., 1.2, 一、"""
    found = _LABEL.match(line[at:])
    if not found or not _is_closed(found):
        return None
    end = at + found.end()
    label, follows = found["label"], line[end : end + 2]
    if label[0].isdecimal():
        reading = _numbered(found, follows)
        return (reading, end, False) if reading else None
    if (
        found["before"] == "#"
        or found["after"].strip() in ("", ":", "/")
        or found["after"].strip()[0] in "-\u2010\u2011\u2012\u2013\u2014"
    ):
        return None
    readings = {f"{kind} {found['before']}{found['after']}": place for kind, place in _places(label).items()}
    return (readings, end, False) if readings else None


def _is_closed(found: patterns.Found[str]) -> bool:
    closing = _CLOSES.get(found["before"])
    return found["after"] == closing if closing else found["after"] != "]"


def _numbered(found: patterns.Found[str], follows: str) -> dict[str, int] | None:
    numbers = [int(number) for number in found["label"].split(".")]
    after = found["after"].strip()
    if follows.strip()[:1].isdecimal() and (
        not follows[:1].isspace() or after in tuple("-\u2010\u2011\u2012\u2013\u2014")
    ):
        return None  # 10:30, 1.5 and 5 - 10
    if after in ("/", ":") and not follows[:1].isspace():
        return None
    if not after and len(numbers) == 1 and not (follows[:1] == "\t" or found["before"] == "#"):
        return None  # 5 min
    above = ".".join(map(str, numbers[:-1]))
    return {f"number {above}{found['before']}{after}": numbers[-1] or 1}


def _places(label: str) -> dict[str, int]:
    """The places that a letter, a roman or a Chinese number stands for."""
    places = {}
    if len(label) == 1 and unicodedata.numeric(label, 0) >= 1:
        return {"number": int(unicodedata.numeric(label))}
    if len(label) == 1 and label.lower() != label.upper():
        places[f"letter {label.isupper()}"] = _place_in_alphabet(label.casefold())
    if _ROMAN.fullmatch(label) and (label.isupper() or label.islower()):
        places[f"roman {label.isupper()}"] = _roman(label.casefold())
    return places


def _place_in_alphabet(letter: str) -> int:
    first = next((first for first in _FIRST_LETTERS if first <= letter), "a")
    return ord(letter[0]) - ord(first) + 1


def _roman(label: str) -> int:
    figures = [_ROMAN_FIGURES[figure] for figure in label]
    return sum(-one if one < after else one for one, after in zip(figures, [*figures[1:], 0], strict=True))


def _word_bullet(line: str, at: int) -> Found | None:
    sign = line[at : at + 1]
    is_mark = sign in _WORDS_LETTERS and line[at + 1 : at + 2] == "\t"
    if sign and (is_mark or (sign == "o" and line[at + 1 : at + 2].isspace())):
        return {sign: 0}, at + 1, False
    return None


def _bullet(line: str, at: int) -> Found | None:
    sign = line[at : at + 1]
    if not sign or not (_is_bullet(sign) or line.startswith("=>", at)):
        return None
    end = _end_of_sign(line, at)
    follows = line[end : end + 1]
    if sign in _LOOK_LIKE_SIGNS and follows.isdecimal():
        return None  # -5 degrees
    if sign in _MAKE_BOLD and sign in line[end:] and not follows.isspace():
        return None  # *Budget* first
    if end - at > 1 and not line[end:].strip():
        return None  # a line drawn under something
    is_spaced = not follows or follows.isspace() or not sign.isascii()
    return {_kind(line[at:end]): 0}, end, sign in _ALONE_TOO and is_spaced


def _kind(sign: str) -> str:
    """A picture is a mark where the same one comes again; of bullets any goes with any."""
    return sign if sign >= _FIRST_PICTURE else f"{BULLET} {sign.rstrip(_AS_A_PICTURE)}"


def _is_bullet(sign: str) -> bool:
    return sign not in _NO_MARKS and (
        sign in _BULLETS or unicodedata.category(sign) in {"Pd", "So", "Sm", "Co"}
    )


def _end_of_sign(line: str, at: int) -> int:
    """Where a run of the same sign ends, an arrow of it, or a picture with all that belongs to it."""
    end = at + 1
    if line[at] >= _FIRST_PICTURE:
        while end < len(line) and unicodedata.category(line[end]) in _PARTS_OF_PICTURES:
            end += 1
        return end
    while line[end : end + 1] in (line[at], _AS_A_PICTURE):
        end += 1
    return end + 1 if line[at] in "-=" and line[end : end + 1] == ">" else end
