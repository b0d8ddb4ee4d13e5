"""What no Slack would send, and what it might: nothing breaks, and nothing changes."""

import copy
import hashlib
import hmac
import io
import time
from collections.abc import Iterator
from itertools import repeat
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from handlers.blocks.ids import ADD, LEAVE_OUT, LIST, TAKE, UNDO, WITHDRAW
from playground.slack import App, Slack
from playground.slack.delivery import Delivery
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, on_sqlite, opened, send, standing
from tests.long_forms import by_turns
from tests.story import SHARED, Story
from tests.tables import content

pytestmark = on_sqlite

Path = tuple[str | int, ...]

DROPPED = object()
OTHERWISE: list[Any] = [
    None,
    7,
    -(10**30),
    0.5,
    True,
    "",
    [],
    {},
    [[]],
    [7],
    {"a": 7},
    "\ud800",
    "\0",
]
"""What may stand in the place of anything, beside nothing at all."""
IN_A_FORM: list[Any] = [""]
"""What may stand there in a form, where all is text."""
BEYOND_OUR_EYES = {"message", "blocks"}
"""What the bot said itself, and Slack repeats."""


@pytest.fixture
async def said(slack: Story, database: Database, clock: FrozenClock) -> list[Delivery]:
    """One delivery of every kind, after all of which the bot has acted."""
    await slack.types("U0MEMBER", SHARED, "/agenda add")
    await send(slack, "U0MEMBER", title="Rents", minutes="10")
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts")
    await slack.clicks("U0MEMBER", receipt, WITHDRAW)
    await slack.types("U0MEMBER", SHARED, "/agenda add Food (15 min)")
    await slack.types("U0MEMBER", SHARED, "/agenda mine")
    await slack.clicks("U0KOFI", await standing(slack), LIST)
    await slack.clicks("U0KOFI", await standing(slack), ADD)
    opened(slack, "U0KOFI")
    await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Food"), TAKE)
    await slack.clicks("U0DEPUTY", await slack.in_direct("U0DEPUTY", "added this"), UNDO)
    await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Rents"), LEAVE_OUT)
    await send(slack, "U0CURATOR", reason="too full", note="Next time, gladly")
    await slack.opens_home("U0ADMIN")
    await at_rest(database, clock)
    return [sent.delivery for sent in slack.deliveries._sent]


@pytest.mark.slow
async def test_no_key_that_is_missing_or_of_another_type_breaks_or_changes_anything(
    slack: Story, database: Database, said: list[Delivery], caplog: pytest.LogCaptureFixture
) -> None:
    before = content(database)
    some, all_in_a_form = by_turns(OTHERWISE, 3), repeat(IN_A_FORM)
    async with aiohttp.ClientSession() as session:
        for delivery in said:
            otherwise = all_in_a_form if delivery.kind == "slash_commands" else some
            for path, things in zip(places_in(delivery.payload), otherwise, strict=False):
                with capture_logs() as logged:
                    statuses = {
                        await post(session, slack, Delivery(delivery.kind, odd))
                        for odd in variations(delivery.payload, path, [DROPPED, *things])
                    }
                where = (delivery.kind, delivery.payload.get("type"), path)
                assert statuses <= {200, 400}, where
                assert [line for line in logged if line["log_level"] == "error"] == [], where
            assert content(database) == before, (delivery.kind, delivery.payload.get("type"))
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


def places_in(what: Any, path: Path = ()) -> Iterator[Path]:
    """Where something stands in the payload, the deepest places too."""
    inside = what.items() if isinstance(what, dict) else enumerate(what) if isinstance(what, list) else ()
    for key, value in inside:
        yield (*path, key)
        if key not in BEYOND_OUR_EYES:
            yield from places_in(value, (*path, key))


def variations(payload: dict[str, Any], path: Path, things: list[Any]) -> Iterator[dict[str, Any]]:
    *way, last = path
    for instead in things:
        odd = copy.deepcopy(payload)
        there: Any = odd
        for key in way:
            there = there[key]
        if isinstance(instead, str) and isinstance(there[last], str) and instead:
            continue  # another text is a thing that could be said
        if instead is DROPPED:
            del there[last]
        else:
            there[last] = instead
        yield odd


async def post(session: aiohttp.ClientSession, slack: Slack, delivery: Delivery) -> int:
    headers = delivery.headers(slack.signing_secret, time.time())
    async with session.post(slack.app.request_url or "", data=delivery.body, headers=headers) as answer:
        await answer.read()
        return answer.status


CANARY = b"canary-5d1e"
COMMAND = b"command=%2Fagenda&text=" + CANARY
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def signed(secret: str, body: bytes, kind: str = FORM, age: float = 0) -> dict[str, str]:
    stamp = str(int(time.time() - age))
    mac = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac}", "Content-Type": kind}


SECRET = App().signing_secret
HUGE, BROKEN, TORN = CANARY * 200_000, b"\xff" + CANARY, b"payload={" + CANARY


@pytest.mark.parametrize(
    ("body", "signature", "status", "reason"),
    [
        (COMMAND, None, 401, "unsigned"),
        (COMMAND, {"secret": SECRET, "age": 600}, 401, "stale"),
        (COMMAND, {"secret": "another secret"}, 401, "forged"),
        (HUGE, {"secret": SECRET}, 413, "too large"),
        (BROKEN, {"secret": SECRET, "kind": JSON}, 401, "forged"),
        (TORN, {"secret": SECRET}, 400, "malformed"),
    ],
    ids=["unsigned", "stale", "forged", "oversized", "not UTF-8", "torn"],
)
async def test_what_is_not_slacks_is_refused_and_only_a_reason_is_logged(
    slack: Slack,
    database: Database,
    clock: FrozenClock,
    body: bytes,
    signature: dict[str, Any] | None,
    status: int,
    reason: str,
) -> None:
    await at_rest(database, clock)
    before = content(database)
    headers = {} if signature is None else signed(body=body, **signature)
    with capture_logs() as logged:
        async with aiohttp.ClientSession() as session:
            url, sent = slack.app.request_url or "", io.BytesIO(body)
            async with session.post(url, data=sent, headers=headers) as answer:
                assert answer.status == status
    assert [(line["event"], line["reason"]) for line in logged] == [("request refused", reason)]
    assert CANARY.decode() not in str(logged)
    assert content(database) == before


ODD: dict[str, tuple[str, Any]] = {
    "an action that nobody knows": ("interactive", {"actions": [{"action_id": "no.such", "type": "button"}]}),
    "an element that we do not use": (
        "interactive",
        {"actions": [{"action_id": "item.take", "type": "checkboxes", "selected_options": []}]},
    ),
    "an attachment's button": (
        "interactive",
        {"type": "interactive_message", "callback_id": "x", "actions": [{"name": "x", "value": "1"}]},
    ),
    "a dialog": ("interactive", {"type": "dialog_submission", "callback_id": "x", "submission": {}}),
    "a shortcut": ("interactive", {"type": "shortcut", "callback_id": "x"}),
    "a message shortcut": ("interactive", {"type": "message_action", "callback_id": "x"}),
    "options asked for": ("interactive", {"type": "block_suggestion", "action_id": "x", "block_id": "y"}),
    "a form closed": ("interactive", {"type": "view_closed", "view": {"callback_id": "item.add_form"}}),
    "a form that nobody knows": (
        "interactive",
        {"type": "view_submission", "view": {"type": "modal", "callback_id": "x"}},
    ),
    "a type of the future": ("interactive", {"type": "thought_transfer"}),
    "no type at all": ("interactive", {"type": None}),
    "an event of the future": ("events_api", {"event": {"type": "thought_transferred", "user": "U0MEMBER"}}),
    "somebody joined": ("events_api", {"event": {"type": "member_joined_channel", "user": "U0NEW"}}),
    "an event without a type": ("events_api", {"event": {}}),
    "no event": ("events_api", {}),
    "words in a channel": ("events_api", {"event": {"type": "message", "text": "hello", "user": "U0MEMBER"}}),
    "a message changed": ("events_api", {"event": {"type": "message", "subtype": "message_changed"}}),
    "the app taken off": ("events_api", {"event": {"type": "app_uninstalled"}}),
    "another command": ("slash_commands", {"command": "/lunch", "text": "soup"}),
    "nothing": ("slash_commands", {}),
}


@pytest.mark.parametrize(("kind", "said"), ODD.values(), ids=ODD.keys())
async def test_what_is_signed_and_odd_is_taken_and_changes_nothing(
    slack: Story,
    database: Database,
    clock: FrozenClock,
    kind: Any,
    said: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    await at_rest(database, clock)
    before = content(database)
    person = {"id": "U0MEMBER", "team_id": "T0SISTER"}
    usual = {
        "interactive": {"type": "block_actions", "user": person, "team": None, "trigger_id": "1.2"},
        "events_api": {"type": "event_callback", "team_id": "T0SISTER", "event_id": "Ev1"},
        "slash_commands": {"team_id": "T0SISTER", "user_id": "U0MEMBER", "trigger_id": "1.2"},
    }[kind]
    with capture_logs() as logged:
        async with aiohttp.ClientSession() as session:
            assert await post(session, slack, Delivery(kind, usual | said)) == 200
    assert [line for line in logged if line["log_level"] == "error"] == []
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
    assert content(database) == before
