"""Who comes may take notes: for that meeting they put what comes up on the agenda and write down what became of it, and decide nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.board import board
from bot.came_up import bring_up
from bot.coming import say_whether_one_comes, who_comes
from bot.doors import notice_what_is_over
from bot.errors import UserError
from bot.items import Proposal
from bot.leaving import erase, those_called
from bot.meetings import arrangement_of, change
from bot.note_takers import take_no_notes, take_notes
from bot.people import Actor
from bot.policies import decides_on_item, decides_on_meeting, writes_down
from bot.where_things_stand import status
from storage.coming import Coming, forget_the_day
from storage.former import Neutral
from storage.items import Item, ItemState
from storage.one_person import become_one
from storage.post_kinds import PostKind
from tests.bot.hosting import OVER, curator, meeting_held
from tests.builders import Scene, deliver
from tests.drawn import draw
from tests.refusals import refusal

TAKER, ELSEWHERE, NEXT_HOST = "U0SAM", "U0KOFI", "U0RUTH"
BEGUN = "2027-01-21 10:30"


def person(scene: Scene, user_id: str = TAKER) -> Actor:
    return scene.actor(user_id, "T0OTHER" if user_id in (ELSEWHERE, NEXT_HOST) else "T0SISTER")


def takes(scene: Scene, user_id: str = TAKER) -> None:
    take_notes(scene.session, person(scene, user_id), scene.meeting.id, scene.now)


def brings(scene: Scene, user_id: str = TAKER) -> Item:
    received = bring_up(scene.session, person(scene, user_id), [Proposal("Same system")], scene.now)
    return scene.session.get_one(Item, received.items[0].id)


def is_at_once(scene: Scene, user_id: str = TAKER) -> bool:
    return brings(scene, user_id).state == ItemState.ON_AGENDA


def may(scene: Scene, policy: Callable[..., None], subject: int, user_id: str = TAKER) -> bool:
    try:
        policy(scene.session, person(scene, user_id), subject, scene.now)
    except UserError:
        return False
    return True


def comes(scene: Scene, user_id: str = TAKER, *, comes: bool = True) -> None:
    say_whether_one_comes(scene.session, person(scene, user_id), scene.meeting.id, scene.now, comes=comes)


def moves(scene: Scene, days: int) -> None:
    wanted = arrangement_of(scene.meeting)
    moved = replace(wanted, day=wanted.day + timedelta(days=days))
    change(scene.session, curator(scene), scene.meeting.id, moved, scene.now)


@pytest.mark.parametrize("said", [None, True, False])
def test_whoever_takes_notes_comes_and_the_host_alone_reads_who_they_are(
    scene: Scene, *, said: bool | None
) -> None:
    if said is not None:
        comes(scene, comes=said)
    takes(scene)
    takes(scene)
    takes(scene, ELSEWHERE)
    host = who_comes(scene.session, curator(scene), scene.meeting.id, scene.now)
    assert (host.head_count.people, host.notes.count, host.notes.by_reader) == (2, 2, False)
    assert host.notes.names == ("Sam Whitfield", "Kofi Mensah")
    own = who_comes(scene.session, person(scene), scene.meeting.id, scene.now)
    assert (own.notes.count, own.notes.by_reader, own.notes.names, own.comes) == (2, True, (), True)
    stands = board(scene.session, curator(scene), scene.meeting.id, scene.now)
    assert stands.note_takers == host.notes.names


def test_they_put_what_comes_up_on_the_agenda_at_once_and_decide_nothing_else(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents", at=BEGUN)
    assert not is_at_once(scene)
    takes(scene)
    assert is_at_once(scene)
    assert may(scene, writes_down, meeting.id)
    assert not may(scene, decides_on_meeting, meeting.id)
    assert not may(scene, decides_on_item, item.id)


def test_somebody_whose_collaborative_nobody_knows_is_not_asked_for_it_while_they_take_notes(
    scene: Scene,
) -> None:
    meeting_held(scene, at=BEGUN)
    takes(scene, "U0NEW")
    assert is_at_once(scene, "U0NEW")


def gives_back(scene: Scene) -> None:
    take_no_notes(scene.session, person(scene), scene.meeting.id, scene.now)


def leaves(scene: Scene) -> None:
    person(scene).person.leaves(scene.now)


def is_deactivated(scene: Scene) -> None:
    person(scene).person.deactivated_at = scene.now


def is_erased(scene: Scene) -> None:
    people = those_called(scene.session, "T0SISTER", TAKER)
    erase(scene.session, scene.consortium, people, Neutral("somebody", "something", "something"), scene.now)


def can_not_come(scene: Scene) -> None:
    comes(scene, comes=False)


def comes_again(scene: Scene) -> None:
    comes(scene, comes=False)
    comes(scene)


@pytest.mark.parametrize(
    "no_more", [gives_back, leaves, is_deactivated, is_erased, can_not_come, comes_again]
)
def test_who_gives_it_back_or_is_there_no_more_takes_no_notes(
    scene: Scene, no_more: Callable[[Scene], None]
) -> None:
    meeting, _items = meeting_held(scene, "Rents", at=BEGUN)
    takes(scene)
    no_more(scene)
    scene.session.flush()
    assert not may(scene, writes_down, meeting.id)
    assert not board(scene.session, curator(scene), meeting.id, scene.now).note_takers


def test_of_another_day_nobody_takes_notes_until_they_say_so_again(scene: Scene) -> None:
    takes(scene)
    moves(scene, 1)
    assert not may(scene, writes_down, scene.meeting.id)
    comes(scene)
    assert not may(scene, writes_down, scene.meeting.id)
    takes(scene)
    assert may(scene, writes_down, scene.meeting.id)


def test_it_is_refused_where_nobody_takes_them_or_the_meeting_is_over(scene: Scene) -> None:
    with refusal("You take no notes"):
        gives_back(scene)
    meeting, _items = meeting_held(scene, "Rents", at=OVER)
    for way in (take_notes, take_no_notes):
        with refusal("over"):
            way(scene.session, person(scene), meeting.id, scene.now)
        with refusal("no longer here"):
            way(scene.session, person(scene), 999, scene.now)


def test_in_the_evening_they_are_asked_too_and_find_the_list_on_home_until_nobody_knows_who_came(
    scene: Scene,
) -> None:
    meeting, _items = meeting_held(scene, "Rents", at=BEGUN)
    takes(scene)
    takes(scene, "U0CURATOR")
    scene.clock.strikes(OVER)
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    asked = {post.place: post for post in scene.posts(PostKind.AFTER_MEETING, about=meeting.id)}
    assert set(asked) == {"U0CURATOR", "U0DEPUTY", TAKER}
    scene.clock.strikes("2027-01-21 17:30")
    told = {place: draw(scene.session, post, scene.now) for place, post in asked.items()}
    assert "Thank you for taking notes." in str(told[TAKER])
    assert "Thank you for hosting." in str(told["U0CURATOR"])
    assert status(scene.session, person(scene), scene.now).to_write_about
    assert not status(scene.session, person(scene, "U0MEMBER"), scene.now).to_write_about
    deliver(asked[TAKER], scene.now)
    scene.clock.strikes("2027-01-31 10:00")
    forget_the_day(scene.session, scene.now)
    assert not status(scene.session, person(scene), scene.now).to_write_about
    assert "with those who decide now" in str(draw(scene.session, asked[TAKER], scene.now))


def test_the_next_host_is_asked_first_in_the_week_before_until_somebody_takes_notes(scene: Scene) -> None:
    meeting_held(scene, at="2027-01-13 10:00")
    asked = [status(scene.session, person(scene, NEXT_HOST), scene.now).is_asked_for_notes]
    scene.clock.strikes("2027-01-14 10:00")
    asked += [
        status(scene.session, person(scene, one), scene.now).is_asked_for_notes
        for one in (NEXT_HOST, "U0CURATOR", "U0MEMBER")
    ]
    takes(scene)
    asked.append(status(scene.session, person(scene, NEXT_HOST), scene.now).is_asked_for_notes)
    assert asked == [False, True, False, False, False]


def test_of_two_words_of_one_person_the_one_stands_that_they_are_now(scene: Scene) -> None:
    takes(scene)
    become_one(scene.session, person(scene).person, person(scene, "U0MEMBER").person)
    [left] = scene.session.scalars(select(Coming))
    assert left.takes_notes
