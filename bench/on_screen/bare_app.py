"""The measure of speed: a Bolt app that only acknowledges, as a process of its own."""

import asyncio
import os

import uvicorn
import uvloop
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

ANSWER = "Thank you, that is noted."


async def acknowledge(ack: AsyncAck) -> None:
    await ack(ANSWER)


def main() -> None:
    """Take the settings from the environment, under the names that the bot has for them."""
    token = os.environ.pop("SLACK_BOT_TOKEN")  # Bolt would find it and warn that the client has one
    client = AsyncWebClient(token, base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(
        client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"], process_before_response=True
    )
    app.command("/agenda")(acknowledge)
    if app_token := os.environ.get("SLACK_APP_TOKEN"):
        uvloop.run(_over_socket_mode(app, app_token))
    else:
        _over_http(app, int(os.environ["PORT"]))


async def _over_socket_mode(app: AsyncApp, app_token: str) -> None:
    await AsyncSocketModeHandler(app, app_token).connect_async()  # type: ignore[no-untyped-call]
    await asyncio.Event().wait()


def _over_http(app: AsyncApp, port: int) -> None:
    door = AsyncSlackRequestHandler(app, path="/slack/events")
    uvicorn.run(door, port=port, loop="uvloop", http="httptools", ws="none", log_config=None)


if __name__ == "__main__":
    main()
