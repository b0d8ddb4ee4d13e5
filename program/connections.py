"""The connections at the HTTP door, and how long each may keep it waiting.

uvicorn leaves a half request alone for as long as its sender likes, whichever parser it uses.
"""

import asyncio
import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.reading.patterns import pattern

LONGEST_HEAD = 16 * 1024
"""Bytes."""
MOST_LINES = 100
"""After that of the request."""
_END_OF_HEAD = pattern(rb"\n\r?\n")  # as h11 finds it


class Unfinished:
    """The connections whose next request is not here in full, the one that has been longest so first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._connections: dict[Connection, None] = {}

    def add(self, connection: "Connection") -> None:
        """Where that is one too many, whoever has kept the door waiting longest goes: Slack says at once what it has to say."""
        self._connections.setdefault(connection)
        if len(self._connections) > self._most:
            slowest = next(iter(self._connections))
            self.remove(slowest)
            slowest.transport.abort()

    def remove(self, connection: "Connection") -> None:
        self._connections.pop(connection, None)


class _Patient:
    """A transport whose other side may finish speaking for a while after the last answer.

    Who is cut off while they send, as RFC 9112 says in section 9.6, may never read the answer.
    """

    def __init__(
        self, transport: asyncio.Transport, is_speaking: Callable[[], bool], patience: float
    ) -> None:
        self._transport = transport
        self._is_speaking = is_speaking
        self._patience = patience
        self._has_answered = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        return self._has_answered or self._transport.is_closing()

    def close(self) -> None:
        if self.is_closing():
            return
        if not self._is_speaking():
            self._transport.close()
            return
        self._has_answered = True
        self._transport.write_eof()
        self._transport.resume_reading()
        asyncio.get_running_loop().call_later(self._patience, self._transport.abort)


class _Parser(h11.Connection):
    """h11 measures a head only while it waits for the rest. This one measures what was received, also of one that came in one piece."""

    def __init__(self) -> None:
        super().__init__(h11.SERVER, LONGEST_HEAD)

    def next_event(self) -> Any:
        if self.their_state is h11.IDLE and _is_too_long(self.trailing_data[0]):
            raise h11.RemoteProtocolError(
                "head too long", error_status_hint=HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            )
        return super().next_event()


def _is_too_long(received: bytes) -> bool:
    """The head with which it begins, as far as it is here."""
    end = _END_OF_HEAD.search(received)
    head = received[: end.end()] if end else received
    return len(head) > LONGEST_HEAD or head.count(b"\n") > MOST_LINES + 2


class Connection(H11Protocol):
    """One connection. The head of a request is to come within so many seconds; for the body see the front door."""

    def __init__(
        self, *args: Any, unfinished: Unfinished, head_within: float, patience: float = 1, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.conn = _Parser()
        self._unfinished = unfinished
        self._head_within = head_within
        self._patience = patience
        self._head_is_late: asyncio.TimerHandle | None = None
        self._has_refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(_Patient(transport, self._still_sends, self._patience))  # type: ignore[arg-type]
        self._wait_for_head()
        self._unfinished.add(self)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._wait_for_head()
        else:
            self._wait_no_more()
        self._count()

    def on_response_complete(self) -> None:
        if self._still_sends():
            self.transport.close()
        super().on_response_complete()
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            self._wait_for_head()  # its beginning came with what was answered now
        self._count()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        self._unfinished.remove(self)
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn names it
        """uvicorn knows no other refusal; the parser says whether it was the length."""
        error = sys.exception()
        self._refuse(error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else 400)

    def _still_sends(self) -> bool:
        """Whether they still send what was answered already."""
        return self._has_refused or self.conn.their_state is h11.SEND_BODY

    def _count(self) -> None:
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY, h11.ERROR):
            self._unfinished.add(self)
        else:
            self._unfinished.remove(self)

    def _wait_for_head(self) -> None:
        if self._head_is_late is None:
            self._head_is_late = self.loop.call_later(self._head_within, self._too_slow)

    def _wait_no_more(self) -> None:
        if self._head_is_late is not None:
            self._head_is_late.cancel()
            self._head_is_late = None

    def _too_slow(self) -> None:
        if not self.transport.is_closing():
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)

    def _refuse(self, status: int) -> None:
        self._has_refused = True
        headers = [(b"connection", b"close"), (b"content-length", b"0")]
        reason = HTTPStatus(status).phrase.encode()
        answer = h11.Response(status_code=status, headers=headers, reason=reason)
        self.transport.write(self.conn.send(answer) or b"")
        self.transport.write(self.conn.send(h11.EndOfMessage()) or b"")
        self.transport.close()
