"""What may not be seen stands nowhere: with a rule that hides one item, no word of it is in all that is drawn."""

from collections.abc import Callable

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot.audiences import Audience, Thing
from storage.database import Database
from tests.clock import FrozenClock
from tests.conftest import NewDatabase
from tests.handlers.canaries import ASKED, CANARIES, ORDINARY, STATES, Caged, Drawn, Walk, set_cage
from tests.handlers.steps import on_sqlite
from tests.keys import RING
from tests.long_forms import shortened
from tests.story import Story

WalkThrough = Callable[[str], "tuple[Walk, Caged]"]

MOST_UNLIKE = {
    "draft",
    "waiting",
    "not taken, told",
    "not taken, and talked about separately",
    "withdrawn from the agenda",
    "published again",
    "carried over",
    "resting",
}
"""In the whole; the rest in the soak. The others are drawn in the same messages, at another time or by other buttons."""
WITH_OTHER_BUTTONS = {"waiting", "not taken, told", "published again"}
"""Whoever answers about a draft, or about what was carried over, answers in the same ways about what waits."""


@pytest.fixture
async def walk(empty_slack: Story, clock: FrozenClock, new_database: NewDatabase, scene_set: str):
    """A factory of walks around the item in a state."""
    opened: list[Database] = []

    def copy(template: str) -> Database:
        opened.append(Database(new_database(template), RING))
        return opened[-1]

    async with ClientSession() as session:

        def around(state: str) -> tuple[Walk, Caged]:
            database = copy(scene_set)
            caged = set_cage(database, clock, state)
            database.close()
            url = database.engine.url.render_as_string(hide_password=False)
            return Walk(caged, empty_slack, clock, session, lambda: copy(url)), caged

        with capture_logs():
            yield around
    for database in opened:
        database.close()


def hide(monkeypatch: pytest.MonkeyPatch, item_id: int) -> None:
    """From now on nobody may see the item, nor what was decided on it."""
    may_see = Audience.may_see

    def may_see_all_else(audience: Audience, thing: Thing) -> bool:
        is_hidden = thing.kind in ("item", "decision") and thing.id == item_id
        return not is_hidden and may_see(audience, thing)

    monkeypatch.setattr(Audience, "may_see", may_see_all_else)


def leaks(drawn: Drawn) -> list[str]:
    """Where a word of the item stands. Their own name stands in what its author brings anew."""
    return [
        f"{field} in {where}"
        for where, shown in drawn.items()
        for field, canary in CANARIES.items()
        if canary in shown and not (field == "proposer" and where.startswith("the author"))
    ]


def assert_nothing_leaks(walked: list[Drawn]) -> None:
    assert [leak for drawn in walked for leak in leaks(drawn)] == []
    assert any(ORDINARY in shown for drawn in walked for shown in drawn.values())


def fields(drawn: Drawn) -> set[str]:
    return {field for field, canary in CANARIES.items() if any(canary in shown for shown in drawn.values())}


def open_fields(state: str) -> set[str]:
    """What is seen of the item where the rule hides nothing: all of it, or the checks below would prove nothing."""
    unseen = set() if state.startswith("not taken") else {"note"}
    return set(CANARIES) - unseen - (set(ASKED) if state == "draft" else set())


@on_sqlite
@pytest.mark.parametrize("state", shortened(STATES, MOST_UNLIKE))
async def test_no_post_tells_of_what_may_not_be_seen(
    walk: WalkThrough, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    around, caged = walk(state)
    unseen = open_fields(state)
    for drawn in around.posts():
        unseen -= fields(drawn)
        if not unseen:
            break
    assert unseen == (open_fields(state) if state == "draft" else set())

    hide(monkeypatch, caged.item_id)
    assert_nothing_leaks(list(around.posts()))


@on_sqlite
async def test_what_everybody_may_see_stands_in_documents_of_each_kind(walk: WalkThrough) -> None:
    """Or the check above would prove nothing of them."""
    around, _caged = walk("published again")
    unseen = {(kind, field) for kind in ("pdf", "csv", "md") for field in ("title", "details")}
    for drawn in around.posts():
        unseen -= {
            (where.rpartition(".")[2], field) for where in drawn for field in fields({where: drawn[where]})
        }
        if not unseen:
            break
    assert unseen == set()


@on_sqlite
@pytest.mark.slow
@pytest.mark.parametrize("state", shortened(STATES, WITH_OTHER_BUTTONS))
async def test_no_answer_tells_of_what_may_not_be_seen(
    walk: WalkThrough, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    around, caged = walk(state)
    unseen = open_fields(state)
    async for drawn in around.answers(["newcomer", "host"]):
        unseen -= fields(drawn)
        if not unseen:
            break
    assert unseen == set()

    hide(monkeypatch, caged.item_id)
    around.set_anew()
    assert_nothing_leaks([drawn async for drawn in around.answers()])
