"""Sends what the outbox holds: each place its posts in order, one place not waiting for another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from handlers import posts
from handlers.bookkeeping import SETTLE, write_down
from handlers.outcomes import NotDrawn, NotNeeded, Outcome
from handlers.sending import Sender
from handlers.services import Services
from storage import outbox
from storage.outbox import Post

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60) + SETTLE
"""When it has run out, all that its holder may have begun has settled, and can be looked for."""


class Delivery:
    """`client` must not retry by itself: what may have arrived is looked for before it is sent again."""

    def __init__(self, client: AsyncWebClient, services: Services) -> None:
        self._sender = Sender(client)
        self._services = services
        self._in_flight: dict[str, asyncio.Task[None]] = {}
        self._is_ending = False

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator[None]:
        """Deliver meanwhile; at the end let what is under way come to its end."""
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            self._is_ending = True
            self._wake()
            await watching
            await asyncio.gather(*self._in_flight.values())

    def _wake(self) -> None:
        self._services.outbox_changed.set()

    async def _watch(self) -> None:
        changed = self._services.outbox_changed
        while await changed.wait() and not self._is_ending:
            changed.clear()
            try:
                await self._take_up_what_is_due()
            except Exception:  # the next tick looks again
                log.exception("the outbox could not be read")

    async def _take_up_what_is_due(self) -> None:
        for post in await self._claim():
            self._in_flight[post.place] = asyncio.create_task(self._deliver(post))

    async def _claim(self) -> list[Post]:
        now, busy = self._services.clock(), set(self._in_flight)
        return await self._services.database.run(lambda session: outbox.claim(session, now, LEASE, busy))

    async def _deliver(self, post: Post) -> None:
        try:
            outcome = await self._outcome(post)
            await self._finish(post, outcome)
        except Exception:
            # The claim runs out by itself, and whoever takes it next looks before sending.
            log.exception("a delivery failed", kind=post.kind, post=post.id)
        finally:
            del self._in_flight[post.place]
            self._wake()

    async def _outcome(self, post: Post) -> Outcome:
        now = self._services.clock()
        try:
            message = await self._services.database.run(lambda session: posts.draw(session, post, now))
        except Exception as error:  # the posts behind it must not wait for ever
            log.exception("a post could not be drawn", kind=post.kind, post=post.id)
            return NotDrawn(type(error).__name__)
        return NotNeeded() if message is None else await self._sender.send(post, message)

    async def _finish(self, post: Post, outcome: Outcome) -> None:
        now = self._services.clock()
        wait = await self._services.database.run(lambda session: write_down(session, post, outcome, now))
        if wait is not None:
            asyncio.get_running_loop().call_later(wait.total_seconds(), self._wake)
