"""What a host tells of the day: shown while it holds, proposed again at the same office, and left out with one click."""

from dataclasses import replace

from bot.hosting import give
from bot.meetings import arrangement_of, change
from bot.seen.meetings import NO_WELCOME, Welcome, seen_meeting
from bot.welcoming import begin_without_staff, to_welcome, welcome
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.bot.hosting import OVER, curator, on_agenda, publish
from tests.builders import Scene, a_meeting, deliver
from tests.refusals import refusal

TOLD = Welcome("Ana, case manager", "The blue door. Text Ana: 415 555 0100", "Coffee next door")


def tells(scene: Scene, told: Welcome = TOLD) -> None:
    welcome(scene.session, curator(scene), scene.meeting.id, told, scene.now)


def test_a_meeting_begins_with_the_hosts_staff_unless_it_is_short_or_the_host_leaves_them_out(
    scene: Scene,
) -> None:
    assert seen_meeting(scene.meeting).opening == 10
    scene.meeting.minutes = 45
    assert seen_meeting(scene.meeting).opening == 0
    scene.meeting.minutes = 120
    begin_without_staff(scene.session, curator(scene), scene.meeting.id, scene.now)
    assert seen_meeting(scene.meeting).opening == 0


def test_the_agenda_that_is_out_is_edited(scene: Scene) -> None:
    on_agenda(scene, "Rents")
    publish(scene)
    [post] = scene.posts(PostKind.AGENDA, about=scene.meeting.id)
    for deed in (tells, lambda it: begin_without_staff(it.session, curator(it), it.meeting.id, it.now)):
        deliver(post, scene.now)
        deed(scene)
        scene.session.refresh(post)
        assert post.state == PostState.DUE


def test_the_way_to_another_office_is_not_told_and_waits_to_be_changed(scene: Scene) -> None:
    tells(scene)
    elsewhere = replace(arrangement_of(scene.meeting), office="The library")
    change(scene.session, curator(scene), scene.meeting.id, elsewhere, scene.now)
    assert seen_meeting(scene.meeting).welcome == Welcome(staff=TOLD.staff)
    form = to_welcome(scene.session, curator(scene), scene.meeting.id, scene.now)
    assert (form.told, form.other_office) == (TOLD, "1 Main St, San Francisco")
    tells(scene)
    assert to_welcome(scene.session, curator(scene), scene.meeting.id, scene.now).other_office is None
    assert seen_meeting(scene.meeting).welcome == TOLD


def test_another_host_tells_its_own(scene: Scene) -> None:
    tells(scene)
    bayview = scene.collaborative("Bayview")
    give(scene.session, scene.actor("U0ADMIN"), scene.meeting.id, bayview.id, scene.now)
    assert seen_meeting(scene.meeting).welcome == NO_WELCOME
    assert to_welcome(scene.session, scene.actor("U0ADMIN"), scene.meeting.id, scene.now).told == NO_WELCOME


def test_who_names_staff_lets_the_meeting_begin_with_them(scene: Scene) -> None:
    begin_without_staff(scene.session, curator(scene), scene.meeting.id, scene.now)
    tells(scene, Welcome(arrival="The blue door"))
    assert seen_meeting(scene.meeting).opening == 0
    tells(scene)
    assert seen_meeting(scene.meeting).opening == 10


def test_who_left_the_staff_out_changes_the_rest_without_them(scene: Scene) -> None:
    tells(scene)
    begin_without_staff(scene.session, curator(scene), scene.meeting.id, scene.now)
    tells(scene, replace(TOLD, nearby="The pier"))
    assert seen_meeting(scene.meeting).opening == 0


def test_what_another_host_told_of_the_same_office_is_nobody_elses_to_tell(scene: Scene) -> None:
    tells(scene)
    office, bayview = scene.meeting.office, scene.collaborative("Bayview")
    give(scene.session, scene.actor("U0ADMIN"), scene.meeting.id, bayview.id, scene.now)
    later = a_meeting(scene.session, bayview, day=scene.meeting.day.replace(year=2028), office=office)
    assert to_welcome(scene.session, scene.actor("U0ADMIN"), later.id, scene.now).told == NO_WELCOME


def test_nobody_types_the_way_to_the_same_office_a_second_time(scene: Scene) -> None:
    tells(scene)
    day = scene.meeting.day.replace(year=2028)
    later = a_meeting(scene.session, scene.meeting.host, day=day, office=scene.meeting.office)
    elsewhere = a_meeting(scene.session, scene.meeting.host, day=day.replace(day=28), office="The library")
    assert to_welcome(scene.session, curator(scene), later.id, scene.now).told == TOLD
    assert to_welcome(scene.session, curator(scene), elsewhere.id, scene.now).told == NO_WELCOME
    assert seen_meeting(later).welcome == NO_WELCOME


def test_a_meeting_that_is_over_is_told_no_more_of(scene: Scene) -> None:
    meeting = scene.meeting
    scene.clock.strikes(OVER)
    for deed in (
        lambda: to_welcome(scene.session, curator(scene), meeting.id, scene.now),
        lambda: welcome(scene.session, curator(scene), meeting.id, TOLD, scene.now),
        lambda: begin_without_staff(scene.session, curator(scene), meeting.id, scene.now),
    ):
        with refusal("over"):
            deed()
