"""Sweeps up doubles: where a post had to be sent again, a first copy may arrive after all."""

from collections.abc import Collection, Mapping

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.delivery.copies import Copies, Found, delete_file
from handlers.delivery.saying import looked_for_since
from handlers.delivery.searching import LookCutShort, Search
from handlers.services import Services
from handlers.slack.outcomes import CANNOT_DELETE, CANNOT_LOOK, FAILURES, error_of, word_for
from storage import claims
from storage.lanes import Lane
from storage.posts import Post
from storage.tenancy import Session
from storage.together import those_together_with

log = structlog.get_logger(__name__)

NOTHING_TO_DELETE = CANNOT_DELETE | {"message_not_found"}
"""It is gone, or has to stay."""


class Sweeper:
    """Leaves the earliest copy, or the one in which others stand, too, and deletes the others.

    What fails is tried again when its claim has run out, and so it is looked again while Slack has a file that it does not show.
    """

    def __init__(self, client: AsyncWebClient, services: Services) -> None:
        self._client = client
        self._all_copies = Copies(client, Search(client), self._note_files)
        self._services = services

    async def sweep(self, post: Post, ends_by: float) -> None:
        """Look until it is `ends_by`, in seconds of the monotonic clock. What is left to read is read when it is claimed again."""
        try:
            found = await self._copies(post, ends_by)
            keep = post.ts if post.ts and await self._stands_with_others(post) else found.moments[0]
            await self._delete(post, {ts: files for ts, files in found.files.items() if ts != keep})
            if found.has_more_to_come:
                return
        except LookCutShort:
            log.info("doubles are looked for further at the next claim", post=post.id)
            return
        except FAILURES as failure:
            log.warning("doubles can't be looked for now", post=post.id, error=word_for(failure))
            return
        now = self._services.clock()
        await self._services.database.run(
            lambda session: claims.swept(session, post, keep, now), post.consortium_id, Lane.POST
        )

    async def _note_files(self, post: Post, file_ids: Collection[str]) -> None:
        now = self._services.clock()
        await self._services.database.run(
            lambda session: claims.note_files(session, post, file_ids, now), post.consortium_id, Lane.POST
        )

    async def _stands_with_others(self, post: Post) -> bool:
        def others(session: Session) -> int:
            return len(those_together_with(session, post)) - 1

        return await self._services.database.look(others, post.consortium_id, Lane.POST) > 0

    async def _copies(self, post: Post, ends_by: float) -> Found:
        """Those that Slack shows, or where the bot may not look, those that the outbox knows of.

        What somebody deleted is no reason to delete another.
        """
        known = Found({ts: set() for ts in (post.ts, post.stray_ts) if ts})
        shown = await self._shown(post, ends_by)
        if shown is None:
            return known
        if not shown.files:
            shown.files[known.moments[0]] = set()
        return shown

    async def _shown(self, post: Post, ends_by: float) -> Found | None:
        try:
            since = looked_for_since(post) - self._services.ahead_of_slack
            return await self._all_copies.of(post, post.stands_in, since, ends_by)
        except SlackApiError as failure:
            if error_of(failure) in CANNOT_LOOK:
                return None
            raise

    async def _delete(self, post: Post, doubles: Mapping[str, Collection[str]]) -> None:
        """With their files: Slack would keep these."""
        for ts, files in doubles.items():
            try:
                await self._client.chat_delete(channel=post.stands_in, ts=ts)
            except SlackApiError as failure:
                if error_of(failure) not in NOTHING_TO_DELETE:
                    raise
            self._services.metrics.double_was_found()
            log.warning("a message stood there twice", kind=post.kind, post=post.id)
            for file_id in files:
                await delete_file(self._client, file_id)
