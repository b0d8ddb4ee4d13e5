"""The arguments of one call of the Web API: form or JSON, with JSON inside a form's fields."""

import json
from typing import Any

from playground.slack.errors import SlackError, invalid, missing_argument

_YES = {True, "1", "true", "True"}


class Arguments:
    def __init__(self, given: dict[str, Any]) -> None:
        self.given = {name: value for name, value in given.items() if value is not None}

    def __contains__(self, name: str) -> bool:
        return bool(self.given.get(name, "") != "")

    def text(self, name: str, default: str | None = None) -> str:
        """The text given under this name; without a default the argument is required."""
        value = self.given.get(name, default)
        if value is None or (value == "" and default is None):
            raise missing_argument(name)
        if not isinstance(value, str | int | float):
            raise invalid("invalid_arguments", [f"must provide a string [json-pointer:/{name}]"])
        return str(value)

    def flag(self, name: str) -> bool:
        value = self.given.get(name)
        return isinstance(value, bool | int | str) and value in _YES

    def number(self, name: str, default: int, most: int) -> int:
        try:
            number = int(self.given.get(name, default))
        except (TypeError, ValueError) as unreadable:
            raise SlackError("invalid_limit") from unreadable
        if not 0 < number <= most:
            raise SlackError("invalid_limit")
        return number

    def names(self, name: str) -> list[str]:
        """A list that may be written with commas."""
        value = self.given.get(name, [])
        parts = value if isinstance(value, list) else str(value).split(",")
        return [str(part).strip() for part in parts if str(part).strip()]

    def structure(self, name: str, otherwise: str) -> Any:
        """JSON given as itself or as a string; `otherwise` is Slack's error for what is neither."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError as unreadable:
            raise SlackError(otherwise) from unreadable
