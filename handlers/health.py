"""How the bot is: what is not ready, in a plain line each, and what has been counted."""

import asyncio

import structlog

from handlers.schedule import is_ticking
from handlers.services import Services
from handlers.socket_mode import SocketMode
from storage.figures import figures
from storage.schema import is_up_to_date

log = structlog.get_logger(__name__)


class Health:
    """`tick_seconds` is how often the clock is to tick. Without `socket_mode` Slack comes by HTTP."""

    def __init__(self, services: Services, tick_seconds: float, socket_mode: SocketMode | None) -> None:
        self._services = services
        self._tick_seconds = tick_seconds
        self._socket_mode = socket_mode

    async def what_is_missing(self) -> list[str]:
        missing = []
        if not await asyncio.to_thread(self._is_at_head):
            missing.append("The database is away, or not at the newest schema.")
        elif not await is_ticking(self._services, self._tick_seconds):
            missing.append("The clock has stopped ticking.")
        if self._socket_mode is not None and not await self._socket_mode.is_connected():
            missing.append("Socket Mode is not connected.")
        return missing

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
