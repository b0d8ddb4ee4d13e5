"""How Slack tells the app: over its WebSocket if it holds one, else signed to its request URL; events again if unheard."""

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

import aiohttp

from playground.slack.app import App
from playground.slack.delivery import Answer, Delivery, Retry
from playground.slack.errors import NotAnswered
from playground.slack.sockets import Sockets
from playground.slack.world import Json

RETRY_DELAYS = (0.0, 60.0, 300.0)
"""Seconds before each retry of an event (docs.slack.dev/apis/events-api)."""
Wait = Callable[[], Awaitable[object]]
"""Begins when it is called: what is never called leaves nothing behind that waits."""
Route = Callable[[Delivery], Sequence[Wait]]
"""What each copy of a delivery waits for before it sets off: together they meet, and one that waits is overtaken."""
_RETRY_REASONS = {"operation_timeout": "http_timeout", "dispatch_failed": "http_error"}


@dataclass(frozen=True)
class _Sent:
    delivery: Delivery
    headers: dict[str, str]


async def three_seconds() -> None:
    """As long as Slack waits (docs.slack.dev/interactivity/handling-user-interaction)."""
    await asyncio.sleep(3)


async def at_once() -> None:
    """Nothing is waited for."""


def straight(_delivery: Delivery) -> Sequence[Wait]:
    """Once, and at once."""
    return (at_once,)


class Deliveries:
    """`clock` is Slack's, in Unix seconds, and `patience` ends when Slack waits for an answer no longer. `route` says how often and how late each arrives. Behind one request URL many `replicas` may hear in turn."""

    def __init__(
        self,
        app: App,
        sockets: Sockets,
        clock: Callable[[], float],
        patience: Wait,
        retry_delays: Sequence[float],
    ) -> None:
        self._app = app
        self._sockets = sockets
        self._clock = clock
        self.patience = patience
        self._retry_delays = retry_delays
        self._session: aiohttp.ClientSession | None = None
        self._retrying: set[asyncio.Task[None]] = set()
        self._sent: list[_Sent] = []
        self.answers: list[Json] = []
        self.route: Route = straight
        self.replicas: list[str] = []
        self._turns = itertools.count()

    def start(self) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))

    async def stop(self) -> None:
        for task in self._retrying:
            task.cancel()
        await asyncio.gather(*self._retrying, return_exceptions=True)
        if self._session:
            await self._session.close()

    async def deliver(self, delivery: Delivery) -> Json:
        """The app's answer; raises NotAnswered with Slack's word when there is none in time, or a bad one."""
        answer = await self._send(delivery)
        if answer.status != HTTPStatus.OK:
            raise NotAnswered("dispatch_failed")
        return answer.payload

    async def happened(self, delivery: Delivery) -> None:
        """Tell an event: once now, and what was not heard again later, by itself."""
        reason = await self._try(delivery)
        if reason:
            task = asyncio.create_task(self._retry(delivery, reason))
            self._retrying.add(task)
            task.add_done_callback(self._retrying.discard)

    @property
    def has_to_tell_again(self) -> bool:
        """Whether an event waits to be told again."""
        return bool(self._retrying)

    async def settled(self) -> None:
        """Wait until no event is waiting to be told again."""
        await asyncio.gather(*self._retrying)

    async def again(self, *, resigned: bool) -> Answer:
        """The last delivery once more: byte for byte, or signed anew (in Socket Mode: in a new envelope)."""
        last = self._sent[-1]
        if resigned:
            return await self._send(Delivery(last.delivery.kind, last.delivery.payload, last.delivery.retry))
        return await self._transmit(last)

    async def _retry(self, delivery: Delivery, reason: str) -> None:
        for number, delay in enumerate(self._retry_delays, start=1):
            await asyncio.sleep(delay)
            again = replace(
                delivery, retry=Retry(number, reason), envelope_id=f"{delivery.envelope_id}{number}"
            )
            reason = await self._try(again)
            if not reason:
                return

    async def _try(self, delivery: Delivery) -> str:
        """Why Slack will tell it again, "" if it need not."""
        try:
            answer = await self._send(delivery)
        except NotAnswered as silence:
            return _RETRY_REASONS[str(silence)]
        heard = HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES
        return "" if heard or not answer.retry else "http_error"

    async def _send(self, delivery: Delivery) -> Answer:
        sent = _Sent(delivery, delivery.headers(self._app.signing_secret, self._clock()))
        self._sent.append(sent)
        copies = [self._arrive(sent, copy, wait) for copy, wait in enumerate(self.route(delivery))]
        first, *_ = await asyncio.gather(*copies, return_exceptions=True)
        if isinstance(first, BaseException):
            raise first
        self.answers.append(first.payload)
        return first

    async def _arrive(self, sent: _Sent, copy: int, wait: Wait) -> Answer:
        """Over HTTP a copy is the same byte for byte; over the WebSocket it has an envelope of its own."""
        await wait()
        envelope = f"{sent.delivery.envelope_id}{f'.{copy}' if copy else ''}"
        return await self._transmit(replace(sent, delivery=replace(sent.delivery, envelope_id=envelope)))

    async def _transmit(self, sent: _Sent) -> Answer:
        if self._sockets.connected:
            return await self._in_time(self._over_the_websocket(sent))
        url = self._next_url()
        if self._session is None or url is None:
            raise NotAnswered("dispatch_failed")
        return await self._in_time(self._post(self._session, url, sent))

    async def _in_time(self, answer: Coroutine[Any, Any, Answer]) -> Answer:
        answering, waiting = asyncio.create_task(answer), asyncio.ensure_future(self.patience())
        try:
            await asyncio.wait({answering, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if not answering.done():
                raise NotAnswered("operation_timeout")
            return await answering
        finally:
            answering.cancel()
            waiting.cancel()

    def _next_url(self) -> str | None:
        """As a load balancer would give them away."""
        if self.replicas:
            return self.replicas[next(self._turns) % len(self.replicas)]
        return self._app.request_url

    async def _over_the_websocket(self, sent: _Sent) -> Answer:
        return Answer(HTTPStatus.OK, await self._sockets.send(sent.delivery.envelope))

    async def _post(self, session: aiohttp.ClientSession, url: str, sent: _Sent) -> Answer:
        try:
            async with session.post(url, data=sent.delivery.body, headers=sent.headers) as response:
                payload = _payload(await response.text(), response.content_type)
        except aiohttp.ClientError as broken:
            raise NotAnswered("dispatch_failed") from broken
        return Answer(response.status, payload, retry=response.headers.get("x-slack-no-retry") != "1")


def _payload(body: str, content_type: str) -> Json:
    """Text answers a command like a message of that text."""
    if content_type != "application/json":
        return {"text": body} if body else {}
    try:
        payload = json.loads(body)
    except json.JSONDecodeError as unreadable:
        raise NotAnswered("dispatch_failed") from unreadable
    return payload if isinstance(payload, dict) else {}
