"""Slack's words for what is wrong with blocks: "no more than 25 items allowed [json-pointer:/blocks/1/elements]"."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from playground.slack.block_kit.surfaces import Home, MessageSurface, Modal

_WORDS: dict[str, Callable[[ErrorDetails], str]] = {
    "extra_forbidden": lambda error: f"invalid additional property: {error['loc'][-1]}",
    "missing": lambda error: f"missing required field: {error['loc'][-1]}",
    "string_too_long": lambda error: f"must be less than {error['ctx']['max_length'] + 1} characters",
    "string_too_short": lambda error: f"must be more than {error['ctx']['min_length'] - 1} characters",
    "too_long": lambda error: f"no more than {error['ctx']['max_length']} items allowed",
    "too_short": lambda error: f"no fewer than {error['ctx']['min_length']} items allowed",
    "literal_error": lambda _: "must be a valid enum value",
    "union_tag_invalid": lambda error: f"unsupported type: {error['ctx']['tag']}",
    "union_tag_not_found": lambda _: "missing required field: type",
    "string_type": lambda _: "must provide a string",
    "bool_type": lambda _: "must provide a boolean",
    "int_type": lambda _: "must provide an integer",
    "list_type": lambda _: "must provide an array",
    "model_type": lambda _: "must provide an object",
    "model_attributes_type": lambda _: "must provide an object",
}
_VIEWS: dict[str, type[BaseModel]] = {"modal": Modal, "home": Home}


def problems_of_blocks(blocks: Any) -> list[str]:
    """What Slack would not accept in a message's blocks; empty when it would."""
    return _problems(MessageSurface, {"blocks": blocks}, root="")


def problems_of_view(view: Any) -> list[str]:
    """What Slack would not accept in a view, modal or home; empty when it would."""
    if not isinstance(view, dict):
        return ["must provide an object [json-pointer:/view]"]
    surface = _VIEWS.get(view.get("type", ""))
    if surface is None:
        return [f"unsupported type: {view.get('type')} [json-pointer:/view/type]"]
    return _problems(surface, view, root="/view")


def _problems(surface: type[BaseModel], given: Any, root: str) -> list[str]:
    nulls = [f"must not be null [json-pointer:{pointer}]" for pointer in _nulls(given, root)]
    if nulls:
        return nulls
    try:
        surface.model_validate(given)
    except ValidationError as refused:
        return [_told(error, given, root) for error in refused.errors(include_url=False)]
    return []


def _nulls(given: Any, pointer: str) -> Iterator[str]:
    """Slack takes a field left out, and refuses one that is null."""
    if given is None:
        yield pointer
    elif isinstance(given, dict):
        for key, value in given.items():
            yield from _nulls(value, f"{pointer}/{key}")
    elif isinstance(given, list):
        for index, value in enumerate(given):
            yield from _nulls(value, f"{pointer}/{index}")


def _told(error: ErrorDetails, given: Any, root: str) -> str:
    words = _WORDS.get(error["type"], _in_pydantics_words)(error)
    path = _path(error["loc"], given)
    path = (
        path[:-1] if error["type"] == "extra_forbidden" else path
    )  # told of the whole, not of the stranger in it
    at = error.get("ctx", {}).get("at", "")
    kind = "/type" if error["type"] == "union_tag_invalid" else ""
    pointer = "".join(f"/{step}" for step in path)
    return f"{words} [json-pointer:{root}{pointer}{at}{kind}]"


def _in_pydantics_words(error: ErrorDetails) -> str:
    return error["msg"]


def _path(location: Sequence[int | str], given: Any) -> list[int | str]:
    """The longest part of pydantic's path that leads through what was given: its own names union members too."""
    if not location:
        return []
    step, *rest = location
    passed = _path(rest, given)
    taken = [step, *_path(rest, given[step])] if _leads_on(step, given) else []
    return max(taken, passed, key=len)


def _leads_on(step: int | str, given: Any) -> bool:
    if isinstance(given, list):
        return isinstance(step, int) and step < len(given)
    return isinstance(given, dict) and step in given
