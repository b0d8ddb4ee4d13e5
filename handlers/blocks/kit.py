"""Block Kit in our few shapes. People's words go into plain or rich text, which Slack never parses, cut only at its limits."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.reading.text import cut
from handlers.blocks import limits
from handlers.blocks.bars import bar_of
from handlers.blocks.emoji import with_emoji
from handlers.words import _

Block = dict[str, Any]
Element = dict[str, Any]
View = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """What is to be said, as long as it is: a surface makes it fit. `text` takes the place of the blocks' own words for screen readers."""

    blocks: list[Block]
    text: str = ""


def plain(text: str, limit: int) -> Element:
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, limits.HEADER_TEXT)}


def run(text: str, **style: bool) -> Element:
    """A run of words in a rich text; `style` is bold, italic, strike or code."""
    element: Element = {"type": "text", "text": text or " "}
    return element | {"style": style} if style else element


def bold(text: str) -> Element:
    return run(text, bold=True)


def channel_link(channel_id: str) -> Element:
    """Slack shows its name to who may know it, and calls nobody."""
    return {"type": "channel", "channel_id": channel_id}


def mention(user_id: str) -> Element:
    """Slack draws their name. A new message calls them by it, and a form does not."""
    return {"type": "user", "user_id": user_id}


def link(address: str, text: str) -> Element:
    """To a message in Slack."""
    return {"type": "link", "url": address, "text": text}


def line(*parts: Element | str) -> Element:
    return {
        "type": "rich_text_section",
        "elements": [run(part) if isinstance(part, str) else part for part in parts],
    }


def quote(*parts: Element | str) -> Element:
    """As long as it is: what a message has no room for, it cuts as a whole."""
    pieces = [piece for part in parts for piece in (_runs(part) if isinstance(part, str) else [part])]
    return {"type": "rich_text_quote", "elements": pieces}


def _runs(text: str) -> list[Element]:
    most = limits.RICH_TEXT_RUN
    return [run(text[start : start + most]) for start in range(0, len(text), most)]


def rows(lines: Iterable[Element], style: str = "bullet", before: int = 0, indent: int = 0) -> Element:
    """`before` is how many of an ordered list stand elsewhere, before these."""
    listed: Element = {"type": "rich_text_list", "style": style, "elements": list(lines)}
    listed |= {"indent": indent} if indent else {}
    return listed | {"offset": before} if before and style == "ordered" else listed


def section(text: str, accessory: Element | None) -> Block:
    """Plain text, with a menu or button at its end on the same line, if there is one."""
    block: Block = {"type": "section", "text": plain(text, limits.SECTION_TEXT)}
    return block | {"accessory": accessory} if accessory else block


def rich(*parts: Element) -> Block:
    return {"type": "rich_text", "elements": list(parts)}


def paragraph(*parts: Element | str) -> Block:
    return rich(line(*parts))


def small(text: str) -> Block:
    return {"type": "context", "elements": [plain(text, limits.CONTEXT_TEXT)]}


def bar(part: int, whole: int) -> Element:
    """How much of it is spoken for, as a phone shows it. What it says stands beside it in words, so it is not read aloud."""
    return {"type": "plain_text", "text": bar_of(part, whole), "emoji": False}


def small_with(element: Element, text: str) -> Block:
    return {"type": "context", "elements": [element, plain(text, limits.CONTEXT_TEXT)]}


def divider() -> Block:
    return {"type": "divider"}


def button(
    text: str,
    action_id: str,
    value: str | int,
    *,
    style: str | None = None,
    about: str = "",
    confirm: Element | None = None,
) -> Element:
    """`about` tells a screen reader which of several like buttons this is; `confirm` asks once more before it counts."""
    element: Element = {
        "type": "button",
        "text": plain(text, limits.BUTTON_TEXT),
        "action_id": action_id,
        "value": str(value),
    }
    if style:
        element["style"] = style
    if about:
        element["accessibility_label"] = cut(f"{text}: {about}", limits.BUTTON_ACCESSIBILITY_LABEL)
    if confirm:
        element["confirm"] = confirm
    return element


def link_button(text: str, action_id: str, url: str) -> Element:
    """Slack opens the address, and says besides that it was pressed."""
    return {
        "type": "button",
        "text": plain(text, limits.BUTTON_TEXT),
        "action_id": action_id,
        "url": url,
    }


def confirmation(title: str, text: str, *, yes: str, no: str) -> Element:
    return {
        "title": plain(title, limits.CONFIRM_TITLE),
        "text": plain(text, limits.CONFIRM_TEXT),
        "confirm": plain(yes, limits.CONFIRM_ANSWER),
        "deny": plain(no, limits.CONFIRM_ANSWER),
    }


def option(text: str, value: str | int) -> Element:
    return {"text": plain(text, limits.OPTION_TEXT), "value": str(value)}


def overflow(action_id: str, options: Sequence[Element]) -> Element:
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def actions(*elements: Element, block_id: str = "") -> Block:
    block: Block = {"type": "actions", "elements": list(elements)}
    return block | {"block_id": block_id} if block_id else block


def input_block(
    block_id: str, label: str, element: Element, *, optional: bool = False, hint: str = ""
) -> Block:
    """One input of a form; its answer comes back under the block's id."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, limits.INPUT_LABEL),
        "element": element | {"action_id": block_id},
        "optional": optional,
    }
    return block | {"hint": plain(hint, limits.INPUT_HINT)} if hint else block


def text_input(
    initial: str | None = None, *, limit: int = limits.INPUT_TEXT, multiline: bool = False
) -> Element:
    element: Element = {"type": "plain_text_input", "multiline": multiline, "max_length": limit}
    return element | {"initial_value": cut(initial, limit)} if initial else element


def number_input(initial: int | None, least: int, most: int) -> Element:
    """A field for a whole number. Slack opens no form whose first value is not between the two."""
    element: Element = {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": str(least),
        "max_value": str(most),
    }
    is_within = initial is not None and least <= initial <= most
    return element | {"initial_value": str(initial)} if is_within else element


def select(options: Sequence[Element], initial: str | int | None = None) -> Element:
    """A menu. Slack takes so many options together and no more: of many, groups of so many."""
    element: Element = {"type": "static_select"}
    if len(options) <= limits.MENU_OPTIONS:
        element["options"] = list(options)
    else:
        element["option_groups"] = _groups(options)
    chosen = [one for one in options if one["value"] == str(initial)]
    return element | {"initial_option": chosen[0]} if chosen else element


def several(options: Sequence[Element], chosen: Collection[str | int] = ()) -> Element:
    """A menu of which several can be chosen."""
    return _with_chosen(select(options) | {"type": "multi_static_select"}, options, chosen)


def checkboxes(options: Sequence[Element], chosen: Collection[str | int] = ()) -> Element:
    """Lines to be ticked. Slack takes ten at most."""
    return _with_chosen({"type": "checkboxes", "options": list(options)}, options, chosen)


def _with_chosen(element: Element, options: Sequence[Element], chosen: Collection[str | int]) -> Element:
    values = set(map(str, chosen))
    initial = [one for one in options if one["value"] in values]
    return element | {"initial_options": initial} if initial else element


def user_select(initial: str | None = None) -> Element:
    element: Element = {"type": "users_select"}
    return element | {"initial_user": initial} if initial else element


def menu(
    action_id: str, placeholder: str, options: Sequence[Element], initial: str | int | None = None
) -> Element:
    """A menu that says at once what was chosen in it."""
    named = {"action_id": action_id, "placeholder": plain(placeholder, limits.PLACEHOLDER)}
    return select(options, initial) | named


def _groups(options: Sequence[Element]) -> list[Element]:
    groups = []
    for start in range(0, len(options), limits.MENU_OPTIONS):
        group = list(options[start : start + limits.MENU_OPTIONS])
        numbers = f"{start + 1}\N{EN DASH}{start + len(group)}"
        groups.append({"label": plain(numbers, limits.OPTION_TEXT), "options": group})
    return groups[: limits.MENU_OPTION_GROUPS]


def form(
    callback_id: str, title: str, blocks: list[Block], *, submit: str, about: str | int = "", close: str = ""
) -> View:
    """A modal that asks; `about` comes back with its answers. `close`: what it says beside that."""
    if len(blocks) > limits.VIEW_BLOCKS:
        raise ValueError(
            "Slack opens no form with so many blocks, and a question left out would be answered by nobody"
        )
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, limits.VIEW_TITLE),
        "submit": plain(submit, limits.VIEW_SUBMIT),
        "close": plain(close or _("Cancel"), limits.VIEW_CLOSE),
        "private_metadata": str(about),
        "blocks": with_emoji(blocks),
    }


def notice(blocks: list[Block]) -> View:
    """A modal that tells."""
    return {
        "type": "modal",
        "title": plain(_("Agenda"), limits.VIEW_TITLE),
        "close": plain(_("Close"), limits.VIEW_CLOSE),
        "blocks": blocks,
    }


def home(blocks: list[Block]) -> View:
    return {"type": "home", "blocks": blocks}
