"""The clock's jobs: what goes out at which local minute, once, whatever happened in between."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo

import apscheduler.schedulers.base
import pytest
from aiohttp import ClientSession
from sqlalchemy import select
from structlog.testing import capture_logs

import program.clock
from bot.items import Proposal, propose
from bot.people import meet
from handlers.delivery.loop import Delivery
from handlers.services import Pulse, Services
from handlers.slack.connection import Connection
from handlers.slack.timeouts import FAREWELLS, Timeouts
from playground.slack import Held
from program import ticker
from program.settings import LONGEST_TICK
from program.ticker import MISSED_TICKS, SCHEDULE, Job, Ticker, is_ticking
from storage.coming import Coming
from storage.consortia import every_consortium
from storage.database import Database
from storage.heartbeats import newest_beat
from storage.inbox import Deed, Input, hear
from storage.meetings import meetings_from
from storage.people import Who, person_met
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.builders import a_coming
from tests.clock import SAN_FRANCISCO, FrozenClock
from tests.handlers.steps import at_rest, on_sqlite, shown
from tests.long_forms import LONG
from tests.story import OURS, PLAN, SHARED, UNHURRIED, Story, set_up
from tests.tables import content
from tests.waiting import until

SPRING = PLAN.replace('date = "2027-01-21"', 'date = "2027-03-25"')
TICKS_AT = range(24) if LONG in os.environ else (0, 8, 9, 10, 18)
"""Hours of the two months: whatever goes out too early or too late is seen at the next of them."""
DOORS, CALL, DIGEST = "The agenda of Sister Peace", "What shall we talk about?", "This week on the agenda"


class Hours:
    """A bot whose clock ticks when a test lets it."""

    def __init__(self, slack: Story, clock: FrozenClock, database: Database, ticker: Ticker) -> None:
        self._slack, self._clock, self._database, self._ticker = slack, clock, database, ticker

    async def tick(self) -> None:
        await self._ticker.tick()
        await at_rest(self._database, self._clock)

    async def pass_until(self, local: str, also: dict[str, Callable[[], None]]) -> None:
        """It ticks at these hours; what people do on the way, they do at their local hour, before the clock ticks."""
        end = FrozenClock(local).now
        while self._clock.now < end:
            self._clock.passes(hours=1)
            also.get(self.local(), lambda: None)()
            if int(self.local()[6:8]) in TICKS_AT:
                await self.tick()

    async def strike(self, local: str) -> None:
        """Come back at that hour, having slept until then."""
        self._clock.strikes(local)
        await self.tick()

    def local(self) -> str:
        return f"{self._clock.now.astimezone(SAN_FRANCISCO):%m-%d %H:%M}"

    def in_channel(self) -> list[tuple[str, str]]:
        """When each message came there, and its first words."""
        return [(_local(one.ts), one.text.splitlines()[0][:25]) for one in self._slack.world.messages[SHARED]]

    def proposes(self, person: str, title: str, team: str = "T0SISTER") -> None:
        with self._database.transaction(OURS) as session:
            actor = meet(session, every_consortium(session)[0], Who(team, person), None)
            propose(session, actor, [Proposal(title)], self._clock())


def _local(ts: str) -> str:
    return f"{datetime.fromtimestamp(float(ts), SAN_FRANCISCO):%m-%d %H:%M}"


@asynccontextmanager
async def at_work(slack: Story, clock: FrozenClock, database: Database) -> AsyncIterator[Hours]:
    async with ClientSession() as session:
        services = Services(database, clock, session, UNHURRIED)
        connection = Connection(slack.api_url, slack.bot_token, session, clock)
        async with Delivery(connection, services).delivering(FAREWELLS.delivering):
            yield Hours(slack, clock, database, Ticker(20, connection, services))


@pytest.fixture
async def hours(empty_slack: Story, clock: FrozenClock, database: Database) -> AsyncIterator[Hours]:
    """It begins on a Monday after the digest's hour; the meeting is on Thursday, March 25."""
    clock.strikes("2027-02-15 12:00")
    set_up(database, clock, SPRING)
    async with at_work(empty_slack, clock, database) as hours:
        await hours.tick()
        yield hours


# --- The table


def test_every_job_has_a_name_of_its_own_and_something_to_run() -> None:
    assert len({job.name for job in SCHEDULE}) == len(SCHEDULE)
    assert all(callable(job.run) for job in SCHEDULE)


async def test_a_job_that_fails_keeps_no_other_from_its_work(
    hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(ticker, "SCHEDULE", (Job("fails", fail), *SCHEDULE))
    with capture_logs() as logged:
        await hours.strike("2027-02-25 10:00")
    assert hours.in_channel()[1:] == [("02-25 10:00", CALL)]
    assert [(line["event"], line["job"]) for line in logged] == [("a job failed", "fails")]


@on_sqlite
async def test_what_is_owed_goes_out_while_slack_is_asked_who_people_are(
    hours: Hours, empty_slack: Story
) -> None:
    async def call() -> None:
        await empty_slack.in_channel(CALL)

    empty_slack.weather_becomes(lambda method: Held(call) if method == "users.info" else None)
    await hours.strike("2027-02-25 10:00")
    assert hours.in_channel()[1:] == [("02-25 10:00", CALL)]
    assert any(asked.method == "users.info" for asked in empty_slack.calls)


@on_sqlite
async def test_what_is_owed_goes_out_though_nothing_is_to_be_asked(
    hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticker, "SCHEDULE", [job for job in SCHEDULE if not job.asks_slack])
    await hours.strike("2027-02-25 10:00")
    assert hours.in_channel()[1:] == [("02-25 10:00", CALL)]


async def test_to_look_once_more_changes_nothing(hours: Hours, database: Database) -> None:
    hours.proposes("U0MEMBER", "Budget cuts")
    await hours.strike("2027-03-01 09:00")
    before = content(database)
    for _ in range(3):
        await hours.tick()
    assert content(database) == before


def _ages(hours: Hours, seconds: float) -> None:
    """As if its last beat had been so much earlier."""
    pulse = hours._ticker._services.pulse
    assert pulse.beaten_at is not None
    pulse.beaten_at -= seconds


async def test_a_clock_that_ticks_no_more_is_known_by_its_last_beat_within_a_minute(hours: Hours) -> None:
    services = hours._ticker._services
    _ages(hours, MISSED_TICKS * 20 + UNHURRIED.job - 600)
    assert is_ticking(services, 20)
    _ages(hours, 600)
    assert not is_ticking(services, 20)
    await hours._ticker.tick()
    assert is_ticking(services, 20)
    assert MISSED_TICKS * LONGEST_TICK + Timeouts().job <= 60


async def test_a_clock_that_has_never_ticked_does_not_tick(hours: Hours) -> None:
    assert not is_ticking(replace(hours._ticker._services, pulse=Pulse()), 20)


class Wall(datetime):
    """The machine's clock, `ahead` of the right one."""

    ahead = timedelta(0)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + cls.ahead


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> type[Wall]:
    monkeypatch.setattr(Wall, "ahead", timedelta(0))
    for whoever_reads_it in (program.clock, apscheduler.schedulers.base):
        monkeypatch.setattr(whoever_reads_it, "datetime", Wall)
    return Wall


@pytest.mark.parametrize("leap", [timedelta(hours=1), timedelta(days=300)])
async def test_it_ticks_on_when_the_machines_clock_leaps_ahead_and_is_set_right(
    hours: Hours, wall: type[Wall], monkeypatch: pytest.MonkeyPatch, leap: timedelta
) -> None:
    ticks: list[datetime] = []

    async def count(*_: object) -> None:
        ticks.append(datetime.now(UTC))

    async def it_ticks_three_times_more() -> None:
        before = len(ticks)
        await until(lambda: len(ticks) >= before + 3)

    monkeypatch.setattr(ticker, "SCHEDULE", (Job("counts", count, needs_the_time=False),))
    usual = hours._ticker
    async with Ticker(0.05, usual._connection, usual._services).ticking(FAREWELLS.ticking):
        await it_ticks_three_times_more()
        wall.ahead = leap
        await it_ticks_three_times_more()
        wall.ahead = timedelta(0)
        await it_ticks_three_times_more()


async def test_what_a_leap_passes_by_is_one_tick_however_far_it_goes(hours: Hours) -> None:
    """To count them all held the whole bot up for seconds."""
    ticks = hours._ticker._ticks
    assert len(ticks._get_run_times(ticks.next_run_time + timedelta(days=300))) == 1


async def test_a_job_that_never_ends_keeps_neither_the_clock_nor_the_others(
    hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    unhurried = hours._ticker._services

    async def never(*_: object) -> None:
        hours._ticker._services = unhurried  # the others may be as slow as the machine is
        await asyncio.Event().wait()

    hours._ticker._services = replace(unhurried, timeouts=replace(UNHURRIED, job=0.05))
    monkeypatch.setattr(ticker, "SCHEDULE", (Job("never", never), *SCHEDULE))
    _ages(hours, 3600)
    await hours._ticker.tick()
    assert is_ticking(hours._ticker._services, 20)


async def test_a_tick_that_the_end_breaks_off_is_no_failure_in_the_log(
    hours: Hours, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    under_way = asyncio.Event()

    async def never(*_: object) -> None:
        under_way.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(ticker, "SCHEDULE", (Job("never", never, needs_the_time=False),))
    usual, others = hours._ticker, asyncio.all_tasks()
    async with Ticker(20, usual._connection, usual._services).ticking(farewell=0):
        await under_way.wait()
    await asyncio.gather(*(asyncio.all_tasks() - others), return_exceptions=True)
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


# --- The weeks


@pytest.mark.slow
@on_sqlite
async def test_two_months_hour_by_hour(hours: Hours, empty_slack: Story) -> None:
    """Clocks go forward on March 14. Weeks without news have no digest."""
    await hours.pass_until(
        "2027-04-15 12:00",
        {
            "02-16 14:00": lambda: hours.proposes("U0MEMBER", "Budget cuts"),
            "03-09 14:00": lambda: hours.proposes("U0MEMBER", "Food"),
            "03-30 14:00": lambda: hours.proposes("U0KOFI", "Rents", "T0OTHER"),
        },
    )
    assert hours.in_channel() == [
        ("02-15 12:00", DOORS[:25]),
        ("02-22 09:00", DIGEST),
        ("02-25 10:00", CALL),
        ("03-11 10:00", CALL),
        ("03-15 09:00", DIGEST),
        ("03-18 10:00", CALL),
        ("03-24 10:00", "We meet tomorrow. Here is"),
        ("04-05 09:00", DIGEST),
    ]
    proposed = await empty_slack.in_direct("U0RUTH", "Thursday, June 24, 2027")
    assert _local(proposed.ts) == "03-26 00:00"


async def test_after_some_days_down_one_call_goes_out_and_says_that_it_is_late(
    hours: Hours, empty_slack: Story, database: Database
) -> None:
    await hours.strike("2027-03-18 20:00")
    calls = [entry for entry in hours.in_channel() if entry[1] == CALL]
    assert calls == [("03-18 20:00", CALL)]
    assert "comes late" in shown(await empty_slack.in_channel(CALL))
    with database.transaction(OURS) as session:
        states = [
            post.state for post in session.query(Post).filter_by(kind=PostKind.CALL).order_by(Post.due_at)
        ]
    assert states == [PostState.MISSED, PostState.MISSED, PostState.SENT]


async def test_a_call_in_time_does_not_say_that_it_is_late(hours: Hours, empty_slack: Story) -> None:
    await hours.strike("2027-02-25 10:10")
    assert "comes late" not in shown(await empty_slack.in_channel(CALL))


async def test_after_some_weeks_down_one_digest_tells_all_of_it(hours: Hours, empty_slack: Story) -> None:
    await hours.strike("2027-02-16 12:00")
    hours.proposes("U0MEMBER", "Budget cuts")
    await hours.strike("2027-02-17 12:00")
    hours.proposes("U0MEMBER", "Food")
    await hours.strike("2027-03-08 20:00")
    digests = [entry for entry in hours.in_channel() if entry[1] == DIGEST]
    assert digests == [("03-08 20:00", DIGEST)]
    digest = shown(await empty_slack.in_channel(DIGEST))
    assert "Budget cuts" in digest
    assert "Food" in digest
    assert "comes late" in digest


async def test_deeds_are_forgotten_after_two_years_and_the_rest_after_a_week(
    hours: Hours, database: Database
) -> None:
    with database.transaction(OURS) as session:
        session.add(Input(key="command:rest", at=hours._clock()))
        hear(session, "command:deed", Deed(1, "command tip", None), hours._clock())

    def kept() -> list[str]:
        return [key for _, key, *_ in content(database)["input"]]

    await hours.strike("2027-02-22 11:00")
    assert kept() == ["command:deed", "command:rest"]
    await hours.strike("2027-02-22 13:00")
    assert kept() == ["command:deed"]
    await hours.strike("2029-02-14 11:00")
    assert kept() == ["command:deed"]
    await hours.strike("2029-02-14 13:00")
    assert kept() == []


async def test_what_people_said_of_coming_is_forgotten_after_the_meeting(
    hours: Hours, database: Database
) -> None:
    with database.transaction(OURS) as session:
        meeting = meetings_from(session, date.min)[0]
        a_coming(session, meeting, person_met(session, Who("T0SISTER", "U0MEMBER")))
    for local, left in {
        "2027-04-01 10:00": ["No nuts"],
        "2027-04-03 10:00": [None],
        "2027-04-27 10:00": [],
    }.items():
        await hours.strike(local)
        with database.transaction(OURS) as session:
            assert [one.more for one in session.scalars(select(Coming))] == left


async def test_the_heart_beats_by_the_time_that_all_bots_agree_on(hours: Hours, database: Database) -> None:
    """By their machines' clocks, one that is minutes ahead would count alone as at work."""
    await hours.strike("2027-03-01 09:00")
    with database.transaction() as session:
        assert newest_beat(session) == hours._ticker._services.clock()
