"""Looks in a channel for messages of ours: by who wrote them, and by the reference that Slack keeps with each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.reading.patterns import pattern
from handlers.slack.client import OddAnswer, told
from handlers.slack.outcomes import FAILURES, is_limited
from storage.post_life import CLOCKS_DIFFER_BY

METADATA_EVENT = "agenda_post"
MOST_BROKEN_OFF = 1000
"""Looks that are remembered. Of more, the oldest begins anew."""
_MOMENT = pattern(r"\A[0-9]{1,12}\.[0-9]{1,9}")


def metadata(reference: str) -> dict[str, object]:
    """What goes with a message so that it can be found: an opaque reference, and nothing else that others could read."""
    return {"event_type": METADATA_EVENT, "event_payload": {"reference": reference}}


def moment_of(message: AsyncSlackResponse | Mapping[str, Any]) -> str:
    """The `ts` by which Slack knows a message of this channel. Raises OddAnswer where it is none."""
    ts = told(message, "ts", str)
    if not _MOMENT.fullmatch(ts):
        raise OddAnswer("The answer tells no ts")
    return ts


@dataclass(frozen=True)
class Author:
    """Whom Slack names as the writer of what this bot posts. Any app may copy a reference, and none these."""

    bot_id: str | None
    user_id: str | None

    def wrote(self, message: Mapping[str, Any]) -> bool:
        of_the_bot = self.bot_id is not None and message.get("bot_id") == self.bot_id
        return of_the_bot or (self.user_id is not None and message.get("user") == self.user_id)


@dataclass
class _Look:
    """Through all that is newer than `oldest`, a page at a time, the newest first: how far it got, and what was found.

    `newest` is the `ts` of the first message that it saw. `is_patched`: it was broken off between two pages, so what was posted
    meanwhile was not seen.
    """

    oldest: str
    cursor: str = ""
    newest: str = ""
    is_patched: bool = False
    found: set[str] = field(default_factory=set)

    def goes_on_with_what_came_meanwhile(self) -> None:
        self.oldest, self.cursor, self.is_patched = self.newest or self.oldest, "", False

    def is_broken_off(self) -> None:
        self.is_patched = self.is_patched or bool(self.cursor)


class Search:
    """Asks Slack once who the bot is.

    Some apps may read one page a minute (docs.slack.dev/apis/web-api/rate-limits). So a look that Slack breaks off for that goes on
    where it was, or it would never get past the first page of a busy channel.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._author: Author | None = None
        self._broken_off: dict[tuple[str, str], _Look] = {}

    async def copies(self, channel: str, reference: str, since: datetime) -> list[str]:
        """The `ts` of every message of ours with this reference since then, the earliest first."""
        author = await self._own()
        key = channel, reference
        look = self._broken_off.pop(key, None) or _Look(f"{(since - CLOCKS_DIFFER_BY).timestamp():.6f}")
        try:
            while not await self._has_ended(look, channel, reference, author):
                pass
        except FAILURES as failure:
            if is_limited(failure):
                self._remember(key, look)
            raise
        return sorted(look.found, key=float)

    def _remember(self, key: tuple[str, str], look: _Look) -> None:
        look.is_broken_off()
        if len(self._broken_off) >= MOST_BROKEN_OFF:
            del self._broken_off[next(iter(self._broken_off))]
        self._broken_off[key] = look

    async def _has_ended(self, look: _Look, channel: str, reference: str, author: Author) -> bool:
        """Read one page, and say whether it was the last."""
        page = await self._client.conversations_history(
            channel=channel, oldest=look.oldest, include_all_metadata=True, limit=100, cursor=look.cursor
        )
        messages = _messages(page)
        if messages and not look.cursor:
            look.newest = moment_of(messages[0])
        look.found |= {
            moment_of(one) for one in messages if author.wrote(one) and _reference(one) == reference
        }
        look.cursor = _next_cursor(page)
        if look.cursor or not look.is_patched:
            return not look.cursor
        look.goes_on_with_what_came_meanwhile()
        return False

    async def _own(self) -> Author:
        if self._author is None:
            answer = await self._client.auth_test()
            self._author = Author(answer.get("bot_id"), told(answer, "user_id", str))
        return self._author


def _messages(page: AsyncSlackResponse) -> list[dict[str, Any]]:
    """Raises OddAnswer where something among them is no message: it might be ours."""
    messages = told(page, "messages", list)
    if not all(isinstance(one, dict) for one in messages):
        raise OddAnswer("The answer does not tell its messages")
    return messages


def _next_cursor(page: AsyncSlackResponse) -> str:
    """Nothing on the last page. Raises OddAnswer where it can't be made out."""
    if not page.get("response_metadata"):
        return ""
    more = told(page, "response_metadata", dict)
    return told(more, "next_cursor", str) if more.get("next_cursor") else ""


def _reference(message: Mapping[str, Any]) -> object:
    kept = message.get("metadata")
    payload = kept.get("event_payload") if isinstance(kept, dict) else None
    return payload.get("reference") if isinstance(payload, dict) else None
