"""The HTTP server under the front door."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

from uvicorn.config import Config
from uvicorn.server import ServerState

from handlers.hearing.front_door import FrontDoor
from handlers.slack.timeouts import Timeouts
from program.connections import Connection, Unfinished
from program.settings import SettingsError

MOST_UNFINISHED = 100
"""Requests under way at once. Each may hold as much memory as a body may have bytes, and each holds a file open."""
ANSWER_TAKEN_WITHIN = 10_000
"""Milliseconds, as Linux counts them: who does not take what is said to them is cut off."""


LOOKS_AGAIN = 0.01
"""Seconds. uvicorn does not say when a connection is over."""


@asynccontextmanager
async def serving(
    door: FrontDoor,
    listener: socket.socket,
    farewell: int,
    timeouts: Timeouts,
    most_unfinished: int = MOST_UNFINISHED,
) -> AsyncIterator[None]:
    """Serve meanwhile; at the end give open requests so many seconds.

    uvicorn's connections, without its server: that one wakes up ten times a second, also to end, and takes the signals.
    """
    config = Config(door, log_config=None, ws="none")
    config.load()
    state = ServerState()
    connection = partial(
        Connection,
        unfinished=Unfinished(most_unfinished),
        head_within=timeouts.head,
        config=config,
        server_state=state,
        app_state={},
    )
    server = await asyncio.get_running_loop().create_server(connection, sock=listener)
    try:
        yield
    finally:
        server.close()
        await _end(state, farewell)


async def _end(state: ServerState, farewell: int) -> None:
    for connection in list(state.connections):
        connection.shutdown()  # once it has answered
    with suppress(TimeoutError):
        async with asyncio.timeout(farewell):
            while state.connections or state.tasks:  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(LOOKS_AGAIN)
    for task in list(state.tasks):
        task.cancel()


def listening(host: str, port: int) -> socket.socket:
    """Take the port, or say which setting is wrong."""
    try:
        listener = socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
    except OSError as error:
        raise SettingsError(f"HOST or PORT can't be used: {host}:{port} ({error.strerror})") from None
    # asyncio leaves it off here, and the body of an answer then waits 40 ms for its head to be acknowledged.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, ANSWER_TAKEN_WITHIN)
    return listener
