"""Sends what the outbox holds: each place its posts in order, one place not waiting for another."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

import structlog

from handlers.delivery.bookkeeping import write_down
from handlers.delivery.drafts import made_ready
from handlers.delivery.saying import saying_and_instead
from handlers.delivery.sending import Sender
from handlers.delivery.sweeping import Sweeper
from handlers.delivery.taking_up import (
    NOTHING,
    UNREAD,
    Asking,
    Read,
    Sweeps,
    Taken,
    TakenUp,
    Unreadable,
    take_up,
    unread,
)
from handlers.delivery.uploads import Uploads
from handlers.services import Services
from handlers.slack.connection import Connection
from storage import claims
from storage.consortia import enter_consortium_of
from storage.happenings import Happening
from storage.lanes import Lane
from storage.outcomes import NotDrawn, NotNeeded, Outcome, Sent, Unclear, Unknowable
from storage.posts import Post
from storage.tenancy import Session

log = structlog.get_logger(__name__)

Answer = TypeVar("Answer")
Became = TypeVar("Became", Outcome, Outcome | None)


class Delivery:
    """It sends what the consortium of its token's workspace owes. What others owe is for their own bots."""

    def __init__(self, connection: Connection, services: Services) -> None:
        self._connection = connection
        uploads = Uploads(connection.posting_client, services.session, self._keep)
        self._sender = Sender(
            connection.posting_client,
            connection.client_of_what_goes_first,
            lambda: services.ahead_of_slack,
            uploads,
        )
        self._sweeper = Sweeper(connection.posting_client, services)
        self._services = services
        self._timeouts = services.timeouts
        self._sweeps = Sweeps(every=services.timeouts.settling / 3)
        self._in_flight: dict[str, asyncio.Task[None]] = {}
        self._passed_over: set[str] = set()
        self._is_looking = False
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
            while self._in_flight and asyncio.get_running_loop().time() < ends:
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
            self._is_looking = True
            try:
                await self._take_up_what_is_due()
            except Exception:  # the next tick looks again
                log.exception("the outbox could not be read")
            self._is_looking = False
            self._rest_if_nothing_is_left()

    def _rest_if_nothing_is_left(self) -> None:
        if not (self._in_flight or self._is_looking or self._services.outbox_changed.is_set()):
            self._has_come_to_rest.set()

    async def _take_up_what_is_due(self) -> None:
        if self._asking_again is not None:  # this is the next time
            self._asking_again.cancel()
        if not await self._services.knows_the_time(self._connection.client):
            loop = asyncio.get_running_loop()
            self._asking_again = loop.call_later(self._timeouts.asking_again, self._wake)
            return
        claimed_at, asking = time.monotonic(), self._asking()
        try:
            taken = await self._run(partial(self._take_up, asking, saying_and_instead))
        except Unreadable:
            taken = await self._run(partial(self._take_up, asking, unread))
        self._begin_each(taken, claimed_at)

    def _asking(self, *, also_in: str = "") -> Asking:
        """What is due now, in places where nothing is under way; `also_in` this one, where something just came to its end."""
        now = self._services.clock()
        busy = set(self._in_flight) - {also_in}
        self._passed_over |= busy
        return Asking(now, self._timeouts.leasing, busy, self._sweeps.may_be_due(now))

    def _take_up(self, asking: Asking, read: Read, session: Session) -> TakenUp:
        """Nothing before Slack has said whose the token is, and nobody else's."""
        ours = enter_consortium_of(session, self._connection.team)
        return NOTHING if ours is None else self._unless_it_ends(session, asking, read)

    def _unless_it_ends(self, session: Session, asking: Asking, read: Read) -> TakenUp:
        """The end may have been told while this waited for its turn."""
        return NOTHING if self._is_ending else take_up(session, asking, read)

    def _begin_each(self, taken: TakenUp, claimed_at: float) -> None:
        for one in taken.to_send:
            self._begin(one.post.place, self._deliver(one, claimed_at + self._timeouts.to_begin))
        for post in taken.to_sweep:
            self._begin_sweep(post, claimed_at + self._timeouts.to_look)

    def _begin_sweep(self, post: Post, ends_by: float) -> None:
        """Where the one before took longer than its claim, it goes on alone."""
        name = f"sweep of {post.id}"
        if name not in self._in_flight:
            self._begin(name, self._sweep(post, ends_by))

    async def _sweep(self, post: Post, ends_by: float) -> None:
        await self._sweeper.sweep(post, ends_by)
        self._wake()  # the copy that is kept may have to say something newer

    def _begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._in_flight[name] = asyncio.create_task(self._do(name, work))

    async def _do(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception:
            # The claim runs out by itself, and whoever takes it next looks before sending.
            log.exception("a delivery failed")
            self._wake()
        finally:
            if self._in_flight.get(name) is asyncio.current_task():  # else the next is under way there
                del self._in_flight[name]
                self._look_again_where_passed_over(name)
            self._rest_if_nothing_is_left()

    def _look_again_where_passed_over(self, name: str) -> None:
        """What was owed there meanwhile, by whoever wrote something down, may have been seen by nobody."""
        if name in self._passed_over:
            self._passed_over.discard(name)
            self._wake()

    async def _deliver(self, taken: Taken, begin_by: float) -> None:
        await self._finish(taken.post, await self._outcome(taken, begin_by))

    async def _outcome(self, taken: Taken, begin_by: float) -> Outcome:
        """What can't be drawn, or is needed no longer, is looked for all the same: whether it is there does not hang on what it says."""
        post = taken.post
        try:
            seen, instead = await self._read(post) if taken.seen is UNREAD else (taken.seen, taken.instead)
            draft = made_ready(seen, instead) if seen else None
        except Exception as error:
            log.exception("a post could not be drawn", kind=post.kind, post=post.id)
            self._services.note_failure(error)
            not_drawn = NotDrawn(type(error).__name__)
            return await self._tried(post, self._sender.find(post, begin_by)) or not_drawn
        if draft is None:
            found = await self._tried(post, self._sender.find(post, begin_by))
            return NotNeeded() if found is None or isinstance(found, Unknowable) else found
        return await self._tried(post, self._sender.send(post, draft, begin_by))

    async def _tried(self, post: Post, trying: Coroutine[Any, Any, Became]) -> Became | Unclear:
        """A mistake of ours is an outcome too: the posts behind it must not wait for ever."""
        try:
            return await trying
        except Exception as error:  # maybe after it was stored
            log.exception("a post could not be sent", kind=post.kind, post=post.id)
            return Unclear(type(error).__name__)

    async def _read(self, post: Post) -> tuple[Any, Outcome | None]:
        """In a transaction that keeps nothing."""
        now = self._services.clock()
        return await self._services.database.look(
            lambda session: saying_and_instead(session, post, now), post.consortium_id, Lane.POST
        )

    async def _keep(self, post: Post, happening: Happening) -> bool:
        """Write down what happens to it while it is sent, if the claim still holds: say whether."""
        now = self._services.clock()
        return await self._run(lambda session: claims.note(session, post, happening, now), post.consortium_id)

    async def _finish(self, post: Post, outcome: Outcome) -> None:
        now, claimed_at = self._services.clock(), time.monotonic()
        try:
            written, taken = await self._written(post, outcome, now)
        except Exception as error:  # in what follows from the outcome: this one has nothing that follows
            log.exception("an outcome could not be written down", kind=post.kind, post=post.id)
            outcome = Unclear(type(error).__name__)
            written, taken = await self._written(post, outcome, now)
        self._note(post, outcome, written, now)
        self._begin_each(taken, claimed_at)

    async def _written(self, post: Post, outcome: Outcome, now: datetime) -> tuple[Post | None, TakenUp]:
        """Write down what became of it, and in the same transaction take up what is due by then, if all of that can be read."""
        write = partial(self._write_down, post, outcome, now)
        if not (self._is_ending or self._services.doubts_the_time):
            asking = self._asking(also_in=post.place)
            with suppress(Unreadable):
                read = saying_and_instead
                return await self._run(
                    lambda session: (write(session), self._unless_it_ends(session, asking, read)),
                    post.consortium_id,
                )
        written = await self._run(write, post.consortium_id)
        self._wake()
        return written, NOTHING

    def _write_down(self, post: Post, outcome: Outcome, now: datetime, session: Session) -> Post | None:
        return write_down(session, post, outcome, now, self._timeouts.settling)

    async def _run(self, unit: Callable[[Session], Answer], consortium_id: int | None = None) -> Answer:
        return await self._services.database.run(unit, consortium_id, Lane.POST)

    def _note(self, post: Post, outcome: Outcome, written: Post | None, now: datetime) -> None:
        """Count it, and look again when it is time for what is left to do about it."""
        self._count(post, outcome, written, now)
        sweep_at = written.sweep_at if written else now  # a lost claim may have left a copy
        if sweep_at is not None:
            self._sweeps.one_is_due(sweep_at)
        for moment in (sweep_at, written.not_before if written else None):
            if moment is not None:
                asyncio.get_running_loop().call_later((moment - now).total_seconds(), self._wake)

    def _count(self, post: Post, outcome: Outcome, written: Post | None, now: datetime) -> None:
        if written is None:
            self._services.metrics.lease_was_lost()
        if isinstance(outcome, Sent) and outcome.without_chart:
            log.warning(
                "a post went without its chart", kind=post.kind, post=post.id, error=outcome.without_chart
            )
            self._services.metrics.chart_was_refused()
        is_new = post.ts is None and isinstance(outcome, Sent)
        due = max(post.due_at, post.not_before or post.due_at) if post.life.is_put_off else post.due_at
        lateness = now - due if is_new else None
        self._services.metrics.was_sent(post.kind, type(outcome).__name__.lower(), lateness)


async def _finish(tasks: list[asyncio.Task[None]], ends: float) -> None:
    """Wait until they are done, or until the loop's clock says `ends`; then break them off."""
    with suppress(TimeoutError):
        async with asyncio.timeout_at(ends):
            await asyncio.gather(*tasks)
