"""The message with the buttons is drawn anew when a meeting is over: by one bot or several, at whichever tick."""

import asyncio
import threading
from contextlib import suppress

import pytest

from bot.decisions import add_to_agenda
from bot.doors import notice_what_is_over
from bot.items import withdraw
from bot.word_to_proposers import outcome_key, settle
from handlers.blocks.spoken import spoken_text
from storage.consortia import Places, consortium_at
from storage.database import Database
from storage.post_kinds import PostKind
from storage.tenancy import Session
from tests.builders import Scene, post_at
from tests.clock import FrozenClock
from tests.drawn import draw
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


@pytest.mark.parametrize("ticks", [True, False], ids=["for some ticks", "for no tick"])
def test_a_meeting_that_a_wrong_time_zone_took_for_over_is_noticed_at_its_end(
    scene: Scene, *, ticks: bool
) -> None:
    """In New York it is three hours later."""
    scene.clock.strikes(END)
    scene.clock.passes(hours=-1)
    before = edits(scene)
    for changes in ({"Los_Angeles": "New_York"}, {}):
        scene.apply(**changes)
        if ticks:
            edits(scene)
    assert edits(scene) == before + 2
    scene.clock.strikes(END)
    assert edits(scene) == before + 3


def test_a_meeting_that_a_clock_ahead_took_for_over_is_noticed_at_its_end(scene: Scene) -> None:
    before = edits(scene)
    scene.clock.strikes(END)
    edits(scene)
    scene.clock.passes(hours=-1)
    assert edits(scene) == before + 2
    scene.clock.passes(hours=1)
    assert edits(scene) == before + 3


def test_it_tells_how_things_stand_as_everybody_may_know_and_is_edited_when_that_changes(
    scene: Scene,
) -> None:
    def told() -> tuple[int, str]:
        [doors] = scene.posts(PostKind.STANDING)
        message = draw(scene.session, doors, scene.now)
        assert message is not None
        return doors.wanted_version, spoken_text(message.blocks, 4000)

    version, text = told()
    assert "on the agenda" not in text
    assert "in time until Thursday, January 14, 2027" in text

    item = scene.propose()
    scene.propose("Rents")
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    assert told() == (version, text)

    settle(scene.session, post_at(scene.session, outcome_key(item)), scene.now)
    scene.session.flush()
    assert told()[0] == version + 1
    assert "1 item is on the agenda so far." in told()[1]

    withdraw(scene.session, scene.actor("U0MEMBER"), item.id, scene.now)
    assert told() == (version + 2, text)


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


def test_once_a_meeting_is_over_the_card_of_what_waits_there_offers_nothing(scene: Scene) -> None:
    item = scene.propose("A song at the end")
    assert set(scene.cards(item).values()) == {True}
    scene.clock.strikes("2027-01-21 12:00")
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    assert set(scene.cards(item).values()) == {False}
