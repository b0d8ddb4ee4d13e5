"""Small pieces of Block Kit for the tests."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "Budget", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text)} | more


def button(action_id: str = "go", label: str = "Go", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(label)} | more


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(value: str, label: str | None = None) -> Json:
    return {"text": plain(label or value.title()), "value": value}


def select(*values: str, **more: Any) -> Json:
    return {
        "type": "static_select",
        "action_id": "pick",
        "options": [option(value) for value in values],
    } | more


def text_input(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "text"} | more


def input_block(element: Json, block_id: str = "title", **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain("Title"), "element": element} | more


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("A form"),
        "submit": plain("Send"),
        "blocks": list(blocks),
    } | more


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks)} | more


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def chart(**more: Any) -> Json:
    """A bar chart of two quarters."""
    return {
        "type": "data_visualization",
        "title": "Items",
        "chart": plot([series("Came in", Winter=7, Spring=3), series("Talked about", Winter=4, Spring=2)]),
    } | more


def plot(all_series: list[Json], *categories: str, **more: Any) -> Json:
    axis = {"categories": list(categories or ("Winter", "Spring"))}
    return {"type": "bar", "series": all_series, "axis_config": axis} | more


def series(name: str, **values: float) -> Json:
    return {"name": name, "data": [{"label": label, "value": value} for label, value in values.items()]}


def pie(**values: float) -> Json:
    return {"type": "pie", "segments": [{"label": label, "value": value} for label, value in values.items()]}


def table(*rows: list[Json], **more: Any) -> Json:
    return {
        "type": "data_table",
        "caption": "Items",
        "rows": list(rows or ([raw("Quarter"), raw("Came in")], [raw("Winter"), number(7)])),
    } | more


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def number(value: float) -> Json:
    return {"type": "raw_number", "value": value, "text": f"{value:g}"}
