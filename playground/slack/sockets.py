"""Socket Mode: the app's WebSockets, and envelopes sent and acknowledged over them."""

import asyncio
import contextlib
import json
import secrets

from aiohttp import WSMsgType, web

from playground.slack.errors import NotAnswered
from playground.slack.world import Json

MOST_CONNECTIONS = 10
"""docs.slack.dev/apis/events-api/using-socket-mode."""


class Sockets:
    def __init__(self, app_id: str) -> None:
        self.base = ""
        """Where the WebSockets are served, "ws://127.0.0.1:PORT/link"."""
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._joined = asyncio.Event()

    @property
    def connected(self) -> bool:
        return bool(self._open)

    async def connection(self) -> None:
        """Wait until the app holds a WebSocket."""
        while not self._open:
            self._joined.clear()
            await self._joined.wait()

    def ticket(self) -> str:
        """An address at which one WebSocket can be opened, once."""
        ticket = secrets.token_urlsafe(18)
        self._tickets.add(ticket)
        return f"{self.base}?ticket={ticket}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or len(self._open) >= MOST_CONNECTIONS:
            return web.Response(status=408)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json(self._hello())
        self._open.append(socket)
        self._joined.set()
        try:
            await self._listen(socket)
        finally:
            self._leave(socket)
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open) + 1,
            "debug_info": {"host": "small-slack", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._app_id},
        }

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                acknowledged = json.loads(frame.data)
                waiting = self._waiting.get(acknowledged.get("envelope_id", ""))
                if waiting and not waiting.done():
                    waiting.set_result(acknowledged.get("payload") or {})

    def _leave(self, socket: web.WebSocketResponse) -> None:
        with contextlib.suppress(ValueError):  # disconnect() has taken it out already
            self._open.remove(socket)

    async def send(self, envelope: Json) -> Json:
        """The payload with which the app acknowledged, {} when it only did that."""
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = answer
        socket = self._open.pop(0)
        self._open.append(socket)  # each in turn: Slack promises no pattern
        try:
            await socket.send_json(envelope)
            return await answer
        except ConnectionError as gone:
            raise NotAnswered("dispatch_failed") from gone
        finally:
            del self._waiting[envelope["envelope_id"]]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew, as Slack does every few hours, and close."""
        leaving, self._open = self._open, []
        for socket in leaving:
            await socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "small-slack"}}
            )
            await socket.close()

    async def stop(self) -> None:
        """Close without a word, as when Slack itself goes away."""
        leaving, self._open = self._open, []
        for socket in leaving:
            await socket.close()
