"""What every turn, job and delivery needs, given once by the wiring."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

import structlog
from aiohttp import ClientSession

from bot.daily_measure import MOST_A_DAY
from handlers.metrics import Metrics
from handlers.slack.timeouts import Timeouts
from storage.database import Database
from storage.sealing import CannotOpen

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Services:
    """`clock` gives aware moments. `outbox_changed` is set when the outbox may hold something to send.

    `most_a_day` is how much one person may bring. `replica` is this process among those that work on the same database; it is made anew at each start.
    """

    database: Database
    clock: Callable[[], datetime]
    session: ClientSession
    timeouts: Timeouts = field(default_factory=Timeouts)
    outbox_changed: asyncio.Event = field(default_factory=asyncio.Event)
    replica: str = field(default_factory=lambda: uuid4().hex)
    metrics: Metrics = field(default_factory=Metrics)
    most_a_day: int = MOST_A_DAY
    _speaking: set["asyncio.Task[Any]"] = field(default_factory=set)

    async def speak(self, speech: Coroutine[Any, Any, object]) -> None:
        """Wait for the speech, but not for longer than Slack waits for us: it then goes on beside the acknowledgement."""
        task = asyncio.create_task(speech)
        self._speaking.add(task)  # the loop itself would let go of it
        task.add_done_callback(self._spoken)
        await asyncio.wait({task}, timeout=self.timeouts.answer)

    def _spoken(self, task: "asyncio.Task[Any]") -> None:
        self._speaking.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("an answer failed", exc_info=error)

    def note_failure(self, failure: Exception) -> None:
        """Count what operators watch for."""
        if isinstance(failure, CannotOpen):
            self.metrics.could_not_open()

    async def finish_speaking(self, farewell: float) -> None:
        """Let the answers under way come to their end, for so many seconds."""
        if self._speaking:
            await asyncio.wait(self._speaking, timeout=farewell)
