"""A request that Slack signed: read, verified and parsed, or refused with a reason."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier

from bot.reading.patterns import pattern

Headers = Iterable[tuple[bytes, bytes]]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

MAX_BYTES = 1024 * 1024
MAX_SECONDS = 5 * 60  # docs.slack.dev/authentication/verifying-requests-from-slack
MAX_DEPTH = 64  # far more than any Block Kit has, far less than a recursion bears
MAX_FIELDS = 100

_TIMESTAMP = pattern(rb"\A[0-9]{1,12}")
_SIGNATURE = pattern(rb"v0=[0-9a-f]{64}")
_UNKEEPABLE = pattern("[\0\ud800-\udfff]")  # UTF-8 has no lone surrogates, Postgres no NUL


class Refused(Exception):
    """The request is turned away with this HTTP status; the reason is all that may be logged."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Disconnected(Exception):
    """The sender went away before its request was whole."""


def header(name: bytes, headers: Headers) -> bytes:
    """Give the value of a header that stands there once; of none or several, nothing."""
    values = [value for key, value in headers if key == name]
    return values[0] if len(values) == 1 else b""


async def read(headers: Headers, receive: Receive, within: float) -> bytes:
    """Read the body, up to the first byte that is too much, for so many seconds."""
    try:
        async with asyncio.timeout(within):
            return await _read(headers, receive)
    except TimeoutError:
        raise Refused(408, "too slow") from None


async def _read(headers: Headers, receive: Receive) -> bytes:
    declared = header(b"content-length", headers)[:20]
    if declared.isdigit() and int(declared) > MAX_BYTES:
        raise Refused(413, "too large")
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MAX_BYTES:
            raise Refused(413, "too large")
    return bytes(body)


def verify(secret: str, moments: Iterable[float], headers: Headers, body: bytes) -> None:
    """Refuse what Slack did not sign within the last five minutes, or seems to sign in the future.

    Slack's scheme: docs.slack.dev/authentication/verifying-requests-from-slack. `moments` are what
    the clocks show that are believed, in Unix seconds.
    """
    timestamp = header(b"x-slack-request-timestamp", headers)
    signature = header(b"x-slack-signature", headers)
    if not (_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)):
        raise Refused(401, "unsigned")
    if all(abs(now - int(timestamp)) > MAX_SECONDS for now in moments):
        raise Refused(401, "stale")
    if not hmac.compare_digest(signature, _signature(secret, timestamp, body)):
        raise Refused(401, "forged")


def _signature(secret: str, timestamp: bytes, body: bytes) -> bytes:
    """The signature that Slack gives to a body; an empty one to what is not UTF-8, as Slack sends and signs nothing else."""
    try:
        signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp.decode(), body=body)
    except UnicodeDecodeError:
        return b""
    return (signature or "").encode()


def parse(headers: Headers, body: bytes) -> dict[str, Any]:
    """Give the event, command or interaction in the body as the dictionary that Bolt works with."""
    content_type = header(b"content-type", headers).split(b";")[0].strip().lower()
    parser = _PARSERS.get(content_type)
    if parser is None:
        raise Refused(400, "content type")
    try:
        return parser(body.decode())
    except (ValueError, RecursionError):
        raise Refused(400, "malformed") from None  # the cause would quote the body


def _json_object(text: str) -> dict[str, Any]:
    parsed = _JSON.decode(text)
    if not isinstance(parsed, dict):
        raise ValueError("not an object")  # noqa: TRY004  (the text is wrong, not our call)
    check(parsed)
    return parsed


def _form(text: str) -> dict[str, Any]:
    pairs = parse_qsl(
        text, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=MAX_FIELDS
    )
    fields = dict(pairs)
    if "payload" in fields and "command" not in fields:
        return _json_object(fields["payload"])
    check(fields)
    return fields


def check(value: object, depth: int = 0) -> None:
    """Refuse text that no database keeps, and nesting in which a listener would lose itself."""
    if depth > MAX_DEPTH:
        raise ValueError("too deep")
    if isinstance(value, str) and _UNKEEPABLE.search(value):
        raise ValueError("not text")
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    if isinstance(parts, list):
        for part in parts:
            check(part, depth + 1)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are Python's, not JSON's


_JSON = json.JSONDecoder(parse_constant=_no_number)
_PARSERS: dict[bytes, Callable[[str], dict[str, Any]]] = {
    b"application/json": _json_object,
    b"application/x-www-form-urlencoded": _form,
}
