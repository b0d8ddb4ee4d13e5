"""Answers that a host sends before their hour: whose they are, and when it is too late."""

from bot.answers import send_now
from bot.decisions import hold
from bot.seen.agenda import AgendaSeen
from storage.post_kinds import PostKind
from tests.bot.hosting import board_of, curator, on_agenda
from tests.builders import Scene
from tests.refusals import refusal

ON_THEIR_WAY = "All answers are sent, or on their way."


def sends(scene: Scene) -> AgendaSeen:
    return send_now(scene.session, curator(scene), scene.meeting.id, scene.now)


def due_now(scene: Scene) -> list[bool]:
    return [post.due_at == scene.now for post in scene.posts(PostKind.OUTCOME)]


def test_all_that_was_decided_is_told_now(scene: Scene) -> None:
    on_agenda(scene, "One", "Two", told=False)
    hold(scene.session, curator(scene), scene.propose("Three").id, scene.now)
    scene.propose("Waiting")
    assert due_now(scene) == [False] * 3

    assert sends(scene).answers_for_later == 0
    assert due_now(scene) == [True] * 3


def test_where_no_answer_waits_for_its_hour_that_is_said(scene: Scene) -> None:
    with refusal(ON_THEIR_WAY):
        sends(scene)
    on_agenda(scene, "One", told=False)
    sends(scene)
    with refusal(ON_THEIR_WAY):
        sends(scene)


def test_the_board_counts_what_waits_for_its_hour(scene: Scene) -> None:
    assert board_of(scene).answers_for_later == 0
    on_agenda(scene, "One", told=True)
    on_agenda(scene, "Two", "Three", told=False)
    assert board_of(scene).answers_for_later == 2


def test_of_a_meeting_that_is_over_nothing_is_sent(scene: Scene) -> None:
    on_agenda(scene, "One", told=False)
    host, meeting = curator(scene), scene.meeting.id
    scene.clock.strikes("2027-01-21 12:30")
    with refusal("over"):
        send_now(scene.session, host, meeting, scene.now)
    assert due_now(scene) == [False]
