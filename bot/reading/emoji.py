"""Emoji as Slack writes them in what a person types: :tada: and :wave::skin-tone-3:."""

from collections.abc import Iterator

from bot.reading.patterns import Found, pattern

# A letter or figure before it makes it a time or a word, as in 10:30:45 and note:this: (scripts without capitals set no spaces).
_SHORTCODE = pattern(
    r"(?<![0-9A-Za-z\u00c0-\u024f\u0370-\u052f])"
    r":(?P<name>[\w+'-]{1,100}(?:::skin-tone-[2-6])?):"
)
LONGEST = len("::::skin-tone-6") + 100
_NAMES_WITHOUT_LETTERS = frozenset({"+1", "-1", "100", "1234"})


def emoji_in(text: str) -> Iterator[Found[str]]:
    """Slack knows what it has of these; of a name that it does not know it shows the letters."""
    return (found for found in _SHORTCODE.finditer(text) if _is_name(found["name"].partition("::")[0]))


def _is_name(name: str) -> bool:
    return name == name.lower() and (name in _NAMES_WITHOUT_LETTERS or any(map(str.isalpha, name)))
