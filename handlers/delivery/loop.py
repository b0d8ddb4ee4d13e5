"""Sends what the outbox holds: each place its posts in order, one place not waiting for another."""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any, TypeVar

import structlog

from handlers.blocks.surfaces import MESSAGE, Shown
from handlers.delivery import kinds
from handlers.delivery.bookkeeping import write_down
from handlers.delivery.kinds import KINDS
from handlers.delivery.sending import Sender
from handlers.delivery.sweeping import Sweeper
from handlers.services import Services
from handlers.slack.connection import Connection
from storage import claims
from storage.consortia import enter_consortium_of
from storage.lanes import Lane
from storage.outbox import Post
from storage.outcomes import NotDrawn, NotNeeded, Outcome, Sent, Unclear
from storage.tenancy import Session

log = structlog.get_logger(__name__)

Became = TypeVar("Became", Outcome, Outcome | None)


class Delivery:
    """It sends what the consortium of its token's workspace owes. What others owe is for their own bots."""

    def __init__(self, connection: Connection, services: Services) -> None:
        self._connection = connection
        self._sender = Sender(connection.posting_client, lambda: services.ahead_of_slack)
        self._sweeper = Sweeper(connection.posting_client, services)
        self._services = services
        self._timeouts = services.timeouts
        self._in_flight: dict[str, asyncio.Task[None]] = {}
        self._is_ending = False
        self._has_come_to_rest = asyncio.Event()
        self._asking_again: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def delivering(self, farewell: float) -> AsyncIterator[None]:
        """Deliver meanwhile; at the end claim nothing more, and give what is under way so many seconds to come to its end."""
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            self._is_ending = True
            self._wake()
            ends = asyncio.get_running_loop().time() + farewell
            await _finish([watching], ends)
            await _finish(list(self._in_flight.values()), ends)

    async def comes_to_rest(self) -> None:
        """Wait until all that is due has been taken up and nothing is under way."""
        while self._services.outbox_changed.is_set() or not self._has_come_to_rest.is_set():
            await self._has_come_to_rest.wait()
            await asyncio.sleep(0)

    def _wake(self) -> None:
        self._services.outbox_changed.set()

    async def _watch(self) -> None:
        changed = self._services.outbox_changed
        while await changed.wait() and not self._is_ending:
            changed.clear()
            self._has_come_to_rest.clear()
            try:
                await self._take_up_what_is_due()
            except Exception:  # the next tick looks again
                log.exception("the outbox could not be read")
            if not self._in_flight:
                self._has_come_to_rest.set()

    async def _take_up_what_is_due(self) -> None:
        if self._asking_again is not None:  # this is the next time
            self._asking_again.cancel()
        if not await self._services.knows_the_time(self._connection.client):
            loop = asyncio.get_running_loop()
            self._asking_again = loop.call_later(self._timeouts.asking_again, self._wake)
            return
        claimed_at, team = time.monotonic(), self._connection.team
        posts, strays = await self._services.database.run(
            lambda session: self._claimed(session, team), lane=Lane.POST
        )
        for post in posts:
            self._begin(post.place, self._deliver(post, claimed_at + self._timeouts.to_begin))
        for post in strays:
            self._begin_sweep(post, claimed_at + self._timeouts.to_look)

    def _claimed(self, session: Session, team: str | None) -> tuple[list[Post], list[Post]]:
        """What is to be sent, and what is to be swept: nothing before Slack has said whose the token is, and nobody else's."""
        if enter_consortium_of(session, team) is None:
            return [], []
        now, lease, busy = self._services.clock(), self._timeouts.leasing, set(self._in_flight)
        return claims.claim(session, now, lease, busy), claims.claim_sweeps(session, now, lease)

    def _begin_sweep(self, post: Post, ends_by: float) -> None:
        """Where the one before took longer than its claim, it goes on alone."""
        name = f"sweep of {post.id}"
        if name not in self._in_flight:
            self._begin(name, self._sweeper.sweep(post, ends_by))

    def _begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._in_flight[name] = asyncio.create_task(self._do(name, work))

    async def _do(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception:
            # The claim runs out by itself, and whoever takes it next looks before sending.
            log.exception("a delivery failed")
        finally:
            del self._in_flight[name]
            self._wake()

    async def _deliver(self, post: Post, begin_by: float) -> None:
        await self._finish(post, await self._outcome(post, begin_by))

    async def _outcome(self, post: Post, begin_by: float) -> Outcome:
        """What can't be drawn is looked for all the same: whether it is there does not hang on what it says now."""
        try:
            shown = await self._shown(post, self._services.clock())
        except Exception as error:
            log.exception("a post could not be drawn", kind=post.kind, post=post.id)
            self._services.note_failure(error)
            not_drawn = NotDrawn(type(error).__name__)
            return await self._tried(post, self._sender.find(post, begin_by)) or not_drawn
        if shown is None:
            return NotNeeded()
        return await self._tried(post, self._sender.send(post, shown, begin_by))

    async def _tried(self, post: Post, trying: Coroutine[Any, Any, Became]) -> Became | Unclear:
        """A mistake of ours is an outcome too: the posts behind it must not wait for ever."""
        try:
            return await trying
        except Exception as error:  # maybe after it was stored
            log.exception("a post could not be sent", kind=post.kind, post=post.id)
            return Unclear(type(error).__name__)

    async def _shown(self, post: Post, now: datetime) -> Shown | None:
        """Read in a transaction that keeps nothing, drawn after it."""
        seen = await self._services.database.look(
            lambda session: kinds.view(session, post, now), post.consortium_id, Lane.POST
        )
        return None if seen is None else MESSAGE.shows(KINDS[post.kind].draw(seen))

    async def _finish(self, post: Post, outcome: Outcome) -> None:
        now = self._services.clock()
        try:
            written = await self._write_down(post, outcome, now)
        except Exception as error:  # in what follows from the outcome: this one has nothing that follows
            log.exception("an outcome could not be written down", kind=post.kind, post=post.id)
            written = await self._write_down(post, Unclear(type(error).__name__), now)
        self._count(post, outcome, written, now)
        if written and written.not_before:
            asyncio.get_running_loop().call_later((written.not_before - now).total_seconds(), self._wake)

    async def _write_down(self, post: Post, outcome: Outcome, now: datetime) -> Post | None:
        settling = self._timeouts.settling
        return await self._services.database.run(
            lambda session: write_down(session, post, outcome, now, settling), post.consortium_id, Lane.POST
        )

    def _count(self, post: Post, outcome: Outcome, written: Post | None, now: datetime) -> None:
        if written is None:
            self._services.metrics.lease_was_lost()
        is_new = post.ts is None and isinstance(outcome, Sent)
        lateness = now - post.due_at if is_new else None
        self._services.metrics.was_sent(post.kind, type(outcome).__name__.lower(), lateness)


async def _finish(tasks: list[asyncio.Task[None]], ends: float) -> None:
    """Wait until they are done, or until the loop's clock says `ends`; then break them off."""
    with suppress(TimeoutError):
        async with asyncio.timeout_at(ends):
            await asyncio.gather(*tasks)
