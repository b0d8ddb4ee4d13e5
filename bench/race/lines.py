"""Connections to a server, lean enough to ask thousands of things a second, one thing at a time on each."""

import asyncio
from dataclasses import dataclass
from typing import cast

from httptools import HttpResponseParser

from bench.wrong_answer import WrongAnswer


@dataclass(frozen=True)
class Answer:
    status: int
    body: str


class Line(asyncio.Protocol):
    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Answer] | None = None
        self._parser = HttpResponseParser(self)
        self._body = b""

    async def ask(self, request: bytes) -> Answer:
        if self._transport is None:
            raise WrongAnswer("The server has hung up.")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        if self._transport:
            self._transport.close()

    # What asyncio tells.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one, and does not say so

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._answer and not self._answer.done():
            self._answer.set_exception(WrongAnswer(f"The server hung up in the middle: {exc}"))

    # What the parser tells.

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        answer = Answer(self._parser.get_status_code(), self._body.decode())
        self._body = b""
        if self._answer:
            self._answer.set_result(answer)


async def connect(port: int) -> Line:
    _, line = await asyncio.get_running_loop().create_connection(Line, "127.0.0.1", port)
    return line
