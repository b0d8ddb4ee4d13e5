"""Something between the bot and Slack answers in Slack's place: it is no answer, and no mistake of ours is taken for one."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession, web
from slack_sdk.errors import SlackRequestError
from structlog.testing import capture_logs

from handlers.blocks.surfaces import Shown
from handlers.delivery.sending import Draft, Sender
from handlers.delivery.uploads import Uploads
from handlers.slack.connection import Connection
from handlers.slack.outcomes import FAILURES
from playground.slack import Garbled
from playground.slack.faults import HTML, PLAIN, TORN, Answering, Fault
from storage.database import Database
from storage.happenings import Happening
from storage.outcomes import Outcome, Unclear
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.clock import FrozenClock
from tests.handlers.steps import everything, on_sqlite
from tests.story import SHARED, Story
from tests.tables import content

JSON = "application/json"


@dataclass(frozen=True)
class InAnotherEncoding:
    """Text that says it is UTF-8, and is not; `stored`: the call was done."""

    status: int = 200
    stored: bool = False

    async def __call__(self, answering: Answering, _: web.Request) -> web.Response:
        if self.stored:
            answering()
        body = "café".encode("latin-1")
        return web.Response(body=body, content_type="text/plain", charset="utf-8", status=self.status)


@dataclass(frozen=True)
class InNoEncoding:
    """JSON in an encoding that is none of text, or of which nothing can be read; `stored`: the call was done."""

    encoding: str
    status: int = 200
    stored: bool = False

    async def __call__(self, answering: Answering, _: web.Request) -> web.Response:
        if self.stored:
            answering()
        said = {"Content-Type": f"{JSON}; charset={self.encoding}"}
        return web.Response(body=b'{"ok": true}', headers=said, status=self.status)


@dataclass(frozen=True)
class SentElsewhere:
    """To where the call would be done once more; `stored`: it was done here already."""

    status: int
    body: str = ""
    stored: bool = False

    async def __call__(self, answering: Answering, request: web.Request) -> web.Response:
        if self.stored:
            answering()
        there = {"Location": str(request.url)}
        return web.Response(text=self.body, content_type=JSON, headers=there, status=self.status)


NO_ANSWERS: dict[str, Any] = {
    "plain text": Garbled(*PLAIN),
    "plain text that looks like JSON": Garbled('{"ok": true}', "text/plain"),
    "another encoding": InAnotherEncoding(),
    "HTML": Garbled(*HTML),
    "torn JSON": Garbled(*TORN),
    "an archive": Garbled("PK", "application/gzip"),
    "nothing": Garbled("", JSON),
    "an empty object": Garbled("{}", JSON),
    "a list": Garbled('[{"ok": true}]', JSON),
    "an empty list": Garbled("[]", JSON),
    "a string": Garbled('"ok"', JSON),
    "a number": Garbled("5", JSON),
    "null": Garbled("null", JSON),
    "true": Garbled("true", JSON),
    "an encoding that is none of text": InNoEncoding("base64"),
    "an encoding of nothing": InNoEncoding("undefined"),
    "a number that is too long": Garbled(f'{{"ok": true, "ts": {"1" * 5000}}}', JSON),
    "too deep": Garbled("[" * 100_000, JSON),
    "an error that is a number": Garbled('{"ok": false, "error": 5}', JSON),
    "an error that is an object": Garbled('{"ok": false, "error": {"a": "not_in_channel"}}', JSON),
    "an error that is no word": Garbled('{"ok": false, "error": "a\\u0000b"}', JSON),
}
STATUSES = (200, 403, 502)
EVERY = [
    pytest.param(replace(fault, status=status), id=f"{name}, {status}")
    for name, fault in NO_ANSWERS.items()
    for status in STATUSES
] + [
    pytest.param(SentElsewhere(307), id="elsewhere"),
    pytest.param(SentElsewhere(302, '{"ok": false, "error": "not_in_channel"}'), id="elsewhere, with a word"),
]
SAID = Shown(
    {"text": "Hello", "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "Hello"}}]}
)


@dataclass(frozen=True)
class Answered:
    """No fault: for the calls before the one that goes wrong."""

    async def __call__(self, answering: Answering, _: web.Request) -> web.Response:
        return answering()


@pytest.fixture
async def empty_slack(clock: FrozenClock) -> AsyncIterator[Story]:
    """A patient one: here it matters only what is answered."""
    slack = Story(clock)
    await slack.start()
    yield slack
    await slack.stop()


@pytest.fixture
async def connection(empty_slack: Story, clock: FrozenClock) -> AsyncIterator[Connection]:
    async with ClientSession() as session:
        yield Connection(empty_slack.api_url, empty_slack.bot_token, session, clock)


async def sent(connection: Connection, clock: FrozenClock, **more: Any) -> Outcome:
    post = Post(kind=PostKind.CALL, place=SHARED, reference="1", due_at=clock(), **more)
    return await sender(connection).send(post, Draft(SAID), time.monotonic() + 60)


def sender(connection: Connection) -> Sender:
    async def keeps_nothing(_post: Post, _happening: Happening) -> bool:
        return True

    client = connection.posting_client
    assert client.session is not None
    return Sender(client, client, timedelta, Uploads(client, client.session, keeps_nothing))


def times_called(slack: Story, method: str) -> int:
    return [call.method for call in slack.calls].count(method)


# --- Posting, editing


@pytest.mark.parametrize("fault", EVERY)
async def test_of_a_post_nobody_knows_whether_it_is_there(
    empty_slack: Story, connection: Connection, clock: FrozenClock, fault: Any
) -> None:
    empty_slack.next_answer("chat.postMessage", replace(fault, stored=True))
    assert isinstance(await sent(connection, clock), Unclear)
    assert len(empty_slack.ledger) == times_called(empty_slack, "chat.postMessage") == 1


@pytest.mark.parametrize("fault", EVERY)
async def test_of_an_edit_nobody_knows_whether_it_was_made(
    empty_slack: Story, connection: Connection, clock: FrozenClock, fault: Any
) -> None:
    posted = await connection.posting_client.chat_postMessage(channel=SHARED, text="Hello")
    empty_slack.next_answer("chat.update", replace(fault, stored=True))
    assert isinstance(await sent(connection, clock, channel_id=SHARED, ts=posted["ts"]), Unclear)
    assert times_called(empty_slack, "chat.update") == 1


async def test_who_asks_to_wait_in_plain_text_is_obeyed(
    empty_slack: Story, connection: Connection, clock: FrozenClock
) -> None:
    empty_slack.next_answer("chat.postMessage", Garbled(*PLAIN, status=429))
    for _ in range(2):
        outcome = await sent(connection, clock)
        assert getattr(outcome, "wait", None) == 30
    assert times_called(empty_slack, "chat.postMessage") == 1


# --- What people ask for


@on_sqlite
async def test_of_a_form_that_did_not_open_the_person_hears(slack: Story) -> None:
    for fault in every_fault():
        slack.next_answer("views.open", fault)
        with capture_logs() as logs:
            answer = await slack.types("U0MEMBER", SHARED, "/agenda add")
        assert answer is not None
        assert "The form did not open" in answer.text, fault
        assert [line["event"] for line in logs] == ["an answer did not get through"], fault
    assert times_called(slack, "views.open") == len(EVERY)


@on_sqlite
async def test_whom_nobody_tells_is_not_let_in(slack: Story, database: Database, clock: FrozenClock) -> None:
    before = await everything(database, clock)
    for fault in every_fault():
        slack.next_answer("users.info", fault)
        answer = await slack.types("U0NEW", SHARED, "/agenda")
        assert answer is not None
        assert "Slack does not tell me who you are" in answer.text, fault
    assert content(database) == before


@on_sqlite
@pytest.mark.parametrize("pages_before", [0, 1])
async def test_who_may_be_on_a_page_that_did_not_come_is_not_let_in(
    slack: Story, database: Database, clock: FrozenClock, pages_before: int
) -> None:
    for number in range(1100):
        slack.add_person(f"U1CROWD{number}", "T0SISTER", f"Person {number}")
        slack.world.channels[SHARED].members.insert(0, f"U1CROWD{number}")
    before = await everything(database, clock)
    for fault in every_fault():
        for _ in range(pages_before):
            slack.next_answer("conversations.members", Answered())
        slack.next_answer("conversations.members", fault)
        answer = await slack.types("U0NEW", "C0OTHER", "/agenda")
        assert answer is not None
        assert "Slack does not tell me just now who is in the shared channel" in answer.text, fault
    assert times_called(slack, "conversations.members") == len(EVERY) * (pages_before + 1)
    assert content(database) == before


@on_sqlite
@pytest.mark.parametrize("beside", ['["dGVhbQ=="]', '"dGVhbQ=="', "5", '{"next_cursor": 5}'])
async def test_a_list_of_which_nobody_can_tell_where_it_goes_on_puts_nobody_out(
    slack: Story, database: Database, clock: FrozenClock, beside: str
) -> None:
    before = await everything(database, clock)
    page = Garbled(f'{{"ok": true, "members": ["U0ADMIN"], "response_metadata": {beside}}}', JSON)
    slack.weather_becomes(lambda method: page if method == "conversations.members" else None)
    answer = await slack.types("U0NEW", "C0OTHER", "/agenda")
    assert answer is not None
    assert "Slack does not tell me just now who is in the shared channel" in answer.text
    assert content(database) == before


def every_fault() -> list[Fault]:
    return [param.values[0] for param in EVERY]


# --- Mistakes of our own


@pytest.mark.parametrize(
    "mistake", [AttributeError, NameError, TypeError, KeyError, IndexError, ValueError, SlackRequestError]
)
def test_no_mistake_of_ours_counts_as_slacks_silence(mistake: type[Exception]) -> None:
    assert not issubclass(mistake, FAILURES)


async def test_a_mistake_in_sending_comes_out_as_it_is(
    connection: Connection, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.delivery.sending.metadata", lambda reference: reference.name)
    with pytest.raises(AttributeError, match="name"):
        await sent(connection, clock)


@on_sqlite
async def test_a_mistake_in_letting_people_in_is_logged_with_its_trace(
    slack: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.hearing.introductions._read", lambda user: user.nmae)
    with capture_logs() as logs:
        answer = await slack.types("U0NEW", SHARED, "/agenda")
    assert answer is not None
    assert "Something went wrong on our side" in answer.text
    assert [line["event"] for line in logs] == ["a turn failed"]
