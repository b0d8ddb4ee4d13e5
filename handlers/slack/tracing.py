"""What every answer of Slack tells beside what was asked: whether to call less, and what time it is."""

from types import SimpleNamespace
from urllib.parse import urlsplit

from aiohttp import ClientSession, TraceConfig, TraceRequestEndParams, TraceRequestStartParams

from bot.reading.patterns import pattern
from handlers.metrics import Metrics
from handlers.slack.held_clock import HeldClock
from handlers.slack.time_told import time_told

TOO_MANY_REQUESTS = 429
RESPONSE_URL = "response_url"
_METHOD = pattern(r"\A[a-z]+(\.[A-Za-z]+)+")


def tracing(api_url: str, metrics: Metrics, clock: HeldClock) -> TraceConfig:
    """For the HTTP session through which all of Slack's methods and response URLs are called."""
    api = urlsplit(api_url)

    async def asked(_: ClientSession, call: SimpleNamespace, __: TraceRequestStartParams) -> None:
        call.asked = clock.machine()

    async def answered(_: ClientSession, asking: SimpleNamespace, call: TraceRequestEndParams) -> None:
        is_method = call.url.host == api.hostname and call.url.path.startswith(api.path)
        headers = call.response.headers
        if call.response.status == TOO_MANY_REQUESTS:
            metrics.was_limited(_method(call.url.path.removeprefix(api.path)) if is_method else RESPONSE_URL)
        told = time_told(headers)
        if told is not None:
            metrics.slack_says_it_is(told)
        if is_method:
            clock.slack_answered(told, asking.asked)

    tracing = TraceConfig()
    tracing.on_request_start.append(asked)
    tracing.on_request_end.append(answered)
    return tracing


def _method(called: str) -> str:
    """A label holds nothing that only looks like a method: a response URL's path has a workspace and a secret in it."""
    return called if _METHOD.fullmatch(called) else RESPONSE_URL
