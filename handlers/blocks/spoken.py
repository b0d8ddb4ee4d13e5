"""What a screen reader says of blocks: Slack has it read a message's `text`, and not the blocks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.reading.text import cut
from handlers.blocks.bars import is_bar

_FOR_PRIVATE_USE = range(0xF0000, 0xFFFFE)
"""More characters than any message holds (Unicode, section 23.5)."""


def spoken_text(blocks: Iterable[dict[str, Any]], limit: int) -> str:
    """All their words, escaped, cut visibly at the limit and never within an escape. Slack puts the names of linked channels in, and of people."""
    blocks = list(blocks)
    stand_ins = _stand_ins(blocks)
    text = "\n".join(_spoken(blocks, stand_ins))
    while len(_as_sent(text, stand_ins)) > limit:
        text = cut(text, len(text) * limit // (len(_as_sent(text, stand_ins)) + 1))
    return _as_sent(text, stand_ins)


def first_words(blocks: Iterable[dict[str, Any]], limit: int) -> str:
    """What its first lines say, as they were typed, in one line. Channels and buttons are left out."""
    without_ways = [
        {name: part for name, part in block.items() if name != "accessory"}
        for block in blocks
        if block["type"] != "actions"
    ]
    spoken = _spoken(without_ways, {})
    return cut(" · ".join(" ".join(said.split()) for said in spoken if said.strip()), limit)


def _stand_ins(blocks: Sequence[dict[str, Any]]) -> dict[str, str]:
    """For each link of ours, as it is sent, a sign that nobody has typed here."""
    links = sorted(set(_links(blocks)))
    typed = "".join(_spoken(blocks, {})) if links else ""
    signs = (chr(code) for code in _FOR_PRIVATE_USE if chr(code) not in typed)
    return dict(zip(links, signs, strict=False))


def _as_sent(text: str, stand_ins: Mapping[str, str]) -> str:
    """Each link of ours has a sign in its stead that nobody has typed, until all else is escaped."""
    sent = escape(text)
    for link, sign in stand_ins.items():
        sent = sent.replace(sign, link)
    return sent


def _links(part: Any) -> Iterator[str]:
    """As they are sent."""
    if isinstance(part, Sequence):
        for one in part:
            yield from _links(one)
    elif part.get("type") in ("channel", "user"):
        yield _link(part)
    else:
        yield from _links(part.get("elements", []))


def _link(element: Mapping[str, Any]) -> str:
    return f"<#{element['channel_id']}>" if element["type"] == "channel" else f"<@{element['user_id']}>"


def escape(text: str) -> str:
    """For the one place that Slack parses, a message's `text` (docs.slack.dev/messaging/formatting-message-text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _spoken(blocks: Iterable[dict[str, Any]], stand_ins: Mapping[str, str]) -> list[str]:
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
                lines += [said for part in block["elements"] for said in _spoken_part(part, stand_ins)]
            case "actions":
                lines.append(_spoken_choices(block["elements"]))
    return [said for said in lines if said]


def _spoken_part(part: dict[str, Any], stand_ins: Mapping[str, str]) -> list[str]:
    if part["type"] == "rich_text_list":
        mark = "{}. " if part["style"] == "ordered" else "• "
        return [
            mark.format(number) + "".join(_spoken_part(row, stand_ins))
            for number, row in enumerate(part["elements"], start=part.get("offset", 0) + 1)
        ]
    return ["".join(_spoken_run(one, stand_ins) for one in part["elements"]).strip("\n")]


def _spoken_run(element: dict[str, Any], stand_ins: Mapping[str, str]) -> str:
    """Slack draws a message's :tada: itself."""
    match element["type"]:
        case "emoji":
            return f":{element['name']}:"
        case "channel" | "user":
            return stand_ins.get(_link(element), "")
    return str(element.get("text", ""))


def _spoken_choices(elements: Sequence[dict[str, Any]]) -> str:
    labels = [element["text"]["text"] for element in elements if element["type"] == "button"]
    return " ".join(f"[{label}]" for label in labels)
