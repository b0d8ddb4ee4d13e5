"""response_url: five answers in thirty minutes to one command or click, without any token."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from playground.slack.errors import SlackError
from playground.slack.messages import checked_blocks, private
from playground.slack.world import Json, Message, World

USES = 5
LIFETIME = 30 * 60.0
"""Seconds (docs.slack.dev/interactivity/handling-user-interaction)."""


@dataclass
class _Address:
    channel: str
    person: str
    original: Message | None
    """The message that was clicked; a command has none."""
    expires: float
    uses: int = 0


class ResponseUrls:
    def __init__(self, world: World, app_user: str, clock: Callable[[], float]) -> None:
        self._world = world
        self._app_user = app_user
        self._clock = clock
        self._issued: dict[str, _Address] = {}
        self.base = ""
        self.answers: list[Json] = []

    def issue(self, channel: str, person: str, original: Message | None = None) -> str:
        key = secrets.token_urlsafe(18)
        self._issued[key] = _Address(channel, person, original, self._clock() + LIFETIME)
        return self.base + key

    def answer(self, key: str, given: object) -> None:
        address = self._issued.get(key)
        if address is None or self._clock() > address.expires:
            raise SlackError("expired_url")
        if address.uses >= USES:
            raise SlackError("used_url")
        address.uses += 1
        if not isinstance(given, dict):
            raise SlackError("invalid_payload")
        self.answers.append(given)
        if given.get("delete_original"):
            self._world.delete(self._original(address))
        elif given.get("replace_original"):
            self._replace(self._original(address), given)
        else:
            self.say(address.channel, address.person, given, address.original)

    def say(self, channel: str, person: str, given: Json, original: Message | None = None) -> Message:
        """Post an answer: to the person alone, unless it says `in_channel`."""
        blocks = checked_blocks(given.get("blocks") or [])
        message = Message(channel, self._world.next_ts(), self._app_user, from_app=True, blocks=blocks)
        message.text = _text(given, blocks)
        message.thread_ts = given.get("thread_ts") or (original.thread_ts if original else None)
        if given.get("response_type", "ephemeral") != "in_channel":
            return self._world.add(private(message, person))
        return self._world.add(message)

    def _replace(self, original: Message, given: Json) -> None:
        """What only one person saw stays theirs, whatever response_type says: Slack cannot make it public."""
        blocks = checked_blocks(given.get("blocks") or [])
        original.text, original.blocks = _text(given, blocks), blocks
        self._world.edited(original)

    def _original(self, address: _Address) -> Message:
        original = address.original and self._world.message(address.channel, address.original.ts)
        if original is None:
            raise SlackError("message_not_found")
        return original


def _text(given: Json, blocks: list[Json]) -> str:
    text = given.get("text", "")
    if not isinstance(text, str) or not (text or blocks):
        raise SlackError("no_text")
    return text
