"""The message with the buttons is drawn anew when a meeting is over: by one bot or several, at whichever tick."""

import asyncio
import threading
from contextlib import suppress

import pytest

from bot.doors import notice_what_is_over
from storage.consortia import Places, consortium_at
from storage.database import Database
from storage.post_kinds import PostKind
from storage.tenancy import Session
from tests.builders import Scene
from tests.clock import FrozenClock
from tests.story import OURS, set_up

END = "2027-01-21 12:00"


def edits(scene: Scene) -> int:
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    scene.session.flush()
    scene.session.expire_all()
    [doors] = scene.posts(PostKind.STANDING)
    return doors.wanted_version


def test_it_is_drawn_anew_once_for_each_meeting_that_is_over(scene: Scene) -> None:
    before = edits(scene)
    scene.clock.strikes(END)
    scene.clock.passes(minutes=-1)
    assert edits(scene) == before
    scene.clock.strikes(END)
    assert edits(scene) == before + 1
    scene.clock.passes(days=3)
    assert edits(scene) == before + 1


def test_a_meeting_whose_end_nobody_saw_is_noticed_later(scene: Scene) -> None:
    before = edits(scene)
    scene.clock.strikes(END)
    scene.clock.passes(days=100)
    assert edits(scene) == before + 1


@pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")
async def test_bots_that_notice_it_at_the_same_moment_do_not_wait_for_each_other(
    database: Database, clock: FrozenClock
) -> None:
    set_up(database, clock)
    clock.strikes(END)
    bots, tries = 4, []
    all_have_begun = threading.Barrier(bots)

    def tick(session: Session) -> None:
        consortium = consortium_at(session, OURS, Places.STAY)
        tries.append(1)
        with suppress(threading.BrokenBarrierError):
            all_have_begun.wait(timeout=5)
        notice_what_is_over(session, consortium, clock())

    await asyncio.gather(*(database.run(tick, OURS) for _ in range(bots)))
    assert len(tries) == bots
