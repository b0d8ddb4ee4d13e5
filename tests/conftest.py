"""What all tests may ask for: databases on both engines; and what all are held to."""

import gc
import os
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest
import structlog
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, Engine, event, make_url
from structlog.dev import plain_traceback

from handlers import words
from storage import sqlite
from storage.database import Database, connect
from storage.tenancy import Session
from storage.upkeep.schema import bring_up_to_date
from tests.clock import FrozenClock
from tests.compiled import compile_once
from tests.everyday import further_cases_on_postgres, is_slow
from tests.keys import RING
from tests.matrix.scene import set_scene
from tests.readers_language import ReadersLanguage
from tests.reliability.clock import RunningClock
from tests.servers import Databases, PostgresServer, SqliteFiles, folder_in_memory, running_postgres
from tests.story import Story, bot_in, set_up
from tests.waiting import SECONDS, SLOW, ended_when_it_hangs

structlog.get_config()["processors"][
    -1
].exception_formatter = plain_traceback  # the other takes seconds to draw


settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")

BEGINNING = "2026-11-23 12:00"


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """What asks another process waits for it half of the time, so in the whole there are more at once than cores."""
    cores = len(os.sched_getaffinity(0))
    return cores if "not slow" in config.getoption("markexpr") else cores * 3 // 2


LONGEST_FIRST = (
    "tests/program/test_two_quarters.py",
    "tests/reliability/",
    "tests/handlers/listeners/test_how_loud.py",
    "tests/test_quarter_in_browser.py",
    "tests/test_story_in_browser.py",
)
"""So that no worker is left alone with one of them at the end."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also what is marked as long")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """It marks before `-m` chooses, and sorts after every other hook has."""
    for item in further_cases_on_postgres(items):
        item.add_marker(pytest.mark.long)
    if not config.getoption("--long"):
        _leave_out_what_is_long(config, items)
    for item in filter(is_slow, items):
        item.add_marker(pytest.mark.slow)
    yield
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST_FIRST))


def _leave_out_what_is_long(config: pytest.Config, items: list[pytest.Item]) -> None:
    long = [item for item in items if item.get_closest_marker("long")]
    items[:] = [item for item in items if not item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end, so the garbage collector need not go through it each time."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


class NewDatabase(Protocol):
    def __call__(self, template: str | None = None) -> str: ...


def _must_use_the_one_library(connection: Connection) -> None:
    assert connection.dialect.name != "sqlite" or connection.dialect.dbapi is sqlite.library


@pytest.fixture(scope="session", autouse=True)
def one_sqlite_library() -> Iterator[None]:
    """Whatever engine any test connects with: another library would break the locks of the first."""
    event.listen(Engine, "engine_connect", _must_use_the_one_library)
    yield
    event.remove(Engine, "engine_connect", _must_use_the_one_library)


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    event.listen(Engine, "engine_connect", compile_once)
    yield
    event.remove(Engine, "engine_connect", compile_once)


@pytest.fixture(scope="session", autouse=True)
def readers_language() -> Iterator[ReadersLanguage]:
    with pytest.MonkeyPatch.context() as patch:
        guard = ReadersLanguage(words.locale)
        patch.setattr(words, "locale", guard)
        yield guard


@pytest.fixture(autouse=True)
def no_word_is_made_in_the_databases_thread(readers_language: ReadersLanguage) -> Iterator[None]:
    """Also where the failure was caught, and somebody apologized for it."""
    yield
    lost, readers_language.lost = readers_language.lost, []
    assert lost == []


@pytest.fixture(autouse=True)
def _ends(request: pytest.FixtureRequest) -> Iterator[None]:
    """Also should it hang."""
    is_slow = request.node.get_closest_marker("slow") is not None
    with ended_when_it_hangs(SECONDS * (SLOW if is_slow else 1)):
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres: PostgresServer) -> str:
    return postgres.url("postgres")


@pytest.fixture(scope="session")
def sqlite_files() -> Iterator[SqliteFiles]:
    with folder_in_memory("db") as folder:
        yield SqliteFiles(folder)


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Where databases come from, once for each engine. What is created here lives as long as the session."""
    return request.getfixturevalue("sqlite_files" if request.param == "sqlite" else "postgres")


@pytest.fixture
def new_database(databases: Databases) -> Iterator[NewDatabase]:
    """A factory of databases that live as long as the test: empty ones, or copies of a template's URL."""
    urls: list[str] = []

    def create(template: str | None = None) -> str:
        urls.append(databases.create(template))
        return urls[-1]

    yield create
    for url in urls:
        databases.drop(url)


@pytest.fixture
def database_url(new_database: NewDatabase) -> str:
    return new_database()


@pytest.fixture(scope="session")
def migrated(databases: Databases) -> str:
    """A template with the newest schema and nothing in it."""
    return _migrated(databases.create())


@pytest.fixture(scope="session")
def migrated_file(sqlite_files: SqliteFiles) -> Path:
    """The same, a file to be copied for those who need one at a certain place; it is its owner's alone, as the bot makes it."""
    file = Path(make_url(_migrated(sqlite_files.create())).database or "")
    file.chmod(0o600)
    return file


def _migrated(url: str) -> str:
    engine = connect(url)
    bring_up_to_date(engine)
    engine.dispose()
    return url


@pytest.fixture
def migrated_url(new_database: NewDatabase, migrated: str) -> str:
    return new_database(migrated)


@pytest.fixture(scope="session")
def founded(databases: Databases, migrated: str) -> str:
    """A template in which the consortium of tests/consortium.toml is set up. The `database` of who asks for it is a copy."""
    database = Database(databases.create(migrated), RING)
    set_up(database, FrozenClock(BEGINNING))
    database.close()
    return database.engine.url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def scene_set(databases: Databases, migrated: str) -> str:
    """A template with the scene that the matrix is played in."""
    database = Database(databases.create(migrated), RING)
    set_scene(database, FrozenClock(BEGINNING))
    database.close()
    return database.engine.url.render_as_string(hide_password=False)


@pytest.fixture
def database(request: pytest.FixtureRequest, new_database: NewDatabase, migrated: str) -> Iterator[Database]:
    """The newest schema, on each engine, for one test."""
    is_founded = "founded" in request.fixturenames
    template = request.getfixturevalue("founded") if is_founded else migrated
    database = Database(new_database(template), RING)
    yield database
    database.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One transaction, which is rolled back should the test fail to end it."""
    with database.transaction() as session:
        yield session


@pytest.fixture
def clock() -> FrozenClock:
    """Two months before the meeting of tests/consortium.toml; the first call for items is four weeks before it."""
    return FrozenClock(BEGINNING)


@pytest.fixture
async def slack_of_today() -> AsyncIterator[Story]:
    """The small Slack for a bot that is a process: it tells the time that the machine shows."""
    slack = Story(RunningClock(timedelta(0)), retry_delays=(0.0, 0.01, 0.02))
    await slack.start()
    yield slack
    await slack.stop()


@pytest.fixture
async def empty_slack(clock: FrozenClock) -> AsyncIterator[Story]:
    """The small Slack, without a bot."""
    slack = Story(clock, retry_delays=(0.0, 0.01, 0.02))
    await slack.start()
    yield slack
    await slack.stop()


@pytest.fixture
async def slack(
    empty_slack: Story, clock: FrozenClock, founded: str, database: Database
) -> AsyncIterator[Story]:
    """The small Slack with the bot in it, set up. Its clock asks nothing any more by itself."""
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(empty_slack, clock, url) as running:
        await running.comes_to_tick()
        yield empty_slack
