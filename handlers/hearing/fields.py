"""What the fields of a form hold: what somebody answered, and what stood there before."""

from collections.abc import Callable
from typing import Any

Body = dict[str, Any]


def answers(sent: Body) -> dict[str, Any]:
    """Each field's answer under its block's id; an empty one is None."""
    return {
        block_id: _answer(state)
        for block_id, by_action in sent["state"]["values"].items()
        for state in by_action.values()
    }


def filled_in(form: Body) -> dict[str, Any]:
    """What each field of a form holds before anybody fills it in, under its block's id; an empty one is None."""
    inputs = [block for block in form.get("blocks") or [] if block.get("type") == "input"]
    return {block["block_id"]: _initial(block["element"]) for block in inputs}


def _initial(element: Body) -> Any:
    return INITIALS.get(element["type"], _typed_before)(element)


def _typed_before(element: Body) -> Any:
    return element.get("initial_value") or None


def _answer(state: Body) -> Any:
    return ANSWERS.get(state["type"], _typed)(state)


def _typed(state: Body) -> Any:
    return state.get("value") or None


def _values(options: list[Body] | None) -> list[Any]:
    return [option.get("value") for option in options or []]


ANSWERS: dict[str, Callable[[Body], Any]] = {
    "static_select": lambda state: (state.get("selected_option") or {}).get("value"),
    "users_select": lambda state: state.get("selected_user"),
    "multi_users_select": lambda state: state.get("selected_users") or [],
    "multi_static_select": lambda state: _values(state.get("selected_options")),
    "checkboxes": lambda state: _values(state.get("selected_options")),
    "conversations_select": lambda state: state.get("selected_conversation"),
    "datepicker": lambda state: state.get("selected_date"),
    "timepicker": lambda state: state.get("selected_time"),
}

INITIALS: dict[str, Callable[[Body], Any]] = {
    "static_select": lambda element: (element.get("initial_option") or {}).get("value"),
    "users_select": lambda element: element.get("initial_user"),
    "multi_users_select": lambda element: element.get("initial_users") or [],
    "multi_static_select": lambda element: _values(element.get("initial_options")),
    "checkboxes": lambda element: _values(element.get("initial_options")),
    "conversations_select": lambda element: element.get("initial_conversation"),
    "datepicker": lambda element: element.get("initial_date"),
    "timepicker": lambda element: element.get("initial_time"),
}
