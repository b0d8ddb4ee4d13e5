"""The live meeting: who leads it says what had its turn, each button is good for one turn, and the clock tells what is left of the day."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bot import live, turns
from bot.board import board
from bot.came_up import bring_up
from bot.decisions import add_to_agenda, hold
from bot.fingerprints import Fingerprint
from bot.items import Proposal, withdraw
from bot.meetings import change
from bot.note_takers import take_notes
from bot.seen.live import LiveSeen
from bot.seen.results import Became
from bot.telling.about_live import seen_live
from bot.turns import mark_of
from storage.items import Item, ItemState
from storage.live import live_of
from storage.meetings import Meeting
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.results import results_of_meeting
from tests.bot.hosting import curator, held, meeting_held, on_agenda
from tests.builders import Scene, an_arrangement
from tests.drawn import draw
from tests.refusals import refusal

EARLY, BEGUN, ENDS = "2027-01-21 09:00", "2027-01-21 10:00", "2027-01-21 12:00"


def under_way(scene: Scene, *titles: str) -> list[Item]:
    """The meeting of January has begun with these on its agenda, and without an opening."""
    items = meeting_held(scene, *titles, at=BEGUN)[1]
    scene.meeting.opening = 0
    return items


def meeting_of(scene: Scene):
    return scene.meeting


def starts(scene: Scene, *taken_up: int) -> None:
    live.start(scene.session, curator(scene), scene.meeting.id, taken_up, scene.now)


def seen(scene: Scene) -> LiveSeen:
    found = live_of(scene.session, scene.meeting)
    assert found is not None
    return seen_live(scene.session, scene.consortium, found, scene.now)


def stands(scene: Scene) -> tuple[str | None, list[str]]:
    """What is on, and what comes."""
    now = seen(scene)
    return now.item.title if now.item else None, [item.title for item in now.coming.shown]


def mark(scene: Scene, meeting: Meeting | None = None) -> Fingerprint:
    """That of the buttons that the message shows now."""
    found = live_of(scene.session, meeting or scene.meeting)
    assert found is not None
    return mark_of(found)


def presses(scene: Scene, verb, *, made: Fingerprint | None = None, over: Meeting | None = None) -> None:
    """With a button that was `made` before, or that the message shows now; also of a meeting that is over its time."""
    meeting = over or scene.meeting
    verb(scene.session, curator(scene), meeting.id, made or mark(scene, meeting), scene.now)


def became(scene: Scene) -> dict[str, Became]:
    return {
        scene.session.get_one(Item, item_id).title: result.became
        for item_id, result in results_of_meeting(scene.session, scene.meeting).items()
    }


def words(scene: Scene) -> str:
    [post] = scene.posts(PostKind.LIVE)
    message = draw(scene.session, post, scene.now)
    return str(message and message.blocks)


def test_it_begins_with_a_hello_and_goes_from_item_to_item_until_nothing_is_left(scene: Scene) -> None:
    items = under_way(scene, "Rents", "Parking", "Food")
    scene.meeting.opening = 10
    starts(scene)
    assert stands(scene) == (None, ["Rents", "Parking", "Food"])
    assert "We say hello" in words(scene)
    presses(scene, turns.go_on)
    assert stands(scene) == ("Rents", ["Parking", "Food"])
    presses(scene, turns.done)
    presses(scene, turns.go_on)
    assert stands(scene) == ("Food", [])
    presses(scene, turns.done)
    assert stands(scene) == (None, [])
    assert "Nothing is on at the moment" in words(scene)
    assert became(scene) == {"Rents": Became.DONE, "Food": Became.DONE}
    assert {item.state for item in items} == {ItemState.ON_AGENDA}


def test_without_an_opening_the_first_item_is_on_at_once(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking")
    starts(scene)
    assert stands(scene) == ("Rents", ["Parking"])


def test_with_nothing_on_the_agenda_it_is_live_all_the_same_and_takes_what_comes_up(scene: Scene) -> None:
    under_way(scene)
    starts(scene)
    assert stands(scene) == (None, [])
    bring_up(scene.session, curator(scene), [Proposal("Same system")], scene.now)
    assert stands(scene) == (None, ["Same system"])
    presses(scene, turns.go_on)
    assert stands(scene) == ("Same system", [])


def test_what_is_put_off_comes_after_all_others_each_time(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking", "Food")
    starts(scene)
    presses(scene, turns.put_off)
    assert stands(scene) == ("Parking", ["Food", "Rents"])
    presses(scene, turns.put_off)
    assert stands(scene) == ("Food", ["Rents", "Parking"])
    presses(scene, turns.put_off)
    assert stands(scene) == ("Rents", ["Parking", "Food"])
    for _ in range(2):
        presses(scene, turns.go_on)
    with refusal("No other item is left"):
        presses(scene, turns.put_off)
    assert stands(scene) == ("Food", [])


def test_a_button_is_good_for_one_turn_alone(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking", "Food")
    starts(scene)
    before = mark(scene)
    presses(scene, turns.done)
    for verb in (turns.done, turns.put_off, turns.go_on):
        with refusal("has gone on since"):
            presses(scene, verb, made=before)
    assert stands(scene) == ("Parking", ["Food"])


def test_of_an_item_that_is_on_once_more_the_buttons_of_before_are_good_for_nothing(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking")
    starts(scene)
    before = mark(scene)
    for verb in (turns.put_off, turns.go_on):
        scene.clock.passes(seconds=2)
        presses(scene, verb)
    assert stands(scene) == ("Rents", [])
    for verb in (turns.done, turns.go_on):
        with refusal("has gone on since"):
            presses(scene, verb, made=before)
    assert stands(scene) == ("Rents", [])


def test_what_came_up_after_the_last_item_no_button_of_the_hello_brings_on(scene: Scene) -> None:
    under_way(scene, "Rents")
    scene.meeting.opening = 10
    starts(scene)
    before = mark(scene)
    for verb in (turns.go_on, turns.done):
        scene.clock.passes(seconds=2)
        presses(scene, verb)
    bring_up(scene.session, curator(scene), [Proposal("Same system")], scene.now)
    with refusal("has gone on since"):
        presses(scene, turns.go_on, made=before)
    assert stands(scene) == (None, ["Same system"])


def test_whoever_presses_within_a_minute_is_asked_once_more_and_then_no_more(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking")
    starts(scene)
    assert "Go on already?" in words(scene)
    scene.clock.passes(seconds=59)
    assert "Go on already?" in words(scene)
    scene.clock.passes(seconds=1)
    assert "Go on already?" not in words(scene)


def test_late_items_are_taken_up_at_the_start_and_others_wait_on(scene: Scene) -> None:
    under_way(scene, "Rents")
    late, other = scene.propose("Late one"), scene.propose("Other")
    shown = live.to_start(scene.session, curator(scene), None, scene.now)
    assert [item.title for item in shown.waiting.shown] == ["Late one", "Other"]
    starts(scene, late.id)
    assert stands(scene) == ("Rents", ["Late one"])
    assert (late.state, other.state) == (ItemState.ON_AGENDA, ItemState.WAITING)
    assert late.told_at == scene.now


def test_what_is_not_among_those_that_wait_is_not_taken_up(scene: Scene) -> None:
    under_way(scene, "Rents")
    kept = held(scene)
    starts(scene, kept.id, 999)
    assert (stands(scene), kept.state) == (("Rents", []), ItemState.HELD)


def test_its_start_tells_what_nobody_was_told_yet(scene: Scene) -> None:
    [item] = on_agenda(scene, "Rents", told=False)
    scene.clock.strikes(EARLY)
    scene.meeting.opening = 0
    starts(scene)
    [outcome] = scene.posts(PostKind.OUTCOME, about=item.id)
    assert item.told_at == scene.now
    assert outcome.due_at <= scene.now


def test_what_its_host_decides_meanwhile_is_told_at_once_and_stands_there(scene: Scene) -> None:
    under_way(scene, "Rents")
    item, other = scene.propose("Parking"), scene.propose("Food")
    starts(scene)
    add_to_agenda(scene.session, curator(scene), item.id, scene.now)
    hold(scene.session, curator(scene), other.id, scene.now)
    assert {post.due_at for post in scene.posts(PostKind.OUTCOME, about=item.id)} == {scene.now}
    assert stands(scene) == ("Rents", ["Parking"])


def test_what_leaves_the_agenda_while_it_is_on_is_on_no_more_and_the_meeting_goes_on(scene: Scene) -> None:
    [rents, _] = under_way(scene, "Rents", "Parking")
    starts(scene)
    withdraw(scene.session, scene.actor(rents.proposer.user_id), rents.id, scene.now)
    assert stands(scene) == (None, ["Parking"])
    with refusal("You can't write about this item here"):
        presses(scene, turns.done)
    presses(scene, turns.go_on)
    assert stands(scene) == ("Parking", [])


def test_every_change_of_the_agenda_is_told_in_its_message(scene: Scene) -> None:
    [rents, parking] = under_way(scene, "Rents", "Parking")
    starts(scene)
    [post] = scene.posts(PostKind.LIVE)
    before = post.wanted_version
    withdraw(scene.session, scene.actor(parking.proposer.user_id), parking.id, scene.now)
    scene.session.refresh(post)
    assert post.wanted_version > before
    assert rents.state == ItemState.ON_AGENDA


@pytest.mark.parametrize("at", ["2027-01-21 08:59", "2026-12-01 10:00"])
def test_it_can_not_be_started_more_than_an_hour_before(scene: Scene, at: str) -> None:
    on_agenda(scene, "Rents")
    scene.clock.strikes(at)
    with refusal("It is early"):
        starts(scene)
    assert not board(scene.session, curator(scene), scene.meeting.id, scene.now).can_be_started


@pytest.mark.parametrize("at", [EARLY, BEGUN, "2027-01-21 11:59"])
def test_it_can_be_started_from_an_hour_before_until_its_end_and_not_twice(scene: Scene, at: str) -> None:
    on_agenda(scene, "Rents")
    scene.clock.strikes(at)
    assert board(scene.session, curator(scene), scene.meeting.id, scene.now).can_be_started
    starts(scene)
    assert not board(scene.session, curator(scene), scene.meeting.id, scene.now).can_be_started
    with refusal("The meeting is live"):
        starts(scene)


def test_one_that_is_over_can_not_be_started(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, "Rents", at=ENDS)
    with refusal("This meeting is over"):
        live.start(scene.session, curator(scene), meeting.id, (), scene.now)


def test_who_ended_it_too_early_starts_it_again_where_it_was(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking")
    starts(scene)
    presses(scene, turns.done)
    live.end(scene.session, curator(scene), scene.meeting.id, scene.now)
    assert "The meeting is over" in words_after(scene)
    with refusal("This meeting is not live"):
        presses(scene, turns.done)
    starts(scene)
    assert stands(scene) == ("Parking", [])


def words_after(scene: Scene) -> str:
    """What the message says that stands there."""
    [post] = scene.posts(PostKind.LIVE)
    post.ts = post.ts or "1.1"
    return words(scene)


def test_it_goes_on_over_its_time_until_an_hour_later(scene: Scene) -> None:
    meeting = scene.meeting
    [_, parking] = under_way(scene, "Rents", "Parking")
    starts(scene)
    scene.clock.strikes("2027-01-21 12:59")
    presses(scene, turns.done, over=meeting)
    live.keep_time(scene.session, scene.consortium, scene.now)
    found = live_of(scene.session, meeting)
    assert found is not None
    assert (found.item_id, found.ended_at) == (parking.id, None)
    assert seen_live(scene.session, scene.consortium, found, scene.now).left == -59
    scene.clock.strikes("2027-01-21 13:00")
    with refusal("This meeting is not live"):
        presses(scene, turns.done, over=meeting)
    live.keep_time(scene.session, scene.consortium, scene.now)
    assert found.ended_at == scene.now


def test_the_clock_tells_once_a_minute_what_is_left_and_of_nothing_when_none_is_live(scene: Scene) -> None:
    under_way(scene, "Rents")
    live.keep_time(scene.session, scene.consortium, scene.now)
    assert not scene.posts(PostKind.LIVE)
    starts(scene)
    [post] = scene.posts(PostKind.LIVE)
    versions = [post.wanted_version]
    for seconds in (0, 30, 30, 10, 50, 600):
        scene.clock.passes(seconds=seconds)
        live.keep_time(scene.session, scene.consortium, scene.now)
        scene.session.refresh(post)
        versions.append(post.wanted_version)
    assert [after - before for before, after in pairwise(versions)] == [
        0,
        0,
        1,
        0,
        1,
        1,
    ]


def test_how_much_is_left_and_how_much_of_it_the_items_take(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking", "Food")
    starts(scene)
    scene.clock.strikes("2027-01-21 11:44")
    scene.clock.passes(seconds=30)
    now = seen(scene)
    assert (now.left, now.planned.minutes) == (16, 30)
    assert "16 min left today" in words(scene)
    assert "That is 14 min too much" in words(scene)
    scene.clock.strikes(ENDS)
    assert "The planned time is over" in words(scene)


def test_one_that_is_moved_to_another_day_is_live_no_more(scene: Scene) -> None:
    under_way(scene, "Rents")
    starts(scene)
    meeting = scene.meeting
    elsewhere = an_arrangement(day=meeting.day + timedelta(days=7), office=meeting.office)
    change(scene.session, curator(scene), meeting.id, elsewhere, scene.now)
    with refusal("This meeting is not live"):
        presses(scene, turns.done)
    assert "This meeting was moved" in words_after(scene)
    live.keep_time(scene.session, scene.consortium, scene.now)
    found = live_of(scene.session, meeting)
    assert found is not None
    assert found.ended_at == scene.now


def test_nobody_keeps_how_long_an_item_took(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking")
    starts(scene)
    began = scene.now
    scene.clock.passes(minutes=17)
    presses(scene, turns.done)
    found = live_of(scene.session, scene.meeting)
    assert found is not None
    moments = {value for key, value in vars(found).items() if key.endswith("_at") or key == "since"}
    assert moments <= {began, scene.now, None}
    assert found.since == scene.now


def test_its_message_is_not_sent_where_it_ended_before(scene: Scene) -> None:
    under_way(scene, "Rents")
    starts(scene)
    live.end(scene.session, curator(scene), scene.meeting.id, scene.now)
    [post] = scene.posts(PostKind.LIVE)
    assert post.state == PostState.DUE
    assert draw(scene.session, post, scene.now) is None


def test_who_takes_notes_reads_before_it_what_was_told_alone(scene: Scene) -> None:
    on_agenda(scene, "Told")
    on_agenda(scene, "Untold", told=False)
    take_notes(scene.session, scene.actor("U0SAM"), scene.meeting.id, scene.now)
    for person, shown in (("U0CURATOR", ["Told", "Untold"]), ("U0SAM", ["Told"])):
        seen = live.to_start(scene.session, scene.actor(person), scene.meeting.id, scene.now)
        assert [item.title for item in seen.on_agenda.shown] == shown
