"""Socket Mode: what Slack says comes over a WebSocket that the bot opens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import time
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from handlers.hearing.payloads import ODD_SHAPE
from handlers.hearing.signed_requests import check
from handlers.slack.connection import Connection
from handlers.slack.timeouts import Timeouts

log = structlog.get_logger(__name__)


class SocketMode:
    """Slack's WebSocket: opened as soon as Slack can be reached, and kept open by the SDK."""

    def __init__(
        self,
        connection: Connection,
        app: AsyncApp,
        app_token: str,
        timeouts: Timeouts,
        address: str | None = None,
    ) -> None:
        """`address`: the first one to go to, where Slack has given one."""
        self._ping = timeouts.ping
        self._handler = _Handler(
            app, app_token, web_client=connection.client_without_token(), ping_interval=timeouts.ping
        )
        self._handler.client.wss_uri = address

    @asynccontextmanager
    async def connected(self, farewell: float, hanging_up: float) -> AsyncIterator[None]:
        """Hear meanwhile; at the end answer what was heard, then close. Each of the two may take so many seconds."""
        client = self._handler.client
        tasks = [asyncio.create_task(client.connect()), asyncio.create_task(self._renew_address())]  # type: ignore[no-untyped-call]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._handler.finish_hearing(farewell)
            with suppress(TimeoutError):  # a Slack that says no goodbye
                async with asyncio.timeout(hanging_up):
                    await client.close()  # type: ignore[no-untyped-call]

    async def is_connected(self) -> bool:
        return bool(await self._handler.client.is_connected())

    async def _renew_address(self) -> None:
        """An address lets in once and for a while. The SDK would knock at the same one for ever."""
        while True:
            await asyncio.sleep(self._ping)
            if not await self.is_connected():
                self._handler.client.wss_uri = None


class _Handler(AsyncSocketModeHandler):
    """Bolt's, and it knows what it has yet to answer."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._hearing: set[asyncio.Task[Any]] = set()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        task = asyncio.current_task()
        if task is not None:
            self._hearing.add(task)
            task.add_done_callback(self._hearing.discard)
        begun = time()
        answer = await self._answer(req)
        if answer is not None:
            await send_async_response(client, req, answer, begun)  # nothing goes out where it failed
            return
        log.warning("request refused", reason="odd shape")
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))

    async def _answer(self, req: SocketModeRequest) -> BoltResponse | None:
        """Bolt's answer; nothing where the front door would refuse the same payload. Of our own errors none comes through."""
        try:
            check(req.payload)
            heard = AsyncBoltRequest(mode="socket_mode", body=req.payload, headers=build_headers(req))
            return await self.app.async_dispatch(heard)
        except (*ODD_SHAPE, ValueError):
            return None

    async def finish_hearing(self, farewell: float) -> None:
        if self._hearing:
            await asyncio.wait(self._hearing, timeout=farewell)
