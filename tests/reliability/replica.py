"""A replica: a process in which `python -m bot run` runs, forked from one that has everything loaded already."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import icalendar  # noqa: F401 - what a bot loads when the first file is made, here every replica has

from handlers.delivery import uploads
from handlers.slack.timeouts import Timeouts
from playground.slack import Slack
from program import app
from program import command_line as program
from program.settings import Settings
from storage import post_tries
from storage.upkeep import migrating  # noqa: F401 - the same, where there is no database yet
from tests.forked import Forked, forking, is_written_to
from tests.keys import KEYS
from tests.reliability.bugs import BUGS
from tests.reliability.clock import RunningClock
from tests.story import free_port
from tests.waiting import SECONDS

HASTE = Timeouts(call=0.35, settle=1, lease=2, agree=0.5, apart=0)
"""Slack's late storing has to fit into `settle` also on a busy machine."""
APART = replace(HASTE, apart=3, lease=5)
"""Where the machines' clocks are wrong: they are set by Slack's, which tells whole seconds."""


class NotAtWork(Exception):
    """A replica ended by itself, or never began."""


@dataclass(frozen=True)
class Circumstances:
    """What all replicas of a trial share. `log` is the file that all of them append to."""

    slack: Slack
    database_url: str
    clock: RunningClock
    log: Path
    timeouts: Timeouts = HASTE
    bug: str | None = None
    tick_seconds: float = 0.3


@dataclass
class Replica:
    """One that may be started, killed, paused and ended any number of times, always at one address."""

    circumstances: Circumstances
    ahead: timedelta = timedelta(0)
    """Of the right time, by its machine's clock."""
    port: int = field(default_factory=free_port)
    _process: Forked | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/slack/events"

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def starts(self) -> None:
        """Return when it is at work."""
        at_work, telling = forking.Pipe(duplex=False)
        given = self.circumstances
        clock = given.clock.ahead_by(self.ahead)
        self._process = Forked(
            _live, self._environment(), clock, given.timeouts, given.bug, given.log, telling
        )
        telling.close()
        with at_work:
            if not await asyncio.to_thread(at_work.poll, SECONDS) or not _said(at_work):
                await self.is_killed()
                raise NotAtWork(given.log.read_text()[-2000:])

    async def is_killed(self) -> None:
        if self._process is not None:
            self._process.kill()
            await self._process.wait()

    async def ends(self) -> tuple[int, float]:
        """Tell it to end; its exit status, and the seconds that it took."""
        began = time.monotonic()
        self._running.send_signal(signal.SIGTERM)
        return await self._running.wait(), time.monotonic() - began

    def pauses(self) -> None:
        self._running.send_signal(signal.SIGSTOP)

    def goes_on(self) -> None:
        self._running.send_signal(signal.SIGCONT)

    @property
    def _running(self) -> Forked:
        if self._process is None:
            raise NotAtWork("it was never started")
        return self._process

    def _environment(self) -> dict[str, str]:
        given = self.circumstances
        return {
            "SLACK_BOT_TOKEN": given.slack.bot_token,
            "SLACK_SIGNING_SECRET": given.slack.signing_secret,
            "SLACK_APP_TOKEN": "",
            "SLACK_API_URL": given.slack.api_url,
            "DATABASE_URL": given.database_url,
            "KEYS": KEYS,
            "KEYS_FILE": str(given.log.with_name("agenda.keys")),  # beside it stands what was erased
            "PORT": str(self.port),
            "TICK_SECONDS": str(given.tick_seconds),
            "MOST_A_DAY": "100000",
            "LOG_LEVEL": "WARNING",
        }


def _said(at_work: Connection) -> bool:
    try:
        return bool(at_work.recv())
    except EOFError:
        return False


def _live(
    environment: dict[str, str],
    clock: RunningClock,
    timeouts: Timeouts,
    bug: str | None,
    log: Path,
    telling: Connection,
) -> None:
    """The life of the process."""
    os.environ.update(environment)
    is_written_to(log, sys.stderr)
    timeouts = BUGS[bug](timeouts) if bug else timeouts
    _hurry()
    running = app.running

    @asynccontextmanager
    async def running_hastily(settings: Settings) -> AsyncIterator[None]:
        async with running(settings, clock, timeouts):
            telling.send(True)
            yield

    app.running = running_hastily  # type: ignore[assignment]
    sys.argv = ["bot", "run"]
    sys.exit(program.main())


def _hurry() -> None:
    """Pauses that no setting shortens."""
    post_tries.FIRST_PAUSE = timedelta(seconds=0.2)
    post_tries.LONGEST_PAUSE = timedelta(seconds=1)
    post_tries.LONGEST_PAUSE_ASIDE = timedelta(seconds=4)
    uploads.PAUSES = (0.05, 0.1)
