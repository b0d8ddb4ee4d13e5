"""Text as it was typed: what arrives changed is changed back, what no database or screen takes is made harmless."""

import unicodedata

from bot.reading.patterns import pattern

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ESCAPED = pattern("&(?:amp|lt|gt);")
_NO_DATABASE_TAKES = pattern("[\x00\ud800-\udfff]")
_WHOLE_WORDS = pattern(r"(?s)\A.*\S(?=\s)")
_RIGHT_TO_LEFT = {"R", "AL", "RLE", "RLO", "RLI"}
_JOINED_TO_THE_ONE_BEFORE = {"Mn", "Me", "Mc", "Cf", "Sk"}


def unescape(text: str) -> str:
    """The text before Slack escaped its & < and >, once (docs.slack.dev/messaging/formatting-message-text)."""
    return _ESCAPED.sub(lambda entity: _ENTITIES[entity[0]], text)


def storable(text: str) -> str:
    """The text with U+FFFD where it holds a NUL, which Postgres refuses, or half a character, which UTF-8 does."""
    return _NO_DATABASE_TAKES.sub("\N{REPLACEMENT CHARACTER}", text)


def visible(text: str) -> bool:
    """Whether there is anything to see: text of spaces and direction marks alone is as good as none."""
    return any(unicodedata.category(character)[0] not in "CZ" for character in text)


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
    """The last place up to end that does not part a letter from its accent or an emoji from its skin."""
    return next((at for at in range(end, 0, -1) if not _joined(text, at)), end)


def _joined(text: str, at: int) -> bool:
    return (
        unicodedata.category(text[at]) in _JOINED_TO_THE_ONE_BEFORE or text[at - 1] == "\N{ZERO WIDTH JOINER}"
    )
