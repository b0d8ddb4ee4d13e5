"""The matrix: who may do what, with what is fresh, stale, another's or made up. tests/matrix/table.py decides each cell."""

import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot.errors import NothingChanged, UserError
from bot.people import Actor
from bot.policies import anyone, oneself
from handlers.blocks import ids
from handlers.hearing import payloads
from handlers.listeners.table import LISTENERS
from storage.database import Database
from storage.tenancy import Session
from storage.tips import Tip
from tests.clock import FrozenClock
from tests.conftest import NewDatabase
from tests.handlers.steps import on_sqlite
from tests.keys import RING
from tests.long_forms import shortened
from tests.matrix.sent import Key, sent
from tests.matrix.stage import Stage
from tests.matrix.table import CASES, ROLES, ROWS, can_be_sent, may
from tests.story import Story

WHY = {
    "stranger": "in the shared channel|do not know you yet",
    "deactivated": "was deactivated",
    "bot": "is a bot",
}
"""Who takes no part hears so, and nothing else, whatever they try."""
ENOUGH = 2
"""Who may not is refused before anybody looks at what is wrong with it."""
TAKEN: Key = ("action", ids.TAKE)
ADDED: Key = ("command", "add")
SETTINGS: Key = ("action", ids.CONSORTIUM)
ON_POSTGRES_TOO: list[Key] = [
    ADDED,
    TAKEN,
    ("command", "curate"),
    ("action", ids.SETTINGS),
    ("action", ids.PUBLISH),
    ("action", ids.POST_AGAIN),
    ("action", ids.CANCEL),
    ("view", ids.TAKE_OUT_FORM),
    ("action", ids.FILE_UNDER),
    ("view", ids.EDIT_FORM),
    ("view", ids.JOIN_FORM),
    ("view", ids.COLLABORATIVE_FORM),
    ("event", "user_change"),
]
"""One of each policy, and of each kind; those of each policy in the soak."""
ONE_OF_EACH_KIND: list[Key] = [ADDED, TAKEN, ("view", ids.EDIT_FORM), ("event", "user_change")]


async def _everybody_reads(*_: Any) -> bool:
    return True


@pytest.fixture
async def stage(
    empty_slack: Story, clock: FrozenClock, new_database: NewDatabase, scene_set: str
) -> AsyncIterator[Stage]:
    opened: list[Database] = []

    def copy() -> Database:
        opened.append(Database(new_database(scene_set), RING))
        return opened[-1]

    empty_slack.add_person(ROLES["bot"], "T0SISTER", "Robot", is_bot=True)
    empty_slack.world.people[ROLES["deactivated"]].deleted = True
    async with ClientSession() as session:
        with capture_logs():  # tracebacks of planted bugs take longer to draw than the rest takes
            yield Stage(empty_slack, clock, session, copy)
    for database in opened:
        database.close()


async def surprises(
    stage: Stage, key: Key, roles: Iterable[str] = ROLES, cases: Iterable[str] = CASES
) -> list[str]:
    """What does not become what the table says, a line each."""
    found = []
    for role in filter(partial(can_be_sent, ROWS[key].who), roles):
        for case in cases:
            for what in islice(sent(key, role, case), None if may(ROWS[key].who, role) else ENOUGH):
                seen = await stage.play(key, role, what)
                expected = _expected(key, role, case)
                if seen.became not in expected or not _says_why(key, role, seen.words):
                    found.append(
                        f"{role}, {case}, {what.value!r} {what.answers}: "
                        f"{seen.became}, not {'|'.join(expected)}: {seen.words[:300]!r}"
                    )
    return found


def _expected(key: Key, role: str, case: str) -> frozenset[str]:
    row = ROWS[key]
    is_decided_by_row = may(row.who, role) or row.who == "Slack"
    return row.becomes[case] if is_decided_by_row else frozenset({"refused"})


def _says_why(key: Key, role: str, words: str) -> bool:
    return role not in WHY or ROWS[key].who == "Slack" or re.search(WHY[role], words) is not None


def test_the_matrix_has_a_row_for_everything_that_is_heard_and_for_nothing_else() -> None:
    assert set(ROWS) == set(LISTENERS)


def test_something_is_tried_in_every_cell() -> None:
    tried = {
        (key, role, case): len(list(sent(key, role, case)))
        for key in ROWS
        for role in ROLES
        for case in CASES
    }
    assert min(tried.values()) > 0
    assert len(tried) == len(ROWS) * len(ROLES) * len(CASES)


@on_sqlite
@pytest.mark.parametrize("key", ROWS, ids=" ".join)
async def test_what_is_fresh_becomes_what_the_table_says(stage: Stage, key: Key) -> None:
    assert await surprises(stage, key, cases=["fresh"]) == []


@pytest.mark.slow
@on_sqlite
@pytest.mark.parametrize("key", ROWS, ids=" ".join)
async def test_all_else_becomes_what_the_table_says(stage: Stage, key: Key) -> None:
    assert await surprises(stage, key, cases=[case for case in CASES if case != "fresh"]) == []


@pytest.mark.slow
@pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")
@pytest.mark.parametrize("key", shortened(ON_POSTGRES_TOO, ONE_OF_EACH_KIND), ids=" ".join)
async def test_it_is_so_on_postgres_too(stage: Stage, key: Key) -> None:
    assert await surprises(stage, key) == []


# --- Planted bugs: the matrix sees each of them


FOR_EVERYBODY = (anyone, oneself)
"""They differ in who has left the channel: tests/handlers/listeners/test_about_me.py has somebody leave."""
TELLING = sorted(
    (key for key, listener in LISTENERS.items() if listener.policy not in FOR_EVERYBODY),
    key=lambda key: ROWS[key].becomes["fresh"] != {"refused"},
)
"""Last those for which something becomes of it: where all are refused, nobody sees why."""
ONE_OF_EACH_POLICY = {LISTENERS[key].policy: key for key in TELLING}

ASKED = [key for key in ONE_OF_EACH_POLICY.values() if not LISTENERS[key].is_news]
"""Of news it is not the policy that keeps people from acting: nobody is let in by them."""


def _filed_by_anyone(session: Session, _actor: Actor, tip_id: int, topic: str) -> Tip:
    """As the verb would be if it left to the policy who may, as all others do."""
    tip = session.get_one(Tip, tip_id)
    tip.topic = topic
    return tip


@pytest.mark.slow
@on_sqlite
@pytest.mark.parametrize("key", ONE_OF_EACH_POLICY.values(), ids=" ".join)
async def test_the_matrix_catches_a_policy_that_lets_anyone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, key: Key
) -> None:
    monkeypatch.setitem(LISTENERS, key, replace(LISTENERS[key], policy=anyone, is_news=False))
    monkeypatch.setattr("bot.tips.file_under", _filed_by_anyone)
    assert await surprises(stage, key, cases=["fresh"])


@pytest.mark.slow
@on_sqlite
@pytest.mark.parametrize("key", ASKED, ids=" ".join)
async def test_the_matrix_catches_a_policy_that_is_missing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, key: Key
) -> None:
    listener = replace(LISTENERS[key])
    object.__setattr__(listener, "policy", None)  # which a listener itself refuses
    monkeypatch.setitem(LISTENERS, key, listener)
    assert await surprises(stage, key, cases=["fresh"])


@pytest.mark.slow
@on_sqlite
async def test_the_matrix_catches_a_listener_that_is_missing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(LISTENERS, TAKEN)
    assert await surprises(stage, TAKEN, cases=["fresh"])


@pytest.mark.slow
@on_sqlite
async def test_the_matrix_catches_a_role_that_is_read_from_the_payload(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[dict[str, Any]] = []
    read = payloads.action

    def reading(body: dict[str, Any]) -> payloads.Heard:
        said.append(body)
        return read(body)

    def believing(*_: Any) -> None:
        if not said[-1]["user"].get("is_admin"):
            raise NothingChanged("Only an admin can.")

    monkeypatch.setattr(payloads, "action", reading)
    monkeypatch.setitem(LISTENERS, SETTINGS, replace(LISTENERS[SETTINGS], policy=believing))
    stage.set_anew()
    assert await surprises(stage, SETTINGS, ["member"], ["fresh"])


@pytest.mark.slow
@on_sqlite
@pytest.mark.parametrize(
    ("what", "bug", "role"),
    [
        ("handlers.hearing.turn.must_take_part", lambda _person: None, "deactivated"),
        ("handlers.hearing.turn.must_take_part", lambda _person: None, "bot"),
        ("handlers.hearing.turn.reads", _everybody_reads, "stranger"),
        ("handlers.hearing.turn.Turn._must_be_known", lambda *_: None, "stranger"),
        ("bot.policies.may_decide", lambda *_: True, "other"),
    ],
)
async def test_the_matrix_catches_that_somebody_is_let_in(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, what: str, bug: Any, role: str
) -> None:
    monkeypatch.setattr(what, bug)
    assert await surprises(stage, TAKEN, [role], ["fresh"]) or await surprises(
        stage, ADDED, [role], ["fresh"]
    )


@pytest.mark.slow
@on_sqlite
async def test_the_matrix_catches_a_refusal_that_leaves_a_trace(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each turn commits for itself, also what a refused one has begun."""

    async def hasty(database: Database, unit: Any) -> Any:
        refusal = None
        with database.transaction() as session:
            try:
                return unit(session)
            except UserError as refused:
                refusal = refused
        raise refusal

    monkeypatch.setattr(Database, "run", hasty)
    monkeypatch.setattr(Database, "look", hasty)
    assert await surprises(stage, TAKEN, ["newcomer"], ["fresh"])


@on_sqlite
@pytest.mark.parametrize("refused", [ADDED, ("view", ids.ADD_FORM)], ids=" ".join)
async def test_the_matrix_catches_a_look_that_is_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, refused: Key
) -> None:
    """Who is admitted would be written down, and then refused."""
    monkeypatch.setattr(Database, "look", Database.run)
    assert await surprises(stage, refused, ["newcomer"], ["wrong answers"])
