"""No word of a person, no name and no secret is in the log at DEBUG, in metrics, health checks or metadata.

Through a whole story, and through everything that goes wrong with one: Slack that refuses, breaks off or answers with an
error page, and a database that lost a table.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from handlers.blocks.ids import ADD, EDIT, HOLD, LEAVE_OUT, LIST, PUBLISH, TAKE, WITHDRAW
from playground.slack import App, Dropped, Message, RateLimited, Refused, ServerError
from playground.slack.faults import Answering
from storage.database import Database
from tests.handlers.steps import send, standing
from tests.long_forms import each_engine_by_a_transport
from tests.processes import Process, bot_does, bot_process, settings_for
from tests.reliability.clock import RunningClock
from tests.story import PLAN, SHARED, Story
from tests.waiting import until

pytestmark = pytest.mark.slow  # a story long, in a process

CANARY = "canary-8e1b"
SECRETS = App(
    bot_token=f"xoxb-{CANARY}-bot", app_token=f"xapp-{CANARY}-app", signing_secret=f"{CANARY}-signing"
)
LABELS = {"kind", "result", "method", "policy", "le"}


@pytest.fixture
async def small_slack() -> AsyncIterator[Story]:
    """Everybody and everything here is called a canary."""
    slack = Story(RunningClock(timedelta(0)), app=App(**vars(SECRETS)), retry_delays=())
    for person in slack.world.people.values():
        person.name, person.real_name = f"{CANARY}-{person.name}", f"{CANARY} {person.real_name}"
    slack.world.workspaces["T0SISTER"].domain = CANARY
    await slack.start()
    yield slack
    await slack.stop()


@pytest.fixture
def plan() -> str:
    """A consortium of canaries, in which a decision is told at once."""
    meeting = (datetime.now(UTC) + timedelta(days=60)).date().isoformat()
    named = re.sub(r'(name|office) = "', rf'\1 = "{CANARY} ', PLAN)
    named = named.replace('host = "', f'host = "{CANARY} ').replace("2027-01-21", meeting)
    return named.replace("told_after_minutes = 5", "told_after_minutes = 0")


@dataclass(frozen=True)
class _Echo:
    """An answer that is none of Slack's, with words in it."""

    body: str
    content_type: str
    status: int = 200

    async def __call__(self, _: Answering, __: web.Request) -> web.Response:
        return web.Response(status=self.status, text=self.body, content_type=self.content_type)


REFUSED = {"ok": False, "error": "invalid_blocks", "response_metadata": {"messages": [CANARY]}, "at": CANARY}
WRONG_ANSWERS = [
    _Echo(f"<html>{CANARY}</html>", "text/html"),
    _Echo(f"<html>{CANARY}</html>", "text/html", status=502),
    _Echo(f"{CANARY} is away", "text/plain", status=503),
    _Echo(f'{{"ok": true, "message": "{CANARY}', "application/json"),
    _Echo(json.dumps(REFUSED), "application/json"),
    RateLimited(),
    Refused("fatal_error"),
    ServerError(500, stored=True),
    Dropped(stored=True),
    Dropped(),
]
METHODS = ["chat.postMessage", "chat.update", "conversations.open", "users.info", "views.open"]
A_DAY = 24 * 60
"""Minutes, until somebody is asked for again."""
EVENTS = {
    "a post was not delivered",
    "an answer did not get through",
    "somebody can't be asked for now",
    "somebody's identity is not known",
    "a turn failed",
    "a job failed",
}


@each_engine_by_a_transport
async def test_no_words_get_out(
    small_slack: Story, database: Database, tmp_path: Path, plan: str, transport: str
) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    settings = settings_for(small_slack, url, transport)
    settings |= {"LOG_LEVEL": "DEBUG", "TICK_SECONDS": "0.2", "CLOCK_OFFSET_FILE": "ahead"}
    (tmp_path / "plan.toml").write_text(plan, encoding="utf-8")
    assert (await bot_does(tmp_path, settings, "setup", "plan.toml")).status == 0
    async with bot_process(tmp_path, settings) as bot:
        told = [await bot.comes_to(200)]
        await _a_story(small_slack)
        await _slack_goes_wrong(small_slack, tmp_path / "ahead")
        await _the_database_goes_wrong(small_slack, database)
        metrics = (await bot.health("metrics"))[1]
        told += [metrics, await _not_even_ready(bot, database)]
        log = await _logged(tmp_path / "log")

    for words in (log, *told):
        assert CANARY not in words
        assert not [url for url in small_slack.installation.response_urls._issued if url in words]
    _labels_are_no_names(metrics)
    _metadata_is_a_reference(small_slack)


async def _a_story(slack: Story) -> None:
    for title in ("one", "two", "three"):
        receipt = await slack.asks(
            "U0MEMBER", SHARED, f"/agenda add {CANARY} {title} (15 min) [{CANARY} Alan]"
        )
        assert CANARY in receipt.text
    await _add_by_button(slack, f"{CANARY} four")
    await _decide(slack)
    await slack.asks("U0MEMBER", SHARED, f"/agenda tip {CANARY} referrals: {CANARY} intake")
    await slack.asks("U0MEMBER", SHARED, f"/agenda tips {CANARY}")
    await slack.asks("U0MEMBER", SHARED, f"/agenda {CANARY}")
    await slack.asks("U0MEMBER", SHARED, "/agenda digest")
    await slack.opens_home("U0MEMBER")
    mine = await slack.asks("U0MEMBER", SHARED, "/agenda mine")
    await slack.clicks("U0MEMBER", mine, EDIT)
    assert await send(slack, "U0MEMBER", details=f"{CANARY} said better") == {}
    await slack.clicks("U0MEMBER", mine, WITHDRAW)


async def _add_by_button(slack: Story, title: str) -> None:
    await slack.clicks("U0KOFI", await standing(slack), ADD)
    written = {"details": CANARY, "lead": CANARY, "links": f"https://{CANARY}.org"}
    assert await send(slack, "U0KOFI", title=title, **written) == {}


async def _decide(slack: Story) -> None:
    await slack.clicks("U0CURATOR", await _card(slack, "one"), TAKE)
    await slack.clicks("U0CURATOR", await _card(slack, "two"), HOLD)
    await slack.clicks("U0CURATOR", await _card(slack, "three"), LEAVE_OUT)
    assert await send(slack, "U0CURATOR", reason="other", note=f"{CANARY} private note") == {}
    await slack.in_direct("U0MEMBER", f"{CANARY} private note")
    board = await slack.asks("U0CURATOR", SHARED, "/agenda curate")
    await slack.clicks("U0CURATOR", board, PUBLISH)
    await slack.in_channel("Agenda for")
    await slack.asks("U0MEMBER", SHARED, "/agenda curate")  # who may not is told so


async def _card(slack: Story, title: str) -> Message:
    return await slack.in_direct("U0CURATOR", f"{CANARY} {title}")


async def _slack_goes_wrong(slack: Story, ahead: Path) -> None:
    """With what is sent, edited and opened. Whose name is to be learned is new here."""
    mine = await slack.asks("U0MEMBER", SHARED, f"/agenda add {CANARY} five")
    await _card(slack, "five")
    for method, fault in product(METHODS, WRONG_ANSWERS):
        slack.next_answer(method, fault)
    await slack.types("U0NEW", SHARED, "/agenda")
    await slack.types("U0SAM", SHARED, f"/agenda add {CANARY} six")
    await slack.clicks("U0MEMBER", mine, WITHDRAW)
    minutes = 0
    while waiting := {method for method, faults in slack._faults._waiting.items() if faults}:
        minutes += A_DAY if waiting == {"users.info"} else 10
        if "conversations.open" in waiting:
            await _direct_messages_are_opened_anew(slack, minutes)
        await _time_passes(ahead, minutes)
        await slack.types("U0MEMBER", SHARED, "/agenda add")
        await slack.again()


async def _direct_messages_are_opened_anew(slack: Story, number: int) -> None:
    """As one that is known takes nothing any more."""
    slack.next_answer("chat.postMessage", Refused("channel_not_found"))
    await slack.types("U0SAM", SHARED, f"/agenda add {CANARY} number {number}")


async def _time_passes(ahead: Path, minutes: int) -> None:
    """What failed is tried again when the bot's clock says so, and it is asked again what Slack had enough of."""
    _set(ahead, minutes * 60)
    await asyncio.sleep(0.1)


def _set(ahead: Path, seconds: int) -> None:
    """At once: the bot must not read half of it."""
    ahead.with_suffix(".new").write_text(str(seconds))
    ahead.with_suffix(".new").replace(ahead)


async def _the_database_goes_wrong(slack: Story, database: Database) -> None:
    with database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE item RENAME TO lost")
    answer = await slack.asks("U0MEMBER", SHARED, f"/agenda add {CANARY} (15 min)")
    assert "Something went wrong on our side" in answer.text
    await slack.clicks("U0MEMBER", await standing(slack), LIST)
    await slack.opens_home("U0MEMBER")


async def _not_even_ready(bot: Process, database: Database) -> str:
    """What the health check says of a database at no schema."""
    with database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE alembic_version RENAME TO lost_too")
    return await bot.comes_to(503)


async def _logged(file: Path) -> str:
    """The log, when all that is to go wrong stands in it."""

    def is_all_there() -> bool:
        return {json.loads(line)["event"] for line in file.read_text().splitlines()} >= EVENTS

    await until(is_all_there)
    return await asyncio.to_thread(file.read_text)


def _labels_are_no_names(metrics: str) -> None:
    samples = [one for family in text_string_to_metric_families(metrics) for one in family.samples]
    assert {label for one in samples for label in one.labels} <= LABELS
    assert [one for one in samples if one.name == "authz_denied_total"]
    assert [one for one in samples if one.name == "slack_429_total"]


def _metadata_is_a_reference(slack: Story) -> None:
    given = [call.arguments["metadata"] for call in slack.calls if "metadata" in call.arguments]
    assert given
    for metadata in given:
        carried = json.loads(metadata) if isinstance(metadata, str) else metadata
        assert set(carried["event_payload"]) == {"reference"}
        assert re.fullmatch("[0-9a-f]{32}", carried["event_payload"]["reference"])
