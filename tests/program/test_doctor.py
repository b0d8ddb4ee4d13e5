"""The doctor: every fault is planted and named, and a healthy install has none."""

import json
import re
import shutil
import tempfile
from collections import ChainMap
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import make_url

from playground.slack import App, Silence
from program.doctor import slack_probe
from program.doctor.consortium import CONSORTIUM_CHECKS
from program.doctor.database import DATABASE_CHECKS
from program.doctor.erasures import ERASURE_CHECKS
from program.doctor.examination import Diagnosis
from program.doctor.keys import KEYS_CHECKS
from program.doctor.outbox import OUTBOX_CHECKS
from program.doctor.printing import PRINTING_CHECKS
from program.doctor.settings import SETTINGS_CHECKS
from program.doctor.slack import SLACK_CHECKS
from program.version import VERSION
from storage.consortia import rotation
from storage.database import Database
from storage.heartbeats import beat
from storage.inbox import hear
from storage.people import Who, person_met
from storage.post_facts import PostState
from tests.clock import FrozenClock
from tests.faults import CANARY, ON_BOTH, ON_POSTGRES, ON_SQLITE, Fault, Install, settings, slack_ahead
from tests.handlers.steps import on_sqlite
from tests.nobody import nobody_special
from tests.processes import bot_does, bot_process, settings_for
from tests.reliability.clock import RunningClock
from tests.story import NAMES, SHARED, Story, bot_in, plan_ahead
from tests.waiting import SECONDS

pytestmark = pytest.mark.slow

SECRETS = App(
    bot_token=f"xoxb-{CANARY}-bot", app_token=f"xapp-{CANARY}-app", signing_secret=f"{CANARY}-signing"
)


@pytest.fixture
async def small_slack() -> AsyncIterator[Story]:
    """It tells the time that the machine shows."""
    slack = Story(RunningClock(timedelta(0)), app=App(**vars(SECRETS)))
    await slack.start()
    yield slack
    await slack.stop()


@pytest.fixture
def install(
    small_slack: Story,
    founded: str,
    database: Database,
    clock: FrozenClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Install:
    url = database.engine.url.render_as_string(hide_password=False)
    for name, value in settings_for(small_slack, url, "socket").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(slack_probe, "SECONDS", SECONDS)
    monkeypatch.chdir(tmp_path)
    with database.transaction() as session:
        beat(session, "replica", clock())
    install = Install(tmp_path, small_slack, database, clock, monkeypatch)
    if url.startswith("sqlite"):
        install.file.chmod(0o600)
    return install


PLANTED = [
    pytest.param(engine, fault, id=f"{fault.name}-{engine}")
    for engine, faults in (("sqlite", [*ON_BOTH, *ON_SQLITE]), ("postgres", [*ON_BOTH, *ON_POSTGRES]))
    for fault in faults
]


def test_no_check_is_without_a_fault_that_it_has_to_name() -> None:
    checks = (
        SETTINGS_CHECKS,
        DATABASE_CHECKS,
        KEYS_CHECKS,
        ERASURE_CHECKS,
        CONSORTIUM_CHECKS,
        PRINTING_CHECKS,
        OUTBOX_CHECKS,
        SLACK_CHECKS,
    )
    planted = {check for fault in (*ON_BOTH, *ON_SQLITE, *ON_POSTGRES) for check in fault.checks}
    assert {*ChainMap(*checks)} | {"settings"} == planted | {"database clock"}


@pytest.mark.parametrize(("databases", "fault"), PLANTED, indirect=["databases"], scope="session")
async def test_a_fault_is_named_with_one_next_step(install: Install, fault: Fault) -> None:
    fault.plant(install)
    diagnosis = await install.diagnosis()

    assert {finding.check for finding in diagnosis.findings} == fault.checks
    assert diagnosis.status == {"warning": 1, "error": 2}[fault.severity]
    _is_a_line_each_and_tells_nobody(diagnosis)


def _is_a_line_each_and_tells_nobody(diagnosis: Diagnosis) -> None:
    said = diagnosis.as_text()
    for line in said.splitlines():
        assert re.fullmatch(
            r"(warning|error): .+ Next: .+|Because of that .+|Nothing is wrong\.|Manifest: .+", line
        )
    for secret in (CANARY, *NAMES.values(), "Sister Peace", "CCSJ", "Mission"):
        assert secret not in said + diagnosis.as_json()
    others = "".join(line for line in said.splitlines() if not line.startswith("warning: powers: "))
    assert [one for one in NAMES if one in others] == []


@on_sqlite
async def test_a_file_that_can_only_be_read_is_named(install: Install) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "agenda.db"
        shutil.copyfile(install.file, file)
        file.chmod(0o400)
        install.set(DATABASE_URL=f"sqlite:///{file}")
        with nobody_special(Path(folder), file):
            diagnosis = await install.diagnosis()
    assert {finding.check for finding in diagnosis.findings} == {"database rights"}


@pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")
async def test_a_database_whose_clock_differs_is_named(install: Install) -> None:
    """Slack is in this process, and its clock differs with ours."""
    install.sql("DELETE FROM heartbeat")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2)):
        diagnosis = await install.diagnosis()
    assert {finding.check for finding in diagnosis.findings} == {"database clock"}


async def test_nothing_hurts_a_healthy_install(install: Install) -> None:
    install.owe(PostState.DUE, minutes=9)
    diagnosis = await install.diagnosis()
    assert (diagnosis.as_text().splitlines()[0], diagnosis.status) == ("Nothing is wrong.", 0)


@on_sqlite
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            set(),
            f"All scopes that version {VERSION} asks for are granted. Nothing was changed yet by what it heard:",
        ),
        ({"im:history", "groups:read"}, f"Of 12 scopes that version {VERSION} asks for, 10 are granted."),
        ({"pins:write"}, "It does not need pins:write."),
    ],
    ids=["all", "fewer", "more"],
)
async def test_it_tells_what_it_sees_of_the_manifest(install: Install, change: set[str], said: str) -> None:
    install.slack.app.scopes ^= change
    last = (await install.diagnosis()).as_text().splitlines()[-1]
    assert last.startswith("Manifest: ")
    assert said in last
    assert "No bot can read its manifest: compare" in last


async def test_of_what_was_heard_it_tells_what_changed_something(install: Install) -> None:
    with install.database.transaction(1) as session:
        for key in ("action:U0MEMBER:1", "event:Ev1"):
            hear(session, key, None, install.clock())
    said = (await install.diagnosis()).as_text()
    assert (
        "Something was changed by buttons, events, and lately by no commands and no forms: what only" in said
    )


@on_sqlite
@pytest.mark.parametrize(
    ("count", "named"),
    [
        (1, "named: U0MISTYPED0."),
        (26, "named: U0MISTYPED0, U0MISTYPED1, U0MISTYPED2, U0MISTYPED3, U0MISTYPED4 and 21 more."),
    ],
)
async def test_it_names_the_people_whom_slack_does_not_know_however_many_there_are(
    install: Install, count: int, named: str
) -> None:
    with install.database.transaction(1) as session:
        ccsj = rotation(session)[0]
        for number in range(count):
            person_met(session, Who("T0SISTER", f"U0MISTYPED{number}")).collaborative = ccsj
    diagnosis = await install.diagnosis()
    assert named in diagnosis.as_text()
    assert named in diagnosis.as_json()


@on_sqlite
async def test_a_channel_that_never_was_is_named_and_may_be_mistyped(install: Install) -> None:
    install.sql("UPDATE consortium SET channel_id = 'C0SHRED'")
    [line, *_] = (await install.diagnosis()).as_text().splitlines()
    assert (
        "The shared channel C0SHRED is not shown to the bot: it was mistyped in the file or deleted" in line
    )
    assert "Next: correct it in the file, and python -m bot setup FILE;" in line


@on_sqlite
async def test_of_a_mistyped_workspace_both_are_named(install: Install) -> None:
    install.sql("UPDATE consortium SET team_id = 'T0SISTR'")
    said = (await install.diagnosis()).as_text()
    assert "SLACK_BOT_TOKEN is of the workspace T0SISTER, and what was set up is of T0SISTR." in said


@on_sqlite
async def test_who_can_not_act_is_named_as_in_the_file(install: Install) -> None:
    install.sql("UPDATE person SET is_bot = true WHERE user_id = 'U0DEPUTY'")
    assert "left the channel: T0SISTER/U0DEPUTY. Next: name others" in (await install.diagnosis()).as_text()


@on_sqlite
async def test_the_clock_of_a_story_is_one_finding(install: Install) -> None:
    settings(CLOCK_OFFSET_FILE="ahead")(install)
    slack_ahead(minutes=30)(install)
    found = {one.check for one in (await install.diagnosis()).findings}
    assert "story clock" in found
    assert "slack clock" not in found


@on_sqlite
async def test_it_tells_which_scope_is_missing_for_what(install: Install) -> None:
    install.slack.app.scopes -= {"groups:read", "im:history"}
    said = (await install.diagnosis()).as_text()
    assert (
        "The bot is cut short: without groups:read it can't see who is in a private shared channel. Next:"
        in said
    )
    assert "without im:history it asks people whether a direct message arrived. Next: reinstall" in said


@on_sqlite
async def test_it_tells_in_one_line_what_the_bot_does_without(install: Install) -> None:
    install.slack.app.scopes -= {"files:read", "files:write", "mpim:write"}
    said = (await install.diagnosis()).as_text()
    assert "without files:read and files:write it can't send files, and offers people the words" in said
    assert "; without mpim:write it can't open group messages, and people talk in a thread. Next:" in said


@on_sqlite
async def test_what_slack_does_not_tell_is_not_missing(install: Install) -> None:
    install.slack.app.scopes, install.slack.app.tells_scopes = frozenset({"channels:read"}), False
    found = {one.check for one in (await install.diagnosis()).findings}
    assert not found & {"slack scopes", "slack optional scopes"}


async def test_a_bot_that_has_never_run_is_not_missed(install: Install) -> None:
    install.sql("DELETE FROM heartbeat")
    assert (await install.diagnosis()).status == 0


async def test_a_heartbeat_that_lies_ahead_is_none(install: Install) -> None:
    """It was left by a clock that was ahead, and no bot need run."""
    install.sql("DELETE FROM heartbeat")
    with install.database.transaction() as session:
        beat(session, "ahead", install.clock() + timedelta(days=300))
    diagnosis = await install.diagnosis()
    assert "heartbeat" in {finding.check for finding in diagnosis.findings}


async def test_what_was_long_ago_hurts_no_more(install: Install) -> None:
    install.owe(PostState.FAILED, days=8)
    assert (await install.diagnosis()).status == 0


async def test_what_comes_within_a_week_is_told(install: Install) -> None:
    install.owe(PostState.DUE, days=-6)
    told = json.loads((await install.diagnosis()).as_json())
    assert told.pop("manifest").startswith("Manifest: ")
    assert told == {"status": 0, "findings": [], "not_looked_at": [], "due_in_7_days": 1}
    install.sql("UPDATE post SET state = 'sent'")
    assert (await install.diagnosis()).due_soon == 0


# --- As a person asks it, beside a bot that runs


@on_sqlite
async def test_of_a_command_that_only_showed_something_it_claims_nothing(install: Install) -> None:
    url = install.database.engine.url.render_as_string(hide_password=False)
    async with bot_in(install.slack, install.clock, url):
        await install.slack.asks("U0ADMIN", SHARED, "/agenda setup")
    said = (await install.diagnosis()).as_text()
    assert "what only shows something is not written down." in said
    assert "heard nothing" not in said


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_beside_a_bot_at_work_nothing_hurts(
    small_slack: Story, database_url: str, tmp_path: Path, transport: str
) -> None:
    (tmp_path / "plan.toml").write_text(plan_ahead(), encoding="utf-8")
    given = settings_for(small_slack, database_url, transport)
    await bot_does(tmp_path, given, "setup", "plan.toml")
    async with bot_process(tmp_path, given) as bot:
        await bot.comes_to(200)
        await small_slack.in_channel("The agenda of")
        said = await bot_does(tmp_path, given, "doctor")
        asked = await bot_does(tmp_path, given, "doctor", "--json")
    assert (said.said.splitlines()[0], said.log, said.status) == ("Nothing is wrong.", "", 0)
    assert (json.loads(asked.said)["findings"], asked.status) == ([], 0)


@on_sqlite
async def test_the_status_says_how_bad_it_is_and_no_secret_is_told(
    small_slack: Story, database_url: str, tmp_path: Path
) -> None:
    given = settings_for(small_slack, database_url, "socket")
    warned = await bot_does(tmp_path, given, "doctor")
    assert (warned.status, warned.log) == (1, "")
    assert warned.said.startswith(
        "warning: database: There is no database yet. Next: python -m bot setup FILE"
    )

    small_slack.next_answer("auth.test", Silence())
    wrong = await bot_does(tmp_path, given | {"LOG_LEVEL": "DEBUG"}, "doctor")
    assert (wrong.status, wrong.log) == (2, "")
    assert "error: slack: Slack can't be reached" in wrong.said
    assert CANARY not in wrong.said
    assert not _file_of(database_url).exists()


def _file_of(url: str) -> Path:
    return Path(make_url(url).database or "")
