"""Puts one message where it is owed: edits it, finds it there, or posts it."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TypeGuard

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.surfaces import Shown
from handlers.delivery.copies import Copies
from handlers.delivery.direct_channels import DirectChannels
from handlers.delivery.saying import looked_for_since
from handlers.delivery.searching import CLAIM_TOO_OLD, LookCutShort, Search, metadata, moment_of
from handlers.delivery.uploads import Made, NoFile, Uploads
from handlers.slack.client import told
from handlers.slack.outcomes import (
    CANNOT_LOOK,
    FAILURES,
    OF_THE_PLACE,
    error_of,
    of_edit,
    of_post,
    of_search,
    word_for,
)
from storage.outcomes import Closed, Gone, Hindered, NotSent, Outcome, Refused, Sent, Unclear
from storage.post_kinds import GOES_FIRST
from storage.posts import Post

RESTORED = Closed("restored")
DELETED = Gone("message_not_found")
NO_CHARTS = Refused("invalid_blocks")


@dataclass(frozen=True)
class Joining:
    """A message of others, and what it says when a post stands in it, too. `references`: of all who do. `others`: by post, the version of theirs."""

    channel_id: str
    ts: str
    message: Shown
    references: Sequence[str]
    others: Mapping[int, int]


@dataclass(frozen=True)
class Draft:
    """What a post says now, in `message`. `others`: by post, the versions of those who stand beside it there.

    `instead`: what becomes of it if it is not there, where it is not to be posted now. `joining`: the message of others in which it
    may stand, if it is not there yet. `known`: the references of all that its place is owed, where a restore may have lost somebody who
    stands there. `file`: makes the file that goes in its stead, in words of its own, where Slack takes it. `with_chart`: what is
    said in its stead where the workspace has charts.
    """

    message: Shown
    others: Mapping[int, int] = field(default_factory=dict)
    instead: Outcome | None = None
    joining: Joining | None = None
    known: Collection[str] | None = None
    file: Made | None = None
    with_chart: Shown | None = None


class Sender:
    """`client` and `first`, which is for what goes first, must not retry by themselves: what may have arrived is looked for before it is sent again.

    `ahead_of_slack`: by how much our clock is, as far as is known; messages are looked for by Slack's. That the workspace has no
    charts is known as long as this lives: after a restart one more message is tried with one.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        first: AsyncWebClient,
        ahead_of_slack: Callable[[], timedelta],
        uploads: Uploads,
    ) -> None:
        self._client, self._first = client, first
        self._uploads = uploads
        self._search = Search(client)
        self._copies = Copies(client, self._search, uploads.note_found)
        self._direct_channels = DirectChannels(client)
        self._ahead_of_slack = ahead_of_slack
        self._has_charts = True

    async def send(self, post: Post, draft: Draft, begin_by: float) -> Outcome:
        """Send the post, or edit its message.

        After `begin_by`, in seconds of the monotonic clock, nothing is begun: another may have taken the post over.
        """
        if post.ts:
            return await self._shown_where_it_stands(post, draft, begin_by)
        found = await self.find(post, begin_by)
        joined = await self._join(draft.joining, begin_by) if draft.joining and not found else None
        return found or joined or draft.instead or await self._post(post, draft, begin_by)

    async def _shown_where_it_stands(self, post: Post, draft: Draft, begin_by: float) -> Outcome:
        lost = await self._tells_of_somebody_lost(post, draft.known)
        edited = lost or await self._edit(post, draft.message, begin_by)
        if isinstance(edited, Closed | Refused) and post.life.is_to_join and await self._has_joined(post):
            return Sent(post.stands_in, post.ts or "", has_joined=True)
        return replace(edited, others=draft.others) if isinstance(edited, Sent) else edited

    async def _tells_of_somebody_lost(self, post: Post, known: Collection[str] | None) -> Outcome | None:
        """After a restore somebody may stand in its message of whom nothing is known: an edit would take those words away for good."""
        if known is None:
            return None
        try:
            there = await self._search.references(post.stands_in, post.ts or "")
        except FAILURES as failure:
            if word_for(failure) in CANNOT_LOOK:
                return RESTORED
            outcome = of_search(failure, may_be_there=False)
            return None if _is_closed(outcome) else outcome  # a place that is closed takes no edit either
        return None if set(there) <= set(known) else RESTORED

    async def _has_joined(self, post: Post) -> bool:
        """Whether the try of which nobody knew put it there, as far as the bot may look."""
        try:
            return post.reference in await self._search.references(post.stands_in, post.ts or "")
        except FAILURES:
            return False

    async def _join(self, joining: Joining, begin_by: float) -> Outcome | None:
        """One edit of a message of others. Nothing where that takes none, or not this one: then it is a message of its own."""
        if time.monotonic() > begin_by:
            return CLAIM_TOO_OLD
        try:
            await self._client.chat_update(
                channel=joining.channel_id,
                ts=joining.ts,
                **joining.message,
                metadata=metadata(*joining.references),
            )
        except FAILURES as failure:
            return _of_join(of_edit(failure), joining)
        return Sent(joining.channel_id, joining.ts, has_joined=True, others=joining.others)

    async def find(self, post: Post, begin_by: float) -> Outcome | None:
        """What became of it where it may be there already; nothing where it surely is not."""
        if not post.ts and post.stray_ts:
            return Sent(post.stands_in, post.stray_ts, is_current=False)
        if post.ts or not post.may_be_there:
            return None
        try:
            channel = await self._where_to_post(post)
            found = await self._found(channel, post, begin_by)
        except LookCutShort:
            return CLAIM_TOO_OLD
        except FAILURES as failure:
            outcome = of_search(failure, may_be_there=post.may_be_there and not post.kind.is_rather_doubled)
            if _is_closed(outcome):
                self._direct_channels.forget(post.place)
            return outcome
        if found is not None:
            return Sent(channel, found, is_current=False, is_as_tried=True)
        return DELETED if post.life.is_perhaps_deleted else None

    async def _found(self, channel: str, post: Post, begin_by: float) -> str | None:
        """The `ts` of what may have been stored."""
        since = looked_for_since(post) - self._ahead_of_slack()
        try:
            found = await self._copies.of(post, channel, since, begin_by)
        except SlackApiError as failure:
            if post.kind.is_rather_doubled and error_of(failure) in CANNOT_LOOK:
                return None
            raise
        return found.moments[0] if found.moments else None

    async def _post(self, post: Post, draft: Draft, begin_by: float) -> Outcome:
        """If a direct channel that was remembered takes nothing, it is opened anew, once: that tells why."""
        was_known = self._direct_channels.know(post.place)
        outcome = await self._post_once(post, draft, begin_by)
        if was_known and _is_closed(outcome):
            self._direct_channels.forget(post.place)
            return await self._post_once(post, draft, begin_by)
        return outcome

    async def _post_once(self, post: Post, draft: Draft, begin_by: float) -> Outcome:
        try:
            channel = await self._where_to_post(post)
        except FAILURES as failure:
            return of_search(failure, may_be_there=post.may_be_there)
        if draft.with_chart is not None and self._has_charts:
            return await self._say_with_chart(post, channel, draft.with_chart, draft.message, begin_by)
        if draft.file is None:
            return await self._say(post, channel, draft.message, begin_by)
        shared = await self._uploads.share(post, channel, draft.file, begin_by)
        if not isinstance(shared, NoFile):
            return shared
        said = await self._say(post, channel, draft.message, begin_by)
        return replace(said, without_file=shared.error) if isinstance(said, Sent) else said

    async def _say_with_chart(
        self, post: Post, channel: str, with_chart: Shown, without: Shown, begin_by: float
    ) -> Outcome:
        """Some workspaces refuse charts. If the same goes through without one, it was for that."""
        outcome = await self._say(post, channel, with_chart, begin_by)
        if outcome != NO_CHARTS:
            return outcome
        said = await self._say(post, channel, without, begin_by)
        self._has_charts = not isinstance(said, Sent)
        return replace(said, without_chart=NO_CHARTS.error) if isinstance(said, Sent) else said

    async def _say(self, post: Post, channel: str, message: Shown, begin_by: float) -> Outcome:
        if time.monotonic() > begin_by:
            return CLAIM_TOO_OLD
        try:
            answer = await self._client.chat_postMessage(
                channel=channel,
                **message,
                metadata=metadata(post.reference),
                unfurl_links=False,
                unfurl_media=False,
            )
            return Sent(told(answer, "channel", str), moment_of(answer))
        except FAILURES as failure:
            return of_post(failure)

    async def _edit(self, post: Post, message: Shown, begin_by: float) -> Outcome:
        """By which references it is found stays as it was: after a restore not all who stand there are known."""
        if time.monotonic() > begin_by:
            return CLAIM_TOO_OLD
        channel, ts = post.stands_in, post.ts or ""
        try:
            await self._uploads.take_back(post)
            client = self._first if post.kind in GOES_FIRST else self._client
            await client.chat_update(channel=channel, ts=ts, **message)
        except FAILURES as failure:
            return await self._after_opening_anew(post, of_edit(failure))
        return Sent(channel, ts)

    async def _after_opening_anew(self, post: Post, outcome: Outcome) -> Outcome:
        """A direct channel that takes no edit is opened anew: its reader may be reached in another one by now, where others are told.

        What stands in the one before is closed then. If it is the same one, nobody knows whether it takes others.
        """
        if not (post.is_direct and _is_closed(outcome)):
            return outcome
        if post.is_of_nobody:
            return Closed(outcome.error)
        self._direct_channels.forget(post.place)
        try:
            channel = await self._direct_channels.of(post.place)
        except FAILURES as failure:
            return of_search(failure, may_be_there=False)
        error = outcome.error
        return Hindered(error) if channel == post.stands_in else Closed(error)

    async def _where_to_post(self, post: Post) -> str:
        """A person's direct messages have to be opened; a channel is one already."""
        return await self._direct_channels.of(post.place) if post.is_direct else post.place


def _of_join(outcome: Outcome, joining: Joining) -> Outcome | None:
    match outcome:
        case Gone(error):
            return NotSent(error, is_soon=True, gone_ts=joining.ts)
        case Unclear(error):
            return Unclear(error, joining.channel_id, joining.ts)
        case NotSent() if not _is_closed(outcome):
            return outcome
    return None


def _is_closed(outcome: Outcome) -> TypeGuard[NotSent]:
    return isinstance(outcome, NotSent) and outcome.error in OF_THE_PLACE
