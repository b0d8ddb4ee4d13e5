"""The clock: one tick, which looks through the jobs. What is due is in the database; the clock keeps nothing."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot import clock_set_back
from bot.at_every_tick import CLOCKWORK
from bot.capabilities import note_what_is_lacking
from bot.erasing import erase_those_who_waited, is_somebody_to_be_erased
from bot.errors import UserError
from handlers.blocks.removal import neutral
from handlers.delivery.kinds import NOISES
from handlers.hearing.channels import ask_about_channels
from handlers.hearing.introductions import ask_who_people_are
from handlers.services import Services
from handlers.slack.connection import Connection
from handlers.slack.outcomes import FAILURES, word_for
from storage.consortia import Consortium, Places, confirm, enter_consortium_of
from storage.erasures import every_note
from storage.heartbeats import BEATS_STAY, beat, forget_beats_but_those
from storage.lanes import Lane
from storage.post_life import CLOCKS_DIFFER_BY
from storage.sqlite import count_roughly
from storage.tenancy import Session
from storage.troubles import DatabaseTrouble
from storage.upkeep.erasure_file import add_notes

log = structlog.get_logger(__name__)

Verb = Callable[[Session, Consortium, datetime], None]

MISSED_TICKS = 2


@dataclass(frozen=True)
class Job:
    """Something to look after at every tick. Doing it once more than needed changes nothing.

    `needs_the_time`: it waits while the clock is in doubt, since what it does can't be undone.
    `asks_slack`: what is owed by then is delivered meanwhile.
    """

    name: str
    run: Callable[[Services, Connection], Awaitable[None]]
    needs_the_time: bool = True
    asks_slack: bool = False


def for_our_consortium(verb: Verb) -> Callable[..., Awaitable[None]]:
    """The verb, for the consortium of the workspace that the bot's token is of. Others have bots of their own."""

    async def run(services: Services, connection: Connection) -> None:
        team, now = connection.team, services.clock()

        def unit(session: Session) -> None:
            consortium = enter_consortium_of(session, team, Places.STAY)
            if consortium is not None:
                verb(session, consortium, now)

        try:
            await services.database.run(unit, lane=Lane.CLOCK)
        except UserError:  # another replica did it at the same moment, or there is nobody yet who could
            log.info("a job was refused", job=getattr(verb, "func", verb).__name__)

    return run


async def _ask_whose_bot_it_is(_services: Services, connection: Connection) -> None:
    try:
        await connection.ask_whose_it_is()
    except FAILURES as failure:  # until Slack has told it, nothing is done for anybody
        log.warning("Slack did not say whose token this is", error=word_for(failure))


async def _forget_old_beats(services: Services, _connection: Connection) -> None:
    now = services.clock()
    await services.database.run(
        lambda session: forget_beats_but_those(session, now - BEATS_STAY, now + CLOCKS_DIFFER_BY),
        lane=Lane.CLOCK,
    )


async def _note_what_was_erased(services: Services, _connection: Connection) -> None:
    """Outside of the database, as a backup of it knows nothing of what is erased later."""
    notes = await services.database.run(every_note, lane=Lane.CLOCK)
    if services.erasure_file is not None and notes:
        await asyncio.to_thread(add_notes, services.erasure_file, notes)


async def _count_roughly(services: Services, _connection: Connection) -> None:
    await services.database.run(lambda session: count_roughly(session.connection()), lane=Lane.CLOCK)


async def _beat(services: Services, connection: Connection) -> None:
    """At every tick something is written, so it is here that a database is noticed which takes no more."""
    team, now, before = connection.team, services.clock(), services.pulse.trouble

    def unit(session: Session) -> None:
        beat(session, services.replica, now, team)
        if team is not None:
            confirm(session, team, now, connection.address)

    try:
        await services.database.run(unit, lane=Lane.CLOCK)
    except DatabaseTrouble as trouble:
        services.pulse.trouble = trouble
        raise
    services.pulse.trouble = None
    services.pulse.beaten_at = time.monotonic()
    services.metrics.it_ticked()
    if before is not None:
        log.info("the database can be written again")


async def _take_back(services: Services, connection: Connection) -> None:
    """From the next tick on the others find it."""
    lease, settle = services.timeouts.leasing, services.timeouts.settling

    def take_back(session: Session, consortium: Consortium, now: datetime) -> None:
        clock_set_back.take_back(session, consortium, now, lease, settle, NOISES)

    await for_our_consortium(take_back)(services, connection)


async def _note_what_is_lacking(services: Services, connection: Connection) -> None:
    """Others wait for who changes it, so it is looked at first."""
    team, lacking, now = connection.team, connection.lacking, services.clock()

    def unit(session: Session) -> None:
        known = enter_consortium_of(session, team)
        if known is not None and {*known.lacks} != lacking:
            consortium = enter_consortium_of(session, team, Places.CHANGE) or known
            note_what_is_lacking(session, consortium, lacking, now)

    await services.database.run(unit, lane=Lane.CLOCK)


async def _erase_those_who_waited(services: Services, connection: Connection) -> None:
    """For the end of a legal hold. It changes who decides, so others wait for it: it is looked first whether there is anybody."""
    team, now, words = connection.team, services.clock(), neutral()

    def unit(session: Session) -> None:
        known = enter_consortium_of(session, team)
        if known is not None and is_somebody_to_be_erased(session, known, now):
            consortium = enter_consortium_of(session, team, Places.CHANGE) or known
            erase_those_who_waited(session, consortium, now, words)

    await services.database.run(unit, lane=Lane.CLOCK)


SCHEDULE = (
    Job("ask whose bot it is", _ask_whose_bot_it_is, needs_the_time=False),
    Job("note what Slack has not granted", _note_what_is_lacking),
    *(Job(name, for_our_consortium(verb)) for name, verb in CLOCKWORK.items()),
    Job("erase those who waited", _erase_those_who_waited),
    Job("take back what lies ahead of the clock", _take_back),
    Job("note what was erased", _note_what_was_erased, needs_the_time=False),
    Job("forget old heartbeats", _forget_old_beats),
    Job("count roughly how much there is", _count_roughly, needs_the_time=False),
    Job("leave a heartbeat", _beat, needs_the_time=False),  # before what has to wait for Slack
    Job("ask who people are", ask_who_people_are, asks_slack=True),
    Job("ask about channels", ask_about_channels, asks_slack=True),
)


class _FromNowOn(BaseTrigger):  # type: ignore[misc] # APScheduler ships no types
    """Each tick is an interval after the one before was begun: what a clock that leaps ahead passes by is not made up for."""

    def __init__(self, interval: timedelta) -> None:
        self._interval = interval

    def get_next_fire_time(self, _: datetime | None, now: datetime) -> datetime:
        return now + self._interval


def _as_the_scheduler_reads_it() -> datetime:
    """APScheduler asks the machine itself, also where the program is shown another time."""
    return datetime.now(UTC)


class Ticker:
    """Ticks every `seconds`, and at once when started.

    The scheduler goes by the machine's clock. One that is set back would have it wait until it is as late again, so
    beside it the loop's own time is looked at, which no hand can move.
    """

    def __init__(self, seconds: float, connection: Connection, services: Services) -> None:
        self._connection = connection
        self._services = services
        self._interval = timedelta(seconds=seconds)
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._ticks = self._scheduler.add_job(
            self._tick_until_broken_off,
            _FromNowOn(self._interval),
            next_run_time=_as_the_scheduler_reads_it(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,  # a tick that comes late is still a tick
        )
        self._one_at_a_time = asyncio.Lock()
        self._first_is_over = asyncio.Event()

    @asynccontextmanager
    async def ticking(self, farewell: float) -> AsyncIterator[None]:
        """Tick meanwhile; at the end give a tick under way so many seconds, then break it off."""
        await _beat(self._services, self._connection)  # it is alive before its first tick
        self._scheduler.start()
        watching = asyncio.create_task(self._wait_for_no_set_back_clock())
        try:
            yield
        finally:
            watching.cancel()
            self._scheduler.pause()
            await self._rest(farewell)
            self._scheduler.shutdown(wait=False)

    async def _wait_for_no_set_back_clock(self) -> None:
        while True:
            await asyncio.sleep(self._interval.total_seconds())
            now = _as_the_scheduler_reads_it()
            if self._ticks.next_run_time > now + self._interval:
                log.warning("the machine's clock was set back")
                self._ticks.modify(next_run_time=now)

    async def _rest(self, farewell: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(farewell):
                await self._one_at_a_time.acquire()

    async def _tick_until_broken_off(self) -> None:
        """The scheduler would log it as a failure that the farewell breaks a tick off."""
        with suppress(asyncio.CancelledError):
            await self.tick()
            self._first_is_over.set()

    async def comes_to_tick(self) -> None:
        """Wait until the first tick that the clock itself began is over."""
        await self._first_is_over.wait()

    async def tick(self) -> None:
        async with self._one_at_a_time:
            await self._make_sure_of_the_time()
            for job in SCHEDULE:
                if job.asks_slack:
                    self._wake_delivery()
                # The clock may leap while a job before it is at work.
                if not (job.needs_the_time and self._services.doubts_the_time):
                    await self._run(job)
            self._wake_delivery()

    def _wake_delivery(self) -> None:
        """Not after each job: it asks the database each time."""
        self._services.outbox_changed.set()

    async def _make_sure_of_the_time(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._services.timeouts.job):
                await self._services.knows_the_time(self._connection.client)

    async def _run(self, job: Job) -> None:
        try:
            async with asyncio.timeout(self._services.timeouts.job):
                await job.run(self._services, self._connection)
        except Exception:  # one job's trouble is not the others'
            log.exception("a job failed", job=job.name)


def is_ticking(services: Services, seconds: float) -> bool:
    """By the last beat of this process, which ticks every `seconds`: a scheduler also calls itself running when it has died."""
    beaten_at = services.pulse.beaten_at
    longest_silence = seconds * MISSED_TICKS + services.timeouts.job
    return beaten_at is not None and time.monotonic() - beaten_at < longest_silence
