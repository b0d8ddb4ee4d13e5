"""Who does what: a collaborative takes what there is to do for a meeting, everybody reads so, and the first who takes it has it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.board import board
from bot.coming import say_whether_one_comes, who_comes
from bot.duties import give_back, take, told_duties, who_does_what
from bot.leaving import erase, those_called
from bot.meetings import arrangement_of, change
from bot.membership import join
from bot.note_takers import take_notes
from bot.people import Actor
from bot.seen.duties import DutiesSeen, DutySeen
from bot.taking_out import take_out
from storage.coming import forget_the_day
from storage.duties import Duty, Work
from storage.former import Neutral
from storage.one_person import become_one
from storage.post_kinds import PostKind
from tests.bot.hosting import OVER, curator, meeting_held, on_agenda, publish
from tests.bot.test_hosting import admin, gives
from tests.builders import Scene, deliver
from tests.drawn import draw
from tests.refusals import refusal

KOFI, RUTH, SAM, NEW = "U0KOFI", "U0RUTH", "U0SAM", "U0NEW"


def person(scene: Scene, user_id: str) -> Actor:
    return scene.actor(user_id, "T0OTHER" if user_id in (KOFI, RUTH) else "T0SISTER")


def takes(scene: Scene, by: str = KOFI, work: Work = Work.FOOD) -> DutiesSeen:
    return take(scene.session, person(scene, by), scene.meeting.id, work, scene.now)


def gives_up(scene: Scene, by: str = KOFI, work: Work = Work.FOOD) -> DutiesSeen:
    return give_back(scene.session, person(scene, by), scene.meeting.id, work, scene.now)


def page(scene: Scene, by: str = "U0MEMBER") -> dict[Work, DutySeen]:
    seen = who_does_what(scene.session, person(scene, by), scene.meeting.id, scene.now)
    return {one.work: one for one in seen.duties}


def food(scene: Scene, by: str = "U0MEMBER") -> str | None:
    return page(scene, by)[Work.FOOD].by


def test_anybody_takes_it_for_their_collaborative_and_all_read_so_but_only_the_host_who_said_it(
    scene: Scene,
) -> None:
    takes(scene)
    for reader, said_by, is_own in (
        ("U0MEMBER", None, False),
        (RUTH, None, True),
        ("U0CURATOR", "Kofi Mensah", False),
    ):
        seen = page(scene, reader)[Work.FOOD]
        assert (seen.by, seen.said_by, seen.is_readers) == ("Bayview", said_by, is_own)
    assert [one.work for one in told_duties(scene.session, scene.meeting) if not one.is_taken] == [
        Work.ROOM,
        Work.INTERPRETER,
        Work.WELCOME,
    ]


def test_the_first_has_it_and_the_second_reads_who(scene: Scene) -> None:
    takes(scene)
    for second in (SAM, KOFI, RUTH):
        with refusal("Bayview does this already"):
            takes(scene, second)
    assert food(scene) == "Bayview"


def test_of_whom_nobody_knows_whom_they_are_with_the_own_name_is_read_until_they_say(scene: Scene) -> None:
    person(scene, NEW).person.name = "Nia"
    takes(scene, NEW)
    assert (food(scene), page(scene, NEW)[Work.FOOD].is_readers) == ("Nia", True)
    assert page(scene, "U0CURATOR")[Work.FOOD].said_by is None
    join(scene.session, person(scene, NEW), scene.collaborative("Sunset").id, scene.now)
    assert food(scene) == "Sunset"


def test_anybody_of_theirs_gives_it_back_and_the_host_takes_it_off_but_nobody_else(scene: Scene) -> None:
    for by in (KOFI, RUTH, "U0CURATOR"):
        takes(scene)
        assert gives_up(scene, by).duties[1].by is None
    takes(scene)
    for other in ("U0MEMBER", SAM, "U0ADMIN"):
        with refusal("Bayview does this. Only they and the host's team can take it off"):
            gives_up(scene, other)
    gives_up(scene)
    with refusal("Nobody does this at the moment"):
        gives_up(scene)
    takes(scene, SAM)
    assert food(scene) == "Sunset"


def moves(scene: Scene, days: int) -> None:
    wanted = arrangement_of(scene.meeting)
    moved = replace(wanted, day=wanted.day + timedelta(days=days))
    change(scene.session, curator(scene), scene.meeting.id, moved, scene.now)


def test_of_another_day_nobody_does_it_until_somebody_says_so_again(scene: Scene) -> None:
    takes(scene)
    moves(scene, 1)
    assert food(scene) is None
    takes(scene, SAM)
    moves(scene, -1)
    assert food(scene) is None
    takes(scene)
    assert food(scene) == "Bayview"


def test_where_another_hosts_on_the_same_day_it_stays(scene: Scene) -> None:
    takes(scene)
    gives(scene, scene.meeting, "Sunset")
    assert food(scene) == "Bayview"
    assert page(scene, SAM)[Work.FOOD].said_by == "Kofi Mensah"


def is_taken_out(scene: Scene) -> None:
    take_out(scene.session, admin(scene), scene.collaborative("Bayview").id, {}, scene.now)


def leaves(scene: Scene) -> None:
    person(scene, NEW).person.leaves(scene.now)


def is_deactivated(scene: Scene) -> None:
    person(scene, NEW).person.deactivated_at = scene.now


def is_erased(scene: Scene) -> None:
    people = those_called(scene.session, "T0SISTER", NEW)
    erase(scene.session, scene.consortium, people, Neutral("somebody", "something", "something"), scene.now)


@pytest.mark.parametrize(
    ("by", "no_more"), [(KOFI, is_taken_out), (NEW, leaves), (NEW, is_deactivated), (NEW, is_erased)]
)
def test_what_nobody_among_us_does_any_more_is_to_be_taken_again(
    scene: Scene, by: str, no_more: Callable[[Scene], None]
) -> None:
    takes(scene, by)
    no_more(scene)
    scene.session.flush()
    assert not page(scene)[Work.FOOD].is_taken
    takes(scene, SAM)
    assert food(scene) == "Sunset"


def test_who_said_so_may_leave_and_their_collaborative_does_it_still(scene: Scene) -> None:
    takes(scene)
    person(scene, KOFI).person.leaves(scene.now)
    assert food(scene) == "Bayview"


def test_it_is_over_with_its_meeting(scene: Scene) -> None:
    takes(scene)
    meeting, _items = meeting_held(scene, at=OVER)
    for way in (take, give_back):
        with refusal("is over"):
            way(scene.session, person(scene, KOFI), meeting.id, Work.FOOD, scene.now)
        with refusal("no longer here"):
            way(scene.session, person(scene, KOFI), 999, Work.FOOD, scene.now)
    assert who_does_what(scene.session, person(scene, KOFI), meeting.id, scene.now).is_closed


def test_seven_days_after_the_meeting_nothing_is_kept_of_it(scene: Scene) -> None:
    takes(scene)
    for moment, kept in (("2027-01-29 10:00", 1), ("2027-01-31 10:00", 0)):
        scene.clock.strikes(moment)
        forget_the_day(scene.session, scene.now)
        assert len(scene.session.scalars(select(Duty)).all()) == kept


def test_what_tells_of_the_day_tells_it_and_is_drawn_anew_without_a_sound(scene: Scene) -> None:
    on_agenda(scene, "Rents")
    publish(scene)
    [agenda] = scene.posts(PostKind.AGENDA)
    deliver(agenda, scene.now)
    versions = [agenda.wanted_version]
    for deed, says in ((takes, True), (gives_up, False)):
        deed(scene)
        scene.session.refresh(agenda)
        versions.append(agenda.wanted_version)
        message = draw(scene.session, agenda, scene.now)
        assert message is not None
        assert ("Food: Bayview" in message.text) is says
    assert versions[0] < versions[1] < versions[2]
    assert len(scene.posts(PostKind.AGENDA)) == 1


def test_who_comes_reads_who_does_what_and_what_nobody_does_yet(scene: Scene) -> None:
    takes(scene)
    told = say_whether_one_comes(scene.session, person(scene, SAM), scene.meeting.id, scene.now, comes=True)
    assert [(one.work, one.by) for one in told.duties] == [
        (Work.ROOM, None),
        (Work.FOOD, "Bayview"),
        (Work.INTERPRETER, None),
        (Work.WELCOME, None),
    ]
    away = say_whether_one_comes(scene.session, person(scene, SAM), scene.meeting.id, scene.now, comes=False)
    assert away.duties == ()
    stands = board(scene.session, curator(scene), scene.meeting.id, scene.now)
    assert stands.duties == told.duties


def test_notes_are_one_fact_with_who_takes_them(scene: Scene) -> None:
    take_notes(scene.session, person(scene, SAM), scene.meeting.id, scene.now)
    for reader in (SAM, "U0CURATOR", "U0MEMBER"):
        seen = who_does_what(scene.session, person(scene, reader), scene.meeting.id, scene.now)
        assert (
            seen.notes == who_comes(scene.session, person(scene, reader), scene.meeting.id, scene.now).notes
        )
    assert seen.notes.count == 1
    assert scene.session.scalars(select(Duty)).all() == []


def test_of_two_rows_of_one_person_what_they_took_is_theirs(scene: Scene) -> None:
    takes(scene, NEW)
    become_one(scene.session, person(scene, NEW).person, person(scene, "U0MEMBER").person)
    assert page(scene, "U0MEMBER")[Work.FOOD].is_readers
