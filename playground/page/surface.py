"""Where blocks stand: a message, a form or the Home tab, as one person sees it and acts on it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from playground.page.reader import Reader
from playground.slack.world import Entries, Json

Tell = Callable[[str, Json, Any], Awaitable[None]]
"""Told the block_id, the element and what was chosen: a text, an option's value, a list of those, or None."""


@dataclass(frozen=True)
class Surface:
    reader: Reader
    click: Tell
    enter: Tell
    entries: Entries


@dataclass(frozen=True)
class Slot:
    """An element's place in its block."""

    surface: Surface
    block_id: str
    tell: Tell
    optional: bool = True
    label: str | None = None
    """The HTML id of the label that names the element."""

    @property
    def reader(self) -> Reader:
        return self.surface.reader

    def entry(self, element: Json) -> Json | None:
        return self.surface.entries.get(self.block_id, {}).get(element["action_id"])


KEPT_AS = {
    "plain_text_input": "value",
    "number_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
}
"""Under which key Slack keeps each element's state: docs.slack.dev/reference/interaction-payloads/view-interactions-payload."""


def chosen(element: Json, slot: Slot) -> Any:
    """What the element holds now: as the person left it, else as the app began it; options by their values."""
    key = KEPT_AS[element["type"]]
    entry = slot.entry(element)
    value = (
        entry.get(key)
        if entry is not None
        else element.get(key.replace("selected", "initial").replace("value", "initial_value"))
    )
    if isinstance(value, list):
        return [_bare(one) for one in value]
    return _bare(value)


def _bare(value: Any) -> Any:
    return value["value"] if isinstance(value, dict) else value
