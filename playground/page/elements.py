"""Block elements that one presses or picks from: docs.slack.dev/reference/block-kit/block-elements."""

from collections.abc import Awaitable, Callable, Iterator

from nicegui import events, ui

from playground.page.confirm import confirmed
from playground.page.html import begun_with, box, button, words
from playground.page.inputs import date_input, datetime_input, number_input, text_input, time_input
from playground.page.surface import Slot, chosen
from playground.page.text import SAFE_ADDRESS, plain_text, text_object
from playground.slack.world import Json

VALUE = "(event) => emit(event.target.value)"
Choice = tuple[str, str]
"""An option's value and its words."""


def draw_element(element: Json, slot: Slot) -> ui.element:
    return ELEMENTS.get(element["type"], _unknown)(element, slot)


def press(element: Json, slot: Slot) -> ui.element:
    async def pressed() -> None:
        if await confirmed(element.get("confirm"), slot.reader):
            if SAFE_ADDRESS.match(element.get("url", "")):
                ui.navigate.to(element["url"], new_tab=True)
            await slot.tell(slot.block_id, element, element.get("value"))

    drawn = button(
        plain_text(element["text"]),
        f"button {element.get('style', '')}",
        aria_label=element.get("accessibility_label"),
        data_action_id=element["action_id"],
        data_value=element.get("value"),
    )
    return drawn.on("click", pressed)


def overflow(element: Json, slot: Slot) -> ui.element:
    def chooser(value: str) -> Callable[[], Awaitable[None]]:
        async def choose() -> None:
            if await confirmed(element.get("confirm"), slot.reader):
                await slot.tell(slot.block_id, element, value)

        return choose

    with box("div", "overflow") as around:
        button(
            "⋯",
            "button",
            aria_label="More actions",
            aria_haspopup="menu",
            data_action_id=element["action_id"],
        )
        with ui.menu().props("auto-close role=menu").classes("menu"):
            for option in element["options"]:
                item = button(
                    plain_text(option["text"]), "menu-item", role="menuitem", data_value=option["value"]
                )
                item.on("click", chooser(option["value"]))
    return around


def select(element: Json, slot: Slot) -> ui.element:
    async def picked(event: events.GenericEventArguments) -> None:
        if await confirmed(element.get("confirm"), slot.reader):
            await slot.tell(slot.block_id, element, event.args or None)

    now = chosen(element, slot)
    with box("select", "select", aria_labelledby=slot.label, data_action_id=element["action_id"]) as drawn:
        placeholder = plain_text(element["placeholder"]) if "placeholder" in element else "Choose an option"
        words(placeholder, "option", value="", selected=now is None, disabled=not slot.optional)
        for group, choices in _groups(element, slot):
            with box("optgroup", label=group) if group else drawn:
                for value, text in choices:
                    words(text, "option", value=value, selected=value == now)
    return drawn.on("change", picked, js_handler=VALUE)


def multi_select(element: Json, slot: Slot) -> ui.element:
    async def picked(event: events.ValueChangeEventArguments[list[str] | None]) -> None:
        await slot.tell(slot.block_id, element, event.value or [])

    choices = {value: text for _, group in _groups(element, slot) for value, text in group}
    drawn = ui.select(choices, multiple=True, value=chosen(element, slot) or [], on_change=picked)
    drawn.props("outlined dense use-chips").classes("multi-select")
    drawn.props["max-values"] = element.get("max_selected_items")
    drawn.props["aria-labelledby"] = slot.label
    drawn.props["data-action-id"] = element["action_id"]
    return drawn


def radio_buttons(element: Json, slot: Slot) -> ui.element:
    async def picked(event: events.GenericEventArguments) -> None:
        await slot.tell(slot.block_id, element, event.args)

    now = chosen(element, slot)
    with box(
        "div", "choices", role="radiogroup", aria_labelledby=slot.label, data_action_id=element["action_id"]
    ) as drawn:
        for option in element["options"]:
            box_of = _tick("radio", option, slot, name=f"{drawn.html_id}", checked=option["value"] == now)
            box_of.on("change", picked, js_handler=VALUE)
    return drawn


def checkboxes(element: Json, slot: Slot) -> ui.element:
    ticked: list[str] = list(chosen(element, slot) or [])

    async def changed(event: events.GenericEventArguments) -> None:
        value, on = event.args
        ticked.append(value) if on else ticked.remove(value)
        await slot.tell(slot.block_id, element, list(ticked))

    with box(
        "div", "choices", role="group", aria_labelledby=slot.label, data_action_id=element["action_id"]
    ) as drawn:
        for option in element["options"]:
            box_of = _tick("checkbox", option, slot, checked=option["value"] in ticked)
            box_of.on(
                "change", changed, js_handler="(event) => emit([event.target.value, event.target.checked])"
            )
    return drawn


def image(element: Json, _: Slot) -> ui.element:
    return box("img", "image", src=element.get("image_url"), alt=element["alt_text"])


def _unknown(element: Json, _: Slot) -> ui.element:
    """What Slack has and this page cannot draw is said, not hidden."""
    return words(f"The playground cannot show an element of the type {element['type']}.", css="error")


def _tick(kind: str, option: Json, slot: Slot, *, checked: bool, name: str | None = None) -> ui.element:
    with box("label", "choice"):
        drawn = begun_with(box("input", type=kind, name=name), option["value"])
        drawn.props.set_bool("^checked", checked)
        with box("span"):
            words(text_object(option["text"], slot.reader))
            if "description" in option:
                words(text_object(option["description"], slot.reader), css="hint")
    return drawn


def _groups(element: Json, slot: Slot) -> Iterator[tuple[str, list[Choice]]]:
    """The options under the names of their groups, without groups under no name."""
    kind = element["type"].removeprefix("multi_")
    if kind == "users_select":
        yield "", slot.reader.people()
    elif kind in ("channels_select", "conversations_select"):
        yield "", slot.reader.channels()
    for group in element.get("option_groups", []):
        yield group["label"]["text"], _choices(group["options"])
    yield "", _choices(element.get("options", []))


def _choices(options: list[Json]) -> list[Choice]:
    return [(option["value"], option["text"]["text"]) for option in options]


ELEMENTS: dict[str, Callable[[Json, Slot], ui.element]] = {
    "button": press,
    "overflow": overflow,
    "static_select": select,
    "users_select": select,
    "channels_select": select,
    "conversations_select": select,
    "multi_static_select": multi_select,
    "multi_users_select": multi_select,
    "multi_channels_select": multi_select,
    "multi_conversations_select": multi_select,
    "radio_buttons": radio_buttons,
    "checkboxes": checkboxes,
    "plain_text_input": text_input,
    "email_text_input": text_input,
    "url_text_input": text_input,
    "number_input": number_input,
    "datepicker": date_input,
    "timepicker": time_input,
    "datetimepicker": datetime_input,
    "image": image,
}
