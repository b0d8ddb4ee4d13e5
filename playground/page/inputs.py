"""Block elements that one types into: text, numbers, dates and times."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from nicegui import events, ui

from playground.page.html import Attribute, begun_with, box, words
from playground.page.surface import Slot, chosen
from playground.slack.world import Json

VALUE = "(event) => emit(event.target.value)"
KINDS = {"plain_text_input": "text", "email_text_input": "email", "url_text_input": "url"}


def text_input(element: Json, slot: Slot) -> ui.element:
    multiline = element.get("multiline", False)
    kind = None if multiline else KINDS[element["type"]]
    with box("div", "text-input") as around:
        drawn = _field("textarea" if multiline else "input", element, slot, type=kind)
        drawn.on("input", _teller(element, slot), js_handler=VALUE)
        if "max_length" in element:
            _remaining(drawn, element["max_length"], chosen(element, slot) or "")
    return around


def number_input(element: Json, slot: Slot) -> ui.element:
    step = "any" if element["is_decimal_allowed"] else "1"
    limits = {"min": element.get("min_value"), "max": element.get("max_value")}
    drawn = _field("input", element, slot, type="number", step=step, **limits)
    return drawn.on("input", _teller(element, slot), js_handler=VALUE)


def date_input(element: Json, slot: Slot) -> ui.element:
    drawn = _field("input", element, slot, type="date", max="9999-12-31")
    return drawn.on("change", _teller(element, slot), js_handler=VALUE)


def time_input(element: Json, slot: Slot) -> ui.element:
    drawn = _field("input", element, slot, type="time")
    return drawn.on("change", _teller(element, slot), js_handler=VALUE)


def datetime_input(element: Json, slot: Slot) -> ui.element:
    async def picked(event: events.GenericEventArguments) -> None:
        moment = (
            datetime.fromisoformat(event.args).replace(tzinfo=slot.reader.timezone) if event.args else None
        )
        await slot.tell(slot.block_id, element, moment and int(moment.timestamp()))

    moment = chosen(element, slot)
    drawn = box("input", "field", type="datetime-local", **_names(element, slot))
    begun_with(drawn, f"{slot.reader.local(moment):%Y-%m-%dT%H:%M}" if moment else "")
    return drawn.on("change", picked, js_handler=VALUE)


def _field(tag: str, element: Json, slot: Slot, **attributes: Attribute) -> ui.element:
    begun = str(chosen(element, slot) or "")
    attributes = {
        "placeholder": element.get("placeholder", {}).get("text"),
        **_names(element, slot),
        **attributes,
    }
    if tag == "textarea":  # begins with what it contains; an attribute says nothing to it
        return words(begun, tag, "field", **attributes)
    return begun_with(box(tag, "field", **attributes), begun)


def _names(element: Json, slot: Slot) -> dict[str, Attribute]:
    return {
        "aria_labelledby": slot.label,
        "data_action_id": element["action_id"],
        "autofocus": element.get("focus_on_load"),
    }


def _teller(element: Json, slot: Slot) -> Callable[[events.GenericEventArguments], Awaitable[None]]:
    async def tell(event: events.GenericEventArguments) -> None:
        await slot.tell(slot.block_id, element, event.args or None)

    return tell


def _remaining(field: ui.element, limit: int, text: str) -> None:
    """How many characters are left. Slack lets one type beyond the limit and refuses when the form is sent."""
    counter = words(str(limit - len(text)), css="counter", aria_label="Characters left")
    field.on("input", lambda event: counter.set_content(str(limit - len(event.args))), js_handler=VALUE)
