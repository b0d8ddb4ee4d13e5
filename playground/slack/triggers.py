"""Trigger ids: a person's click gives the app three seconds and one try to open a form for that person."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from playground.slack.errors import SlackError

LIFETIME = 3.0
"""Seconds (docs.slack.dev/interactivity/handling-user-interaction)."""


@dataclass
class _Trigger:
    person: str
    expires: float
    used: bool = False


class Triggers:
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._issued: dict[str, _Trigger] = {}

    def issue(self, person: str) -> str:
        trigger_id = f"{len(self._issued) + 1}.{secrets.token_hex(12)}"
        self._issued[trigger_id] = _Trigger(person, self._clock() + LIFETIME)
        return trigger_id

    def exchange(self, trigger_id: str) -> str:
        """The person for whom a form may be opened now."""
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock() > trigger.expires:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.person
