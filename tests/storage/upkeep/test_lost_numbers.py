"""After a restore no number that was lost is given to anything else, so that no button means another thing than it says."""

import pytest

from storage.database import Base, Database
from storage.meetings import Meeting, MeetingState
from storage.tenancy import across_consortia
from storage.tips import Tip
from storage.upkeep.lost_numbers import NAMED_IN_SLACK, SKIPPED, skip_lost_numbers
from tests.builders import Scene, a_follow_up, a_post, a_question, a_scene, a_swap, an_item
from tests.clock import FrozenClock


def brings_all(scene: Scene) -> dict[type[Base], int]:
    """One more of each, and its number."""
    session, member, host = scene.session, scene.actor("U0MEMBER").person, scene.meeting.host
    item = an_item(session, member, meeting=scene.meeting)
    made = [item, a_follow_up(session, item), a_question(session, item)]
    made += [a_swap(session, scene.meeting, host, member), _a_tip(scene)]
    made.append(a_post(session, scene.consortium, f"post of {item.id}"))
    return {type(one): one.id for one in made}


def _a_tip(scene: Scene) -> Tip:
    tip = Tip(person_id=scene.actor("U0MEMBER").person.id, topic="a", text="b", findable="c")
    tip.consortium_id, tip.created_at = scene.consortium.id, scene.now
    with across_consortia(scene.session):
        scene.session.add(tip)
        scene.session.flush()
    return tip


@pytest.mark.parametrize("lost", [True, False])
def test_what_comes_after_a_restore_has_a_number_that_nothing_ever_had(
    database: Database, clock: FrozenClock, *, lost: bool
) -> None:
    """Whether or not something is there, or was there and is gone."""
    with database.transaction() as session:
        before = brings_all(a_scene(session, clock))
        if lost:
            session.rollback()
    skip_lost_numbers(database)
    with database.transaction() as session:
        scene = a_scene(session, clock) if lost else Scene.found(session, clock)
        after = brings_all(scene)
    assert set(before) == set(after) == set(NAMED_IN_SLACK)
    assert {one: after[one] - before[one] >= SKIPPED for one in after} == dict.fromkeys(after, True)


def test_what_calendars_are_told_of_a_meeting_is_newer_than_all_that_was_lost(
    database: Database, clock: FrozenClock
) -> None:
    """Also of one that is cancelled: another may take its place in them."""
    with database.transaction() as session:
        scene = a_scene(session, clock)
        meeting = scene.meeting
        meeting.state, meeting.sequence = MeetingState.CANCELLED, 3
        with across_consortia(session):
            of_all = {one.id: one.sequence for one in session.query(Meeting)}
    for _ in range(2):
        skip_lost_numbers(database)
    with database.transaction() as session, across_consortia(session):
        after = {one.id: one.sequence for one in session.query(Meeting)}
    assert after == {number: sequence + 2 * SKIPPED for number, sequence in of_all.items()}
