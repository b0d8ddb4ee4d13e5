"""The bot at work, as Prometheus sees it: what hurts is counted, and no label names anybody or any place."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select

from playground.slack import RateLimited
from storage import outbox
from storage.database import Database
from storage.items import Item, ItemState
from storage.post_kinds import PostKind
from storage.tenancy import across_consortia
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, on_sqlite
from tests.story import SHARED, Story, bot_in, set_up

pytestmark = pytest.mark.slow


@pytest.fixture(params=["http", "socket"])
async def slack(
    request: pytest.FixtureRequest, empty_slack: Story, clock: FrozenClock, database: Database
) -> AsyncIterator[Story]:
    set_up(database, clock)
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(empty_slack, clock, url, transport=request.param):
        await at_rest(database, clock)
        yield empty_slack


async def scraped(slack: Story) -> str:
    assert slack.app.request_url is not None
    address = slack.app.request_url.replace("/slack/events", "/metrics")
    async with ClientSession() as session, session.get(address) as answer:
        assert (answer.status, answer.content_type) == (200, "text/plain")
        return await answer.text()


async def counted(slack: Story, sample: str, **labels: str) -> float:
    families = text_string_to_metric_families(await scraped(slack))
    found = (
        one.value for each in families for one in each.samples if (one.name, one.labels) == (sample, labels)
    )
    return next(found, 0)


async def comes_to_count(slack: Story, sample: str, **labels: str) -> None:
    while not await counted(slack, sample, **labels):  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.01)


async def test_who_may_not_is_counted_by_policy(slack: Story) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda curate")
    await slack.types("U0MEMBER", SHARED, "/agenda setup")
    await slack.types("U0MEMBER", SHARED, "/agenda setup")
    await slack.types("U0OUTSIDE", "C0OTHER", "/agenda list")
    await slack.types("U0ADMIN", SHARED, "/agenda setup")
    assert await counted(slack, "authz_denied_total", policy="decides_on_next_meeting") == 1
    assert await counted(slack, "authz_denied_total", policy="admin") == 2
    assert await counted(slack, "authz_denied_total", policy="anyone") == 1


@on_sqlite
async def test_what_slack_delivers_again_is_counted(slack: Story) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda tip Breathe")
    assert await counted(slack, "inbox_duplicates_total") == 0
    await slack.again()
    assert await counted(slack, "inbox_duplicates_total") == 1


@on_sqlite
async def test_what_slack_limits_is_counted_by_method(slack: Story) -> None:
    slack.next_answer("views.open", RateLimited())
    slack.next_answer("chat.postMessage", RateLimited())
    await slack.types("U0MEMBER", SHARED, "/agenda add")
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts")
    assert await counted(slack, "slack_429_total", method="views.open") == 1
    await comes_to_count(slack, "slack_429_total", method="chat.postMessage")
    assert await counted(slack, "slack_429_total", method="chat.postMessage") == 1


@on_sqlite
async def test_by_how_much_the_machines_clock_differs_from_slacks_is_told(
    slack: Story, clock: FrozenClock
) -> None:
    """The small Slack's stands still at the beginning of the story."""
    differs = clock.timestamp() - time.time()
    assert abs(await counted(slack, "clock_skew_seconds") - differs) < 60


async def test_what_waits_in_the_outbox_is_told(slack: Story, clock: FrozenClock) -> None:
    assert await counted(slack, "outbox_oldest_due_seconds") == 0
    slack.next_answer("chat.postMessage", RateLimited(retry_after=1000))
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts")
    clock.passes(seconds=50)
    assert await counted(slack, "outbox_oldest_due_seconds") == 50


@on_sqlite
async def test_without_its_database_the_bot_tells_what_it_counts_itself(
    slack: Story, database: Database
) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda setup")
    with database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE post RENAME TO lost")
    assert await counted(slack, "authz_denied_total", policy="admin") == 1
    assert str(await counted(slack, "outbox_unknown")) == "nan"


async def test_what_was_sent_is_counted_by_kind_and_by_what_became_of_it(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    assert await counted(slack, "posts_total", kind="standing", result="sent") == 1
    slack.next_answer("chat.postMessage", RateLimited(1))
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts")
    await comes_to_count(slack, "posts_total", kind="card", result="notsent")
    clock.passes(seconds=2)
    await slack.types("U0MEMBER", SHARED, "/agenda tip Breathe")
    await at_rest(database, clock)
    assert await counted(slack, "posts_total", kind="card", result="sent") == 2
    assert await counted(slack, "post_lateness_seconds_count") == 3
    assert await counted(slack, "lease_lost_total") == 0


async def test_the_clocks_age_is_that_of_its_heartbeat(slack: Story) -> None:
    assert 0 <= await counted(slack, "tick_age_seconds") < 60


@on_sqlite
async def test_what_does_not_open_is_counted_and_shown_to_nobody(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts")
    await slack.in_direct("U0CURATOR", "Budget cuts")
    await at_rest(database, clock)
    with database.transaction() as session, across_consortia(session):
        item = session.scalars(select(Item)).one()
        item.state, item.decided_at, item.sealed_reason = ItemState.NOT_TAKEN, clock(), "v1.tests.tampered"
    await slack.types("U0MEMBER", SHARED, "/agenda mine")
    with database.transaction(1) as session:
        outbox.refresh(session, PostKind.CARD, subject_id=item.id)
    await slack.types("U0MEMBER", SHARED, "/agenda tip Breathe")
    await comes_to_count(slack, "decrypt_failed_total")
    said = [one.text for told in slack.world.messages.values() for one in told]
    assert not any("tampered" in text for text in said)
