"""Who keeps the HTTP door waiting, sends too much, or sends what nobody asked for."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from itertools import repeat

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.hearing.front_door import FrontDoor
from handlers.slack.timeouts import Timeouts
from program.connections import LONGEST_HEAD, MOST_LINES
from program.serving import listening, serving
from tests.story import UNHURRIED

SOON = 0.05
NOW = 1_800_000_000
SECRET = "the secret of a Slack that exists only here"
KIBIBYTE, MEBIBYTE = 1024, 1024 * 1024


class Visitor:
    """One connection to the door."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def says(self, *pieces: bytes) -> None:
        await self.goes_on(pieces)

    async def goes_on(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self._writer.write(piece)
            await self._writer.drain()

    async def hears(self) -> int:
        """The status of the next answer."""
        head = await self._reader.readuntil(b"\r\n\r\n")
        status, *lines = head.decode().lower().split("\r\n")
        length = next((line.split()[1] for line in lines if line.startswith("content-length:")), "0")
        await self._reader.readexactly(int(length))
        return int(status.split()[1])

    async def goes(self) -> None:
        self._writer.close()

    async def is_shown_out(self) -> bool:
        """Once it happens."""
        try:
            return await self._reader.read() == b""
        except ConnectionResetError:
            return True


@asynccontextmanager
async def going_on(visitor: Visitor, piece: bytes) -> AsyncIterator[None]:
    """Says it again and again meanwhile."""

    async def goes_on() -> None:
        with suppress(ConnectionError):
            while True:
                await visitor.says(piece)
                await asyncio.sleep(0)

    saying = asyncio.create_task(goes_on())
    yield
    saying.cancel()
    await asyncio.gather(saying, return_exceptions=True)


Visit = Callable[[], Awaitable[Visitor]]


@asynccontextmanager
async def street(timeouts: Timeouts = UNHURRIED, most_unfinished: int = 100) -> AsyncIterator[Visit]:
    async def hears(_: AsyncBoltRequest) -> BoltResponse:
        return BoltResponse(status=200)

    async def ready() -> list[str]:
        return []

    visitors = []
    door = FrontDoor(
        listen=hears, signing_secret=SECRET, ready=ready, clocks=[lambda: NOW], body_within=timeouts.body
    )
    with listening("127.0.0.1", 0) as listener:
        host, port = listener.getsockname()

        async def visit() -> Visitor:
            visitors.append(Visitor(*await asyncio.open_connection(host, port)))
            return visitors[-1]

        async with serving(door, listener, 2, timeouts, most_unfinished):
            yield visit
            for visitor in visitors:
                await visitor.goes()


def head(*lines: str, method: str = "POST", path: str = "/slack/events") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: bot", *lines, "", ""]).encode()


def signed(body: bytes) -> list[str]:
    digest = hmac.new(SECRET.encode(), b"v0:%d:%b" % (NOW, body), hashlib.sha256).hexdigest()
    return [
        "Content-Type: application/json",
        f"X-Slack-Request-Timestamp: {NOW}",
        f"X-Slack-Signature: v0={digest}",
    ]


ALIVE = head(method="GET", path="/livez")


async def test_a_head_that_does_not_end_is_waited_for_no_longer_than_so():
    async with street(replace(UNHURRIED, head=SOON)) as visit:
        visitor = await visit()
        await visitor.says(ALIVE[:-3])
        assert await visitor.hears() == 408
        assert await visitor.is_shown_out()


async def test_a_letter_now_and_then_wins_no_time():
    async with street(replace(UNHURRIED, head=SOON)) as visit:
        visitor = await visit()
        async with going_on(visitor, b"a"):
            assert await visitor.hears() == 408


async def test_who_says_nothing_is_shown_out():
    async with street(replace(UNHURRIED, head=SOON)) as visit:
        visitor = await visit()
        assert await visitor.hears() == 408
        assert await visitor.is_shown_out()


async def test_the_next_request_of_a_connection_is_waited_for_no_longer_either():
    async with street(replace(UNHURRIED, head=SOON)) as visit:
        visitor = await visit()
        await visitor.says(ALIVE)
        assert await visitor.hears() == 200
        await visitor.says(ALIVE[:-3])
        assert await visitor.hears() == 408


async def test_a_request_whose_beginning_came_with_another_is_waited_for_no_longer_either():
    async with street(replace(UNHURRIED, head=SOON)) as visit:
        visitor = await visit()
        await visitor.says(ALIVE + ALIVE[:-3])
        assert [await visitor.hears() for _ in range(2)] == [200, 408]


async def test_a_head_in_pieces_that_comes_in_time_is_heard():
    async with street() as visit:
        visitor = await visit()
        await visitor.says(*(ALIVE[at : at + 1] for at in range(len(ALIVE))))
        assert await visitor.hears() == 200


@pytest.mark.parametrize("body", ["Content-Length: 10", "Transfer-Encoding: chunked"])
async def test_a_body_that_does_not_end_is_waited_for_no_longer_than_so(body):
    async with street(replace(UNHURRIED, body=SOON)) as visit:
        visitor = await visit()
        await visitor.says(head(body), b"1\r\n")
        assert await visitor.hears() == 408
        assert await visitor.is_shown_out()


async def test_a_body_is_no_part_of_the_head():
    body = b"{}"
    async with street(replace(UNHURRIED, head=SOON)) as visit:
        visitor = await visit()
        await visitor.says(head(*signed(body), f"Content-Length: {len(body)}"))
        await asyncio.sleep(2 * SOON)
        await visitor.says(body)
        assert await visitor.hears() == 200


def padded(to: int, path: str = "/livez") -> bytes:
    least = len(head("X: ", method="GET", path=path))
    return head("X: " + "a" * (to - least), method="GET", path=path)


@pytest.mark.parametrize("piece", [KIBIBYTE, MEBIBYTE])
async def test_a_long_head_is_refused_however_it_comes(piece):
    long = padded(LONGEST_HEAD + KIBIBYTE)
    async with street() as visit:
        visitor = await visit()
        await visitor.says(*(long[at : at + piece] for at in range(0, len(long), piece)))
        assert await visitor.hears() == 431
        assert await visitor.is_shown_out()


@pytest.mark.parametrize("before", [b"", ALIVE], ids=["first", "second"])
@pytest.mark.parametrize(
    "long",
    [
        head(method="GET", path="/" + "%41" * LONGEST_HEAD),
        head("X: " + " " * LONGEST_HEAD + "a", method="GET", path="/livez"),
        head("X: a", *[" b"] * MOST_LINES, method="GET", path="/livez"),
        head("X: a", *[" "] * MOST_LINES, method="GET", path="/livez"),
    ],
    ids=["letters as numbers", "blanks", "a line that goes on", "a line that goes on with nothing"],
)
async def test_a_head_is_as_long_as_it_came_and_not_as_it_is_read(before, long):
    async with street() as visit:
        visitor = await visit()
        await visitor.says(before + long)
        answers = [await visitor.hears() for _ in range(2 if before else 1)]
        assert answers[-1] == 431
        assert await visitor.is_shown_out()


async def test_a_body_in_one_piece_with_its_head_is_not_measured_as_one():
    body = b"{%b}" % (b" " * 2 * LONGEST_HEAD)
    async with street() as visit:
        visitor = await visit()
        await visitor.says(head(*signed(body), f"Content-Length: {len(body)}") + body)
        assert await visitor.hears() == 200


@pytest.mark.parametrize("path", ["/livez", "/slack/events", "/nowhere"])
async def test_a_head_of_many_lines_is_refused_everywhere(path):
    lines = [f"X-{number}: a" for number in range(MOST_LINES)]
    async with street() as visit:
        visitor = await visit()
        await visitor.says(head(*lines, method="GET", path=path))
        assert await visitor.hears() == 431
        visitor = await visit()
        await visitor.says(head(*lines[:-1], method="GET", path="/livez"))
        assert await visitor.hears() == 200


async def test_a_head_that_is_not_too_long_is_heard():
    async with street() as visit:
        visitor = await visit()
        await visitor.says(padded(LONGEST_HEAD - KIBIBYTE))
        assert await visitor.hears() == 200


@pytest.mark.parametrize(
    "begun",
    [
        b"GET /" + b"a" * KIBIBYTE,
        head()[:-2] + b"X: " + b"a" * KIBIBYTE,
        head("Transfer-Encoding: chunked") + b"1;" + b"a" * KIBIBYTE,
        head("Transfer-Encoding: chunked") + b"0\r\nX: " + b"a" * KIBIBYTE,
    ],
    ids=["path", "line", "remark on a chunk", "line after the chunks"],
)
async def test_nothing_is_read_without_end(begun):
    async with street() as visit:
        visitor = await visit()
        await visitor.says(begun)
        async with going_on(visitor, b"a" * KIBIBYTE):
            assert await visitor.hears() == 431


async def test_a_crowd_that_says_nothing_does_not_keep_slack_out():
    async with street(most_unfinished=3) as visit:
        crowd = [await visit() for _ in range(9)]
        for one in crowd[:6]:
            assert await one.is_shown_out()
        slack = await visit()
        await slack.says(ALIVE)
        assert await slack.hears() == 200
        await crowd[-1].says(ALIVE)
        assert await crowd[-1].hears() == 200


async def test_a_crowd_with_half_a_body_each_does_not_keep_slack_out():
    async with street(most_unfinished=3) as visit:
        crowd = []
        for _ in range(4):
            crowd.append(await visit())
            await crowd[-1].says(head("Content-Length: 10", "Expect: 100-continue"))
            assert await crowd[-1].hears() == 100
            await crowd[-1].says(b"12345")
        assert await crowd[0].is_shown_out()
        slack = await visit()
        await slack.says(ALIVE)
        assert await slack.hears() == 200


async def test_several_requests_at_once_are_answered_one_after_another():
    async with street() as visit:
        visitor = await visit()
        await visitor.says(ALIVE + head(method="GET", path="/nowhere") + ALIVE)
        assert [await visitor.hears() for _ in range(3)] == [200, 404, 200]


async def test_a_body_longer_than_announced_is_no_part_of_it():
    async with street() as visit:
        visitor = await visit()
        await visitor.says(head(*signed(b"{}"), "Content-Length: 2") + b"{} and more\r\n\r\n")
        assert [await visitor.hears() for _ in range(2)] == [200, 400]
        assert await visitor.is_shown_out()


async def test_a_sender_who_asks_before_it_sends_is_told_to_go_on():
    async with street() as visit:
        visitor = await visit()
        await visitor.says(head(*signed(b"{}"), "Content-Length: 2", "Expect: 100-continue"))
        assert await visitor.hears() == 100
        await visitor.says(b"{}")
        assert await visitor.hears() == 200


async def test_a_sender_who_asks_before_it_sends_too_much_is_told_not_to():
    async with street() as visit:
        visitor = await visit()
        await visitor.says(head(f"Content-Length: {MEBIBYTE + 1}", "Expect: 100-continue"))
        assert await visitor.hears() == 413


@pytest.mark.parametrize("body", ["Content-Length: 1000000000", "Transfer-Encoding: chunked"])
@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/livez", 200), ("POST", "/nowhere", 404)])
async def test_a_body_that_nobody_asked_for_is_not_waited_for(method, path, status, body):
    async with street() as visit:
        visitor = await visit()
        await visitor.says(head(body, method=method, path=path))
        assert await visitor.hears() == status
        async with going_on(visitor, b"1\r\n1\r\n"):
            assert await visitor.is_shown_out()


async def test_who_sends_too_much_can_send_it_all_and_read_why_not():
    """Who is cut off while they send sees a broken connection, and no answer."""
    async with street() as visit:
        visitor = await visit()
        await visitor.says(head(f"Content-Length: {20 * MEBIBYTE}"), *[b"a" * MEBIBYTE] * 20)
        assert await visitor.hears() == 413
        assert await visitor.is_shown_out()


async def test_who_sends_for_ever_is_cut_off():
    async with street() as visit:
        visitor = await visit()
        await visitor.says(head(f"Content-Length: {20 * MEBIBYTE}"))
        assert await visitor.hears() == 413
        with pytest.raises(ConnectionError):
            await visitor.goes_on(repeat(b"a" * KIBIBYTE))
