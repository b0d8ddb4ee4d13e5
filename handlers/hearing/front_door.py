"""The one HTTP door: Slack's requests, let in to Bolt when they are Slack's, the two health checks, and the metrics."""

import time
from collections.abc import Awaitable, Callable, Sequence
from email.utils import formatdate
from typing import Any, NamedTuple

import structlog
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.hearing.payloads import ODD_SHAPE
from handlers.hearing.signed_requests import (
    Disconnected,
    Headers,
    Message,
    Receive,
    Refused,
    header,
    parse,
    read,
    verify,
)

log = structlog.get_logger(__name__)

Scope = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Listen = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]
Answer = Callable[[Headers, Receive], Awaitable[BoltResponse]]
Measure = Callable[[], Awaitable[str]]

PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8"
FOR_BOLT = ("x-slack-retry-num", "x-slack-retry-reason")  # all others are unsigned, and some steer Bolt


class Route(NamedTuple):
    methods: tuple[str, ...]
    answer: Answer


class FrontDoor:
    """An ASGI app that answers every request itself, or with Bolt's answer.

    `listen` is Bolt's `async_dispatch`, or nothing where Socket Mode is used. `ready` names, a plain line each,
    the things that are not ready. `measure` gives what Prometheus reads. `clocks` give Unix seconds, and a request is fresh
    by any one of them. A body is to come within `body_within` seconds.
    """

    def __init__(
        self,
        *,
        listen: Listen | None,
        signing_secret: str | None,
        ready: Callable[[], Awaitable[list[str]]],
        measure: Measure | None = None,
        clocks: Sequence[Callable[[], float]] = (time.time,),
        body_within: float = 10,
    ) -> None:
        self._routes = {
            "/livez": Route(("GET", "HEAD"), self._livez),
            "/readyz": Route(("GET", "HEAD"), self._readyz),
        }
        self._ready = ready
        if measure is not None:
            self._measure = measure
            self._routes["/metrics"] = Route(("GET", "HEAD"), self._metrics)
        if listen is not None:
            self._listen = listen
            self._clocks = clocks
            self._body_within = body_within
            self._secret = _filled(signing_secret)
            self._routes["/slack/events"] = Route(("POST",), self._events)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "http":
                await self._http(scope, receive, send)
            case "lifespan":
                await _lifespan(receive, send)
            case _:
                await send({"type": "websocket.close"})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await self._response(scope, receive)
        except Disconnected:
            return
        except Refused as refused:
            log.warning("request refused", reason=refused.reason)
            # Closing, because the rest of a body that was not read on is not wanted either.
            response = BoltResponse(status=refused.status, headers={"connection": "close"})
        except Exception:
            log.exception("request failed")
            response = BoltResponse(status=500)
        await _send(response, send)

    async def _response(self, scope: Scope, receive: Receive) -> BoltResponse:
        route = self._routes.get(scope["path"])
        if route is None:
            return BoltResponse(status=404, body="not found")
        if scope["method"] not in route.methods:
            return BoltResponse(status=405, headers={"allow": ", ".join(route.methods)})
        return await route.answer(scope["headers"], receive)

    async def _livez(self, _headers: Headers, _receive: Receive) -> BoltResponse:
        return BoltResponse(status=200, body="ok")

    async def _readyz(self, _headers: Headers, _receive: Receive) -> BoltResponse:
        missing = await self._ready()
        return BoltResponse(status=503 if missing else 200, body="\n".join(missing) or "ready")

    async def _metrics(self, _headers: Headers, _receive: Receive) -> BoltResponse:
        return BoltResponse(status=200, headers={"content-type": PROMETHEUS_TEXT}, body=await self._measure())

    async def _events(self, headers: Headers, receive: Receive) -> BoltResponse:
        body = await read(headers, receive, self._body_within)
        verify(self._secret, [clock() for clock in self._clocks], headers, body)
        try:
            return await self._listen(_for_bolt(headers, parse(headers, body)))
        except ODD_SHAPE:  # Bolt's alone, which looks for ids and types in it: of ours none comes through
            raise Refused(400, "odd shape") from None


def _filled(signing_secret: str | None) -> str:
    if not (signing_secret and signing_secret.strip()):
        raise ValueError("A signing secret is needed where Slack's requests come by HTTP")
    return signing_secret


def _for_bolt(headers: Headers, body: dict[str, Any]) -> AsyncBoltRequest:
    """Hand Bolt a body that is already verified and parsed, as Socket Mode does.

    Bolt's own parsing loses every slash command with the word "payload" in its text.
    """
    kept = {name: header(name.encode(), headers).decode("latin-1") for name in FOR_BOLT}
    return AsyncBoltRequest(body=body, headers={k: v for k, v in kept.items() if v}, mode="socket_mode")


async def _lifespan(receive: Receive, send: Send) -> None:
    while (await receive())["type"] == "lifespan.startup":
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})


async def _send(response: BoltResponse, send: Send) -> None:
    body = response.body.encode()
    headers = [
        (name.encode(), value.encode()) for name, values in response.headers.items() for value in values
    ]
    headers += [
        (b"content-length", str(len(body)).encode()),
        (b"date", formatdate(usegmt=True).encode()),
    ]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
