"""Who hosted and left the rotation is still asked about its meeting: where its curators are gone, whoever decides by then is."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.cards import following_those_who_decide
from bot.doors import notice_what_is_over
from bot.own_follow_ups import Read, decline
from bot.people import those_who_host
from bot.seats import leave_rotation
from bot.undelivered import ask_anew
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.bot.hosting import meeting_held
from tests.bot.test_follow_ups import agreed
from tests.bot.test_undelivered import lost
from tests.builders import Scene, a_follow_up, a_meeting, deliver
from tests.counting import counting
from tests.drawn import draw

CURATORS = ("U0CURATOR", "U0DEPUTY")


def what_happened(scene: Scene) -> PostKind:
    meeting_held(scene, "Rents")
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    scene.clock.strikes("2027-01-25 12:00")
    return PostKind.AFTER_MEETING


def who_else_could_do_it(scene: Scene) -> PostKind:
    """Half a year after the meeting."""
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    scene.clock.strikes("2027-07-21 12:00")
    decline(scene.session, scene.actor("U0MEMBER"), Read(follow_up.id), scene.now)
    return PostKind.FOLLOW_UP_DECLINED


def whether_it_arrived(scene: Scene) -> PostKind:
    """Half a year after the meeting."""
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    scene.clock.strikes("2027-07-21 12:00")
    lost(scene, PostKind.FOLLOW_UP, follow_up.id)
    ask_anew(scene.session, scene.consortium, scene.now)
    return PostKind.UNSURE


def leave_the_channel(scene: Scene) -> None:
    with following_those_who_decide(scene.session, scene.consortium, scene.now):
        for user_id in CURATORS:
            scene.actor(user_id).person.left_at = scene.now


def shown(scene: Scene, post: Post) -> str:
    message = draw(scene.session, post, scene.now)
    return str(message.blocks) if message else ""


@pytest.mark.parametrize("ask", [what_happened, who_else_could_do_it, whether_it_arrived])
def test_others_are_asked_and_those_of_before_read_that_they_are(
    scene: Scene, ask: Callable[[Scene], PostKind]
) -> None:
    kind = ask(scene)
    asked = scene.posts(kind)
    assert [post.place for post in asked] == [*CURATORS]
    for post in asked:
        deliver(post, scene.now)
    leave_rotation(scene.session, scene.collaborative("CCSJ"))
    leave_the_channel(scene)
    scene.session.expire_all()
    [anew] = [post for post in scene.posts(kind) if post.place == "U0ADMIN"]
    assert "button" in shown(scene, anew)
    assert {post.state for post in asked} == {PostState.DUE}  # as edits
    assert not any("button" in shown(scene, post) for post in asked)


def test_who_is_asked_nothing_any_more_is_nobody_to_follow(scene: Scene) -> None:
    host = scene.collaborative("CCSJ")
    who_else_could_do_it(scene)
    leave_rotation(scene.session, host)
    assert host in those_who_host(scene.session, scene.now)
    scene.clock.passes(days=93)
    assert host not in those_who_host(scene.session, scene.now)


def test_what_nobody_has_for_long_is_asked_of_nobody_new_and_shows_nothing_to_who_decides_no_more(
    scene: Scene,
) -> None:
    kind = who_else_could_do_it(scene)
    asked = scene.posts(kind)
    for post in asked:
        deliver(post, scene.now)
    scene.clock.passes(days=93)
    scene.apply(**{'"U0DEPUTY"': '"U0SAM"'})
    scene.session.expire_all()
    assert {post.place for post in scene.posts(kind)} == {*CURATORS}
    assert "clinic" not in shown(scene, asked[1])
    assert asked[1].state == PostState.DUE


def test_it_is_as_cheap_after_many_meetings_as_after_one(scene: Scene) -> None:
    """Somebody is asked about at nearly every tick."""
    meeting, [item] = meeting_held(scene, "Rents")
    before = statements(scene)
    for month in range(1, 13):
        held = a_meeting(scene.session, meeting.host, day=date(2026, month, 7))
        about = {"meeting_id": held.id, "declined_at": scene.now, "declines": 1}
        a_follow_up(scene.session, item, **about)
    assert statements(scene) == before


def statements(scene: Scene) -> int:
    with counting(scene.session.get_bind()) as counted:
        assert scene.meeting.host in those_who_host(scene.session, scene.now)
    return counted.figures.statements
