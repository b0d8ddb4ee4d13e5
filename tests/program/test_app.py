"""The bot as it is run: what it needs to start, how healthy it says it is, and how it ends."""

import asyncio
import json
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from sqlalchemy import make_url, text

from playground.slack import App, Hang, Refused, ServerError, Silence, Slack
from playground.slack.faults import Answering, Fault
from storage.database import Database, connect
from storage.post_kinds import PostKind
from storage.postgres_troubles import NO_DATABASE
from storage.posts import Post
from storage.troubles import DatabaseTrouble
from tests.clock import FrozenClock
from tests.conftest import NewDatabase
from tests.handlers.steps import on_sqlite
from tests.processes import anew, bot_does, bot_process, forked, settings_for
from tests.reliability.clock import RunningClock
from tests.servers import PostgresServer
from tests.story import OURS, SHARED, UNHURRIED, Story, bot_in, plan_ahead, set_up, the_day_ahead
from tests.tables import content
from tests.waiting import until

pytestmark = pytest.mark.slow  # each starts a process or two

CANARY = "canary-3f9b"
SECRETS = App(
    bot_token=f"xoxb-{CANARY}-bot", app_token=f"xapp-{CANARY}-app", signing_secret=f"{CANARY}-signing"
)
HASTE = replace(UNHURRIED, ping=0.5)
DAY = f'"{the_day_ahead()}"'
both_ways = pytest.mark.parametrize("transport", ["http", "socket"])


@pytest.fixture
async def small_slack() -> AsyncIterator[Story]:
    """It tells the time that the machine shows."""
    slack = Story(RunningClock(timedelta(0)), app=SECRETS)
    await slack.start()
    yield slack
    await slack.stop()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "consortium.toml"
    file.write_text(plan_ahead(), encoding="utf-8")
    return file


# --- From nothing to an answer, and to the end


@both_ways
async def test_it_starts_from_an_empty_database_hears_and_ends_when_told(
    small_slack: Story, database_url: str, plan: Path, tmp_path: Path, transport: str
) -> None:
    settings = settings_for(small_slack, database_url, transport) | {"LOG_LEVEL": "DEBUG"}
    async with bot_process(tmp_path, settings, anew if transport == "http" else forked) as bot:
        assert await bot.comes_to(200) == "ready"
        assert await bot.health("livez") == (200, "ok")
        assert (await bot_does(tmp_path, settings, "setup", str(plan))).status == 0
        receipt = await small_slack.asks("U0MEMBER", SHARED, f"/agenda add {CANARY} (15 min)")
        assert CANARY in receipt.text
        await small_slack.in_channel("The agenda of")
        await small_slack.asks("U0MEMBER", SHARED, f"/agenda tip {CANARY}")
        bot.told(signal.SIGTERM)
        ended = await bot.ended()

    assert ended.status == 0
    assert CANARY not in ended.log
    lines = [json.loads(line) for line in ended.log.splitlines()]
    assert [line for line in lines if line["level"] in ("warning", "error", "critical")] == []


@on_sqlite
@both_ways
async def test_it_says_that_it_runs_when_slack_has_answered_and_not_before(
    small_slack: Story, migrated_url: str, tmp_path: Path, transport: str
) -> None:
    settings = settings_for(small_slack, migrated_url, transport) | {"TICK_SECONDS": "0.2"}
    answers = [ServerError(503), Refused("fatal_error"), Refused("account_inactive")]
    for fault in answers:
        small_slack.next_answer("auth.test", fault)
    async with bot_process(tmp_path, settings) as bot:
        await until(lambda: "the bot is running" in bot.log())
        bot.told(signal.SIGTERM)
        ended = await bot.ended()
    assert ended.status == 0
    told = [json.loads(line)["event"] for line in ended.log.splitlines()]
    about = [event for event in told if "Slack" in event or event == "the bot is running"]
    assert about[0] == "Slack did not say whose token this is"
    assert "the bot waits for Slack to answer" in about
    assert about.index("the bot is running") == len(about) - 1 >= len(answers)


def _errors_but_haste(log: str) -> list[str]:
    """What went wrong, but for a job that a busy machine did not finish in time: the next tick does it."""
    lines = [json.loads(line) for line in log.splitlines()]
    return [str(line) for line in lines if line["level"] == "error" and "TimeoutError" not in str(line)]


@on_sqlite
@both_ways
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
async def test_it_finishes_what_it_has_begun_before_it_ends(
    small_slack: Story, migrated_url: str, tmp_path: Path, plan: Path, transport: str, told: signal.Signals
) -> None:
    settings = settings_for(small_slack, migrated_url, transport) | {"TICK_SECONDS": "0.2"}
    small_slack.next_answer("chat.postMessage", Hang(0.5, stored=True))
    small_slack.next_answer("users.info", Hang(0.5, stored=True))
    async with bot_process(tmp_path, settings) as bot:
        await bot.comes_to(200)
        await bot_does(tmp_path, settings, "setup", str(plan))
        await _until_called(small_slack, "chat.postMessage", "users.info")
        bot.told(told)
        ended = await bot.ended()

    assert ended.status == 0
    assert _errors_but_haste(ended.log) == []
    database = Database(migrated_url)
    with closing(database), database.transaction(OURS) as session:
        post = session.query(Post).filter_by(kind=PostKind.STANDING).one()
        assert post.ts == (await small_slack.in_channel("The agenda of")).ts


@on_sqlite
async def test_it_ends_while_it_still_asks_slack_for_the_time(migrated_url: str, tmp_path: Path) -> None:
    """Its machine's clock is an hour behind, and Slack answers once and is silent then."""
    ahead = Story(RunningClock(timedelta(hours=1)), app=SECRETS)
    await ahead.start()
    asked: list[str] = []

    def answers(method: str) -> Fault | None:
        asked.append(method)
        return Silence() if len(asked) > 1 else None

    ahead.weather_becomes(answers)
    async with bot_process(tmp_path, settings_for(ahead, migrated_url)) as bot:
        await until(lambda: len(asked) > 1)
        bot.told(signal.SIGTERM)
        ended = await bot.ended()
    await ahead.stop()
    assert ended.status == 0
    assert len(asked) == 2


@on_sqlite
@both_ways
async def test_who_spoke_last_is_answered_before_it_ends(
    small_slack: Story, migrated_url: str, tmp_path: Path, plan: Path, transport: str
) -> None:
    settings = settings_for(small_slack, migrated_url, transport)
    async with bot_process(tmp_path, settings) as bot:
        await bot.comes_to(200)
        await bot_does(tmp_path, settings, "setup", str(plan))
        small_slack.next_answer("views.open", _Telling(lambda: bot.told(signal.SIGTERM)))
        said = await small_slack.types("U0MEMBER", SHARED, "/agenda add")
        ended = await bot.ended()

    assert ended.status == 0
    assert said is None  # Slack had nothing to excuse
    assert small_slack.form("U0MEMBER") is not None


class _Telling:
    """Something happens in the middle of an answer, which then takes a while."""

    def __init__(self, happens: Any) -> None:
        self._happens = happens

    async def __call__(self, answering: Answering, request: Any) -> Any:
        self._happens()
        return await Hang(0.5, stored=True)(answering, request)


async def _until_called(slack: Slack, *methods: str) -> None:
    await until(lambda: set(methods) <= {call.method for call in slack.calls})


# --- What keeps it from starting: one line, and status 2


GIVEN = {"SLACK_BOT_TOKEN": f"xoxb-{CANARY}", "SLACK_SIGNING_SECRET": CANARY}


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"SLACK_BOT_TOKEN": None}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": None}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_SIGNING_SECRET": "  "}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_APP_TOKEN": CANARY}, "SLACK_APP_TOKEN"),
        ({"PORT": CANARY}, "PORT"),
        ({"HOST": "203.0.113.7"}, "HOST"),  # an address of nobody's, so not of this machine
        ({"DATABASE_URL": f"mysql://{CANARY}"}, "DATABASE_URL"),
        ({"DATABASE_URL": f"sqlite:////no/such/folder/{CANARY}.db"}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///no-database"}, "DATABASE_URL"),
        ({"DATABASE_URL": f"postgresql://{CANARY}@127.0.0.1:1/{CANARY}"}, "DATABASE_URL"),
        ({"DATABASE_URL": f"postgresql://127.0.0.1:{CANARY}/agenda"}, "DATABASE_URL"),
    ],
)
async def test_a_wrong_setting_is_named_in_one_line(
    tmp_path: Path, wrong: dict[str, str | None], name: str
) -> None:
    (tmp_path / "no-database").write_text("This is a letter. " * 100)
    settings = GIVEN | {"DATABASE_URL": "sqlite:///agenda.db", "PORT": "0"} | wrong
    if "PORT" not in wrong:
        settings["PORT"] = "3000" if "HOST" in wrong else str(_free())
    ended = await bot_does(tmp_path, {k: v for k, v in settings.items() if v is not None}, "run")
    assert (ended.status, len(ended.log.splitlines())) == (2, 1), ended.log
    assert name in ended.log
    assert CANARY not in ended.log


async def test_a_database_without_that_name_is_one_line(tmp_path: Path, postgres: PostgresServer) -> None:
    settings = GIVEN | {"DATABASE_URL": postgres.url(CANARY)}
    ended = await bot_does(tmp_path, settings, "migrate")
    assert (ended.status, ended.log) == (2, f"{DatabaseTrouble(*NO_DATABASE)}\n")


async def test_a_database_newer_than_the_program_is_one_line(migrated_url: str, tmp_path: Path) -> None:
    engine = connect(migrated_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    settings = GIVEN | {"DATABASE_URL": migrated_url, "PORT": str(_free())}
    for command in ("run", "migrate"):
        ended = await bot_does(tmp_path, settings, command)
        assert (ended.status, len(ended.log.splitlines())) == (2, 1), ended.log
        assert "9999" in ended.log


@on_sqlite
@both_ways
async def test_a_token_that_slack_does_not_accept_is_one_line(
    small_slack: Story, migrated_url: str, tmp_path: Path, transport: str
) -> None:
    settings = settings_for(small_slack, migrated_url, transport) | {"SLACK_BOT_TOKEN": "xoxb-wrong"}
    ended = await bot_does(tmp_path, settings, "run")
    assert ended.status == 2
    assert ended.log == "Slack does not accept SLACK_BOT_TOKEN (invalid_auth).\n"


@on_sqlite
async def test_an_app_token_that_slack_does_not_accept_is_one_line_too(
    small_slack: Story, migrated_url: str, tmp_path: Path
) -> None:
    settings = settings_for(small_slack, migrated_url) | {"SLACK_APP_TOKEN": "xapp-wrong"}
    ended = await bot_does(tmp_path, settings, "run")
    assert ended.status == 2
    assert ended.log == "Slack does not accept SLACK_APP_TOKEN (invalid_auth).\n"


@on_sqlite
async def test_a_websocket_that_slack_opens_only_later_is_waited_for(
    empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    empty_slack.next_answer("apps.connections.open", Refused("fatal_error"))
    async with bot_in(empty_slack, clock, _url(database), "socket", timeouts=HASTE):
        await _comes_to(empty_slack, "ready")


@on_sqlite
async def test_a_port_that_is_taken_is_one_line_and_nothing_is_sent(
    small_slack: Story, migrated_url: str, tmp_path: Path, plan: Path
) -> None:
    settings = settings_for(small_slack, migrated_url)
    await bot_does(tmp_path, settings, "setup", str(plan))
    with socket.create_server(("127.0.0.1", int(settings["PORT"]))):
        ended = await bot_does(tmp_path, settings, "run")
    assert (ended.status, len(ended.log.splitlines())) == (2, 1), ended.log
    assert "PORT" in ended.log
    assert small_slack.ledger == []


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


# --- Health


@pytest.mark.slow
@on_sqlite
@both_ways
async def test_it_starts_while_slack_is_away_and_works_when_slack_is_back(
    small_slack: Story, migrated_url: str, tmp_path: Path, plan: Path, transport: str
) -> None:
    settings = settings_for(small_slack, migrated_url, transport)
    await bot_does(tmp_path, settings, "setup", str(plan))
    port = int(make_url(small_slack.api_url).port or 0)
    await small_slack.stop()
    async with bot_process(tmp_path, settings) as bot:
        assert await bot.comes_to(200, "livez") == "ok"
        if transport == "socket":
            assert await bot.comes_to(503) == "Socket Mode is not connected."
        await small_slack.start(port)
        await bot.comes_to(200)
        receipt = await small_slack.asks("U0MEMBER", SHARED, "/agenda add Budget cuts")
        assert "Budget cuts" in receipt.text
        bot.told(signal.SIGTERM)
        assert (await bot.ended()).status == 0


@on_sqlite
async def test_it_ends_in_time_whatever_hangs(
    small_slack: Story, migrated_url: str, tmp_path: Path, plan: Path
) -> None:
    settings = settings_for(small_slack, migrated_url) | {"TICK_SECONDS": "0.2"}
    for method in ("chat.postMessage", "users.info", "conversations.open"):
        for _ in range(9):
            small_slack.next_answer(method, Hang(3600))
    async with bot_process(tmp_path, settings) as bot:
        await bot.comes_to(200)
        await bot_does(tmp_path, settings, "setup", str(plan))
        await _until_called(small_slack, "chat.postMessage", "users.info")
        bot.told(signal.SIGTERM)
        assert (await bot.ended()).status == 0


@on_sqlite
async def test_a_second_bot_on_one_sqlite_file_refuses_politely_until_the_first_is_gone(
    small_slack: Story, migrated_url: str, tmp_path: Path
) -> None:
    settings = settings_for(small_slack, migrated_url)
    another = settings | {"PORT": str(_free())}
    async with bot_process(tmp_path, settings) as bot:
        await bot.comes_to(200)
        refused = await bot_does(tmp_path, another, "run")
        assert (refused.status, refused.log.count("\n")) == (2, 1)
        assert "Another bot works with this SQLite file." in refused.log
        bot.told(signal.SIGKILL)
        await bot.ended()
    async with bot_process(tmp_path, another) as bot:
        await bot.comes_to(200)


@pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")
async def test_it_is_not_ready_while_its_database_is_away(
    small_slack: Story, new_database: NewDatabase, postgres: PostgresServer, tmp_path: Path
) -> None:
    url = new_database()
    async with bot_process(tmp_path, settings_for(small_slack, url)) as bot:
        await bot.comes_to(200)
        postgres.drop(url)
        assert await bot.comes_to(503) == NO_DATABASE[0]
        assert await bot.health("livez") == (200, "ok")


@on_sqlite
async def test_it_says_so_when_slacks_websocket_is_lost_and_connects_anew(
    empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    async with bot_in(empty_slack, clock, _url(database), "socket", timeouts=HASTE):
        await _comes_to(empty_slack, "ready")
        port = int(make_url(empty_slack.api_url).port or 0)
        await empty_slack.stop()
        await _comes_to(empty_slack, "Socket Mode is not connected.")
        await empty_slack.start(port)
        await _comes_to(empty_slack, "ready")


@on_sqlite
async def test_an_address_that_lets_nobody_in_is_not_tried_for_ever(
    empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    empty_slack.next_answer("apps.connections.open", _OutOfDate())
    async with bot_in(empty_slack, clock, _url(database), "socket", timeouts=HASTE):
        await _comes_to(empty_slack, "ready")


class _OutOfDate:
    """Slack gives an address, and forgets it."""

    async def __call__(self, answering: Answering, _: Any) -> Any:
        answer = answering()
        body = json.loads(answer.body) | {"url": json.loads(answer.body)["url"] + "-gone"}
        return web.json_response(body)


@on_sqlite
@both_ways
async def test_the_bot_speaks_to_the_slack_it_was_told_of_and_to_nobody_else(
    empty_slack: Story, clock: FrozenClock, database: Database, transport: str
) -> None:
    set_up(database, clock)
    with _listening_in() as reached:
        async with bot_in(empty_slack, clock, _url(database), transport):
            await empty_slack.types("U0NEW", "C0OTHER", "/agenda add Budget cuts")
            await empty_slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts")
            await empty_slack.in_direct("U0CURATOR", "Budget cuts")
            bot = make_url(empty_slack.app.request_url or "").port
    assert {call.method for call in empty_slack.calls} >= {"auth.test", "chat.postMessage", "views.open"}
    assert reached == {("127.0.0.1", make_url(empty_slack.api_url).port)} | (
        {("127.0.0.1", bot)} if transport == "http" else set()
    )


_heard: list[Callable[[Any], None]] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        for listener in _heard:
            listener(arguments[1])


sys.addaudithook(_hear)


@contextmanager
def _listening_in() -> Iterator[set[Any]]:
    """Every address that anything here opens a connection to."""
    reached: set[Any] = set()
    _heard.append(reached.add)
    yield reached
    _heard.remove(reached.add)


def _url(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


async def _health(slack: Slack) -> str:
    address = (slack.app.request_url or "").replace("/slack/events", "/readyz")
    async with ClientSession() as session, session.get(address) as answer:
        return await answer.text()


async def _comes_to(slack: Slack, health: str) -> None:
    while await _health(slack) != health:  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.05)


# --- Setting up


@pytest.mark.parametrize("ran_before", [True, False])
async def test_a_consortium_can_be_set_up_and_the_same_again_changes_nothing(
    database_url: str, tmp_path: Path, plan: Path, *, ran_before: bool
) -> None:
    settings = {"DATABASE_URL": database_url}
    if ran_before:
        assert (await bot_does(tmp_path, settings, "migrate")).status == 0
    states = []
    for said in ("Sister Peace Initiatives is set up.\n", "is as the file says.\nNothing changed.\n"):
        ended = await bot_does(tmp_path, settings, "setup", str(plan))
        assert (ended.status, said in ended.said) == (0, True), ended.log
        with closing(Database(database_url)) as database:
            states.append(_but_for_edits(content(database)))
    assert states[0] == states[1]


def _but_for_edits(rows: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """The message with the buttons is drawn anew, should somebody have deleted it."""
    wanted = list(Post.__table__.columns.keys()).index("wanted")
    return rows | {"post": [(*post[:wanted], *post[wanted + 1 :]) for post in rows["post"]]}


@on_sqlite
@pytest.mark.parametrize(
    ("faults", "named"),
    [
        ([('"America/Los_Angeles"', '"America/Los_Angles"')], ["Los_Angles"]),
        ([(DAY, '"2027-02-30"')], ["2027-02-30"]),
        ([(DAY, '"2020-02-20"')], ["February 20, 2020 has passed. Choose a day to come."]),
        ([('host = "CCSJ"', 'host = "Nobody"')], ["Nobody"]),
        ([('"10:00"', '"25:00"'), (DAY, '"soon"')], ["soon", "25:00"]),
        ([("[consortium]", "[consortium")], [""]),
    ],
)
async def test_what_is_wrong_with_a_plan_is_named_line_by_line_and_nothing_is_saved(
    migrated_url: str, tmp_path: Path, plan: Path, faults: list[tuple[str, str]], named: list[str]
) -> None:
    _spoil(plan, faults)
    settings = {"DATABASE_URL": migrated_url}
    ended = await bot_does(tmp_path, settings, "setup", str(plan))
    assert ended.status == 1
    assert len(ended.log.splitlines()) == len(named), ended.log
    for line, word in zip(ended.log.splitlines(), named, strict=True):
        assert word in line
    with closing(Database(migrated_url)) as database:
        assert not any(content(database).values())


def _spoil(plan: Path, faults: list[tuple[str, str]]) -> None:
    for right, wrong in faults:
        plan.write_text(plan.read_text().replace(right, wrong))


@pytest.mark.parametrize("content", [None, b"name = \xff", b"\xff\xfea"])
async def test_a_plan_that_cannot_be_read_is_one_line(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "plan.toml"
    if content is not None:
        file.write_bytes(content)
    ended = await bot_does(tmp_path, {}, "setup", str(file))
    assert (ended.status, len(ended.log.splitlines())) == (1, 1), ended.log
    assert "plan.toml" in ended.log
