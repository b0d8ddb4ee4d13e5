"""The judge sees what is wrong."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from playground.slack import Message
from storage.post_facts import PostState
from storage.posts import Post
from tests.conftest import NewDatabase
from tests.drawn import draw
from tests.handlers.steps import on_sqlite
from tests.reliability.trial import Trial, trial
from tests.reliability.verdict import Verdict, judge
from tests.story import OURS

pytestmark = on_sqlite


@pytest.fixture
async def paid(new_database: NewDatabase, migrated: str, tmp_path: Path) -> AsyncIterator[Trial]:
    """All that is owed stands there as it should: the message with the doors, and two posts in one place."""
    async with trial(new_database(migrated), tmp_path) as arranged:
        arranged.debts.owe_up_to(2)
        with arranged.database.transaction(OURS) as session:
            for post in session.scalars(select(Post).order_by(Post.id)):
                post.place, post.state, post.ts = "C0SHARED", PostState.SENT, f"{post.id}.1"
                drawn = draw(session, post, arranged.clock())
                say(arranged, post.reference, drawn.blocks if drawn else [])
        yield arranged


def say(arranged: Trial, reference: str, blocks: list) -> None:
    world, metadata = arranged.slack.world, {"event_type": "post", "event_payload": {"reference": reference}}
    ts, user = world.next_ts(), arranged.slack.app.user_id
    world.add(Message("C0SHARED", ts, user, blocks=blocks, metadata=metadata, from_app=True))


def said(arranged: Trial) -> list[Message]:
    return arranged.slack.world.messages["C0SHARED"]


def verdict(arranged: Trial) -> Verdict:
    return judge(arranged.slack, arranged.database, arranged.clock())


def test_what_is_as_it_should_be_is_found_so(paid: Trial) -> None:
    assert (verdict(paid).owed, verdict(paid).is_clean, verdict(paid).never_doubled) == (3, True, True)


def test_what_is_lost_is_seen(paid: Trial) -> None:
    paid.slack.world.delete(said(paid)[1])
    assert verdict(paid).lost == ["soak:0 (sent)"]


def test_what_stands_there_twice_is_seen_and_also_when_one_was_swept(paid: Trial) -> None:
    original = said(paid)[2]
    say(paid, original.metadata["event_payload"]["reference"], original.blocks)
    assert (verdict(paid).doubled, verdict(paid).is_clean) == (["soak:1"], False)
    paid.slack.world.delete(said(paid)[3])
    assert (verdict(paid).swept, verdict(paid).is_clean, verdict(paid).never_doubled) == (
        ["soak:1"],
        True,
        False,
    )


def test_what_nobody_owed_is_seen(paid: Trial) -> None:
    say(paid, "another", said(paid)[1].blocks)
    assert verdict(paid).doubled == ["owed by nobody: another"]


def test_what_is_out_of_order_is_seen(paid: Trial) -> None:
    _, first, second = said(paid)
    first.ts, second.ts = second.ts, first.ts
    assert verdict(paid).out_of_order == ["soak:1"]


def test_what_shows_an_older_state_is_seen(paid: Trial) -> None:
    paid.debts.move_everything()
    assert verdict(paid).outdated == ["soak:0", "soak:1"]
