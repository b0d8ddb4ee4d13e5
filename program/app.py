"""Wires settings, storage, handlers and the clock: the one file that sees everything."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

import structlog
from aiohttp import ClientSession, ClientTimeout

from handlers.delivery.loop import Delivery
from handlers.documents.printing import more_fonts
from handlers.hearing.front_door import FrontDoor, Listen
from handlers.hearing.socket_mode import SocketMode
from handlers.listeners.table import register
from handlers.metrics import Metrics
from handlers.services import Services
from handlers.slack.connection import Connection, TokenNotAccepted
from handlers.slack.held_clock import Clock, HeldClock
from handlers.slack.timeouts import FAREWELLS, Timeouts
from handlers.slack.tracing import tracing
from program.clock import steady_clock, story_clock
from program.health import Health
from program.serving import listening, serving
from program.settings import Settings
from program.ticker import Ticker
from storage.upkeep.one_process import only_one_process
from storage.upkeep.open_database import opened

log = structlog.get_logger(__name__)

TIMEOUTS = Timeouts()


@dataclass(frozen=True)
class Running:
    """The bot at work, for whoever does not wait for its clock: `tick` looks through the jobs, `comes_to_rest` waits until nothing is left to say or to send.

    `comes_to_tick` waits until the first tick that its clock began is over.
    """

    tick: Callable[[], Awaitable[None]]
    comes_to_rest: Callable[[], Awaitable[None]]
    comes_to_tick: Callable[[], Awaitable[None]]


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock | None = None, timeouts: Timeouts = TIMEOUTS
) -> AsyncIterator[Running]:
    """The bot at work, by the machine's clock or by `clock`. At the end it first stops hearing, then finishes what it has begun to say."""
    more_fonts.set(settings.fonts_folder)
    async with AsyncExitStack() as stack:
        stack.enter_context(only_one_process(settings.database_url))
        listener = stack.enter_context(listening(settings.host, settings.port))
        database = stack.enter_context(opened(settings.database_url, settings.key_source, alone=True))
        metrics, held = Metrics(), _held(clock, settings, timeouts)
        session = await stack.enter_async_context(_session(settings, timeouts, metrics, held))
        services = Services(
            *(database, held, session, timeouts),
            metrics=metrics,
            most_a_day=settings.most_a_day,
            erasure_file=settings.erasure_file,
        )
        connection = _connection(settings, session, held)
        has_answered = await connection.check_token()
        app_token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else None
        address = await connection.address_of_websocket(app_token) if app_token and has_answered else None
        await held.settles(connection.client)
        delivery = Delivery(connection, services)
        await stack.enter_async_context(delivery.delivering(FAREWELLS.delivering))
        ticker = Ticker(settings.tick_seconds, connection, services)
        await stack.enter_async_context(ticker.ticking(FAREWELLS.ticking))
        stack.push_async_callback(services.finish_speaking, FAREWELLS.speaking)
        bolt = register(connection, services)
        socket_mode = SocketMode(connection, bolt, app_token, timeouts, address) if app_token else None
        if socket_mode:
            await stack.enter_async_context(socket_mode.connected(FAREWELLS.hearing, FAREWELLS.hanging_up))
        health = Health(services, settings.tick_seconds, socket_mode)
        door = _front_door(settings, bolt.async_dispatch, health, timeouts, held)
        await stack.enter_async_context(serving(door, listener, FAREWELLS.serving, timeouts))
        if has_answered:
            _say_it_runs(settings)
        else:
            log.warning("the bot waits for Slack to answer", mode=settings.mode)
            await stack.enter_async_context(_saying_when_it_runs(connection, settings))

        async def comes_to_rest() -> None:
            await services.has_spoken()
            await delivery.comes_to_rest()

        yield Running(ticker.tick, comes_to_rest, ticker.comes_to_tick)


def _say_it_runs(settings: Settings) -> None:
    log.info("the bot is running", mode=settings.mode, host=settings.host, port=settings.port)


@asynccontextmanager
async def _saying_when_it_runs(connection: Connection, settings: Settings) -> AsyncIterator[None]:
    """Meanwhile it asks Slack as often as the clock ticks, until there is an answer."""
    asking = asyncio.create_task(_ask_until_it_runs(connection, settings))
    try:
        yield
    finally:
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking


async def _ask_until_it_runs(connection: Connection, settings: Settings) -> None:
    has_answered = False
    while not has_answered:
        await asyncio.sleep(settings.tick_seconds)
        try:
            has_answered = await connection.check_token()
        except TokenNotAccepted as error:
            log.error(  # noqa: TRY400 - there is nothing more to tell of it
                "Slack does not accept the bot's token", error=error.word
            )
    _say_it_runs(settings)


def _session(settings: Settings, timeouts: Timeouts, metrics: Metrics, clock: HeldClock) -> ClientSession:
    return ClientSession(
        timeout=ClientTimeout(timeouts.call), trace_configs=[tracing(settings.slack_api_url, metrics, clock)]
    )


def _connection(settings: Settings, session: ClientSession, clock: HeldClock) -> Connection:
    token = settings.slack_bot_token.get_secret_value()
    return Connection(settings.slack_api_url, token, session, clock.machine)


def _front_door(
    settings: Settings, listen: Listen, health: Health, timeouts: Timeouts, held: HeldClock
) -> FrontDoor:
    """In Socket Mode it answers those alone who ask how the bot is.

    Slack signs by its own clock, so a machine's clock that is off refuses nothing; a story's clock Slack knows nothing of.
    """
    secret = settings.slack_signing_secret
    return FrontDoor(
        listen=listen if settings.mode == "http" else None,
        signing_secret=secret.get_secret_value() if secret else None,
        ready=health.what_is_missing,
        measure=health.measured,
        clocks=(time.time, lambda: held().timestamp()),
        body_within=timeouts.body,
    )


def _held(clock: Clock | None, settings: Settings, timeouts: Timeouts) -> HeldClock:
    """A story's clock is moved on purpose, and held to nobody's."""
    if clock is None and settings.clock_offset_file is not None:
        return HeldClock(story_clock(settings.clock_offset_file), timeouts.agree, follows=False)
    return HeldClock(clock or steady_clock(), timeouts.agree)
