"""The clock: one tick, which looks through the jobs. What is due is in the database; the clock keeps nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_sdk.web.async_client import AsyncWebClient

from bot.at_every_tick import CLOCKWORK
from handlers.hearing.channels import ask_about_channels
from handlers.hearing.introductions import ask_who_people_are
from handlers.services import Services
from program.clock import real_clock
from storage.consortia import Consortium, every_consortium
from storage.heartbeats import beat, forget_beats_before, last_beat
from storage.inbox import forget_old_inputs
from storage.tenancy import Session

log = structlog.get_logger(__name__)

Verb = Callable[[Session, Consortium, datetime], None]

BEATS_STAY = timedelta(days=7)
MISSED_TICKS = 2


@dataclass(frozen=True)
class Job:
    """Something to look after at every tick. Doing it once more than needed changes nothing."""

    name: str
    run: Callable[[Services, AsyncWebClient], Awaitable[None]]


def for_each_consortium(verb: Verb) -> Callable[..., Awaitable[None]]:
    """The verb, for every consortium, each in a transaction of its own."""

    async def run(services: Services, _client: AsyncWebClient) -> None:
        now = services.clock()
        for consortium in await services.database.run(every_consortium):
            try:
                await services.database.run(_given(verb, consortium, now), consortium.id)
            except Exception:  # one consortium's trouble is not the others'
                log.exception("a job failed", job=verb.__name__)

    return run


def _given(verb: Verb, consortium: Consortium, now: datetime) -> Callable[[Session], None]:
    """With the consortium as it is when its turn comes: its shared channel may be another by then."""
    return lambda session: verb(session, session.get_one(Consortium, consortium.id), now)


async def _forget_what_is_old(services: Services, _client: AsyncWebClient) -> None:
    await services.database.run(lambda session: forget_old_inputs(session, services.clock()))
    await services.database.run(lambda session: forget_beats_before(session, real_clock() - BEATS_STAY))


async def _beat(services: Services, _client: AsyncWebClient) -> None:
    await services.database.run(lambda session: beat(session, services.replica, real_clock()))
    services.metrics.it_ticked()


SCHEDULE = (
    *(Job(name, for_each_consortium(verb)) for name, verb in CLOCKWORK.items()),
    Job("forget what is old", _forget_what_is_old),
    Job("leave a heartbeat", _beat),  # before what has to wait for Slack
    Job("ask who people are", ask_who_people_are),
    Job("ask about channels", ask_about_channels),
)


class Ticker:
    """Ticks every `seconds`, and at once when started."""

    def __init__(self, seconds: float, client: AsyncWebClient, services: Services) -> None:
        self._client = client
        self._services = services
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=seconds,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,  # a tick that comes late is still a tick
        )
        self._one_at_a_time = asyncio.Lock()

    @asynccontextmanager
    async def ticking(self, farewell: float) -> AsyncIterator[None]:
        """Tick meanwhile; at the end give a tick under way so many seconds, then break it off."""
        await _beat(self._services, self._client)  # it is alive before its first tick
        self._scheduler.start()
        try:
            yield
        finally:
            self._scheduler.pause()
            await self._rest(farewell)
            self._scheduler.shutdown(wait=False)

    async def _rest(self, farewell: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(farewell):
                await self._one_at_a_time.acquire()

    async def tick(self) -> None:
        async with self._one_at_a_time:
            for job in SCHEDULE:
                await self._run(job)

    async def _run(self, job: Job) -> None:
        try:
            async with asyncio.timeout(self._services.timeouts.job):
                await job.run(self._services, self._client)
        except Exception:  # one job's trouble is not the others'
            log.exception("a job failed", job=job.name)
        self._services.outbox_changed.set()


async def is_ticking(services: Services, seconds: float) -> bool:
    """By the heartbeat of this replica, which ticks every `seconds`: a scheduler also calls itself running when it has died."""
    beaten = await services.database.run(lambda session: last_beat(session, services.replica))
    silence = timedelta(seconds=seconds * MISSED_TICKS + services.timeouts.job)
    return beaten is not None and real_clock() - beaten < silence
