"""Slack's rich_text block to HTML: docs.slack.dev/reference/block-kit/blocks/rich-text-block."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape

from playground.page.emoji import emoji
from playground.page.reader import Reader
from playground.page.text import date_text, link, mention

Json = dict[str, Any]

STYLES = {
    "bold": Markup("<b>{}</b>"),
    "italic": Markup("<i>{}</i>"),
    "strike": Markup("<s>{}</s>"),
    "underline": Markup("<u>{}</u>"),
    "code": Markup("<code>{}</code>"),
}


def rich_text(block: Json, reader: Reader) -> Markup:
    return Markup().join(PARTS[part["type"]](part, reader) for part in block["elements"])


def _words(elements: list[Json], reader: Reader) -> Markup:
    return Markup().join(_styled(element, reader) for element in elements)


def _styled(element: Json, reader: Reader) -> Markup:
    words = ELEMENTS[element["type"]](element, reader)
    for style, wrap in STYLES.items():
        if element.get("style", {}).get(style):
            words = wrap.format(words)
    return words


def _section(part: Json, reader: Reader) -> Markup:
    return Markup("<div>{}</div>").format(_words(part["elements"], reader))


def _quote(part: Json, reader: Reader) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(_words(part["elements"], reader))


def _preformatted(part: Json, reader: Reader) -> Markup:
    return Markup("<pre>{}</pre>").format(_words(part["elements"], reader))


def _list(part: Json, reader: Reader) -> Markup:
    lines = Markup().join(
        Markup("<li>{}</li>").format(_words(section["elements"], reader)) for section in part["elements"]
    )
    indent = part.get("indent", 0)
    if part["style"] == "ordered":
        start = part.get("offset", 0) + 1
        return Markup('<ol class="indent-{}" start="{}">{}</ol>').format(indent, start, lines)
    return Markup('<ul class="indent-{}">{}</ul>').format(indent, lines)


def _date(element: Json, reader: Reader) -> Markup:
    fallback, address = element.get("fallback", ""), element.get("url", "")
    return date_text(element["timestamp"], element["format"], fallback, address, reader)


Part = Callable[[Json, Reader], Markup]

PARTS: dict[str, Part] = {
    "rich_text_section": _section,
    "rich_text_list": _list,
    "rich_text_quote": _quote,
    "rich_text_preformatted": _preformatted,
}

ELEMENTS: dict[str, Part] = {
    "text": lambda element, _: escape(element["text"]),
    "link": lambda element, _: link(element["url"], element.get("text") or element["url"]),
    "user": lambda element, reader: mention("user", reader.name_of(element["user_id"])),
    "channel": lambda element, reader: mention("channel", reader.channel_name(element["channel_id"])),
    "usergroup": lambda element, _: mention("broadcast", element["usergroup_id"]),
    "broadcast": lambda element, _: mention("broadcast", element["range"]),
    "emoji": lambda element, _: escape(emoji(element["name"])),
    "date": _date,
}
