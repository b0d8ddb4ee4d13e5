"""Plain HTML elements on NiceGUI: a tag, its classes, its attributes."""

from typing import TypeVar

from markupsafe import Markup, escape
from nicegui import ui

Attribute = str | int | bool | None
E = TypeVar("E", bound=ui.element)


def box(tag: str = "div", css: str = "", **attributes: Attribute) -> ui.element:
    """An element that holds others. Of the attributes, data_block_id means data-block-id and None means absent."""
    return _with(ui.element(tag), css, attributes)


def words(text: Markup | str, tag: str = "span", css: str = "", **attributes: Attribute) -> ui.html:
    """An element that holds text; what is no Markup is escaped."""
    return _with(ui.html(str(escape(text)), sanitize=False, tag=tag), css, attributes)


def button(text: Markup | str, css: str = "", **attributes: Attribute) -> ui.html:
    return words(text, "button", css, type="button", **attributes)


def begun_with(element: ui.element, value: str) -> ui.element:
    """What an input holds at first. As an attribute, so that a redraw leaves alone what was typed since."""
    element.props["^value"] = value
    return element


def _with(element: E, css: str, attributes: dict[str, Attribute]) -> E:
    element.classes(css)
    for name, value in attributes.items():
        if value is not None and value is not False:
            element.props[name.rstrip("_").replace("_", "-")] = "" if value is True else value
    return element
