"""What is taken up with the outcome of another: nothing that is due is passed over, also where places come to their end together."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession

from handlers.delivery.kinds import KINDS
from handlers.delivery.loop import Delivery
from handlers.services import Services
from handlers.slack.connection import Connection
from storage.database import Database
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import bot, owe, the_post
from tests.story import OURS, SHARED, UNHURRIED, Story

A_PERSON = "U0CURATOR"


def breaks(*_: Any) -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize("was_passed_over", [False, True])
async def test_where_it_was_passed_over_while_something_was_under_way_it_looks_again(
    empty_slack: Story, clock: FrozenClock, owing: Database, *, was_passed_over: bool
) -> None:
    """Another outcome may have owed something there, when this place had looked for the last time."""
    async with ClientSession() as session:
        services = Services(owing, clock, session, UNHURRIED)
        delivery = Delivery(Connection(empty_slack.api_url, empty_slack.bot_token, session, clock), services)
        ends = asyncio.Event()
        delivery._begin(A_PERSON, ends.wait())
        if was_passed_over:
            assert A_PERSON in delivery._asking(also_in=SHARED).busy
        ends.set()
        await asyncio.gather(*delivery._in_flight.values())
        assert services.outbox_changed.is_set() == was_passed_over


async def test_told_to_end_it_claims_nothing_more_though_it_had_begun_to_ask(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    async with ClientSession() as session:
        connection = Connection(empty_slack.api_url, empty_slack.bot_token, session, clock)
        await connection.check_token()
        delivery = Delivery(connection, Services(owing, clock, session, UNHURRIED))
        asking = asyncio.ensure_future(delivery._take_up_what_is_due())
        delivery._is_ending = True
        await asking
        assert not delivery._in_flight
    assert the_post(owing).state == PostState.DUE


async def test_one_that_cannot_be_read_keeps_none_of_those_that_are_taken_up_with_it(
    empty_slack: Story, clock: FrozenClock, owing: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, PostKind.STANDING, replace(KINDS[PostKind.STANDING], view=breaks))
    owe(owing, clock, PostKind.PROPOSED_MEETING, A_PERSON)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
    assert the_post(owing).error == "ZeroDivisionError"
    assert [post.state for post in posts_to(owing, A_PERSON)] == [PostState.SENT]


def posts_to(database: Database, place: str) -> list[Post]:
    with database.transaction(OURS) as session:
        return session.query(Post).filter_by(place=place).all()
