"""Socket Mode: whatever stands in an envelope, it is acknowledged, and the next one is heard."""

import asyncio
from collections.abc import AsyncIterator
from random import Random

import pytest

from playground.slack.delivery import Delivery
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest
from tests.knocking.junk import nested, spoilt
from tests.knocking.people import everything_said
from tests.story import SHARED, Story, bot_in, set_up
from tests.tables import content

pytestmark = pytest.mark.slow

SEED = "2026-11"
UNREADABLE: dict[str, dict[str, object]] = {
    "a person who is a number": {"user": 5},
    "authorizations that are a number": {"authorizations": [5]},
    "a channel that is half a number": {"channel": 1.5},
    "no event": {"type": "event_callback", "event": []},
    "NUL": {"command": "/agenda", "text": "add \0"},
    "half an emoji": {"command": "/agenda", "text": "add \ud83d"},
    "depths": {"type": "block_actions", "user": nested(400)},
    "nothing": {},
}


@pytest.fixture
async def connected(empty_slack: Story, clock: FrozenClock, database: Database) -> AsyncIterator[Story]:
    set_up(database, clock)
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(empty_slack, clock, url, transport="socket"):
        await at_rest(database, clock)
        yield empty_slack


@pytest.mark.parametrize("payload", UNREADABLE.values(), ids=UNREADABLE)
async def test_a_payload_that_nobody_can_read_is_acknowledged_and_changes_nothing(
    connected: Story, database: Database, caplog: pytest.LogCaptureFixture, payload: dict[str, object]
) -> None:
    before = content(database)
    assert await connected.deliveries.deliver(Delivery("interactive", payload)) == {}
    assert content(database) == before
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    assert await connected.types("U0MEMBER", SHARED, "/agenda add Rents") is not None


async def test_three_hundred_odd_things_at_once_leave_the_connection_open(
    connected: Story, caplog: pytest.LogCaptureFixture
) -> None:
    rng = Random(SEED)
    people = [said for said in everything_said(connected) if said.delivery.kind != "slash_commands"]
    for _ in range(10):
        odd = [rng.choice(people).anew(rng) for _ in range(30)]
        envelopes = [Delivery(one.kind, spoilt(rng, one.payload)).envelope for one in odd]
        await asyncio.gather(*(connected.sockets.send(envelope) for envelope in envelopes))
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    assert len(connected.sockets._open) == 1
    assert await connected.types("U0MEMBER", SHARED, "/agenda add Rents") is not None


@pytest.mark.parametrize(
    "frame",
    ["", "hello", "[]", "{", '{"type": 5}', '{"type": "interactive", "envelope_id": "1", "payload": 5}'],
)
async def test_a_frame_that_is_no_envelope_is_passed_over(connected: Story, frame: str) -> None:
    [socket] = connected.sockets._open
    await socket.send_str(frame)
    assert await connected.types("U0MEMBER", SHARED, "/agenda add Rents") is not None
    assert connected.sockets._open == [socket]
