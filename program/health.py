"""How the bot is: what is not ready, in a plain line each, and what has been counted."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

from handlers.hearing.socket_mode import SocketMode
from handlers.services import Services
from handlers.slack.timeouts import DATABASE_ANSWERS_WITHIN
from program.ticker import is_ticking
from storage.figures import Figures, figures
from storage.lanes import Lane
from storage.troubles import DatabaseTrouble
from storage.upkeep.schema import is_up_to_date

log = structlog.get_logger(__name__)


Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """A question that is asked once at a time, and whose answer holds for so many seconds for all who ask.

    Anybody may ask how the bot is, as often as they like, and nobody's command is to wait for it.
    """

    def __init__(
        self,
        ask: Callable[[], Awaitable[Answer]],
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask = ask
        self._seconds = seconds
        self._clock = clock
        self._asking = asyncio.Lock()
        self._known: tuple[float, Answer] | None = None

    async def __call__(self) -> Answer:
        async with self._asking:
            if self._known is None or self._clock() - self._known[0] >= self._seconds:
                answer = await self._ask()
                self._known = (self._clock(), answer)
            return self._known[1]


class Health:
    """`tick_seconds` is how often the clock is to tick. Without `socket_mode` Slack comes by HTTP."""

    def __init__(self, services: Services, tick_seconds: float, socket_mode: SocketMode | None) -> None:
        self._services = services
        self._tick_seconds = tick_seconds
        self._socket_mode = socket_mode
        self.what_is_missing = Remembered(self._what_is_missing, services.timeouts.remember)
        self._figures = Remembered(self._ask_for_figures, services.timeouts.remember)

    async def _what_is_missing(self) -> list[str]:
        of_database = await self._of_the_database()
        missing = [of_database] if of_database else []
        if self._socket_mode is not None and not await self._socket_mode.is_connected():
            missing.append("Socket Mode is not connected.")
        return missing

    async def _of_the_database(self) -> str | None:
        """No answer in time is one too: a database behind a dead network is silent for minutes."""
        try:
            async with asyncio.timeout(DATABASE_ANSWERS_WITHIN):
                return await self._asked_of_the_database()
        except TimeoutError:
            log.warning("the database did not answer in time")
            return "The database does not answer in time."
        except DatabaseTrouble as trouble:
            log.warning("the database did not answer", reason=trouble.says)
            return trouble.says
        except Exception:  # whatever it is, the database did not answer
            log.exception("the database did not answer")
            return "The database does not answer."

    async def _asked_of_the_database(self) -> str | None:
        engine, trouble = self._services.database.engine, self._services.pulse.trouble
        if not await asyncio.to_thread(is_up_to_date, engine):
            return "The database is not at the newest schema."
        if trouble is not None:
            return trouble.says
        if not is_ticking(self._services, self._tick_seconds):
            return "The clock has stopped ticking."
        return None

    async def measured(self) -> str:
        """As Prometheus reads it. What is counted here is worth telling also when the database is silent."""
        return self._services.metrics.exposition(await self._figures())

    async def _ask_for_figures(self) -> Figures | None:
        now = self._services.clock()
        try:
            return await self._services.database.run(lambda session: figures(session, now), lane=Lane.CLOCK)
        except Exception:  # whatever it is, the database did not answer
            log.exception("the database did not answer")
            return None
