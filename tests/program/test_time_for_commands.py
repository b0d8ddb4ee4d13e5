"""Commands that change things by time ask Slack what time it is: the machine they run on may be fresh, or a copy of an old one."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import web

from storage.consortia import Consortium, every_consortium
from storage.upkeep.open_database import KeySource, opened
from tests.long_forms import shortened
from tests.processes import bot_does
from tests.reliability.clock import RunningClock
from tests.story import PLAN, Story, free_port

pytestmark = pytest.mark.slow  # each starts a process or two

WRONG = "This machine's clock is wrong. By Slack it is "
A_MINUTE = timedelta(minutes=1)
AHEAD, BEHIND, IN_TIME = timedelta(days=300), timedelta(days=-4), timedelta(0)


@pytest.fixture(params=shortened([AHEAD, BEHIND, IN_TIME], [AHEAD, IN_TIME]), ids=str)
def slacks_clock(request: pytest.FixtureRequest) -> RunningClock:
    """This machine's clock is ahead of it by so much."""
    return RunningClock(-request.param)


@pytest.fixture
async def slack(slacks_clock: RunningClock) -> AsyncIterator[Story]:
    slack = Story(slacks_clock, retry_delays=(0.0,))
    await slack.start()
    yield slack
    await slack.stop()


def install(folder: Path, slack_api_url: str, now: datetime) -> dict[str, str]:
    """A plan of a meeting in a month, and the settings."""
    day = f"{now + timedelta(days=30):%Y-%m-%d}"
    (folder / "plan.toml").write_text(PLAN.replace("2027-01-21", day))
    return {"DATABASE_URL": f"sqlite:///{folder}/agenda.db", "SLACK_API_URL": slack_api_url}


def consortium(folder: Path) -> Consortium:
    with (
        opened(f"sqlite:///{folder}/agenda.db", KeySource(folder / "agenda.keys")) as database,
        database.transaction() as session,
    ):
        [found] = every_consortium(session)
        return found


async def test_a_consortium_is_set_up_and_a_backup_put_back_by_slacks_time(
    tmp_path: Path, slack: Story, slacks_clock: RunningClock
) -> None:
    given = install(tmp_path, slack.api_url, slacks_clock())
    is_wrong = abs(slacks_clock() - datetime.now(UTC)) > A_MINUTE
    set_up = await bot_does(tmp_path, given, "setup", "plan.toml")
    assert (set_up.status, WRONG in set_up.said) == (0, is_wrong)
    assert abs(consortium(tmp_path).created_at - slacks_clock()) < A_MINUTE

    assert (await bot_does(tmp_path, given, "backup", "backup.db")).status == 0
    (tmp_path / "agenda.db").unlink()
    restored = await bot_does(tmp_path, given, "restore", "backup.db")
    assert (restored.status, WRONG in restored.said) == (0, is_wrong)
    until = consortium(tmp_path).gap_until
    assert until is not None
    assert abs(until - slacks_clock()) < 3 * A_MINUTE


async def test_where_slack_can_not_be_asked_the_machines_clock_counts(tmp_path: Path) -> None:
    given = install(tmp_path, f"http://127.0.0.1:{free_port()}/api/", datetime.now(UTC))
    set_up = await bot_does(tmp_path, given, "setup", "plan.toml")
    assert (set_up.status, WRONG in set_up.said) == (0, False)
    assert abs(consortium(tmp_path).created_at - datetime.now(UTC)) < A_MINUTE


@pytest.fixture
async def odd_once() -> AsyncIterator[str]:
    """What stands between us and Slack answers once by itself, a year ahead; then Slack does."""
    dates = iter([datetime.now(UTC) + timedelta(days=365)])

    async def answer(_: web.Request) -> web.Response:
        told = next(dates, datetime.now(UTC))
        return web.json_response({"ok": True}, headers={"Date": format_datetime(told)})

    app = web.Application()
    app.router.add_post("/api/api.test", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}/api/"
    await runner.cleanup()


async def test_one_odd_answer_sets_no_clock(tmp_path: Path, odd_once: str) -> None:
    given = install(tmp_path, odd_once, datetime.now(UTC))
    set_up = await bot_does(tmp_path, given, "setup", "plan.toml")
    assert (set_up.status, WRONG in set_up.said) == (0, False)
    assert abs(consortium(tmp_path).created_at - datetime.now(UTC)) < A_MINUTE
