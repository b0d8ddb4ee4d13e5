"""A trial: a small Slack in bad weather, replicas that have a hard life, and debts that all have to be paid once."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence, Sized
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from handlers.slack.timeouts import Timeouts
from playground.slack.faults import calm
from storage.database import Database
from storage.post_facts import TRIES_IN_ORDER, PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.reliability.clock import RunningClock
from tests.reliability.debts import KINDS, Debts
from tests.reliability.replica import HASTE, Circumstances, Replica
from tests.reliability.verdict import Verdict, judge
from tests.reliability.weather import Firewall, Weather
from tests.story import OURS, Story, set_up
from tests.waiting import SECONDS

A_MOMENT = 0.05
"""Seconds in which Slack scans a file."""


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
        """And something stands in between that lets one message never through."""
        self.debts.owe_what_is_disliked()
        self.slack.weather_becomes(Firewall(self.weather))

    def calm(self) -> None:
        self.slack.weather_becomes(Firewall(calm))

    def firewall_falls(self) -> None:
        self.slack.weather_becomes(calm)

    async def verdict(self, *survivors: Replica) -> Verdict:
        """After the weather has calmed down, and the survivors have done what was left to do; then what stood aside goes out."""
        self.calm()
        for replica in survivors:
            if not replica.is_running:
                await replica.starts()
        await self.comes_to_rest()
        held_up = await asyncio.to_thread(self.left_in_line)
        self.firewall_falls()
        await self.comes_to_rest(self.left)
        timeouts = self.circumstances.timeouts
        await asyncio.sleep(timeouts.call + timeouts.settle)  # what Slack stores late is there by now
        await self.comes_to_rest(self.left)
        verdict = await asyncio.to_thread(judge, self.slack, self.database, self.clock(), self._stood_aside())
        return replace(verdict, held_up=held_up)

    async def comes_to_rest(self, left: Callable[[], Sized] | None = None) -> None:
        """Nothing is owed any more and nothing is left to sweep; or the time is up, and the verdict will say what is."""
        for _ in range(self.seconds_to_rest * 5):
            if not await asyncio.to_thread(left or self.left_in_line):
                return
            await asyncio.sleep(0.2)

    def left(self) -> list[str]:
        """The keys of what is owed, and of what is left to sweep."""
        owed = Post.state.in_([PostState.DUE, PostState.SENDING]) & (Post.due_at <= self.clock())
        return self._keys(or_(owed, Post.sweep_at.is_not(None)))

    def left_in_line(self) -> list[str]:
        """Of these, those that wait for nobody but the bot."""
        return sorted(set(self.left()) - set(self._keys(Post.hindrances >= TRIES_IN_ORDER)))

    def _keys(self, these: ColumnElement[bool]) -> list[str]:
        with self.database.transaction(OURS) as session:
            return list(session.scalars(select(Post.key).where(these)))

    def _stood_aside(self) -> set[int]:
        """The ids of the posts that others were let pass, as the bots' log has it."""
        lines = (
            json.loads(line) for line in self.circumstances.log.read_text().splitlines() if line[:1] == "{"
        )
        return {line["post"] for line in lines if line.get("event") == "a post stands aside"}


@asynccontextmanager
async def trial(
    database_url: str,
    folder: Path,
    *,
    seed: int = 1,
    timeouts: Timeouts = HASTE,
    kinds: Sequence[PostKind] = KINDS,
    **slack_with: Any,
) -> AsyncIterator[Trial]:
    """`database_url` is of an empty database with the newest schema; `folder` gets the log."""
    clock = RunningClock.from_now()
    slack = Story(clock, **slack_with)
    slack.scans_files_for(A_MOMENT)
    await slack.start()
    circumstances = Circumstances(slack, database_url, clock, folder / "log", timeouts)
    circumstances.log.touch()
    try:
        with closing(Database(database_url)) as database:
            set_up(database, clock)
            debts = Debts(slack, database, clock, seed, kinds)
            made = Trial(slack, database, clock, Weather(seed, timeouts), debts, circumstances)
            try:
                yield made
            finally:
                for replica in made.replicas:
                    await replica.is_killed()
    finally:
        await slack.stop()
