"""What a screen reader says of blocks: Slack has it read a message's `text`, and not the blocks."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.reading.patterns import pattern
from bot.reading.text import cut
from handlers.blocks.bars import is_bar

_MARK = "\ufdd0"
"""Around a link of ours until all else is escaped: no character, which nobody types (Unicode, section 23.7)."""
_LINK = pattern(f"{_MARK}([A-Z0-9]{{1,30}}){_MARK}")


def spoken_text(blocks: Iterable[dict[str, Any]], limit: int) -> str:
    """All their words, escaped, cut visibly at the limit and never within an escape. Slack puts the names of linked channels in."""
    text = "\n".join(_spoken(blocks))
    while len(_as_sent(text)) > limit:
        text = cut(text, len(text) * limit // (len(_as_sent(text)) + 1))
    return _as_sent(text)


def _as_sent(text: str) -> str:
    return _LINK.sub(r"<#\1>", escape(text)).replace(_MARK, "")


def escape(text: str) -> str:
    """For the one place that Slack parses, a message's `text` (docs.slack.dev/messaging/formatting-message-text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _spoken(blocks: Iterable[dict[str, Any]]) -> list[str]:
    """What a screen reader should say, a line each."""
    lines = []
    for block in blocks:
        match block["type"]:
            case "header":
                lines.append(block["text"]["text"])
            case "section":
                lines.append(block["text"]["text"])
                lines.append(_spoken_choices([block["accessory"]] if "accessory" in block else []))
            case "context":
                lines += [
                    said for said in (element["text"] for element in block["elements"]) if not is_bar(said)
                ]
            case "rich_text":
                lines += [said for part in block["elements"] for said in _spoken_part(part)]
            case "actions":
                lines.append(_spoken_choices(block["elements"]))
    return [said for said in lines if said]


def _spoken_part(part: dict[str, Any]) -> list[str]:
    if part["type"] == "rich_text_list":
        mark = "{}. " if part["style"] == "ordered" else "• "
        return [
            mark.format(number) + "".join(_spoken_part(row))
            for number, row in enumerate(part["elements"], start=part.get("offset", 0) + 1)
        ]
    return ["".join(map(_spoken_run, part["elements"])).strip("\n")]


def _spoken_run(element: dict[str, Any]) -> str:
    """Slack draws a message's :tada: itself."""
    match element["type"]:
        case "emoji":
            return f":{element['name']}:"
        case "channel":
            return _link(element)
    return str(element.get("text", ""))


def _link(channel: dict[str, Any]) -> str:
    return f"{_MARK}{channel['channel_id']}{_MARK}"


def _spoken_choices(elements: Sequence[dict[str, Any]]) -> str:
    labels = [element["text"]["text"] for element in elements if element["type"] == "button"]
    return " ".join(f"[{label}]" for label in labels)
