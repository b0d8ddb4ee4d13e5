"""How Slack says no."""

from typing import Any


class SlackError(Exception):
    """The answer `{"ok": false, "error": ...}` of the Web API, with whatever Slack adds to it."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


class NotAnswered(Exception):
    """What the app did not do in time, in the word that Slack shows to the person."""


def invalid(error: str, problems: list[str]) -> SlackError:
    """A refusal that lists what is wrong where, as Slack does for blocks, views and arguments."""
    messages = [f"[ERROR] {problem}" for problem in problems]
    return SlackError(error, errors=problems, response_metadata={"messages": messages})


def missing_argument(name: str) -> SlackError:
    return invalid("invalid_arguments", [f"missing required field: {name} [json-pointer:/{name}]"])
