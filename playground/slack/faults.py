"""How Slack can fail: put before an answer of the Web API, so that a test sees what the app does then."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from playground.slack.errors import SlackError

Answering = Callable[[], web.Response]
"""Does what was called, and says what it would be answered."""
DATE = web.ResponseKey("date", str)
"""What time an answer tells, if not Slack's."""


class Fault(Protocol):
    def __call__(self, answering: Answering, request: web.Request, /) -> Awaitable[web.Response]: ...


@dataclass(frozen=True)
class RateLimited:
    """Nothing is done; `retry_after` is in seconds."""

    retry_after: int = 1

    async def __call__(self, _: Answering, __: web.Request) -> web.Response:
        limited = {"ok": False, "error": "ratelimited"}
        return web.json_response(limited, status=429, headers={"Retry-After": str(self.retry_after)})


@dataclass(frozen=True)
class Refused:
    """Nothing is done, and the app is told this error."""

    error: str

    async def __call__(self, _: Answering, __: web.Request) -> web.Response:
        raise SlackError(self.error)


@dataclass(frozen=True)
class ServerError:
    """An answer that says nothing of whether it was done; `stored`: it was."""

    status: int = 500
    stored: bool = False

    async def __call__(self, answering: Answering, _: web.Request) -> web.Response:
        if self.stored:
            answering()
        return web.Response(status=self.status, text="upstream error")


@dataclass(frozen=True)
class Dropped:
    """The connection ends without an answer; `stored`: after it was done."""

    stored: bool = False

    async def __call__(self, answering: Answering, request: web.Request) -> web.Response:
        if self.stored:
            answering()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


@dataclass(frozen=True)
class Hang:
    """No answer before `seconds` have passed; `stored`: it is done at the end, when the app may have given up."""

    seconds: float
    stored: bool = False

    async def __call__(self, answering: Answering, request: web.Request) -> web.Response:
        await asyncio.sleep(self.seconds)
        return answering() if self.stored else await ServerError(504)(answering, request)


@dataclass(frozen=True)
class Held:
    """No answer before `until` comes to its end; it is an answer like another then."""

    until: Callable[[], Awaitable[object]]

    async def __call__(self, answering: Answering, _: web.Request) -> web.Response:
        await self.until()
        return answering()


@dataclass(frozen=True)
class Silence:
    """No answer, however long the app waits; `stored`: it is done when the app has given up."""

    stored: bool = False

    async def __call__(self, answering: Answering, request: web.Request) -> web.Response:
        while request.transport is not None:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
        if self.stored:
            answering()
        return web.Response()


@dataclass(frozen=True)
class Garbled:
    """An answer that is none of Slack's; `stored`: the call was done."""

    body: str
    content_type: str
    status: int = 200
    stored: bool = False

    async def __call__(self, answering: Answering, _: web.Request) -> web.Response:
        if self.stored:
            answering()
        return web.Response(text=self.body, content_type=self.content_type, status=self.status)


@dataclass(frozen=True)
class Disliked:
    """What stands between the app and Slack lets nothing with this word through; with all else it goes `otherwise`."""

    word: str
    fault: Fault
    otherwise: Fault | None = None

    async def __call__(self, answering: Answering, request: web.Request) -> web.Response:
        if self.word in await request.text():
            return await self.fault(answering, request)
        return await self.otherwise(answering, request) if self.otherwise else answering()


NO_CHARTS = Disliked("data_visualization", Refused("invalid_blocks"))
"""The workspace is one of those to which Slack has given no charts."""

HTML = ("<html>Please log in to the café's network</html>", "text/html")
TORN = ('{"ok": true, "channel": "C0SH', "application/json")
PLAIN = ("upstream", "text/plain")

Weather = Callable[[str], Fault | None]
"""Gives what goes wrong with a call of this method, or None."""


def calm(_method: str) -> None:
    """Nothing goes wrong."""


class Faults:
    """Faults that wait for the next calls of a method, first in first out; and the weather, when none waits."""

    def __init__(self) -> None:
        self.weather: Weather = calm
        self._waiting: dict[str, deque[Fault]] = defaultdict(deque)

    def next_answer(self, method: str, fault: Fault) -> None:
        self._waiting[method].append(fault)

    async def answered(self, method: str, answering: Answering, request: web.Request) -> web.Response:
        waiting = self._waiting[method]
        fault = waiting.popleft() if waiting else self.weather(method)
        return await fault(answering, request) if fault else answering()
