"""A pooler as strict as PgBouncer in transaction mode: it gives each transaction another connection of the server's."""

# What it refuses and lets through stands in pgbouncer.org/config.html: pool_mode, ignore_startup_parameters, and
# max_prepared_statements=0, which was the default until 1.24.
import asyncio
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import URL, make_url

Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter

SSL_REQUEST, PROTOCOL_3 = 80877103, 196608
LET_THROUGH = {
    *("user", "database", "client_encoding", "datestyle", "timezone", "standard_conforming_strings"),
    *("application_name", "intervalstyle", "replication"),
}
TERMINATE, READY = b"X", b"Z"
ASKS_FOR_READY = (b"Q", b"S")
IDLE = b"I"


class Message(NamedTuple):
    kind: bytes
    body: bytes

    @property
    def wire(self) -> bytes:
        return self.kind + (len(self.body) + 4).to_bytes(4, "big") + self.body


class Line(NamedTuple):
    """A connection to the server."""

    reader: Reader
    writer: Writer


class Pooler:
    """`refused` counts those who came with a start-up parameter that no pooler can keep for them."""

    def __init__(self, address: URL, size: int) -> None:
        self._socket = f"{address.query['host']}/.s.PGSQL.5432"
        self._user, self._database = address.username, address.database
        self._size = size
        self.lines: deque[Line] = deque()
        self._greeting = b""
        self.refused = 0

    async def welcome(self, reader: Reader, writer: Writer) -> None:
        try:
            if await self._is_let_in(reader, writer):
                await self._serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has gone
        finally:
            writer.close()

    async def _is_let_in(self, reader: Reader, writer: Writer) -> bool:
        start = await _start(reader)
        while int.from_bytes(start[:4], "big") == SSL_REQUEST:
            writer.write(b"N")
            start = await _start(reader)
        words = [word.decode() for word in start[4:].split(b"\0")]
        given = dict(zip(words[::2], words[1::2], strict=False))
        strange = {name for name in given if name} - LET_THROUGH
        if strange:
            self.refused += 1
            writer.write(_error(f"unsupported startup parameter: {min(strange)}"))
            return False
        if not self.lines:
            await self._connect()
        writer.write(self._greeting)
        return True

    async def _connect(self) -> None:
        for _ in range(self._size):
            self.lines.append(await self._line())

    async def _line(self) -> Line:
        reader, writer = await asyncio.open_unix_connection(self._socket)
        given = f"user\0{self._user}\0database\0{self._database}\0client_encoding\0UTF8\0\0".encode()
        writer.write((len(given) + 8).to_bytes(4, "big") + PROTOCOL_3.to_bytes(4, "big") + given)
        greeting, message = b"", await _message(reader)
        while message.kind != READY:
            greeting += message.wire
            message = await _message(reader)
        self._greeting = greeting + message.wire
        return Line(reader, writer)

    async def _serve(self, reader: Reader, writer: Writer) -> None:
        """Each transaction gets the connection that has rested the longest, so hardly the one that it had before."""
        message = await _message(reader)
        while message.kind != TERMINATE:
            line = await self._free_line()
            try:
                coming = await _transaction(line, message, reader, writer)
            except (
                asyncio.IncompleteReadError,
                ConnectionError,
            ):  # amid a transaction, which the server takes back
                line.writer.close()
                self.lines.append(await self._line())
                raise
            self.lines.append(line)
            message = await coming

    async def _free_line(self) -> Line:
        while not self.lines:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.001)
        return self.lines.popleft()


class _Asked:
    """How many answers are to come that say Ready."""

    count = 0


async def _transaction(
    line: Line, message: Message, reader: Reader, writer: Writer
) -> "asyncio.Task[Message]":
    """Hand on what both say until it is over; gives the client's next message, which may be long in coming."""
    asked = _Asked()
    answering = asyncio.create_task(_answer(line, writer, asked))
    try:
        while True:
            asked.count += message.kind in ASKS_FOR_READY
            line.writer.write(message.wire)
            reading = asyncio.create_task(_message(reader))
            await asyncio.wait({reading, answering}, return_when=asyncio.FIRST_COMPLETED)
            if answering.done():
                return reading
            message = reading.result()
            if message.kind == TERMINATE:
                raise ConnectionResetError
    finally:
        answering.cancel()


async def _answer(line: Line, writer: Writer, asked: _Asked) -> None:
    """Hand on what the server says until the transaction is over."""
    while True:
        message = await _message(line.reader)
        writer.write(message.wire)
        if message.kind == READY:
            asked.count -= 1
            if message.body == IDLE and not asked.count:
                return


async def _start(reader: Reader) -> bytes:
    length = int.from_bytes(await reader.readexactly(4), "big")
    return await reader.readexactly(length - 4)


async def _message(reader: Reader) -> Message:
    kind = await reader.readexactly(1)
    length = int.from_bytes(await reader.readexactly(4), "big")
    return Message(kind, await reader.readexactly(length - 4))


def _error(words: str) -> bytes:
    fields = b"".join((b"SFATAL\0", b"C08P01\0", b"M" + words.encode() + b"\0", b"\0"))
    return Message(b"E", fields).wire


@contextmanager
def pooling(url: str, size: int = 4) -> Iterator[tuple[str, Pooler]]:
    """A pooler before the database at this URL; gives the URL through it."""
    address = make_url(url)
    pooler = Pooler(address, size)
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(pooler.welcome, "127.0.0.1", 0))
    port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        through = address.set(host="127.0.0.1", port=port, query={})
        yield through.render_as_string(hide_password=False), pooler
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(_close(server, pooler))
        loop.close()


async def _close(server: asyncio.Server, pooler: Pooler) -> None:
    server.close()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for line in pooler.lines:
        line.writer.close()
        await line.writer.wait_closed()
