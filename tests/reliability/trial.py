"""A trial: a small Slack in bad weather, replicas that have a hard life, and debts that all have to be paid once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select

from handlers.slack.timeouts import Timeouts
from playground.slack.faults import calm
from storage.database import Database
from storage.outbox import Post, PostState
from tests.reliability.clock import RunningClock
from tests.reliability.debts import Debts
from tests.reliability.replica import HASTE, Circumstances, Replica
from tests.reliability.verdict import Verdict, judge
from tests.reliability.weather import Weather
from tests.story import OURS, Story, set_up
from tests.waiting import SECONDS


@dataclass
class Trial:
    slack: Story
    database: Database
    clock: RunningClock
    weather: Weather
    debts: Debts
    circumstances: Circumstances
    replicas: list[Replica] = field(default_factory=list)
    seconds_to_rest: int = SECONDS

    def replica(self, *, bug: str | None = None, ahead: timedelta = timedelta(0)) -> Replica:
        """`ahead` of the right time, by its machine's clock."""
        self.replicas.append(Replica(replace(self.circumstances, bug=bug), ahead))
        return self.replicas[-1]

    def storm(self) -> None:
        self.slack.weather_becomes(self.weather)

    def calm(self) -> None:
        self.slack.weather_becomes(calm)

    async def verdict(self, *survivors: Replica) -> Verdict:
        """After the weather has calmed down, and the survivors have done what was left to do."""
        self.calm()
        for replica in survivors:
            if not replica.is_running:
                await replica.starts()
        await self.comes_to_rest()
        timeouts = self.circumstances.timeouts
        await asyncio.sleep(timeouts.call + timeouts.settle)  # what Slack stores late is there by now
        await self.comes_to_rest()
        return await asyncio.to_thread(judge, self.slack, self.database, self.clock())

    async def comes_to_rest(self) -> None:
        """Nothing is owed any more and nothing is left to sweep; or the time is up, and the verdict will say what is."""
        for _ in range(self.seconds_to_rest * 5):
            if not await asyncio.to_thread(self.left):
                return
            await asyncio.sleep(0.2)

    def left(self) -> int:
        owed = Post.state.in_([PostState.DUE, PostState.SENDING]) & (Post.due_at <= self.clock())
        with self.database.transaction(OURS) as session:
            return session.scalars(
                select(func.count()).select_from(Post).where(or_(owed, Post.sweep_at.is_not(None)))
            ).one()


@asynccontextmanager
async def trial(
    database_url: str, folder: Path, *, seed: int = 1, timeouts: Timeouts = HASTE, **slack_with: Any
) -> AsyncIterator[Trial]:
    """`database_url` is of an empty database with the newest schema; `folder` gets the log."""
    clock = RunningClock.from_now()
    slack = Story(clock, **slack_with)
    await slack.start()
    circumstances = Circumstances(slack, database_url, clock, folder / "log", timeouts)
    circumstances.log.touch()
    try:
        with closing(Database(database_url)) as database:
            set_up(database, clock)
            debts = Debts(slack, database, clock, seed)
            made = Trial(slack, database, clock, Weather(seed, timeouts), debts, circumstances)
            try:
                yield made
            finally:
                for replica in made.replicas:
                    await replica.is_killed()
    finally:
        await slack.stop()
