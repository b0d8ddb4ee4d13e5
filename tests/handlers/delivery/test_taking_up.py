"""What is taken up with the outcome of another: nothing that is due is passed over, also where places come to their end together."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from handlers.delivery.kinds import KINDS
from playground.slack import Held
from storage import outbox
from storage.database import Database
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import bot, owe, the_post, times_called
from tests.story import OURS, SHARED, Story
from tests.waiting import until

A_PERSON = "U0SAM"


def breaks(*_: Any) -> None:
    raise ZeroDivisionError


async def test_what_an_outcome_owes_to_a_place_that_ends_at_the_same_moment_goes_out_at_once(
    empty_slack: Story, clock: FrozenClock, owing: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def owes_more(session: Session, post: Post, now: Any) -> None:
        key = f"{PostKind.CALL}:more"
        outbox.owe(session, PostKind.CALL, key, subject_id=1, place=A_PERSON, due=now)

    settled = replace(KINDS[PostKind.STANDING], after_its_end=owes_more)
    monkeypatch.setitem(KINDS, PostKind.STANDING, settled)
    both_end = asyncio.Event()
    empty_slack.weather_becomes(lambda method: Held(both_end.wait) if method == "chat.postMessage" else None)
    owe(owing, clock, PostKind.CALL, A_PERSON)
    async with bot(empty_slack, clock, owing):
        await until(lambda: times_called(empty_slack, "chat.postMessage") == 2)
        both_end.set()
        await until(lambda: times_called(empty_slack, "chat.postMessage") == 3)


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
