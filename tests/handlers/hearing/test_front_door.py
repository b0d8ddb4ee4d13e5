"""The front door over real HTTP: what it lets in, what it refuses, and what it never says."""

import asyncio
import contextlib
import hashlib
import hmac
import http.client
import json
import logging
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.hearing.front_door import FrontDoor
from program.serving import listening, serving
from tests.story import UNHURRIED

MEBIBYTE = 1024 * 1024
SECRET = "the secret of a Slack that exists only here"
NOW = 1_800_000_000
SLACKS_NOW = NOW + 86_400
CANARY = "canary-4f1d"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
COMMAND = {"command": "/agenda", "text": f"add {CANARY}", "user_id": "U1", "team_id": "T1", "trigger_id": "1"}
ANSWERS = {200, 400, 401, 404, 405, 413}


class House:
    """A front door under uvicorn in a thread of its own, with all that was heard and logged behind it."""

    def __init__(self, *, socket_mode: bool = False) -> None:
        self.door = FrontDoor(
            listen=None if socket_mode else self.listen,
            signing_secret=None if socket_mode else SECRET,
            ready=self.ready,
            clocks=[lambda: NOW, lambda: SLACKS_NOW],
            body_within=UNHURRIED.body,
        )
        self.reset()

    def reset(self) -> None:
        self.heard: list[AsyncBoltRequest] = []
        self.answer: BoltResponse | Exception = BoltResponse(status=200)
        self.missing: list[str] = []
        self.bolt: AsyncApp | None = None

    async def listen(self, request: AsyncBoltRequest) -> BoltResponse:
        self.heard.append(request)
        if self.bolt:
            return await self.bolt.async_dispatch(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def ready(self) -> list[str]:
        return self.missing

    @contextlib.contextmanager
    def open(self) -> Iterator["House"]:
        with listening("127.0.0.1", 0) as listener, ThreadPoolExecutor(1) as thread:
            self.port = listener.getsockname()[1]
            loop, closed = asyncio.new_event_loop(), asyncio.Event()
            served = thread.submit(loop.run_until_complete, self._serve(listener, closed))
            yield self
            loop.call_soon_threadsafe(closed.set)
            served.result()
            loop.close()

    async def _serve(self, listener: socket.socket, closed: asyncio.Event) -> None:
        async with serving(self.door, listener, farewell=2, timeouts=UNHURRIED):
            await closed.wait()

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Any = ()
    ) -> tuple[int, dict[str, str], str]:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port)) as connection:
            connection.putrequest(method, path)
            for name, value in (("Content-Length", str(len(body))), *headers):
                connection.putheader(name, value)
            connection.endheaders(body)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read().decode()

    def say(self, raw: bytes) -> bytes:
        """Send bytes as they are, end the sending, and give everything that comes back."""
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def post(self, body: bytes, content_type: str = JSON, **changes: Any) -> int:
        return self.ask("POST", "/slack/events", body, signed(body, content_type, **changes))[0]


def signed(
    body: bytes, content_type: str = JSON, *, at: str | int = NOW, secret: str = SECRET
) -> list[tuple[str, Any]]:
    digest = hmac.new(secret.encode(), b"v0:%b:%b" % (str(at).encode(), body), hashlib.sha256).hexdigest()
    return [
        ("Content-Type", content_type),
        ("X-Slack-Request-Timestamp", str(at)),
        ("X-Slack-Signature", f"v0={digest}"),
    ]


class Logs:
    """All log lines of structlog and of the standard library."""

    def __init__(self, caplog: pytest.LogCaptureFixture, entries: list[Any]) -> None:
        self._caplog = caplog
        self.entries = entries

    def reasons(self) -> list[str]:
        return [entry["reason"] for entry in self.entries]

    def __str__(self) -> str:
        return f"{self.entries} {self._caplog.text}"


@pytest.fixture(scope="module")
def street() -> Iterator[House]:
    with House().open() as house:
        yield house


@pytest.fixture
def house(street: House) -> House:
    street.reset()
    return street


@pytest.fixture
def logs(caplog: pytest.LogCaptureFixture) -> Iterator[Logs]:
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as entries:
        yield Logs(caplog, entries)


def test_a_living_bot_says_so(house):
    assert house.ask("GET", "/livez")[::2] == (200, "ok")


def test_a_ready_bot_says_so(house):
    assert house.ask("GET", "/readyz")[::2] == (200, "ready")


def test_a_bot_that_is_not_ready_names_each_reason_on_a_line_of_its_own(house):
    house.missing = ["the database does not answer", "the clock stands still"]
    assert house.ask("GET", "/readyz")[::2] == (503, "the database does not answer\nthe clock stands still")


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_head_is_answered_without_a_body(house, path):
    assert house.ask("HEAD", path)[::2] == (200, "")


def test_other_methods_are_told_what_is_allowed(house):
    status, headers, _ = house.ask("GET", "/slack/events")
    assert (status, headers["allow"]) == (405, "POST")
    assert house.ask("DELETE", "/livez")[0] == 405


@pytest.mark.parametrize("path", ["/", "/slack", "/slack/events/", "/livez/..", "/%00", "/%ff"])
def test_there_is_nothing_behind_other_paths(house, path):
    assert house.ask("POST", path, b"{}", signed(b"{}"))[0] == 404


def test_in_socket_mode_slack_has_no_door():
    with House(socket_mode=True).open() as house:
        assert house.post(b"{}") == 404
        assert house.ask("GET", "/readyz")[0] == 200


@pytest.mark.parametrize("secret", [None, "", "  "])
def test_no_door_opens_without_a_signing_secret(secret):
    with pytest.raises(ValueError, match="signing secret"):
        FrontDoor(listen=House().listen, signing_secret=secret, ready=House().ready)


def test_an_event_reaches_bolt_as_a_dictionary(house):
    event = {"type": "event_callback", "team_id": "T1", "event": {"type": "app_home_opened", "user": "U1"}}
    body = json.dumps(event).encode()
    retry = [("X-Slack-Retry-Num", "1"), ("X-Slack-Retry-Reason", "http_timeout")]
    house.ask("POST", "/slack/events", body, signed(body, "application/json; charset=utf-8") + retry)
    [request] = house.heard
    assert request.body == event
    assert request.context.team_id == "T1"
    assert request.headers["x-slack-retry-num"] == ["1"]
    assert request.headers["x-slack-retry-reason"] == ["http_timeout"]


def test_a_command_reaches_bolt_with_its_words_exactly_as_typed(house):
    typed = {**COMMAND, "text": "add 50 % + Ünïcödé & 😀 \u202e <!channel> a=b"}
    assert house.post(urlencode(typed).encode(), FORM) == 200
    assert house.heard[0].body == typed


def test_an_interaction_reaches_bolt_unwrapped(house):
    payload = {"type": "block_actions", "user": {"id": "U1", "team_id": "T1"}, "actions": []}
    assert house.post(urlencode({"payload": json.dumps(payload)}).encode(), FORM) == 200
    assert house.heard[0].body == payload


def test_a_command_is_a_command_even_with_a_payload_beside_it(house):
    typed = {**COMMAND, "payload": "{}"}
    assert house.post(urlencode(typed).encode(), FORM) == 200
    assert house.heard[0].body == typed


def test_headers_that_slack_does_not_send_never_steer_bolt(house):
    body = urlencode(COMMAND).encode()
    steering = [("X-Slack-Bolt-Lazy-Only", "1"), ("X-Slack-Bolt-Lazy-Function-Name", "f")]
    house.ask("POST", "/slack/events", body, signed(body, FORM) + steering)
    assert not house.heard[0].lazy_only


def test_bolts_answer_is_given_as_it_is(house):
    house.answer = BoltResponse(status=201, body="grüß", headers={"x-one": ["a", "b"]})
    body = urlencode(COMMAND).encode()
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", house.port)) as connection:
        connection.request("POST", "/slack/events", body, dict(signed(body, FORM)))
        response = connection.getresponse()
        assert (response.status, response.read().decode()) == (201, "grüß")
        assert response.headers.get_all("x-one") == ["a", "b"]
        assert response.headers["content-type"] == "text/plain;charset=utf-8"


def a_bolt_app() -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_user_id="B1")

    return AsyncApp(authorize=authorize, request_verification_enabled=False, process_before_response=True)


def test_the_word_payload_in_a_command_is_a_word_like_any_other(house):
    house.bolt = a_bolt_app()

    @house.bolt.command("/agenda")
    async def _(ack: Any, command: Any) -> None:
        await ack(command["text"])

    body = urlencode({**COMMAND, "text": "add payload review"}).encode()
    assert house.ask("POST", "/slack/events", body, signed(body, FORM))[2] == "add payload review"


def test_slack_can_verify_the_address_through_bolt(house):
    house.bolt = a_bolt_app()
    body = json.dumps({"type": "url_verification", "challenge": "3eZb"}).encode()
    status, _, text = house.ask("POST", "/slack/events", body, signed(body))
    assert (status, json.loads(text)) == (200, {"challenge": "3eZb"})


def test_a_forged_signature_is_refused(house, logs):
    assert house.post(b"{}", secret="another") == 401
    assert logs.reasons() == ["forged"]


def test_a_changed_body_is_refused(house, logs):
    assert house.ask("POST", "/slack/events", b'{"a": 2}', signed(b'{"a": 1}'))[0] == 401
    assert logs.reasons() == ["forged"]


@pytest.mark.parametrize("at", [NOW - 301, NOW + 301, 0, 999_999_999_999])
def test_a_request_of_another_time_is_refused(house, logs, at):
    assert house.post(b"{}", at=at) == 401
    assert logs.reasons() == ["stale"]


@pytest.mark.parametrize("at", [SLACKS_NOW - 301, SLACKS_NOW + 301])
def test_a_request_of_another_time_than_slacks_is_refused(house, at):
    assert house.post(b"{}", at=at) == 401


@pytest.mark.parametrize("at", [SLACKS_NOW - 300, SLACKS_NOW + 300])
def test_a_machine_whose_clock_is_off_refuses_nothing_that_is_fresh_by_slacks(house, at):
    assert house.post(b"{}", at=at) == 200


@pytest.mark.parametrize("at", [NOW - 300, NOW + 300])
def test_five_minutes_are_allowed_for_the_way(house, at):
    assert house.post(b"{}", at=at) == 200


@pytest.mark.parametrize(
    "at",
    ["", "abc", "nan", "inf", "-1", "+1", "1e9", "1.8", " ", "\u0661", "9" * 4000, "1_800_000_000", "0x10"],
)
def test_a_timestamp_that_is_no_plain_number_is_refused(house, logs, at):
    headers = [(name, value.encode()) for name, value in signed(b"{}", at=at)]
    assert house.ask("POST", "/slack/events", b"{}", headers)[0] == 401
    assert logs.reasons() == ["unsigned"]


@pytest.mark.parametrize(
    "signature", ["", "v0=", "v1=" + "0" * 64, "v0=" + "0" * 63, "v0=" + "é" * 64, "v0=" + "G" * 64]
)
def test_a_signature_that_is_none_is_refused(house, logs, signature):
    headers = [*signed(b"{}")[:2], ("X-Slack-Signature", signature.encode("latin-1"))]
    assert house.ask("POST", "/slack/events", b"{}", headers)[0] == 401
    assert logs.reasons() == ["unsigned"]


@pytest.mark.parametrize("gone", ["X-Slack-Signature", "X-Slack-Request-Timestamp"])
def test_an_unsigned_request_is_refused(house, logs, gone):
    headers = [(name, value) for name, value in signed(b"{}") if name != gone]
    assert house.ask("POST", "/slack/events", b"{}", headers)[0] == 401
    assert logs.reasons() == ["unsigned"]


@pytest.mark.parametrize("twice", [0, 1, 2])
def test_a_header_given_twice_counts_as_none(house, twice):
    headers = signed(b"{}")
    assert house.ask("POST", "/slack/events", b"{}", [*headers, headers[twice]])[0] in {400, 401}
    assert not house.heard


def test_the_signature_is_judged_before_the_content(house, logs):
    assert house.post(b"\xff", secret="another") == 401
    assert logs.reasons() == ["forged"]


DEEP = 100_000
MALFORMED = {
    "empty": b"",
    "not JSON": b"{",
    "with a mark": b'\xef\xbb\xbf{"a": 1}',
    "a list": b"[]",
    "a string": b'"a"',
    "null": b"null",
    "NaN": b'{"a": NaN}',
    "infinite": b'{"a": -Infinity}',
    "a number of many digits": b'{"a": ' + b"9" * 5000 + b"}",
    "deep lists": b'{"a": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "deep objects": b'{"event":' * 500 + b"{}" + b"}" * 500,
    "NUL": b'{"a": "\\u0000"}',
    "NUL in a name": b'{"\\u0000": 1}',
    "half an emoji": b'{"a": ["\\ud83d"]}',
    "control character": b'{"a": "\x00"}',
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_malformed_json_is_refused(house, logs, body):
    assert house.post(body) == 400
    assert logs.reasons() == ["malformed"]


NOT_UTF_8 = {
    "a byte": b'{"a": "\xff"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a surrogate": b"\xed\xa0\x80",
}


@pytest.mark.parametrize("kind", [JSON, FORM])
@pytest.mark.parametrize("secret", [SECRET, "another"])
@pytest.mark.parametrize("body", NOT_UTF_8.values(), ids=NOT_UTF_8)
def test_what_is_not_utf_8_is_forged_whoever_signed_it(house, logs, body, secret, kind):
    """Slack sends and signs nothing else."""
    assert house.post(body, kind, secret=secret) == 401
    assert logs.reasons() == ["forged"]
    assert not house.heard


@pytest.mark.parametrize("at", ["abc", NOW - 301])
def test_what_is_not_utf_8_is_looked_at_last(house, logs, at):
    headers = [(name, value.encode()) for name, value in signed(b"\xff", at=at)]
    assert house.ask("POST", "/slack/events", b"\xff", headers)[0] == 401
    assert logs.reasons() == ["unsigned" if at == "abc" else "stale"]


@pytest.mark.parametrize("payload", [*MALFORMED.values(), *NOT_UTF_8.values()], ids=[*MALFORMED, *NOT_UTF_8])
def test_a_malformed_payload_is_refused(house, logs, payload):
    assert house.post(urlencode({"payload": payload}).encode(), FORM) == 400
    assert logs.reasons() == ["malformed"]


@pytest.mark.parametrize("body", [b"a", b"a=%ff", b"a=%00", b"a=%ed%a0%80", b"&".join([b"a=1"] * 101)])
def test_a_malformed_form_is_refused(house, logs, body):
    assert house.post(body, FORM) == 400
    assert logs.reasons() == ["malformed"]


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "multipart/form-data", "application/json+x", ";", "\xff", JSON + ", " + JSON],
)
def test_other_content_types_are_refused(house, logs, content_type):
    assert house.post(b"{}", content_type.encode("latin-1")) == 400
    assert logs.reasons() == ["content type"]


def test_a_missing_content_type_is_refused(house, logs):
    assert house.ask("POST", "/slack/events", b"{}", signed(b"{}")[1:])[0] == 400
    assert logs.reasons() == ["content type"]


@pytest.mark.parametrize(
    "body",
    [{"user": 5}, {"authorizations": 5}, {"authorizations": [5]}, {"response_urls": [5]}, {"channel": 1.5}],
)
def test_a_shape_that_bolt_cannot_read_is_refused(house, logs, body):
    assert house.post(json.dumps(body).encode()) == 400
    assert logs.reasons() == ["odd shape"]


def test_a_body_of_a_mebibyte_is_let_in(house):
    assert house.post(b'{"a": "' + b"x" * (MEBIBYTE - 9) + b'"}') == 200


def head(*lines: str) -> bytes:
    return "\r\n".join(["POST /slack/events HTTP/1.1", "Host: bot", *lines, "", ""]).encode("latin-1")


@pytest.mark.parametrize("announced", [MEBIBYTE + 1, 10**15])
def test_a_body_announced_as_too_large_is_not_waited_for(house, logs, announced):
    with socket.create_connection(("127.0.0.1", house.port)) as connection:
        connection.sendall(head(f"Content-Length: {announced}"))
        assert connection.recv(65536).startswith(b"HTTP/1.1 413")
        assert connection.recv(1) == b""
    assert logs.reasons() == ["too large"]


def test_a_chunked_body_without_end_is_not_read_on(house, logs):
    with socket.create_connection(("127.0.0.1", house.port)) as connection:
        connection.sendall(head("Transfer-Encoding: chunked"))
        connection.sendall(b"%x\r\n" % (MEBIBYTE + 1) + b"x" * (MEBIBYTE + 1))
        assert connection.recv(65536).startswith(b"HTTP/1.1 413")
    assert logs.reasons() == ["too large"]


def test_a_chunked_body_is_heard_like_any_other(house):
    headers = [f"{name}: {value}" for name, value in signed(b'{"a": 1}')]
    chunks = b'4\r\n{"a"\r\n4\r\n: 1}\r\n0\r\n\r\n'
    assert house.say(head(*headers, "Transfer-Encoding: chunked", "Connection: close") + chunks).startswith(
        b"HTTP/1.1 200"
    )
    assert house.heard[0].body == {"a": 1}


def test_who_hangs_up_midway_is_not_heard_and_harms_nobody(house, logs):
    body = f'{{"a": "{CANARY}"}}'.encode()
    headers = [f"{name}: {value}" for name, value in signed(body)]
    house.say(head(*headers, f"Content-Length: {len(body)}") + body[:-1])
    assert house.post(b"{}") == 200
    assert [request.body for request in house.heard] == [{}]
    assert logs.entries == []
    assert "Exception" not in str(logs)


@pytest.mark.parametrize(
    "raw",
    [
        b"\0\xff" * 99,
        head("Content-Length: " + "9" * 40),
        head("Content-Length: -1"),
        head("Content-Length: abc"),
        head("Content-Length: 2", "Transfer-Encoding: chunked") + b"{}",
        head("Transfer-Encoding: chunked") + b"zz\r\n",
        head("Transfer-Encoding: chunked") + b"f" * 40 + b"\r\n",
        head("Content-Length: 2", "Upgrade: websocket", "Connection: Upgrade") + b"{}",
        b"POST http://[ HTTP/1.1\r\n\r\n",
        b"POST /slack/events HTTP/1.0\r\n\r\n",
    ],
)
def test_broken_http_gets_no_server_error(house, raw):
    answer = house.say(raw)
    assert not answer or int(answer.split()[1]) in ANSWERS
    assert house.ask("GET", "/livez")[0] == 200


def test_a_failure_is_a_server_error_that_is_logged_with_its_trace(house, logs):
    house.answer = OSError(CANARY)
    assert house.post(b"{}") == 500
    assert logs.entries == [{"event": "request failed", "exc_info": True, "log_level": "error"}]
    assert CANARY not in str(logs)


def test_what_bolt_stumbles_over_is_refused(house, logs):
    house.answer = LookupError(CANARY)
    assert house.post(b"{}") == 400
    assert logs.entries == [{"event": "request refused", "reason": "odd shape", "log_level": "warning"}]


def test_a_refusal_closes_the_connection_and_says_nothing(house):
    status, headers, text = house.ask("POST", "/slack/events", b"", [])
    assert (status, headers["connection"], text) == (401, "close", "")


words = st.text(max_size=20).map(CANARY.__add__)
leaves = st.none() | st.booleans() | st.floats() | st.integers() | words
shapes = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["user", "team", "event", CANARY]), inner)
    ),
    max_leaves=8,
)
bodies = st.one_of(
    st.binary(max_size=60).map(CANARY.encode().__add__),
    shapes.map(lambda shape: json.dumps(shape).encode()),
    st.dictionaries(st.sampled_from(["payload", "command", "text"]), words | shapes.map(json.dumps)).map(
        lambda fields: urlencode(fields).encode()
    ),
)
header_values = st.binary(max_size=40).map(lambda value: CANARY.encode() + re.sub(rb"[\r\n\0]", b"", value))
header_names = st.sampled_from(["Content-Type", "X-Slack-Signature", "X-Slack-Request-Timestamp", "X-Other"])


@settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    method=st.sampled_from(["POST", "POST", "POST", "GET", "PUT"]),
    path=st.sampled_from(["/slack/events", "/slack/events", "/slack/events", "/livez", "/slack"]),
    body=bodies,
    content_type=st.sampled_from([JSON, FORM, "application/json;charset=utf-16", "text/plain"]),
    as_slack=st.booleans(),
    others=st.lists(st.tuples(header_names, header_values), max_size=1),
)
def test_whatever_is_sent_is_no_server_error_and_leaves_no_trace(
    house, logs, method, path, body, content_type, as_slack, others
):
    headers = signed(body, content_type) if as_slack else []
    assert house.ask(method, path, body, headers + others)[0] in ANSWERS
    assert CANARY not in str(logs)
