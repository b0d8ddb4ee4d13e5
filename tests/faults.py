"""Faults that a bot which was set up can have, each with the checks that have to name it."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from aiohttp import web
from sqlalchemy import make_url, text

from bot.consortia import apply
from bot.plan.plan import read_plan
from handlers.slack.scopes import NEEDED, OPTIONAL
from playground.slack import Refused, ServerError, Silence
from playground.slack.faults import DATE, Answering
from program.doctor import database as checks_of_the_database
from program.doctor import slack_probe
from program.doctor.examination import Diagnosis, examine
from storage import sqlite
from storage.consortia import confirm, every_consortium
from storage.database import Base, Database
from storage.erasures import note_down, note_of_consortium
from storage.heartbeats import beat
from storage.meetings import meetings_from
from storage.people import admins
from storage.post_facts import PostState
from storage.tenancy import across_consortia, enter
from tests.builders import a_post, an_item
from tests.clock import FrozenClock
from tests.handlers.documents.fonts import NO_FONT_HAS
from tests.keys import KEYS
from tests.story import PLAN, SHARED, Story, free_port

CANARY = "canary-5d0c"
A_DAY = timedelta(days=1)
AFFECTED = (3, 40, 1)  # an SQLite with the WAL-reset bug


@dataclass
class Install:
    """A bot that was set up and runs well; faults are planted in it."""

    folder: Path
    slack: Story
    database: Database
    clock: FrozenClock
    patch: pytest.MonkeyPatch

    def set(self, **settings: str | None) -> None:
        for name, value in settings.items():
            self.patch.delenv(name) if value is None else self.patch.setenv(name, value)

    @property
    def file(self) -> Path:
        return Path(self.database.engine.url.database or "")

    def sql(self, *statements: str) -> None:
        with self.database.transaction() as session, across_consortia(session):
            for statement in statements:
                session.execute(text(statement))

    def owe(self, state: PostState, **late: float) -> None:
        with self.database.transaction() as session:
            [consortium] = every_consortium(session)
            enter(session, consortium.id)
            due = self.clock() - timedelta(**late)
            a_post(session, consortium, "planted", due=due).state = state

    async def diagnosis(self) -> Diagnosis:
        return await examine(self.clock())


Plant = Callable[[Install], None]


class Fault(NamedTuple):
    name: str
    plant: Plant
    severity: str
    checks: set[str]


def an_open_dot_env(install: Install) -> None:
    (install.folder / ".env").write_text(f"SLACK_SIGNING_SECRET={CANARY}\n")
    (install.folder / ".env").chmod(0o640)


def a_lost_file(install: Install) -> None:
    install.database.close()
    install.file.unlink()


def a_letter_instead_of_a_database(install: Install) -> None:
    install.database.close()
    install.file.write_text("This is a letter. " * 1000)
    install.file.chmod(0o600)


def a_torn_page(install: Install) -> None:
    install.database.close()
    with install.file.open("r+b") as file:
        for page in range(5, 15):
            file.seek(4096 * page)
            file.write(b"\xff" * 4096)


def a_row_that_points_nowhere(install: Install) -> None:
    with closing(sqlite.open_file(install.file)) as connection, connection:
        connection.execute(
            "INSERT INTO curator (consortium_id, person_id, collaborative_id) VALUES (1, 4711, 1)"
        )


def write_ahead_logging(install: Install) -> None:
    with closing(sqlite.open_file(install.file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    install.patch.setattr(sqlite.library, "sqlite_version_info", AFFECTED)


def with_keys(**keys: str | None) -> Plant:
    """And with something that is sealed under those of before."""

    def plant(install: Install) -> None:
        with install.database.transaction() as session:
            [consortium] = every_consortium(session)
            enter(session, consortium.id)
            an_item(session, admins(session)[0]).note = CANARY
        install.set(**keys)

    return plant


def letters_that_no_font_has(install: Install) -> None:
    """In an item, of the Khitans of a thousand years ago."""
    with install.database.transaction() as session:
        [consortium] = every_consortium(session)
        enter(session, consortium.id)
        [meeting, *_later] = meetings_from(session, install.clock().date())
        an_item(session, admins(session)[0], title=f"{CANARY} {NO_FONT_HAS}", meeting_id=meeting.id)


def keys_that_others_can_read(install: Install) -> None:
    (install.folder / "agenda.keys").write_text(KEYS)
    (install.folder / "agenda.keys").chmod(0o640)
    install.set(KEYS=None)


def an_erasure_noted_nowhere_else(install: Install) -> None:
    """As where the bot may not write beside the keys."""
    with install.database.transaction() as session:
        [consortium] = every_consortium(session)
        enter(session, consortium.id)
        note_down(session, [note_of_consortium(session)], install.clock())


def a_damaged_file_of_erasures(install: Install) -> None:
    (install.folder / "agenda.erased").write_text("person\n")


def keys_whose_link_leads_to_itself(install: Install) -> None:
    (install.folder / "agenda.keys").symlink_to(install.folder / "agenda.keys")
    install.set(KEYS=None)


def nothing_set_up(install: Install) -> None:
    tables = reversed(Base.metadata.sorted_tables)
    install.sql(*(f"DELETE FROM {table.name}" for table in tables))  # noqa: S608 - our own names


NOT_TOLD_OF = "UPDATE person SET named_at = NULL WHERE user_id = '{}'"
MISTYPED = "UPDATE person SET user_id = '{}', named_at = NULL, name = NULL WHERE user_id = '{}'"
NOT_ASKED = "UPDATE person SET asked_at = NULL"
NO_ADMIN = "UPDATE person SET is_admin = false"


def not_told_of_a_member(install: Install) -> None:
    install.sql(NOT_TOLD_OF.format("U0MEMBER"))
    install.slack.next_answer("users.info", Refused("ratelimited"))


def no_admin(install: Install) -> None:
    """And a curator for the one host that has none."""
    sam_for_mission = (
        "(SELECT id FROM person WHERE user_id = 'U0SAM'), id FROM collaborative WHERE name = 'Mission'"
    )
    install.sql(
        NO_ADMIN,
        f"INSERT INTO curator (consortium_id, person_id, collaborative_id) SELECT consortium_id, {sam_for_mission}",
    )


BAY = "T0BAY"
OF_BAY = PLAN.replace("T0SISTER", BAY).replace(SHARED, "C0BAY")


def beside_another(*statements: str, since: timedelta = timedelta(0)) -> Plant:
    """Beside ours, of which a bot has run, another was set up for another workspace."""

    def plant(install: Install) -> None:
        with install.database.transaction() as session:
            confirm(session, "T0SISTER", install.clock())
            beat(session, "replica", install.clock(), "T0SISTER")
            apply(session, read_plan(OF_BAY), install.clock() - since)
        install.sql(*statements)

    return plant


CONFIRMED = "UPDATE consortium SET confirmed_at = created_at"
ONE_CHANNEL = f"UPDATE consortium SET channel_id = '{SHARED}'"  # noqa: S608 - our own


def a_clock_that_stopped(install: Install) -> None:
    with install.database.transaction() as session:
        beat(session, "replica", install.clock() - timedelta(seconds=70))


def not_in_the_channel(install: Install) -> None:
    install.slack.world.channels[SHARED].members.remove(install.slack.app.user_id)


def an_archived_channel(install: Install) -> None:
    install.slack.world.channels[SHARED].is_archived = True


def without(scope: str) -> Plant:
    def plant(install: Install) -> None:
        install.slack.app.scopes -= {scope}

    return plant


@dataclass(frozen=True)
class _Dated:
    """Slack's answer, from a machine whose clock is ahead."""

    ahead: timedelta

    async def __call__(self, answering: Answering, _: web.Request) -> web.Response:
        answer = answering()
        answer[DATE] = format_datetime(datetime.now(UTC) + self.ahead)
        return answer


def slack_ahead(**ahead: float) -> Plant:
    """The bot goes by Slack's clock, and so does its heart."""

    def plant(install: Install) -> None:
        install.slack.next_answer("auth.test", _Dated(timedelta(**ahead)))
        with install.database.transaction() as session:
            beat(session, "replica", install.clock() + timedelta(**ahead))

    return plant


def answers(fault: Any) -> Plant:
    return lambda install: install.slack.next_answer("auth.test", fault)


def hangs(install: Install) -> None:
    install.patch.setattr(slack_probe, "SECONDS", 0.5)
    install.slack.next_answer("auth.test", Silence())


def settings(**wrong: str | None) -> Plant:
    return lambda install: install.set(**wrong)


def rows(*statements: str) -> Plant:
    return lambda install: install.sql(*statements)


def a_post_that_is(state: PostState, **late: float) -> Plant:
    return lambda install: install.owe(state, **late)


def by_an_open_network(install: Install) -> None:
    port = make_url(install.slack.api_url).port
    install.set(SLACK_API_URL=f"http://0.0.0.0:{port}/api/")  # it is this machine, and does not say so


def on_another_database(name: str) -> Plant:
    def plant(install: Install) -> None:
        there = install.database.engine.url.set(database=name)
        install.set(DATABASE_URL=there.render_as_string(hide_password=False))

    return plant


def a_standby(install: Install) -> None:
    install.sql(
        f"ALTER DATABASE {install.database.engine.url.database} SET default_transaction_read_only = on"
    )


def no_room(install: Install) -> None:
    install.patch.setattr(checks_of_the_database, "LEAST_ROOM", 2**80)


def unreachable(install: Install) -> None:
    install.set(SLACK_API_URL=f"http://127.0.0.1:{free_port()}/api/")


WARNING, ERROR = "warning", "error"

ON_BOTH = [
    Fault("the keys are lost", with_keys(KEYS=None), ERROR, {"keys"}),
    Fault("the keys are none", with_keys(KEYS=CANARY), ERROR, {"keys"}),
    Fault("the keys are others", with_keys(KEYS=KEYS.replace("MDEy", "MDEz")), ERROR, {"sealed texts"}),
    Fault("a key is missing", with_keys(KEYS=KEYS.replace("tests", "new")), ERROR, {"sealed texts"}),
    Fault("the link to the keys leads to itself", keys_whose_link_leads_to_itself, ERROR, {"keys"}),
    Fault("others can read the keys", keys_that_others_can_read, ERROR, {"keys"}),
    Fault(
        "the schema is old",
        rows("UPDATE alembic_version SET version_num = '0001'"),
        ERROR,
        {"database schema"},
    ),
    Fault(
        "the schema is new",
        rows("UPDATE alembic_version SET version_num = '9999'"),
        ERROR,
        {"database schema"},
    ),
    Fault("an erasure is not noted outside", an_erasure_noted_nowhere_else, WARNING, {"erasures"}),
    Fault("the file of erasures is damaged", a_damaged_file_of_erasures, ERROR, {"erasures"}),
    Fault("nothing is set up", nothing_set_up, WARNING, {"consortium"}),
    Fault("a time zone is none", rows("UPDATE consortium SET timezone = 'Mars/Base'"), ERROR, {"time zone"}),
    Fault("letters that no font has", letters_that_no_font_has, WARNING, {"fonts"}),
    Fault("nobody is an admin", no_admin, WARNING, {"admins"}),
    Fault("a workspace was mistyped", beside_another(ONE_CHANNEL, since=A_DAY), WARNING, {"workspaces"}),
    Fault("two have one channel", beside_another(CONFIRMED, ONE_CHANNEL), ERROR, {"shared channels"}),
    Fault(
        "nobody runs the bot of another workspace",
        beside_another(CONFIRMED, since=A_DAY),
        ERROR,
        {"messages without a bot", "overdue messages"},
    ),
    Fault(
        "a curator is a bot",
        rows("UPDATE person SET is_bot = true WHERE user_id = 'U0DEPUTY'"),
        WARNING,
        {"powers"},
    ),
    Fault(
        "the only admin is a guest",
        rows("UPDATE person SET is_guest = true WHERE user_id = 'U0ADMIN'"),
        ERROR,
        {"admins", "powers", "curators"},
    ),
    Fault(
        "slack does not know a curator",
        rows(NOT_TOLD_OF.format("U0DEPUTY")),
        WARNING,
        {"powers"},
    ),
    Fault(
        "a curator was mistyped",
        rows(MISTYPED.format("U0MISTYPED", "U0DEPUTY"), NOT_ASKED),
        WARNING,
        {"slack people"},
    ),
    Fault(
        "a member was mistyped",
        rows(MISTYPED.format("U0MISTYPED", "U0MEMBER")),
        WARNING,
        {"slack people"},
    ),
    Fault("slack does not say who somebody is", not_told_of_a_member, WARNING, {"slack people left"}),
    Fault("nobody decides", rows(NO_ADMIN), ERROR, {"admins", "curators"}),
    Fault("no meeting is set", rows("DELETE FROM meeting"), WARNING, {"next meeting"}),
    Fault("the clock stopped", a_clock_that_stopped, WARNING, {"heartbeat"}),
    Fault("a message is overdue", a_post_that_is(PostState.DUE, minutes=11), ERROR, {"overdue messages"}),
    Fault("a claim was left", a_post_that_is(PostState.SENDING, minutes=11), ERROR, {"overdue messages"}),
    Fault("nobody knows", a_post_that_is(PostState.UNKNOWN, days=30), WARNING, {"unknown messages"}),
    Fault("slack refused a message", a_post_that_is(PostState.FAILED, days=6), WARNING, {"failed messages"}),
    Fault("a message was missed", a_post_that_is(PostState.MISSED, days=6), WARNING, {"missed messages"}),
]
ON_SQLITE = [
    Fault("a token is missing", settings(SLACK_BOT_TOKEN=None), ERROR, {"settings"}),
    Fault("a setting is wrong", settings(PORT=CANARY), ERROR, {"settings"}),
    Fault("the database's address is wrong", settings(DATABASE_URL=f"mysql://{CANARY}"), ERROR, {"settings"}),
    Fault(".env is open to others", an_open_dot_env, WARNING, {".env"}),
    Fault("the log is at DEBUG", settings(LOG_LEVEL="DEBUG"), WARNING, {"log level"}),
    Fault("the token travels in clear", by_an_open_network, ERROR, {"slack address"}),
    Fault("the clock is a story's", settings(CLOCK_OFFSET_FILE="ahead"), WARNING, {"story clock"}),
    Fault("there is no database", a_lost_file, WARNING, {"database"}),
    Fault("there is no folder", on_another_database("/nowhere/at/all.db"), ERROR, {"database"}),
    Fault("the file is no database", a_letter_instead_of_a_database, ERROR, {"database"}),
    Fault("the file is torn", a_torn_page, ERROR, {"database integrity"}),
    Fault("a row points nowhere", a_row_that_points_nowhere, ERROR, {"database references"}),
    Fault(
        "the file is open to others", lambda install: install.file.chmod(0o604), WARNING, {"database file"}
    ),
    Fault("the journal can break it", write_ahead_logging, ERROR, {"database journal"}),
    Fault("the disk is full", no_room, ERROR, {"free disk"}),
    Fault("slack is away", unreachable, ERROR, {"slack"}),
    Fault("slack hangs", hangs, ERROR, {"slack"}),
    Fault("slack is broken", answers(ServerError(500)), ERROR, {"slack"}),
    Fault("the token is none", settings(SLACK_BOT_TOKEN=f"xoxb-{CANARY}"), ERROR, {"slack token"}),
    Fault("the token was revoked", answers(Refused("token_revoked")), ERROR, {"slack token"}),
    Fault(
        "the token is another's",
        rows("UPDATE consortium SET team_id = 'T0OTHER'"),
        ERROR,
        {"slack workspace"},
    ),
    Fault(
        "the app-level token is none", settings(SLACK_APP_TOKEN=f"xapp-{CANARY}"), ERROR, {"slack app token"}
    ),
    Fault("the bot is not in the channel", not_in_the_channel, ERROR, {"slack channel"}),
    Fault("the channel is archived", an_archived_channel, ERROR, {"slack channel"}),
    Fault("slack's clock differs", slack_ahead(minutes=2), WARNING, {"slack clock"}),
    Fault("slack's clock differs much", slack_ahead(minutes=-10), WARNING, {"slack clock"}),
    *(Fault(f"{scope} is missing", without(scope), ERROR, {"slack scopes"}) for scope in NEEDED),
    *(Fault(f"{scope} is missing", without(scope), WARNING, {"slack optional scopes"}) for scope in OPTIONAL),
]
ON_POSTGRES = [
    Fault("there is no such database", on_another_database(CANARY), ERROR, {"database"}),
    Fault("the database is a standby", a_standby, ERROR, {"database rights"}),
]
