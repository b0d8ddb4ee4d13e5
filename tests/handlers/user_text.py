"""What people write, drawn by every renderer, and what Slack then shows of it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.reading.emoji import emoji_in
from bot.reading.text import unescape
from handlers.blocks.kit import Message, View, channel_link, mention, run
from handlers.blocks.surfaces import MESSAGE
from playground.page import text as page
from playground.page.emoji import with_emoji
from playground.page.reader import Reader
from playground.page.rich_text import rich_text
from playground.slack import views
from playground.slack.messages import checked_blocks

Drawn = Message | View

FRAGMENTS = (
    *(
        "<!channel>",
        "<!here>",
        "<!everyone>",
        "<@U0ADMIN>",
        "<#C0SHARED>",
        "<!subteam^S1>",
        "@channel",
        "@here",
    ),
    *("<https://evil.example|your bank>", "<mailto:a@evil.example|help>", "https://evil.example/?a=1&b=2"),
    *(
        "<!date^1^{date}^https://evil.example|soon>",
        "<javascript:alert(1)|x>",
        "//evil.example",
        "www.evil.example",
    ),
    *(
        "*",
        "_",
        "~",
        "`",
        "```",
        "*bold*",
        "_soft_",
        "~gone~",
        "`code`",
        "```pre```",
        "> ",
        "\n> quoted",
        "\n- ",
        "1. ",
    ),
    *(
        "&",
        "<",
        ">",
        "|",
        "&lt;",
        "&gt;",
        "&amp;",
        "&amp;lt;!channel&amp;gt;",
        "&#60;",
        "<<",
        ">>",
        "<>",
        "\\",
        "\\<",
    ),
    *(
        ":tada:",
        ":",
        "{name}",
        "{0}",
        "{}",
        "{",
        "}",
        "%s",
        "%(name)s",
        "\\n",
        "\n",
        "\r\n",
        "\t",
        "  ",
        "…",
        " · ",
    ),
    *(
        "\u202e",
        "\u2066",
        "\u2068",
        "\u2069",
        "\u200b",
        "\u200d",
        "\ufeff",
        "ميزانية",
        "שלום",
        "👩🏽\u200d🚒",
        "e\u0301",
    ),
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '" onmouseover="x',
        "]]>",
        "<!--",
        "\u2028",
    ),
)
_ANY = (*range(1, 0xD800), *range(0xE000, 0x20000))
HARMLESS = ("plain words",)
ZONE = ZoneInfo("America/Los_Angeles")
NOON = datetime(2027, 1, 14, 20, tzinfo=UTC).timestamp()
READER = Reader("U1", ZONE, lambda: NOON, str, str)
CUT_NAME = re.compile(":[a-z]{0,9}…")
"""What only looks like an emoji may be cut in two."""
SHORT = 40
"""Characters of a text that is cut nowhere but in labels."""


@dataclass
class Written:
    """A text for every name that is asked for, told from all others by how it begins and ends."""

    pool: Sequence[str]
    texts: dict[str, str] = field(default_factory=dict)

    def __call__(self, name: str) -> str:
        if name not in self.texts:
            inner = self.pool[len(self.texts) % len(self.pool)]
            self.texts[name] = f"{begin(name)}{inner}«/{name}»"
        return self.texts[name]

    @property
    def is_short(self) -> bool:
        return all(len(text) <= SHORT for text in self.pool)

    @property
    def has_emoji(self) -> bool:
        """They are elements of their own."""
        return any(with_emoji(text) != text or any(emoji_in(text)) for text in self.texts.values())


def begin(name: str) -> str:
    return f"«{name}»"


def at_random(rng: Random) -> list[str]:
    """One to four texts, some of them long."""
    return [_text(rng) for _ in range(rng.randint(1, 4))]


def _text(rng: Random) -> str:
    parts = [rng.choice(FRAGMENTS) if rng.random() < 0.8 else _noise(rng) for _ in range(rng.randint(0, 6))]
    return "".join(parts) * (rng.choice([20, 400]) if rng.random() < 0.05 else 1)


def _noise(rng: Random) -> str:
    return "".join(map(chr, rng.choices(_ANY, k=rng.randint(1, 5))))


# --- What Slack shows


@dataclass
class Shown:
    """The texts as they stand on the screen, and what in them can be followed, rings, or is not text at all."""

    texts: list[str] = field(default_factory=list)
    alive: list[str] = field(default_factory=list)
    skeleton: list[str] = field(default_factory=list)

    def count(self, name: str) -> int:
        return sum(text.count(begin(name)) for text in self.texts)

    @property
    def cut(self) -> int:
        """How many of them end before what was to be said: the choices of a menu have little room."""
        return sum(text.endswith("…") for text in self.texts)


OUR_CHANNEL = "C0SHARED"
"""Of the settings. A link to it is our own, and calls nobody."""
OUR_PERSON = "U0TALKS"
"""Who asked to be called, or whom a form names."""
OUR_THREAD = "https://sister.slack.com/archives/C0SHARED/p11"
INERT = {"b", "i", "s", "u", "code", "div", "ul", "ol", "li", "blockquote"}
OUR_ADDRESS = re.compile(
    r"https://(?:calendar\.google\.com/calendar/render|outlook\.office\.com/calendar/0/deeplink/compose)"
    r"\?[A-Za-z0-9%&=+._~-]*"
)
"""Whatever people write, a link leads to one of these, and nothing of it acts there."""
RAW = {
    *("initial_value", "accessibility_label", "alt_text"),
    *("title", "name", "label", "caption"),  # of charts and tables
}
"""Strings that Slack shows as they are."""
SILENT = {
    *("type", "block_id", "action_id", "callback_id", "private_metadata", "value", "style", "timestamp"),
    *("initial_time", "initial_date", "initial_conversation", "min_value", "max_value"),
}


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        self.tags.append(f"{tag} {dict(attributes)}" if tag not in INERT else tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def shown(drawn: Drawn) -> Shown:
    seen = Shown()
    _look(MESSAGE.shows(drawn)["blocks"] if isinstance(drawn, Message) else drawn, seen)
    return seen


def _look(part: Any, seen: Shown) -> None:
    if isinstance(part, list):
        seen.skeleton.append(f"{len(part)} of")
        for one in part:
            _look(one, seen)
    elif part.get("type") in ("plain_text", "mrkdwn"):
        _read(page.text_object(part, READER), seen)
    elif part.get("type") in ("raw_text", "raw_number"):
        seen.texts.append(part["text"])
    elif part.get("type") == "rich_text":
        _read(rich_text(_with_our_links_as_text(part), READER), seen)
    else:
        for key, value in part.items():
            _look_at(key, value, seen)


def is_our_own(part: dict[str, Any]) -> bool:
    """A link to the channel of the settings or to a thread in it, or the name of who asked to be called."""
    return part in (channel_link(OUR_CHANNEL), mention(OUR_PERSON)) or part.get("url") == OUR_THREAD


def without_our_own(text: str) -> str:
    """The same where they are plain text."""
    return text.replace(f"<#{OUR_CHANNEL}>", OUR_CHANNEL).replace(f"<@{OUR_PERSON}>", OUR_PERSON)


def _with_our_links_as_text(part: Any) -> Any:
    if isinstance(part, list):
        return [_with_our_links_as_text(one) for one in part]
    if is_our_own(part):
        return run(part.get("text") or part.get("user_id") or part["channel_id"])
    return part | {"elements": _with_our_links_as_text(part["elements"])} if "elements" in part else part


def _look_at(key: str, value: Any, seen: Shown) -> None:
    seen.skeleton.append(key)
    if isinstance(value, dict | list) and not _names(value):
        _look(value, seen)
    elif key in RAW:
        seen.texts.append(value)
    elif key == "url":
        assert OUR_ADDRESS.fullmatch(value), value
    elif isinstance(value, str) and key not in SILENT:
        raise AssertionError(f"nobody knows whether Slack shows {key}")


def _names(value: Any) -> bool:
    """A list of ids, such as of the people whom a menu starts with."""
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _read(html: object, seen: Shown) -> None:
    read = _Page(str(html))
    seen.texts.append("".join(read.words))
    seen.skeleton += [tag.split()[0] for tag in read.tags]
    seen.alive += [tag for tag in read.tags if tag not in INERT]


# --- What must be true of it


def must_be_harmless(draw: Callable[[Written], Drawn], pool: Sequence[str]) -> None:
    """Drawn with these texts it is what it is with harmless ones, and shows them letter by letter."""
    written, usual = Written(pool), _usual(draw)
    drawn = draw(written)
    seen = shown(drawn)
    assert seen.alive == [], seen.alive
    assert seen.skeleton == usual.skeleton or not written.is_short or written.has_emoji
    for name, text in written.texts.items():
        _must_show(seen, name, text)
        missing = usual.count(name) - seen.count(name)
        assert 0 <= missing <= seen.cut or not written.is_short, name
    _must_be_taken(drawn)
    if isinstance(drawn, Message):
        _must_speak(MESSAGE.shows(drawn)["text"], written)


@cache
def _usual(draw: Callable[[Written], Drawn]) -> Shown:
    return shown(draw(Written(HARMLESS)))


def _must_show(seen: Shown, name: str, text: str) -> None:
    """Wherever it begins, it goes on to its end, or to the sign that it was cut. Emoji may be drawn, or stand as they were typed."""
    text = with_emoji(text)
    for found in map(with_emoji, _places(seen, begin(name))):
        same = _as_far_as_same(found, text)
        is_cut = "…" in found[same - 1 : same + 1] or CUT_NAME.match(found, same)
        assert same == len(text) or is_cut, (name, found[: len(text) + 9], text)


def _as_far_as_same(one: str, other: str) -> int:
    differing = (at for at, (this, that) in enumerate(zip(one, other, strict=False)) if this != that)
    return next(differing, min(len(one), len(other)))


def _places(seen: Shown, mark: str) -> Iterator[str]:
    for text in seen.texts:
        for found in re.finditer(re.escape(mark), text):
            yield text[found.start() :]


def _must_be_taken(drawn: Drawn) -> None:
    if isinstance(drawn, Message):
        on_message = MESSAGE.shows(drawn)
        checked_blocks(on_message["blocks"])
        assert 0 < len(on_message["text"]) <= 4000
    else:
        views.checked(drawn, "modal")


def _must_speak(text: str, written: Written) -> None:
    """Slack parses a message's `text` (docs.slack.dev/messaging/formatting-message-text)."""
    text = without_our_own(text)
    assert not re.search(r"[<>]|&(?!(?:amp|lt|gt);)", text), text
    read = _Page(str(page.mrkdwn(text, READER)))
    for tag in read.tags:
        assert not re.match("(?:span|time|img|script) ", tag), tag
    said = Shown(texts=[unescape(text)])
    for name, one in written.texts.items():
        _must_show(said, name, one)
