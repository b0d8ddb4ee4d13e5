"""Turns: whoever pressed too early goes back one item, as if nobody had said anything about it."""

import pytest

from bot import live, turns
from bot.after_meeting import Listed
from bot.came_up import bring_up
from bot.items import Proposal, withdraw
from bot.results import Written, rest_is_done, send_notes, write_down
from bot.seen.results import Became
from storage.items import Item
from storage.post_kinds import PostKind
from storage.results import results_of_meeting
from tests.bot.hosting import curator
from tests.bot.test_live import ENDS, became, mark, presses, seen, stands, starts, under_way, words
from tests.builders import Scene
from tests.handlers.steps import on_sqlite
from tests.refusals import refusal

pytestmark = on_sqlite


def test_what_was_said_to_be_done_is_on_again_and_nobody_has_said_so(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking", "Food")
    starts(scene)
    presses(scene, turns.done)
    scene.clock.passes(minutes=1)
    assert "Go back one item" in words(scene)
    presses(scene, turns.go_back)
    assert stands(scene) == ("Rents", ["Parking", "Food"])
    assert became(scene) == {}
    presses(scene, turns.done)
    assert stands(scene) == ("Parking", ["Food"])
    assert became(scene) == {"Rents": Became.DONE}


def test_what_was_put_off_is_on_again_and_comes_no_more(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking", "Food")
    starts(scene)
    presses(scene, turns.put_off)
    presses(scene, turns.go_back)
    assert stands(scene) == ("Rents", ["Parking", "Food"])
    presses(scene, turns.go_on)
    assert stands(scene) == ("Parking", ["Food"])


def test_what_came_once_more_waits_for_its_turn_where_it_did(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking", "Food")
    starts(scene)
    for verb in (turns.put_off, turns.put_off, turns.done):
        presses(scene, verb)
    assert stands(scene) == ("Rents", ["Parking"])
    presses(scene, turns.go_back)
    assert stands(scene) == ("Food", ["Rents", "Parking"])
    assert became(scene) == {}


def test_it_is_one_step_and_no_further(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking", "Food")
    starts(scene)
    presses(scene, turns.go_on)
    presses(scene, turns.done)
    presses(scene, turns.go_back)
    assert stands(scene) == ("Parking", ["Food"])
    assert "Go back one item" not in words(scene)
    with refusal("There is no item before this one"):
        presses(scene, turns.go_back)


def test_of_two_who_press_it_one_goes_back(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking", "Food")
    starts(scene)
    presses(scene, turns.done)
    before = mark(scene)
    presses(scene, turns.go_back)
    with refusal("has gone on since"):
        presses(scene, turns.go_back, made=before)
    assert stands(scene) == ("Rents", ["Parking", "Food"])


def test_from_the_first_item_one_goes_back_to_the_hello_and_not_where_there_was_none(scene: Scene) -> None:
    under_way(scene, "Rents")
    scene.meeting.opening = 10
    starts(scene)
    assert not seen(scene).can_go_back
    presses(scene, turns.go_on)
    presses(scene, turns.go_back)
    assert (stands(scene), seen(scene).is_opening) == ((None, ["Rents"]), True)


def test_a_meeting_that_begins_with_its_first_item_has_nothing_to_go_back_to(scene: Scene) -> None:
    under_way(scene, "Rents")
    starts(scene)
    assert not seen(scene).can_go_back
    with refusal("There is no item before this one"):
        presses(scene, turns.go_back)


def test_after_the_last_item_one_goes_back_to_it_also_if_another_came_up(scene: Scene) -> None:
    under_way(scene, "Rents")
    starts(scene)
    presses(scene, turns.done)
    bring_up(scene.session, curator(scene), [Proposal("Same system")], scene.now)
    presses(scene, turns.go_back)
    assert (stands(scene), became(scene)) == (("Rents", ["Same system"]), {})


def test_what_has_left_the_agenda_meanwhile_is_not_gone_back_to(scene: Scene) -> None:
    [rents, _] = under_way(scene, "Rents", "Parking")
    starts(scene)
    presses(scene, turns.go_on)
    withdraw(scene.session, scene.actor(rents.proposer.user_id), rents.id, scene.now)
    assert not seen(scene).can_go_back
    with refusal("There is no item before this one"):
        presses(scene, turns.go_back)
    assert stands(scene) == ("Parking", [])


def test_whoever_ended_the_meeting_goes_back_in_it_once_it_goes_on(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking")
    starts(scene)
    presses(scene, turns.done)
    live.end(scene.session, curator(scene), scene.meeting.id, scene.now)
    starts(scene)
    presses(scene, turns.go_back)
    assert stands(scene) == ("Rents", ["Parking"])


# --- While the list of what became of the items is open, too


def over_its_time(scene: Scene, *titles: str) -> list[Item]:
    items = under_way(scene, *titles)
    starts(scene)
    scene.clock.strikes(ENDS)
    scene.clock.passes(minutes=1)
    return items


@pytest.mark.parametrize("outcome", [None, "We write to the owner"])
def test_a_line_that_somebody_wrote_about_it_stays(scene: Scene, outcome: str | None) -> None:
    meeting = scene.meeting
    [rents, _] = over_its_time(scene, "Rents", "Parking")
    presses(scene, turns.done, over=meeting)
    written = Written(Became.DONE, outcome)
    write_down(scene.session, curator(scene), Listed(meeting.id, rents.id, 0), written, scene.now)
    presses(scene, turns.go_back, over=meeting)
    kept = results_of_meeting(scene.session, meeting)
    assert [one.outcome for one in kept.values()] == ([outcome] if outcome else [])


def test_what_was_written_there_and_not_in_the_room_stays(scene: Scene) -> None:
    meeting = scene.meeting
    [rents, parking] = over_its_time(scene, "Rents", "Parking")
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    scene.clock.passes(minutes=1)
    presses(scene, turns.go_on, over=meeting)
    presses(scene, turns.go_back, over=meeting)
    assert set(results_of_meeting(scene.session, meeting)) == {rents.id, parking.id}


def test_notes_that_told_it_already_are_edited(scene: Scene) -> None:
    meeting = scene.meeting
    over_its_time(scene, "Rents", "Parking")
    presses(scene, turns.done, over=meeting)
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    [notes] = scene.posts(PostKind.NOTES)
    before = notes.wanted_version
    presses(scene, turns.go_back, over=meeting)
    scene.session.refresh(notes)
    assert notes.wanted_version > before
