"""Wires settings, storage, handlers and the clock: the one file that sees everything."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing

import structlog
from aiohttp import ClientSession, ClientTimeout

from bot.clock import Clock, real_clock, story_clock
from bot.settings import Settings
from handlers.connection import Connection
from handlers.delivery import Delivery
from handlers.front_door import FrontDoor, Listen
from handlers.patience import Patience
from handlers.schedule import Ticker, is_ticking
from handlers.services import Services
from handlers.serving import listening, serving
from handlers.socket_mode import SocketMode
from storage import Database
from storage.one_process import only_one_process
from storage.schema import bring_up_to_date, is_up_to_date

log = structlog.get_logger(__name__)

Readiness = Callable[[], Awaitable[list[str]]]
PATIENCE = Patience()


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock | None = None, patience: Patience = PATIENCE
) -> AsyncIterator[None]:
    """The bot at work. At the end it first stops hearing, then finishes what it has begun to say."""
    async with AsyncExitStack() as stack:
        listener = stack.enter_context(listening(settings.host, settings.port))
        database = stack.enter_context(closing(Database(settings.database_url)))
        stack.enter_context(only_one_process(database.engine.url))
        bring_up_to_date(database.engine)
        session = await stack.enter_async_context(ClientSession(timeout=ClientTimeout(patience.call)))
        services = Services(database, clock or _clock(settings), session)
        token = settings.slack_bot_token.get_secret_value()
        connection = Connection(settings.slack_api_url, token, session, services.clock)
        await connection.check_token()
        await stack.enter_async_context(Delivery(connection.posting_client, services, patience).delivering())
        await stack.enter_async_context(Ticker(settings.tick_seconds, connection.client, services).ticking())
        stack.push_async_callback(services.finish_speaking)
        bolt = connection.bolt(services)
        app_token = settings.slack_app_token
        socket_mode = (
            SocketMode(connection, bolt, app_token.get_secret_value(), patience) if app_token else None
        )
        if socket_mode:
            await stack.enter_async_context(socket_mode.connected())
        ready = _readiness(services, settings.tick_seconds, socket_mode)
        await stack.enter_async_context(serving(_front_door(settings, bolt.async_dispatch, ready), listener))
        log.info("the bot is running", mode=settings.mode, host=settings.host, port=settings.port)
        yield


def _front_door(settings: Settings, listen: Listen, ready: Readiness) -> FrontDoor:
    """In Socket Mode it answers the health checks alone."""
    secret = settings.slack_signing_secret
    return FrontDoor(
        listen=listen if settings.mode == "http" else None,
        signing_secret=secret.get_secret_value() if secret else None,
        ready=ready,
    )


def _readiness(services: Services, seconds: float, socket_mode: SocketMode | None) -> Readiness:
    async def what_is_missing() -> list[str]:
        missing = []
        if not await asyncio.to_thread(_is_at_head, services.database):
            missing.append("The database is away, or not at the newest schema.")
        elif not await is_ticking(services, seconds):
            missing.append("The clock has stopped ticking.")
        if socket_mode is not None and not await socket_mode.is_connected():
            missing.append("Socket Mode is not connected.")
        return missing

    return what_is_missing


def _is_at_head(database: Database) -> bool:
    try:
        return is_up_to_date(database.engine)
    except Exception:  # whatever it is, the database did not answer
        log.exception("the database did not answer")
        return False


def _clock(settings: Settings) -> Clock:
    return story_clock(settings.clock_offset_file) if settings.clock_offset_file else real_clock
