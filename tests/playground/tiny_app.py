"""An app of the tests' own, made with Bolt, so that the small Slack is tried by what will talk to the real one."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.middleware.request_verification.async_request_verification import AsyncRequestVerification
from slack_sdk.signature import Clock
from slack_sdk.web.async_client import AsyncWebClient

from playground.slack import Slack


def new_app(slack: Slack) -> AsyncApp:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    return AsyncApp(
        client=client,
        signing_secret=slack.signing_secret,
        process_before_response=True,
        request_verification_enabled=False,
        before_authorize=_verification(slack),
    )


class _SlacksTime(Clock):
    def __init__(self, slack: Slack) -> None:
        self.now = slack.world.clock  # type: ignore[method-assign]


def _verification(slack: Slack) -> AsyncRequestVerification:
    """Bolt's own, by the clock by which Slack signs."""
    verification = AsyncRequestVerification(slack.signing_secret)
    verification.verifier.clock = _SlacksTime(slack)
    return verification


@contextlib.asynccontextmanager
async def over_http(app: AsyncApp, slack: Slack) -> AsyncIterator[None]:
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        AsyncSlackRequestHandler(app), lifespan="off", log_config=None, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    slack.app.request_url = f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events"
    try:
        yield
    finally:
        server.should_exit = True
        await serving
        listening.close()


@contextlib.asynccontextmanager
async def over_a_websocket(app: AsyncApp, slack: Slack) -> AsyncIterator[None]:
    handler = AsyncSocketModeHandler(
        app,
        slack.app_token,
        web_client=AsyncWebClient(slack.app_token, base_url=slack.api_url),
    )
    await handler.connect_async()
    await slack.sockets.connection()
    try:
        yield
    finally:
        await handler.close_async()
