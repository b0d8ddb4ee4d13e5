"""A mistake of ours while a message is sent: it is no reason to hold up others, or to say anything twice."""

from dataclasses import replace
from typing import Any

import pytest

from handlers.delivery import sending
from handlers.delivery.kinds import KINDS
from storage.database import Database
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import bot, owe, passes, posted, the_post
from tests.handlers.delivery.test_stands_aside import A_CALL, fails_in_line, notices, said
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, Story

BEFORE_IT_IS_STORED, AFTER_IT_IS_STORED = "metadata", "moment_of"


def mistaken(*_: Any) -> None:
    raise ZeroDivisionError


@pytest.mark.slow  # hours of the story pass
@on_sqlite
async def test_what_we_can_never_send_steps_aside_and_admins_hear_of_it(
    empty_slack: Story, clock: FrozenClock, owing: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference, right = the_post(owing).reference, sending.metadata
    monkeypatch.setattr(sending, BEFORE_IT_IS_STORED, lambda of: mistaken() if of == reference else right(of))
    clock.passes(minutes=1)
    owe(owing, clock, PostKind.CALL, SHARED)
    async with bot(empty_slack, clock, owing) as at_work:
        await fails_in_line(at_work, clock, owing)
        assert said(empty_slack, SHARED, A_CALL) == 1
        assert the_post(owing).error == "ZeroDivisionError"
        assert len(notices(empty_slack)) == 1

        monkeypatch.undo()
        await passes(at_work, clock, hours=1)
        assert the_post(owing).state == PostState.SENT
    assert len(posted(empty_slack)) == 2


@on_sqlite
async def test_what_was_stored_before_the_mistake_stands_there_once(
    empty_slack: Story, clock: FrozenClock, owing: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, AFTER_IT_IS_STORED, mistaken)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert (the_post(owing).state, the_post(owing).error) == (PostState.DUE, "ZeroDivisionError")
        await passes(at_work, clock, minutes=5)
        assert the_post(owing).state == PostState.SENT
    assert len(posted(empty_slack)) == 1


@pytest.mark.slow  # hours of the story pass
@on_sqlite
async def test_what_follows_from_a_message_and_fails_holds_nobody_up(
    empty_slack: Story, clock: FrozenClock, owing: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = replace(KINDS[PostKind.STANDING], after_its_end=mistaken)
    monkeypatch.setitem(KINDS, PostKind.STANDING, broken)
    clock.passes(minutes=1)
    owe(owing, clock, PostKind.CALL, SHARED)
    async with bot(empty_slack, clock, owing) as at_work:
        await fails_in_line(at_work, clock, owing)
        assert said(empty_slack, SHARED, A_CALL) == 1
    assert len(posted(empty_slack)) == 2
