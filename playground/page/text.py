"""Slack's text (mrkdwn and plain_text) to HTML in which nothing of a person's own is live."""

import re
from collections.abc import Callable
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from playground.page.dates import formatted
from playground.page.emoji import emoji, with_emoji
from playground.page.reader import Reader

PREFORMATTED = re.compile(r"```\n?(.+?)\n?```\n?", re.DOTALL)
QUOTE = re.compile(r"(?:>|&gt;) ?")
INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<control>[^<>\n]+)>"
    r"|:(?P<emoji>[a-z0-9_+'-]+):"
    r"|(?P<address>https?://[^\s<>|`]*[^\s<>|`.,;:!?)\"'*_~])"
    r"|(?<![\w*])\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])"
)
SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


def text_object(text: dict[str, Any], reader: Reader) -> Markup:
    """A text composition object: docs.slack.dev/reference/block-kit/composition-objects/text-object."""
    return mrkdwn(text["text"], reader) if text["type"] == "mrkdwn" else plain_text(text)


def plain_text(text: dict[str, Any]) -> Markup:
    return escape(with_emoji(text["text"]) if text.get("emoji", True) else text["text"])


def mrkdwn(text: str, reader: Reader) -> Markup:
    pieces = PREFORMATTED.split(text)  # every second piece stood between ``` and ```
    return Markup().join(
        Markup("<pre>{}</pre>").format(_raw(piece)) if position % 2 else _lines(piece, reader)
        for position, piece in enumerate(pieces)
    )


def link(address: str, label: Markup | str) -> Markup:
    """A link that opens beside the page; an address that could run a program stays text."""
    if not SAFE_ADDRESS.match(address):
        return escape(label)
    opening = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
    return opening.format(address, label)


def mention(kind: str, name: str) -> Markup:
    """`kind` is user, channel or broadcast."""
    return Markup('<span class="mention {}">{}{}</span>').format(
        kind, "#" if kind == "channel" else "@", name
    )


def date_text(timestamp: float, template: str, fallback: str, address: str, reader: Reader) -> Markup:
    try:
        words = formatted(template, reader.local(timestamp), reader.now())
    except (KeyError, OverflowError, OSError, ValueError):
        words = fallback
    shown = Markup("<time>{}</time>").format(words)
    return link(address, shown) if address else shown


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """Slack escapes these three and no others: docs.slack.dev/messaging/formatting-message-text."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _raw(text: str) -> str:
    """What stands in code: addresses lose their brackets, nothing else is read."""
    return unescaped(re.sub(r"<(https?://[^|<>\s]+)(?:\|[^<>]*)?>", r"\1", text))


def _lines(text: str, reader: Reader) -> Markup:
    groups = groupby(text.split("\n"), key=lambda line: bool(QUOTE.match(line)))
    return Markup().join(_paragraph(list(lines), reader, quoted=quoted) for quoted, lines in groups)


def _paragraph(lines: list[str], reader: Reader, *, quoted: bool) -> Markup:
    if not quoted:
        return _inline("\n".join(lines), reader)
    bare = "\n".join(QUOTE.sub("", line, count=1) for line in lines)
    return Markup("<blockquote>{}</blockquote>").format(_inline(bare, reader))


def _inline(text: str, reader: Reader) -> Markup:
    pieces, read = [], 0
    for found in INLINE.finditer(text):
        pieces.append(escape(unescaped(text[read : found.start()])))
        pieces.append(MARKS[found.lastgroup or ""](found[found.lastgroup or ""], reader))
        read = found.end()
    return Markup().join([*pieces, escape(unescaped(text[read:]))])


def _address(address: str, _: Reader) -> Markup:
    return link(unescaped(address), unescaped(address))


def _control(content: str, reader: Reader) -> Markup:
    """What stands between < and >: docs.slack.dev/messaging/formatting-message-text#advanced."""
    target, _, label = content.partition("|")
    target, label = unescaped(target), unescaped(label)
    match target[:1]:
        case "@":
            return mention("user", reader.name_of(target[1:]))
        case "#":
            return mention("channel", reader.channel_name(target[1:]))
        case "!":
            return _special(target[1:], label, reader)
        case _:
            return link(target, label or target.removeprefix("mailto:"))


def _special(command: str, label: str, reader: Reader) -> Markup:
    name, *arguments = command.split("^")
    if name == "date" and len(arguments) > 1 and arguments[0].lstrip("-").isdecimal():
        address = arguments[2] if len(arguments) > 2 else ""  # noqa: PLR2004  timestamp, template, address
        return date_text(int(arguments[0]), arguments[1], label, address, reader)
    return mention("broadcast", (label or name).removeprefix("@"))


MARKS: dict[str, Callable[[str, Reader], Markup]] = {
    "code": lambda content, _: Markup("<code>{}</code>").format(_raw(content)),
    "control": _control,
    "emoji": lambda name, _: escape(emoji(name)),
    "address": _address,
    "bold": lambda content, reader: Markup("<b>{}</b>").format(_inline(content, reader)),
    "italic": lambda content, reader: Markup("<i>{}</i>").format(_inline(content, reader)),
    "strike": lambda content, reader: Markup("<s>{}</s>").format(_inline(content, reader)),
}
