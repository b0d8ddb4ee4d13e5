"""What every answer of Slack tells beside what was asked: whether to call less, and what time it is."""

from types import SimpleNamespace
from urllib.parse import urlsplit

from aiohttp import ClientSession, TraceConfig, TraceRequestEndParams

from bot.reading.patterns import pattern
from handlers.metrics import Metrics

TOO_MANY_REQUESTS = 429
RESPONSE_URL = "response_url"
_METHOD = pattern(r"\A[a-z]+(\.[A-Za-z]+)+")


def tracing(api_url: str, metrics: Metrics) -> TraceConfig:
    """For the HTTP session through which all of Slack's methods and response URLs are called."""
    api = urlsplit(api_url)

    async def answered(_: ClientSession, __: SimpleNamespace, call: TraceRequestEndParams) -> None:
        if call.response.status == TOO_MANY_REQUESTS:
            is_method = call.url.host == api.hostname and call.url.path.startswith(api.path)
            metrics.was_limited(_method(call.url.path.removeprefix(api.path)) if is_method else RESPONSE_URL)
        if "Date" in call.response.headers:
            metrics.slack_says_it_is(call.response.headers["Date"])

    tracing = TraceConfig()
    tracing.on_request_end.append(answered)
    return tracing


def _method(called: str) -> str:
    """A label holds nothing that only looks like a method: a response URL's path has a workspace and a secret in it."""
    return called if _METHOD.fullmatch(called) else RESPONSE_URL
