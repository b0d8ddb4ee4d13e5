"""Sends what the outbox holds: each place its posts in order, one place not waiting for another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from handlers import posts
from handlers.blocks.kit import Message
from handlers.outcomes import (
    CANNOT_LOOK,
    FAILURES,
    NotNeeded,
    NotSent,
    Outcome,
    Refused,
    Sent,
    Unclear,
    Unknowable,
    outcome_of,
)
from handlers.services import Services
from storage import Session, outbox
from storage.outbox import Post, PostState

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
SETTLE = timedelta(seconds=90)
"""Longer than Slack may take to store a message whose sender gave up waiting."""
CLOCKS_DIFFER_BY = timedelta(minutes=1)
METADATA_EVENT = "agenda_post"


class Delivery:
    """`client` must not retry by itself: what may have arrived is looked for before it is sent again."""

    def __init__(self, client: AsyncWebClient, services: Services) -> None:
        self._client = client
        self._services = services
        self._in_flight: dict[str, asyncio.Task[None]] = {}
        self._loop = asyncio.get_running_loop()

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator[None]:
        """Deliver meanwhile; at the end claim nothing more, and let what is under way come to its end."""
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, *self._in_flight.values(), return_exceptions=True)

    def wake(self) -> None:
        self._services.outbox_changed.set()

    async def _watch(self) -> None:
        while True:
            await self._services.outbox_changed.wait()
            self._services.outbox_changed.clear()
            for post in await self._claim():
                self._in_flight[post.place] = asyncio.create_task(self._deliver(post))

    async def _claim(self) -> list[Post]:
        now, busy = self._services.clock(), set(self._in_flight)
        return await self._services.database.run(lambda session: outbox.claim(session, now, LEASE, busy))

    async def _deliver(self, post: Post) -> None:
        try:
            outcome = await self._outcome(post)
            await self._services.database.run(lambda session: self._finish(session, post, outcome))
        except Exception:
            # The claim runs out by itself, and whoever takes it next looks before sending.
            log.exception("a delivery failed", kind=post.kind, post=post.id)
        finally:
            del self._in_flight[post.place]
            self.wake()

    async def _outcome(self, post: Post) -> Outcome:
        now = self._services.clock()
        message = await self._services.database.run(lambda session: posts.draw(session, post, now))
        if message is None:
            return NotNeeded()
        return await (self._edit(post, message) if post.ts else self._find_or_post(post, message))

    async def _find_or_post(self, post: Post, message: Message) -> Outcome:
        try:
            channel = post.channel_id or await self._channel(post.place)
            found = await self._find(channel, post) if post.may_be_there else None
        except FAILURES as failure:
            return _not_even_looked(post, failure)
        if found is not None:
            return Sent(channel, found, is_current=False)
        return await self._post(channel, post, message)

    async def _post(self, channel: str, post: Post, message: Message) -> Outcome:
        try:
            answer = await self._client.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=message.blocks,
                metadata={"event_type": METADATA_EVENT, "event_payload": {"reference": post.reference}},
                unfurl_links=False,
                unfurl_media=False,
            )
        except FAILURES as failure:
            return outcome_of(failure, is_repeatable=False)
        return Sent(answer["channel"], answer["ts"])

    async def _edit(self, post: Post, message: Message) -> Outcome:
        channel, ts = post.channel_id or post.place, post.ts or ""
        try:
            await self._client.chat_update(channel=channel, ts=ts, text=message.text, blocks=message.blocks)
        except FAILURES as failure:
            return outcome_of(failure, is_repeatable=True)
        return Sent(channel, ts)

    async def _channel(self, place: str) -> str:
        """A person's direct messages have to be opened; a channel is one already."""
        if not place.startswith(("U", "W")):
            return place
        opened = await self._client.conversations_open(users=place)
        return str(opened["channel"]["id"])

    async def _find(self, channel: str, post: Post) -> str | None:
        """The `ts` of a post that may have been stored, by the reference that Slack keeps with it."""
        since = (post.first_tried_at or post.due_at) - CLOCKS_DIFFER_BY
        cursor = ""
        while True:
            page = await self._client.conversations_history(
                channel=channel,
                oldest=f"{since.timestamp():.6f}",
                include_all_metadata=True,
                limit=100,
                cursor=cursor,
            )
            for message in page["messages"]:
                kept = (message.get("metadata") or {}).get("event_payload") or {}
                if kept.get("reference") == post.reference:
                    return str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None

    def _finish(self, session: Session, post: Post, outcome: Outcome) -> None:
        """Write down what became of it, unless the claim ran out and somebody else has taken it up."""
        now = self._services.clock()
        held = outbox.held_claim(session, post.id, post.fence)
        if held is None:
            log.warning("a claim ran out", kind=post.kind, post=post.id)
            return
        _record(held, post, outcome, now)
        if isinstance(outcome, Sent) and post.ts is None:
            posts.after_sent(session, held, now)
        if held.not_before is not None:
            wait = (held.not_before - now).total_seconds()
            self._loop.call_soon_threadsafe(self._loop.call_later, max(wait, 0), self.wake)


def _not_even_looked(post: Post, failure: Exception) -> Outcome:
    outcome = outcome_of(failure, is_repeatable=True)
    may_not_look = isinstance(outcome, NotSent) and outcome.error in CANNOT_LOOK
    return Unknowable(outcome.error) if post.may_be_there and may_not_look else outcome


def _record(held: Post, claimed: Post, outcome: Outcome, now: datetime) -> None:
    """`held` is the row as it is now; `claimed` is what was drawn, maybe before newer changes."""
    held.lease_until, held.not_before, held.error = None, None, None
    held.attempts += 1
    held.first_tried_at = held.first_tried_at or now
    held.last_tried_at = now
    match outcome:
        case Sent(channel_id, ts, is_current):
            held.channel_id, held.ts, held.may_be_there = channel_id, ts, False
            held.sent_at = held.sent_at or now
            held.shown = claimed.wanted if is_current else 0
            held.attempts = 0
            held.state = PostState.SENT if held.shown == held.wanted else PostState.DUE
        case NotNeeded():
            held.state = PostState.NOT_NEEDED if held.ts is None else PostState.SENT
        case NotSent():
            held.state, held.error = PostState.DUE, outcome.error
            held.not_before = now + _pause(held.attempts, outcome.wait)
        case Unclear():
            held.state, held.error, held.may_be_there = PostState.DUE, outcome.error, True
            held.not_before = now + SETTLE
        case Refused():
            held.state, held.error = PostState.FAILED, outcome.error
        case Unknowable():
            held.state, held.error = PostState.UNKNOWN, outcome.error
    if held.error:
        log.warning(
            "a post was not delivered", kind=held.kind, post=held.id, status=held.state, error=held.error
        )


def _pause(attempts: int, asked: float | None) -> timedelta:
    """As long as Slack asked; else twice as long after each failure, up to an hour."""
    if asked is not None:
        return timedelta(seconds=asked)
    doubled: float = 5 * 2 ** min(attempts - 1, 10)
    return min(timedelta(seconds=doubled), timedelta(hours=1))
