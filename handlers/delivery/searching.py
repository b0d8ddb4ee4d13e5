"""Looks in a channel for messages of ours: by who wrote them, and by the reference that Slack keeps with each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from storage.post_life import CLOCKS_DIFFER_BY

METADATA_EVENT = "agenda_post"


def metadata(reference: str) -> dict[str, object]:
    """What goes with a message so that it can be found: an opaque reference, and nothing else that others could read."""
    return {"event_type": METADATA_EVENT, "event_payload": {"reference": reference}}


@dataclass(frozen=True)
class Author:
    """Whom Slack names as the writer of what this bot posts. Any app may copy a reference, and none these."""

    bot_id: str | None
    user_id: str | None

    def wrote(self, message: Mapping[str, Any]) -> bool:
        of_the_bot = self.bot_id is not None and message.get("bot_id") == self.bot_id
        return of_the_bot or (self.user_id is not None and message.get("user") == self.user_id)


class Search:
    """Asks Slack once who the bot is."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._author: Author | None = None

    async def copies(self, channel: str, reference: str, since: datetime) -> list[str]:
        """The `ts` of every message of ours with this reference since then, the earliest first."""
        author = await self._own()
        found, cursor = [], ""
        while True:
            page = await self._client.conversations_history(
                channel=channel,
                oldest=f"{(since - CLOCKS_DIFFER_BY).timestamp():.6f}",
                include_all_metadata=True,
                limit=100,
                cursor=cursor,
            )
            ours = (one for one in page["messages"] if author.wrote(one) and _reference(one) == reference)
            found += [str(message["ts"]) for message in ours]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return sorted(found, key=float)

    async def _own(self) -> Author:
        if self._author is None:
            answer = await self._client.auth_test()
            self._author = Author(answer.get("bot_id"), answer.get("user_id"))
        return self._author


def _reference(message: Mapping[str, Any]) -> object:
    kept = message.get("metadata")
    payload = kept.get("event_payload") if isinstance(kept, dict) else None
    return payload.get("reference") if isinstance(payload, dict) else None
