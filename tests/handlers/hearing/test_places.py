"""What is heard while those who decide leave: it waits for them, and others are asked."""

import asyncio
from concurrent.futures import Future
from functools import partial

import pytest

from bot.participation import has_left
from storage.database import Database
from storage.people import Who
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.at_once import wait_until_it_waits
from tests.clock import FrozenClock
from tests.story import OURS, SHARED, Story, bot_in

on_postgres = pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")
"""On SQLite one waits for another whatever they do."""


def done(task: "asyncio.Task[object]") -> "Future[object]":
    """The same, for who looks from another thread."""
    future: Future[object] = Future()
    task.add_done_callback(lambda _: future.set_result(None))
    return future


@on_postgres
@pytest.mark.usefixtures("founded")
async def test_a_card_that_is_brought_while_all_curators_leave_goes_to_who_decides_then(
    empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    slack, url = empty_slack, database.engine.url.render_as_string(hide_password=False)
    async with bot_in(slack, clock, url) as at_work:
        await slack.types(
            "U0MEMBER", SHARED, "/agenda"
        )  # they are known, and nothing is learnt of them later
        await at_work.tick()
        await at_work.comes_to_rest()  # so that nobody else waits
        with database.transaction() as leaving:
            for user_id in ("U0CURATOR", "U0DEPUTY"):
                has_left(leaving, "T0SISTER", Who("T0SISTER", user_id), SHARED, clock())
            leaving.flush()
            bringing = asyncio.create_task(slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts"))
            await asyncio.to_thread(partial(wait_until_it_waits, database, done(bringing)))
        await bringing
        await slack.in_direct("U0ADMIN", "Budget cuts")
        await at_work.comes_to_rest()
    with database.transaction(OURS) as session:
        assert [card.place for card in session.query(Post).filter_by(kind=PostKind.CARD)] == ["U0ADMIN"]
