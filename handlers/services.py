"""What every turn, job and delivery needs, given once by the wiring."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import structlog
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels import ToAsk
from bot.daily_measure import MOST_A_DAY
from handlers.metrics import Metrics
from handlers.remembered import Remembered
from handlers.slack.held_clock import Clock, HeldClock
from handlers.slack.timeouts import Timeouts
from storage.database import Database
from storage.sealing import CannotOpen
from storage.troubles import DatabaseTrouble

log = structlog.get_logger(__name__)


@dataclass
class Pulse:
    """`trouble` is what kept the newest heartbeat from being written down, if anything did.

    `beaten_at` is when the last one was, in seconds that no clock can move.
    """

    beaten_at: float | None = None
    trouble: DatabaseTrouble | None = None


@dataclass
class Reading:
    """A long list that Slack tells page by page: what it told so far, and where it goes on. It is the answer to `asked`, as of then."""

    asked: ToAsk
    found: set[str] = field(default_factory=set)
    cursor: str = ""


@dataclass
class Unanswered:
    """What the clock has asked Slack so far and has no answer to. After a start all of it is asked from its beginning.

    The ids of people and of channels for which it was asked in vain: they wait behind all others. `readings`: by channel.
    """

    people: set[int] = field(default_factory=set)
    channels: set[str] = field(default_factory=set)
    readings: dict[str, Reading] = field(default_factory=dict)


MOST_HOMES = 10_000
"""People whose Home is remembered. Of more, those whose Home was drawn last; Slack tells when any of the others opens theirs."""


@dataclass
class Homes:
    """By user id, the mark of what somebody's Home shows, as far as this process has drawn it."""

    _marks: Remembered[str, str] = field(default_factory=lambda: Remembered(MOST_HOMES))

    def note(self, user_id: str, mark: str) -> None:
        self._marks[user_id] = mark

    def as_drawn(self, user_id: str) -> dict[str, Any] | None:
        """What is known of their Home, in the shape of Slack's views; None if it was never drawn here, or long ago."""
        mark = self._marks.get(user_id)
        return {"id": user_id, "private_metadata": mark} if mark else None


@dataclass(frozen=True)
class Services:
    """`clock` gives aware moments. `outbox_changed` is set when the outbox may hold something to send.

    `erasure_file`: where it is noted what was erased, if anywhere.
    `most_a_day` is how much one person may bring. `replica` is this process among those that work on the same database; it is made anew at each start.
    """

    database: Database
    clock: Clock
    session: ClientSession
    timeouts: Timeouts = field(default_factory=Timeouts)
    outbox_changed: asyncio.Event = field(default_factory=asyncio.Event)
    replica: str = field(default_factory=lambda: uuid4().hex)
    metrics: Metrics = field(default_factory=Metrics)
    pulse: Pulse = field(default_factory=Pulse)
    unanswered: Unanswered = field(default_factory=Unanswered)
    homes: Homes = field(default_factory=Homes)
    most_a_day: int = MOST_A_DAY
    erasure_file: Path | None = None
    _speaking: set["asyncio.Task[Any]"] = field(default_factory=set)

    async def speak(self, speech: Coroutine[Any, Any, object]) -> None:
        """Wait for the speech, but not for longer than Slack waits for us: it then goes on beside the acknowledgement."""
        await asyncio.wait({self.begin(speech)}, timeout=self.timeouts.answer)

    def begin(self, speech: Coroutine[Any, Any, object]) -> "asyncio.Task[Any]":
        """It goes on whoever waits for it, also for a while when the bot ends."""
        task = asyncio.create_task(speech)
        self._speaking.add(task)  # the loop itself would let go of it
        task.add_done_callback(self._spoken)
        return task

    def _spoken(self, task: "asyncio.Task[Any]") -> None:
        self._speaking.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("an answer failed", exc_info=error)

    async def knows_the_time(self, client: AsyncWebClient) -> bool:
        """Whether anything may be done that can't be undone. A clock that is held to no other is believed."""
        return not isinstance(self.clock, HeldClock) or await self.clock.is_sure(client)

    @property
    def doubts_the_time(self) -> bool:
        """Whether Slack would have to be asked for it."""
        return isinstance(self.clock, HeldClock) and self.clock.is_in_doubt

    @property
    def ahead_of_slack(self) -> timedelta:
        return self.clock.is_ahead_by if isinstance(self.clock, HeldClock) else timedelta(0)

    def note_failure(self, failure: Exception) -> None:
        """Count what operators watch for."""
        if isinstance(failure, CannotOpen):
            self.metrics.could_not_open()

    async def has_spoken(self) -> None:
        """Wait until nothing is under way."""
        while self._speaking:
            await asyncio.wait({*self._speaking})

    async def finish_speaking(self, farewell: float) -> None:
        """Let the answers under way come to their end, for so many seconds."""
        if self._speaking:
            await asyncio.wait(self._speaking, timeout=farewell)
