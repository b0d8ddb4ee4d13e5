"""A file goes up in Slack's three steps (docs.slack.dev/messaging/working-with-files), and stands there once Slack has shared it.

Slack keeps nothing of ours with a file. So its id is written down before its bytes go up: whoever shares it may die before they
say so, and by the id it is found. An `ok` does not say that it was shared: Slack scans it first, and sometimes never shares it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple

import structlog
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.surfaces import MESSAGE
from handlers.delivery.copies import delete_file, where_shared
from handlers.delivery.searching import CLAIM_TOO_OLD, marked_name
from handlers.files.file import File
from handlers.slack.client import told
from handlers.slack.outcomes import FAILURES, NO_FILE, of_post, of_search, word_for
from handlers.slack.scopes import granted, lacking
from storage.capabilities import Capability
from storage.happenings import FilePromised, FilesFound, Happening
from storage.outcomes import Hindered, NotDrawn, Outcome, Refused, Sent, Unclear
from storage.posts import Post

log = structlog.get_logger(__name__)

TRIES = 3
"""So often a file is tried. Then its words go without it, and it is swept up if Slack shares it all the same."""
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between looks whether Slack has shared it."""
NOT_SHARED = "FileNotShared"
"""The word for what Slack has taken and does not show."""
TAKEN = 200

Keep = Callable[[Post, Happening], Awaitable[bool]]
"""Writes down what happens to a post while it is sent, and says whether the claim still holds."""
Made = Callable[[], File]


class Promised(NamedTuple):
    """A file to be, and the address that takes its bytes."""

    file_id: str
    address: str


@dataclass(frozen=True)
class NoFile:
    """It is not shared as far as anybody knows, and is not tried any more: its words go alone. `error` is Slack's word for why, or ours."""

    error: str


class Uploads:
    """`client` must not retry by itself."""

    def __init__(self, client: AsyncWebClient, session: ClientSession, keep: Keep) -> None:
        self._client = client
        self._session = session
        self._keep = keep

    async def share(self, post: Post, channel: str, made: Made, begin_by: float) -> Outcome | NoFile:
        """Make the file, and share it in this channel."""
        if post.hindrances >= TRIES:
            return NoFile(post.error or NOT_SHARED)
        try:
            file = await asyncio.to_thread(made)
        except Exception as error:
            log.exception("a file could not be made", kind=post.kind, post=post.id)
            return NotDrawn(type(error).__name__)
        return await self._share(post, channel, file, begin_by)

    async def note_found(self, post: Post, file_ids: Collection[str]) -> None:
        """Whoever takes the post over, if the claim holds no more, finds them as well."""
        await self._keep(post, FilesFound(frozenset(file_ids)))

    async def take_back(self, post: Post) -> None:
        """What went with a message that says something else now. Raises what the client raises."""
        for file_id in post.file_ids:
            await delete_file(self._client, file_id)

    async def _share(self, post: Post, channel: str, file: File, begin_by: float) -> Outcome | NoFile:
        promised = await self._promise(post, file)
        if not isinstance(promised, Promised):
            return promised
        if not await self._keep(post, FilePromised(promised.file_id)):
            return CLAIM_TOO_OLD
        hindered = await self._send(promised.address, file.content)
        if hindered or time.monotonic() > begin_by:
            return hindered or CLAIM_TOO_OLD
        refused = await self._complete(promised.file_id, channel, file)
        return refused or await self._shared(promised.file_id, channel, begin_by)

    async def _promise(self, post: Post, file: File) -> Promised | Outcome | NoFile:
        """Whoever may share files and not look for them could not know whether they were shared."""
        try:
            answer = await self._client.files_getUploadURLExternal(
                filename=marked_name(file.name, post.reference), length=len(file.content)
            )
            promised = Promised(told(answer, "file_id", str), told(answer, "upload_url", str))
        except FAILURES as failure:
            return _without(failure) or of_search(failure, may_be_there=False)
        return NoFile("missing_scope") if Capability.FILES in lacking(granted(answer)) else promised

    async def _send(self, address: str, content: bytes) -> Hindered | None:
        """To where Slack wants it, without the token."""
        try:
            async with self._session.post(address, data=content, allow_redirects=False) as answer:
                return None if answer.status == TAKEN else Hindered(f"HTTP {answer.status}")
        except FAILURES as failure:
            return Hindered(word_for(failure))

    async def _complete(self, file_id: str, channel: str, file: File) -> Outcome | NoFile | None:
        given = {
            "files": [{"id": file_id, "title": file.title}],
            "channel_id": channel,
            "blocks": MESSAGE.shows(file.words)["blocks"],
        }
        try:
            await self._client.api_call("files.completeUploadExternal", json=given)
        except FAILURES as failure:
            return _without(failure) or of_post(failure)
        return None

    async def _shared(self, file_id: str, channel: str, begin_by: float) -> Outcome:
        """Look until Slack shows it there, for a while."""
        for pause in (0.0, *PAUSES):
            if time.monotonic() + pause > begin_by:
                break
            await asyncio.sleep(pause)
            try:
                stands = await where_shared(self._client, file_id, channel)
            except FAILURES as failure:
                return Unclear(word_for(failure))
            if stands:
                return Sent(channel, stands[0])
        return Unclear(NOT_SHARED)


def _without(failure: Exception) -> NoFile | None:
    """Where it is the file that Slack does not take."""
    is_for_good = isinstance(of_post(failure), Refused) or word_for(failure) in NO_FILE
    return NoFile(word_for(failure)) if is_for_good else None
