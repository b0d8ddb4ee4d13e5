"""Text as it was typed: what arrives changed is changed back, what no database or screen takes is made harmless."""

import unicodedata

from bot.reading.emoji import LONGEST as LONGEST_EMOJI
from bot.reading.emoji import emoji_in
from bot.reading.patterns import pattern

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ESCAPED = pattern("&(?:amp|lt|gt);")
_NO_DATABASE_TAKES = pattern("[\x00\ud800-\udfff]")
_WHOLE_WORDS = pattern(r"(?s)\A.*\S(?=\s)")
_RIGHT_TO_LEFT = {"R", "AL", "RLE", "RLO", "RLI"}
_JOINED_TO_THE_ONE_BEFORE = {"Mn", "Me", "Mc", "Cf", "Sk"}
# Default_Ignorable_Code_Point, which Python does not know, where it is none of the categories C and Z
# (unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt): joiners, fillers and variation selectors.
_IGNORED_BY_SCREENS = (
    range(0x034F, 0x0350),
    range(0x115F, 0x1161),
    range(0x17B4, 0x17B6),
    range(0x180B, 0x1810),
    range(0x3164, 0x3165),
    range(0xFE00, 0xFE10),
    range(0xFFA0, 0xFFA1),
    range(0xE0100, 0xE01F0),
)
_DRAWN_AS_NOTHING = "\N{BRAILLE PATTERN BLANK}\N{MUSICAL SYMBOL NULL NOTEHEAD}"


def unescape(text: str) -> str:
    """The text before Slack escaped its & < and >, once (docs.slack.dev/messaging/formatting-message-text)."""
    return _ESCAPED.sub(lambda entity: _ENTITIES[entity[0]], text)


def storable(text: str) -> str:
    """The text with U+FFFD where it holds a NUL, which Postgres refuses, or half a character, which UTF-8 does."""
    return _NO_DATABASE_TAKES.sub("\N{REPLACEMENT CHARACTER}", text)


def visible(text: str) -> bool:
    """Whether there is anything to see: text of spaces and direction marks alone is as good as none."""
    return not all(map(is_invisible, text))


def is_invisible(character: str) -> bool:
    """Whether it takes room at most: a space, a control, what Unicode has screens ignore, or a sign drawn as nothing."""
    return (
        unicodedata.category(character)[0] in "CZ"
        or character in _DRAWN_AS_NOTHING
        or any(ord(character) in signs for signs in _IGNORED_BY_SCREENS)
    )


def as_a_name(text: str) -> str:
    """What is the same in two names that people take for one: capitals and the number of spaces make no other."""
    return " ".join(text.split()).casefold()


def set_apart(text: str) -> str:
    """The text so that right-to-left letters in it do not turn around what stands beside it (unicode.org/reports/tr9)."""
    turns = any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if turns else text


def cut(text: str, limit: int) -> str:
    """The text, or as many of its words as leave room for the ellipsis that shows the cut."""
    if len(text) <= limit:
        return text
    words = _WHOLE_WORDS.match(text[:limit])
    if words and len(words[0]) > limit // 2:
        return words[0] + "…"
    return text[: _seam(text, limit - 1)] + "…"


def _seam(text: str, end: int) -> int:
    """The last place up to end that does not part a letter from its accent, an emoji from its skin, or one's name."""
    names = list(emoji_in(text[: end + LONGEST_EMOJI]))
    before = next((found.start() for found in names if found.start() < end < found.end()), end) or end
    return next((at for at in range(before, 0, -1) if not _joined(text, at)), end)


def _joined(text: str, at: int) -> bool:
    return (
        unicodedata.category(text[at]) in _JOINED_TO_THE_ONE_BEFORE or text[at - 1] == "\N{ZERO WIDTH JOINER}"
    )
