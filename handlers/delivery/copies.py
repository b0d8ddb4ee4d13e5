"""Where a post stands, maybe more than once: by the files that were shared for it, and by its reference."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.delivery.searching import Search, moment_of
from handlers.slack.client import told
from handlers.slack.outcomes import CANNOT_LOOK, error_of
from storage.post_kinds import FILES
from storage.posts import Post

STANDS_NOWHERE = frozenset({"file_deleted", "file_not_found", "not_visible"})
"""Slack's words for a file that was never completed, or that somebody has deleted."""


NoteFiles = Callable[[Post, Collection[str]], Awaitable[None]]
"""Writes down the ids of files that were found to stand there for a post."""


@dataclass
class Found:
    """By the `ts` of each copy the ids of the files that stand in it. `has_more_to_come`: Slack has a file that it shows nowhere, and may show any time."""

    files: dict[str, set[str]] = field(default_factory=dict)
    has_more_to_come: bool = False

    @property
    def moments(self) -> list[str]:
        """The earliest first."""
        return sorted(self.files, key=float)


class Copies:
    def __init__(self, client: AsyncWebClient, search: Search, note_files: NoteFiles) -> None:
        self._client = client
        self._search = search
        self._note_files = note_files

    async def of(self, post: Post, channel: str, since: datetime, ends_by: float) -> Found:
        """Those in this channel. Raises as a search does.

        A file is known by its id. The history is asked for it as well, where the bot may: a restore may have lost another, whose id
        is written down when it is found.
        """
        found = await self._shared(post, channel)
        try:
            said = await self._search.copies(channel, post.reference, since, ends_by)
        except SlackApiError as failure:
            if not (post.files and error_of(failure) in CANNOT_LOOK):
                raise
            said = []
        for ts in [one for one in said if one not in found.files]:
            found.files[ts] = set(await self._search.files(channel, ts)) if post.kind in FILES else set()
        ids = set().union(*found.files.values())
        if not ids.issubset(post.file_ids):
            await self._note_files(post, ids)
        return found

    async def _shared(self, post: Post, channel: str) -> Found:
        found = Found()
        for file_id in post.file_ids:
            file = await _file(self._client, file_id)
            found.has_more_to_come |= file is not None and not _families(file)
            for ts in _moments(file, channel):
                found.files.setdefault(ts, set()).add(file_id)
        return found


async def where_shared(client: AsyncWebClient, file_id: str, channel: str) -> list[str]:
    """The `ts` of every message in this channel by which the file was shared. Raises what the client raises."""
    return _moments(await _file(client, file_id), channel)


async def delete_file(client: AsyncWebClient, file_id: str) -> None:
    """Raises what the client raises, but where it is gone already."""
    try:
        await client.files_delete(file=file_id)
    except SlackApiError as failure:
        if error_of(failure) not in STANDS_NOWHERE:
            raise


async def _file(client: AsyncWebClient, file_id: str) -> dict[str, Any] | None:
    """As Slack tells of it; None if it stands nowhere, and never will."""
    try:
        answer = await client.files_info(file=file_id)
    except SlackApiError as failure:
        if error_of(failure) in STANDS_NOWHERE:
            return None
        raise
    return told(answer, "file", dict)


def _moments(file: Mapping[str, Any] | None, channel: str) -> list[str]:
    families = _families(file) if file is not None else ()
    return [moment_of(one) for family in families for one in family.get(channel, ())]


def _families(file: Mapping[str, Any]) -> Collection[Any]:
    """Where it is shared, by kind of channel, then by channel; nothing until Slack has scanned the file."""
    shares = file.get("shares") or {}
    return shares.values() if isinstance(shares, dict) else ()
