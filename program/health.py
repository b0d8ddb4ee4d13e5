"""How the bot is: what is not ready, in a plain line each, and what has been counted."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from handlers.hearing.socket_mode import SocketMode
from handlers.services import Services
from handlers.slack.timeouts import DATABASE_ANSWERS_WITHIN
from program.ticker import is_ticking
from storage.figures import figures
from storage.upkeep.schema import is_up_to_date

log = structlog.get_logger(__name__)


class Health:
    """`tick_seconds` is how often the clock is to tick. Without `socket_mode` Slack comes by HTTP."""

    def __init__(self, services: Services, tick_seconds: float, socket_mode: SocketMode | None) -> None:
        self._services = services
        self._tick_seconds = tick_seconds
        self._socket_mode = socket_mode

    async def what_is_missing(self) -> list[str]:
        missing = []
        if not await self._in_time(asyncio.to_thread(self._is_at_head)):
            missing.append("The database is away, or not at the newest schema.")
        elif not await self._in_time(is_ticking(self._services, self._tick_seconds)):
            missing.append("The clock has stopped ticking.")
        if self._socket_mode is not None and not await self._socket_mode.is_connected():
            missing.append("Socket Mode is not connected.")
        return missing

    async def _in_time(self, asked: Coroutine[Any, Any, bool]) -> bool:
        """No answer in time is a no: a database behind a dead network is silent for minutes."""
        try:
            async with asyncio.timeout(DATABASE_ANSWERS_WITHIN):
                return await asked
        except TimeoutError:
            log.warning("the database did not answer in time")
            return False

    async def measured(self) -> str:
        """As Prometheus reads it."""
        now = self._services.clock()
        try:
            found = await self._services.database.run(lambda session: figures(session, now))
        except Exception:  # what is counted here is worth telling all the same
            log.exception("the database did not answer")
            found = None
        return self._services.metrics.exposition(found)

    def _is_at_head(self) -> bool:
        try:
            return is_up_to_date(self._services.database.engine)
        except Exception:  # whatever it is, the database did not answer
            log.exception("the database did not answer")
            return False
