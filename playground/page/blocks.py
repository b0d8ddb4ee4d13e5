"""Blocks, one small function each: docs.slack.dev/reference/block-kit/blocks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import escape
from nicegui import ui

from playground.page.data import draw_chart, draw_table
from playground.page.elements import draw_element
from playground.page.html import box, words
from playground.page.rich_text import rich_text
from playground.page.surface import Slot, Surface
from playground.page.text import plain_text, text_object
from playground.slack.world import Json


@dataclass(frozen=True)
class _Drawn:
    block: Json
    element: ui.element
    error: ui.html


class Blocks:
    """Blocks that may change while one looks at them, or types in them."""

    def __init__(self) -> None:
        self._place = box("div")
        self._drawn: list[_Drawn] = []

    def show(self, blocks: list[Json], surface: Surface) -> None:
        """Draw what is new or changed; a block that is as it was stays, with what is being entered."""
        before, self._drawn = self._drawn, []
        for block in blocks:
            kept = next((old for old in before if old.block == block), None)
            if kept:
                before.remove(kept)
            self._drawn.append(kept or self._draw(block, surface))
        for gone in before:
            gone.element.delete()
        self._put_in_order()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Under each input what is wrong with it, by block_id."""
        for drawn in self._drawn:
            drawn.error.set_content(escape(errors.get(drawn.block.get("block_id", ""), "")))

    def _draw(self, block: Json, surface: Surface) -> _Drawn:
        with self._place:
            element = draw_block(block, surface)
        with element:
            return _Drawn(block, element, words("", "div", "error", role="alert"))

    def _put_in_order(self) -> None:
        for position, drawn in enumerate(self._drawn):
            if self._place.default_slot.children[position] is not drawn.element:
                drawn.element.move(target_index=position)


def draw_blocks(blocks: list[Json], surface: Surface) -> None:
    for block in blocks:
        draw_block(block, surface)


def draw_block(block: Json, surface: Surface) -> ui.element:
    with box("div", f"kit {block['type']}", data_block_id=block.get("block_id")) as drawn:
        BLOCKS.get(block["type"], _unknown)(block, surface)
    return drawn


def _section(block: Json, surface: Surface) -> None:
    with box("div", "section-words"):
        if "text" in block:
            words(text_object(block["text"], surface.reader), "div", "text")
        if "fields" in block:
            with box("div", "fields"):
                for text in block["fields"]:
                    words(text_object(text, surface.reader), "div", "text")
    if "accessory" in block:
        with box("div", "accessory"):
            draw_element(block["accessory"], _slot(block, surface))


def _header(block: Json, _: Surface) -> None:
    words(plain_text(block["text"]), "h3", "text")


def _divider(_: Json, __: Surface) -> None:
    box("hr")


def _context(block: Json, surface: Surface) -> None:
    for element in block["elements"]:
        if element["type"] == "image":
            draw_element(element, _slot(block, surface))
        else:
            words(text_object(element, surface.reader), "span", "text")


def _actions(block: Json, surface: Surface) -> None:
    for element in block["elements"]:
        draw_element(element, _slot(block, surface))


def _rich_text(block: Json, surface: Surface) -> None:
    words(rich_text(block, surface.reader), "div", "text")


def _image(block: Json, _: Surface) -> None:
    if "title" in block:
        words(plain_text(block["title"]), "div", "image-title")
    box("img", "image", src=block.get("image_url"), alt=block["alt_text"])


def _input(block: Json, surface: Surface) -> None:
    optional = block.get("optional", False)
    label = words(plain_text(block["label"]), "label", "label")
    if optional:
        words(" (optional)", css="optional")
    slot = Slot(surface, block["block_id"], surface.enter, optional, label.html_id)
    draw_element(block["element"], slot)
    if "hint" in block:
        words(plain_text(block["hint"]), "div", "hint")


def _unknown(block: Json, _: Surface) -> None:
    """A block that Slack has and this page cannot draw is said, not hidden."""
    words(f"The playground cannot show a block of the type {block['type']}.", "div", "error")


def _slot(block: Json, surface: Surface) -> Slot:
    return Slot(surface, block["block_id"], surface.click)


BLOCKS: dict[str, Callable[[Json, Surface], None]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "rich_text": _rich_text,
    "image": _image,
    "input": _input,
    "data_visualization": draw_chart,
    "data_table": draw_table,
}
