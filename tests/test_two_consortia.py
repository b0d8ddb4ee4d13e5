"""Two consortia in one database: whatever one of them does and looks at, of the other nothing shows and nothing changes."""

from typing import Any

import pytest
from sqlalchemy import update

from handlers.blocks.ids import TAKE
from storage.consortia import Collaborative
from storage.database import Database
from storage.items import Item, ItemState
from storage.post_facts import PostState
from storage.posts import Post
from storage.tenancy import across_consortia
from storage.tips import Tip
from tests.builders import a_scene
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, on_sqlite
from tests.storage.twins import unguarded
from tests.story import SHARED, Story, bot_in
from tests.tables import content

THEIRS = 1
"""The other's id, which begins each of its rows."""
CANARY = "Noise"
"""In all that the other consortium has said."""

pytestmark = [on_sqlite, pytest.mark.slow]


@pytest.fixture
def both(database: Database, clock: FrozenClock) -> Database:
    """Ours, and another that looks alike. It owes nobody anything: the same people would hear it, from the same bot."""
    with database.transaction() as session:
        a_scene(session, clock)
        with across_consortia(session):
            theirs = update(Post).where(Post.consortium_id == THEIRS)
            session.execute(theirs.values(state=PostState.NOT_NEEDED))
            unsaid = update(Item).where(Item.consortium_id == THEIRS, Item.meeting_id.is_(None))
            session.execute(unsaid.values(state=ItemState.WITHDRAWN))
            hosts = update(Collaborative).where(Collaborative.consortium_id == THEIRS)
            session.execute(hosts.values(name=CANARY + Collaborative.name))
    clock.passes(minutes=1)
    return database


async def everything_is_tried(slack: Story, database: Database, clock: FrozenClock) -> str:
    """All that shows something, and some that change it; give what it shows."""
    async with bot_in(slack, clock, database.engine.url.render_as_string(hide_password=False)):
        await _try_everything(slack)
        await at_rest(database, clock)
    return repr((slack.world.messages, slack.world.homes, slack.world.forms))


async def _try_everything(slack: Story) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts (15 min)")
    await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Budget cuts"), TAKE)
    await slack.types("U0MEMBER", SHARED, "/agenda tip General: Breathe")
    for words in ("", "list", "mine", "tips", "tips budget", "digest"):
        await slack.types("U0MEMBER", SHARED, f"/agenda {words}")
    await slack.types("U0CURATOR", SHARED, "/agenda curate")
    await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.opens_home("U0MEMBER")


def theirs(database: Database) -> dict[str, list[Any]]:
    rows = content(database)
    return {table: [row for row in found if row[0] == THEIRS] for table, found in rows.items()}


async def test_nothing_of_the_other_shows_and_nothing_of_it_changes(
    empty_slack: Story, both: Database, clock: FrozenClock
) -> None:
    before = theirs(both)

    shown = await everything_is_tried(empty_slack, both, clock)
    assert "Budget cuts" in shown
    assert CANARY not in shown
    assert theirs(both) == before
    assert sum(map(len, before.values())) > 20


@pytest.mark.parametrize("record", [Item, Tip, Collaborative], ids=lambda record: record.__name__)
async def test_with_the_bug_planted_the_canary_sings(
    empty_slack: Story, both: Database, clock: FrozenClock, record: Any
) -> None:
    with unguarded(record):
        shown = await everything_is_tried(empty_slack, both, clock)
    assert CANARY in shown
