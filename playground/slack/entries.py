"""What a person enters, in the shapes of Slack's `state.values`, and what Slack's own client would not let through."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from playground.slack.block_kit import elements_of
from playground.slack.checks import refusal
from playground.slack.world import Entries, Json


@dataclass(frozen=True)
class _Shape:
    field: str
    """Where the entry stands in the state."""
    initial: str
    """Where the element says what it starts with."""
    read: Callable[[Json, Any], Any] = lambda _, value: value
    """What the person gave, as Slack writes it."""


def chosen_option(element: Json, value: str) -> Json:
    """The option with this value; a person can pick no other."""
    for option in options_of(element):
        if option["value"] == value:
            return option
    raise LookupError(f"{element['action_id']} does not offer {value!r}")


def _options(element: Json, values: Iterable[str]) -> list[Json]:
    return [chosen_option(element, value) for value in values]


def _day(_: Json, value: date | str) -> str:
    return value.isoformat() if isinstance(value, date) else date.fromisoformat(value).isoformat()


def _time(_: Json, value: time | str) -> str:
    return (value if isinstance(value, time) else time.fromisoformat(value)).strftime("%H:%M")


def _moment(_: Json, value: datetime | int) -> int:
    return int(value.timestamp()) if isinstance(value, datetime) else value


def _rich(_: Json, value: str | Json) -> Json:
    if not isinstance(value, str):
        return value
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": value}]}
    return {"type": "rich_text", "elements": [line]}


def _written(_: Json, value: object) -> str:
    return str(value)


_SHAPES = {
    "plain_text_input": _Shape("value", "initial_value", _written),
    "number_input": _Shape("value", "initial_value", _written),
    "url_text_input": _Shape("value", "initial_value", _written),
    "email_text_input": _Shape("value", "initial_value", _written),
    "rich_text_input": _Shape("rich_text_value", "initial_value", _rich),
    "static_select": _Shape("selected_option", "initial_option", chosen_option),
    "multi_static_select": _Shape("selected_options", "initial_options", _options),
    "users_select": _Shape("selected_user", "initial_user"),
    "multi_users_select": _Shape("selected_users", "initial_users"),
    "conversations_select": _Shape("selected_conversation", "initial_conversation"),
    "channels_select": _Shape("selected_channel", "initial_channel"),
    "radio_buttons": _Shape("selected_option", "initial_option", chosen_option),
    "checkboxes": _Shape("selected_options", "initial_options", _options),
    "datepicker": _Shape("selected_date", "initial_date", _day),
    "timepicker": _Shape("selected_time", "initial_time", _time),
    "datetimepicker": _Shape("selected_date_time", "initial_date_time", _moment),
}
_MANY = {"multi_static_select", "multi_users_select", "checkboxes"}
"""Elements with a list for an entry: empty is [], for the others null."""


def keeps_state(element: Json) -> bool:
    """Buttons and overflow menus leave nothing in `state.values`."""
    return element["type"] in _SHAPES


def initial(blocks: list[Json]) -> Entries:
    """The state before anybody touched it."""
    state: Entries = {}
    for block in blocks:
        started = {
            element["action_id"]: _started(element) for element in elements_of(block) if keeps_state(element)
        }
        if started:
            state[block["block_id"]] = started
    return state


def _started(element: Json) -> Json:
    shape = _SHAPES[element["type"]]
    nothing: list[str] | None = [] if element["type"] in _MANY else None
    return {"type": element["type"], shape.field: element.get(shape.initial, nothing)}


def entered(element: Json, value: Any) -> Json:
    """The state of this element once a person has given `value`: text, an option's value or a list of them, a date ..."""
    shape = _SHAPES[element["type"]]
    if value in (None, "", []):
        return {"type": element["type"], shape.field: [] if element["type"] in _MANY else None}
    return {"type": element["type"], shape.field: shape.read(element, value)}


def options_of(element: Json) -> list[Json]:
    grouped = [option for group in element.get("option_groups", ()) for option in group["options"]]
    return [*element.get("options", ()), *grouped]


def refused_by_the_client(blocks: list[Json], state: Entries) -> dict[str, str]:
    """What Slack's client says under the inputs instead of submitting: by block_id, empty when all is well."""
    refused: dict[str, str] = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            entry = state[block["block_id"]][element["action_id"]]
            value = entry[_SHAPES[element["type"]].field]
            words = refusal(element, value, optional=block.get("optional", False))
            refused |= {block["block_id"]: words} if words else {}
    return refused
