"""Who hears of a message that did not get through, and who may say whether it is there."""

import pytest

from bot.calls import owe_due_calls
from bot.policies import answers_for_post
from bot.undelivered import ask_whether_it_is_there, it_is_there, post_again, tell_admins
from storage.meetings import Meeting
from storage.outbox import Post, PostState
from storage.post_kinds import PostKind
from storage.tenancy import across_consortia
from tests.bot.test_policies import CURATORS, EVERYBODY, allowed, hosted_by
from tests.builders import Scene, a_post
from tests.refusals import refusal

HOSTS = {
    "CCSJ": ["U0CURATOR", "U0DEPUTY"],
    "Bayview": ["U0RUTH"],
    "Mission": ["U0ADMIN"],
    "Sunset": ["U0SAM"],
}
ADMIN = ("T0SISTER", "U0ADMIN")


def lost(scene: Scene, kind: PostKind = PostKind.DIGEST, subject_id: int = 1, wanted: int = 1) -> Post:
    """A message of which nobody knows whether it is there: its first version, of those that were `wanted` since."""
    post = a_post(scene.session, scene.consortium, f"lost {kind}", kind=kind, subject_id=subject_id)
    post.state, post.may_be_there, post.tried_version, post.wanted_version = (
        PostState.UNKNOWN,
        True,
        1,
        wanted,
    )
    scene.session.flush()
    return post


def asked(scene: Scene, post: Post) -> list[str]:
    ask_whether_it_is_there(scene.session, post, scene.now)
    return [question.place for question in scene.posts(PostKind.UNSURE, about=post.id)]


@pytest.mark.parametrize("host", list(HOSTS))
def test_the_host_of_the_next_meeting_is_asked_about_what_is_about_none(scene: Scene, host: str) -> None:
    hosted_by(scene, host)

    assert asked(scene, lost(scene)) == HOSTS[host]


@pytest.mark.parametrize("kind", [PostKind.CALL, PostKind.AGENDA, PostKind.MOVED_MEETING])
def test_a_meetings_own_host_is_asked_about_it(scene: Scene, kind: PostKind) -> None:
    meeting = hosted_by(scene, "Bayview")
    scene.clock.strikes("2027-01-22 12:00")  # it is over

    assert asked(scene, lost(scene, kind, meeting.id)) == ["U0RUTH"]


@pytest.mark.parametrize("kind", [PostKind.CARD, PostKind.OUTCOME, PostKind.WITHDRAWAL])
def test_the_host_of_an_items_meeting_is_asked_about_it(scene: Scene, kind: PostKind) -> None:
    item = scene.propose()
    hosted_by(scene, "Sunset")
    scene.clock.strikes("2027-01-22 12:00")

    assert asked(scene, lost(scene, kind, item.id)) == ["U0SAM"]


def test_where_no_meeting_is_known_admins_are_asked(scene: Scene) -> None:
    scene.clock.strikes("2027-01-22 12:00")

    assert asked(scene, lost(scene)) == ["U0ADMIN"]


@pytest.mark.parametrize("kind", [PostKind.UNSURE, PostKind.UNDELIVERED])
def test_about_a_question_nobody_is_asked(scene: Scene, kind: PostKind) -> None:
    before = len(scene.posts(PostKind.UNSURE)), len(scene.posts(PostKind.UNDELIVERED))
    post = lost(scene, kind)
    ask_whether_it_is_there(scene.session, post, scene.now)
    tell_admins(scene.session, post, scene.now)

    after = len(scene.posts(PostKind.UNSURE)), len(scene.posts(PostKind.UNDELIVERED))
    assert sum(after) == sum(before) + 1  # the lost one itself


@pytest.mark.parametrize("host", list(CURATORS))
def test_those_who_host_and_admins_may_answer(scene: Scene, host: str) -> None:
    hosted_by(scene, host)

    assert allowed(scene, answers_for_post, lost(scene).id) == CURATORS[host] | {ADMIN}


def test_a_message_of_another_consortium_is_nobodys_to_answer_for(scene: Scene) -> None:
    with across_consortia(scene.session):
        theirs = scene.session.query(Post).filter(Post.consortium_id != scene.consortium.id).first()
    assert theirs is not None
    assert allowed(scene, answers_for_post, theirs.id) == set()
    assert len(EVERYBODY) > 5


def test_what_is_there_as_it_was_wanted_is_settled(scene: Scene) -> None:
    post = lost(scene)
    post.sweep_at = scene.now
    it_is_there(scene.session, scene.actor("U0CURATOR"), post.id, scene.now)

    assert (post.state, post.may_be_there, post.ts) == (PostState.SENT, False, None)
    assert post.sweep_at is None  # nobody knows which copy to keep


def test_what_is_there_in_an_older_version_is_owed_in_the_newest(scene: Scene) -> None:
    post = lost(scene, wanted=3)
    it_is_there(scene.session, scene.actor("U0CURATOR"), post.id, scene.now)

    assert (post.state, post.may_be_there) == (PostState.DUE, False)


def test_what_is_missing_is_owed_as_a_new_message(scene: Scene) -> None:
    post = lost(scene)
    reference = post.reference
    post_again(scene.session, scene.actor("U0CURATOR"), post.id, scene.now)

    assert (post.state, post.may_be_there) == (PostState.DUE, False)
    assert post.reference != reference


@pytest.mark.parametrize("answer", [it_is_there, post_again])
def test_the_first_answer_counts(scene: Scene, answer: object) -> None:
    post = lost(scene)
    it_is_there(scene.session, scene.actor("U0CURATOR"), post.id, scene.now)

    with refusal("Maria Vega has answered this already"):
        answer(scene.session, scene.actor("U0DEPUTY"), post.id, scene.now)
    assert post.state == PostState.SENT


@pytest.mark.parametrize("state", [PostState.DUE, PostState.SENDING, PostState.SENT, PostState.FAILED])
def test_what_is_known_is_no_question_any_more(scene: Scene, state: PostState) -> None:
    post = lost(scene)
    post.state = state
    scene.session.flush()

    with refusal("I know by now"):
        post_again(scene.session, scene.actor("U0CURATOR"), post.id, scene.now)
    assert post.state == state


def test_admins_hear_once_that_a_time_away_made_calls_come_too_late(scene: Scene) -> None:
    before = len(scene.posts(PostKind.UNDELIVERED))
    scene.clock.strikes("2027-01-16 08:00")
    for _ in range(3):
        owe_due_calls(scene.session, scene.consortium, scene.now)

    told = scene.posts(PostKind.UNDELIVERED)[before:]
    assert [post.place for post in told] == ["U0ADMIN"]
    missed = scene.session.get(Post, told[0].subject_id)
    assert missed is not None
    assert (missed.state, missed.error) == (PostState.MISSED, "missed")


def test_the_hosts_of_meetings_are_those_of_this_consortium(scene: Scene) -> None:
    """Two consortia look alike; of the other one's meeting nobody here is the host."""
    with across_consortia(scene.session):
        [theirs] = scene.session.query(Meeting).filter(Meeting.consortium_id != scene.consortium.id)
    hosted_by(scene, "Bayview")

    assert asked(scene, lost(scene, PostKind.CALL, theirs.id)) == ["U0RUTH"]
