"""Wires settings, storage, handlers and the clock: the one file that sees everything."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext

import aiohttp
import structlog
import uvicorn

from bot.clock import Clock, real_clock, story_clock
from bot.settings import Settings, SettingsError
from handlers.connection import Connection, SocketMode
from handlers.delivery import Delivery
from handlers.front_door import FrontDoor
from handlers.schedule import Ticker
from handlers.services import Services
from storage import Database
from storage.schema import bring_up_to_date, is_up_to_date

log = structlog.get_logger(__name__)


@asynccontextmanager
async def running(settings: Settings, clock: Clock | None = None) -> AsyncIterator[None]:
    """The bot at work. At the end it first stops hearing, then finishes what it has begun to say."""
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url)
        stack.callback(database.close)
        bring_up_to_date(database.engine)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        services = Services(database, clock or _clock(settings), session)
        connection = Connection(settings.slack_api_url, settings.slack_bot_token.get_secret_value(), session)
        await connection.check_token()
        delivery = Delivery(connection.posting_client, services)
        await stack.enter_async_context(delivery.delivering())
        ticker = Ticker(settings.tick_seconds, connection.client, services)
        stack.enter_context(ticker.ticking())
        stack.push_async_callback(services.finish_speaking)
        await _listen(stack, settings, connection, services, ticker)
        log.info("the bot is running", mode=settings.mode, host=settings.host, port=settings.port)
        yield


async def _listen(
    stack: AsyncExitStack, settings: Settings, connection: Connection, services: Services, ticker: Ticker
) -> None:
    bolt = connection.bolt(services)
    socket_mode: SocketMode | None = None
    if settings.slack_app_token is not None:
        socket_mode = SocketMode(connection, bolt, settings.slack_app_token.get_secret_value())
        await stack.enter_async_context(socket_mode.connected())
    secret = settings.slack_signing_secret
    door = FrontDoor(
        listen=bolt.async_dispatch if socket_mode is None else None,
        signing_secret=secret.get_secret_value() if secret else None,
        ready=_readiness(services.database, ticker, socket_mode),
    )
    await stack.enter_async_context(_serving(door, settings))


def _readiness(
    database: Database, ticker: Ticker, socket_mode: SocketMode | None
) -> Callable[[], Awaitable[list[str]]]:
    async def what_is_missing() -> list[str]:
        missing = []
        if not await asyncio.to_thread(_is_at_head, database):
            missing.append("The database is away, or not at the newest schema.")
        if not ticker.is_ticking:
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


class _Server(uvicorn.Server):
    """Signals are the caller's affair: it ends in order, and with the exit status it chooses."""

    def capture_signals(self) -> nullcontext[None]:  # type: ignore[override]
        return nullcontext()


@asynccontextmanager
async def _serving(door: FrontDoor, settings: Settings) -> AsyncIterator[None]:
    listener = _listener(settings.host, settings.port)
    server = _Server(uvicorn.Config(door, log_config=None, ws="none", timeout_graceful_shutdown=5))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        await serving


def _listener(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise SettingsError(f"HOST or PORT can't be used: {host}:{port} ({error.strerror})") from None


def _clock(settings: Settings) -> Clock:
    return story_clock(settings.clock_offset_file) if settings.clock_offset_file else real_clock
