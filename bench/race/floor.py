"""The floor, a process of its own: `python -m bench.race.floor delete|wal|postgres`."""

import asyncio
import hmac
import os
import sys
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import psycopg
import uvicorn
import uvloop

from bench.databases import plain
from storage.sqlite import open_file

Keep = Callable[[str], Awaitable[None]]

CONNECTIONS = 10
ITEM = "CREATE TABLE item (id INTEGER PRIMARY KEY {counting}, title TEXT NOT NULL)"


class Floor:
    """A raw ASGI app. What it does is the least that any bot has to do."""

    def __init__(self, secret: str, keep: Keep) -> None:
        self._secret = secret.encode()
        self._keep = keep

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        body = await _read(receive)
        if not self._is_slacks(dict(scope["headers"]), body):
            return await _answer(send, 401, b"")
        title = parse_qs(body.decode())["text"][0].removeprefix("add ")
        await self._keep(title)
        return await _answer(send, 200, f"Added: {title}".encode())

    def _is_slacks(self, headers: dict[bytes, bytes], body: bytes) -> bool:
        signed = b"v0:" + headers.get(b"x-slack-request-timestamp", b"") + b":" + body
        signature = "v0=" + hmac.new(self._secret, signed, sha256).hexdigest()
        return hmac.compare_digest(signature.encode(), headers.get(b"x-slack-signature", b""))


async def _read(receive: Any) -> bytes:
    body, is_more = b"", True
    while is_more:
        message = await receive()
        body += message.get("body", b"")
        is_more = message.get("more_body", False)
    return body


async def _answer(send: Any, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def in_sqlite(url: str, journal: str) -> Keep:
    """Each item is on disk before it is answered."""
    connection = open_file(Path(url.removeprefix("sqlite:///")), "rwc")
    connection.isolation_level = None
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(ITEM.format(counting=""))

    async def keep(title: str) -> None:
        connection.execute("INSERT INTO item (title) VALUES (?)", (title,))

    return keep


async def in_postgres(url: str) -> Keep:
    free: asyncio.Queue[psycopg.AsyncConnection] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await psycopg.AsyncConnection.connect(plain(url), autocommit=True))

    async def keep(title: str) -> None:
        connection = await free.get()
        try:
            await connection.execute("INSERT INTO item (title) VALUES (%s)", (title,))
        finally:
            free.put_nowait(connection)

    async with await psycopg.AsyncConnection.connect(plain(url), autocommit=True) as connection:
        await connection.execute(ITEM.format(counting="GENERATED ALWAYS AS IDENTITY"))
    return keep


async def main(where: str) -> None:
    url = os.environ["DATABASE_URL"]
    keep = await (in_postgres(url) if where == "postgres" else in_sqlite(url, where))
    config = uvicorn.Config(
        Floor(os.environ["SLACK_SIGNING_SECRET"], keep),
        host=os.environ["HOST"],
        port=int(os.environ["PORT"]),
        http="h11",  # as the bot
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
    )
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1]))
