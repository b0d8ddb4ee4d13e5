"""The HTTP server under the front door."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from functools import partial

import uvicorn

from handlers.hearing.front_door import LONGEST_HEAD, FrontDoor
from handlers.slack.timeouts import Timeouts
from program.connections import Connection, Unfinished
from program.settings import SettingsError

MOST_UNFINISHED = 100
"""Requests under way at once. Each may hold as much memory as a body may have bytes, and each holds a file open."""
ANSWER_TAKEN_WITHIN = 10_000
"""Milliseconds, as Linux counts them: who does not take what is said to them is cut off."""


class _Server(uvicorn.Server):
    """Signals are the caller's affair: it ends in order, and with the exit status it chooses."""

    def capture_signals(self) -> nullcontext[None]:  # type: ignore[override]
        return nullcontext()


@asynccontextmanager
async def serving(
    door: FrontDoor,
    listener: socket.socket,
    farewell: int,
    timeouts: Timeouts,
    most_unfinished: int = MOST_UNFINISHED,
) -> AsyncIterator[None]:
    """Serve meanwhile; at the end give open requests so many seconds."""
    connection = partial(Connection, unfinished=Unfinished(most_unfinished), head_within=timeouts.head)
    server = _Server(
        uvicorn.Config(
            door,
            http=connection,  # type: ignore[arg-type]  # it is only called
            h11_max_incomplete_event_size=LONGEST_HEAD,
            log_config=None,
            ws="none",
            timeout_graceful_shutdown=farewell,
        )
    )
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        await task


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
