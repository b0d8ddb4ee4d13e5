"""Where a post stands, maybe more than once: by the files that were shared for it, and by its reference."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.delivery.searching import Search, moment_of
from handlers.slack.client import told
from handlers.slack.outcomes import CANNOT_LOOK, error_of
from storage.posts import Post

STANDS_NOWHERE = frozenset({"file_deleted", "file_not_found", "not_visible"})
"""Slack's words for a file that was never completed, or that somebody has deleted."""


class Copies:
    def __init__(self, client: AsyncWebClient, search: Search) -> None:
        self._client = client
        self._search = search

    async def of(self, post: Post, channel: str, since: datetime, ends_by: float) -> list[str]:
        """The `ts` of each in this channel, the earliest first. Raises as a search does.

        A file is known by its id. The history is asked for it as well, where the bot may: a restore may have lost another.
        """
        shared = [
            ts for file_id in post.file_ids for ts in await where_shared(self._client, file_id, channel)
        ]
        try:
            said = await self._search.copies(channel, post.reference, since, ends_by)
        except SlackApiError as failure:
            if not (post.files and error_of(failure) in CANNOT_LOOK):
                raise
            said = []
        return sorted({*shared, *said}, key=float)


async def where_shared(client: AsyncWebClient, file_id: str, channel: str) -> list[str]:
    """The `ts` of every message in this channel by which the file was shared. Raises what the client raises."""
    try:
        answer = await client.files_info(file=file_id)
    except SlackApiError as failure:
        if error_of(failure) in STANDS_NOWHERE:
            return []
        raise
    return _shares(told(answer, "file", dict), channel)


def _shares(file: Mapping[str, Any], channel: str) -> list[str]:
    """By kind of channel, then by channel; nothing until Slack has scanned the file."""
    shares = file.get("shares") or {}
    families = shares.values() if isinstance(shares, dict) else ()
    return [moment_of(one) for family in families for one in family.get(channel, ())]
