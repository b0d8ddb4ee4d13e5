"""Which messages come back when somebody has deleted them, and why."""

from collections.abc import Callable

import pytest

from bot.after_meeting import Listed
from bot.decisions import add_to_agenda
from bot.doors import notice_what_is_over
from bot.own_follow_ups import Read, decline
from bot.reminders import remind
from bot.results import Written, send_notes, write_down
from bot.seen.results import Became
from bot.timetable import last_held
from bot.undelivered import ask_anew
from handlers.delivery.kinds import KINDS
from storage.meetings import MeetingState
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.bot.hosting import curator, meeting_held
from tests.bot.test_follow_ups import agreed
from tests.bot.test_undelivered import lost
from tests.builders import Scene, deliver
from tests.story import SHARED


@pytest.mark.parametrize("kind", [PostKind.CALL, PostKind.DIGEST, PostKind.OUTCOME, PostKind.WITHDRAWAL])
def test_what_was_told_once_does_not_come_back(scene: Scene, kind: PostKind) -> None:
    assert not KINDS[kind].is_replaced(scene.session, Post(kind=kind, subject_id=1, place=SHARED))


COMES_BACK = {PostKind.STANDING, PostKind.AGENDA, PostKind.CARD, PostKind.PROPOSED_MEETING}
"""What people still press, or look up."""


def test_which_kinds_come_back_is_written_down(scene: Scene) -> None:
    item = scene.propose()
    scene.meeting.state = MeetingState.PROPOSED
    scene.session.flush()
    [card, *_] = scene.posts(PostKind.CARD, about=item.id)
    subjects = {PostKind.CARD: item.id, PostKind.PROPOSED_MEETING: scene.meeting.id}
    come_back = {
        kind
        for kind, record in KINDS.items()
        if record.is_replaced(
            scene.session,
            Post(id=9999, kind=kind, key=card.key, subject_id=subjects.get(kind, 1), place=card.place),
        )
    }
    assert come_back == COMES_BACK


def nobody_has_a_follow_up(scene: Scene) -> tuple[PostKind, int]:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    decline(scene.session, scene.actor("U0MEMBER"), Read(follow_up.id), scene.now)
    return PostKind.FOLLOW_UP_DECLINED, follow_up.id


def the_host_is_asked_what_happened(scene: Scene) -> tuple[PostKind, int]:
    meeting, _items = meeting_held(scene, "Rents")
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    return PostKind.AFTER_MEETING, meeting.id


def an_item_waits(scene: Scene) -> tuple[PostKind, int]:
    return PostKind.CARD, scene.propose().id


@pytest.mark.parametrize(
    ("asked", "comes_back"),
    [
        (nobody_has_a_follow_up, False),
        (the_host_is_asked_what_happened, False),
        (an_item_waits, True),
    ],
)
def test_where_one_more_decides_what_the_others_have_deleted_stays_so_but_for_cards(
    scene: Scene, asked: Callable[[Scene], tuple[PostKind, int]], *, comes_back: bool
) -> None:
    kind, about = asked(scene)
    for post in scene.posts(kind, about=about):
        deliver(post, scene.now)
        post.state = PostState.NOT_NEEDED
    scene.session.flush()
    scene.apply(**{'"U0CURATOR", "U0DEPUTY"': '"U0CURATOR", "U0DEPUTY", "U0SAM"'})
    scene.session.expire_all()
    places = {post.place for post in scene.posts(kind, about=about) if post.state == PostState.DUE}
    assert places == ({"U0CURATOR", "U0DEPUTY", "U0SAM"} if comes_back else {"U0SAM"})


def sends_the_notes(scene: Scene) -> PostKind:
    held = last_held(scene.session, scene.consortium, scene.now)
    assert held is not None
    send_notes(scene.session, curator(scene), held.id, scene.now)
    return PostKind.NOTES


def asks_for_a_reminder(scene: Scene) -> PostKind:
    remind(scene.session, scene.actor("U0MEMBER"), scene.now)
    return PostKind.REMINDER


def is_asked_whether_a_message_arrived(scene: Scene) -> PostKind:
    if not scene.posts(PostKind.UNSURE):
        lost(scene)
    ask_anew(scene.session, scene.consortium, scene.now)
    return PostKind.UNSURE


@pytest.mark.parametrize("owe", [sends_the_notes, asks_for_a_reminder, is_asked_whether_a_message_arrived])
def test_what_somebody_asks_for_anew_and_what_waits_for_an_answer_comes_back(
    scene: Scene, owe: Callable[[Scene], PostKind]
) -> None:
    held, [item] = meeting_held(scene, "Rents")
    write_down(scene.session, curator(scene), Listed(held.id, item.id), Written(Became.DONE), scene.now)
    posts = scene.posts(owe(scene))
    for post in posts:
        deliver(post, scene.now)
        post.state = PostState.NOT_NEEDED
    scene.session.flush()
    owe(scene)
    scene.session.expire_all()
    assert {(post.state, post.ts) for post in posts} == {(PostState.DUE, None)}


def test_which_kinds_are_told_once_is_written_down() -> None:
    """In a direct channel that Slack opens anew, nobody needs a reminder of before a second time."""
    assert {kind for kind, record in KINDS.items() if record.is_told_once} == {
        *(PostKind.CALL, PostKind.DIGEST, PostKind.NOTES, PostKind.REMINDER, PostKind.FOLLOW_UP),
        *(PostKind.CALENDAR_FILE, PostKind.DOCUMENT, PostKind.SEPARATE_TALK, PostKind.GROUP_TALK),
        *(PostKind.LOOK_BACK, PostKind.LOOK_BACK_FOR_ALL, PostKind.ABOUT_ME),
    }


def test_a_card_comes_back_only_where_it_is_to_be_decided(scene: Scene) -> None:
    item = scene.propose()
    comes_back = KINDS[PostKind.CARD].is_replaced
    [card, *_] = scene.posts(PostKind.CARD, about=item.id)
    of_another_meeting = Post(key=card.key + "x", subject_id=item.id, place=card.place)
    of_nobody_who_decides = Post(key=card.key.replace(card.place, "U0SAM"), subject_id=item.id, place="U0SAM")
    assert comes_back(scene.session, card)
    assert not comes_back(scene.session, of_another_meeting)
    assert not comes_back(scene.session, of_nobody_who_decides)
    assert not comes_back(scene.session, Post(key=card.key, subject_id=9999, place=card.place))
    add_to_agenda(scene.session, curator(scene), item.id, scene.now)
    assert not comes_back(scene.session, card)


@pytest.mark.parametrize(("state", "is_asked"), [(MeetingState.PROPOSED, True), (MeetingState.SET, False)])
def test_a_question_about_a_meeting_comes_back_until_somebody_confirms_it(
    scene: Scene, state: MeetingState, *, is_asked: bool
) -> None:
    scene.meeting.state = state
    scene.session.flush()
    comes_back, meeting_id = KINDS[PostKind.PROPOSED_MEETING].is_replaced, scene.meeting.id
    assert comes_back(scene.session, Post(id=9999, subject_id=meeting_id, place="U0CURATOR")) is is_asked
    assert not comes_back(scene.session, Post(id=9999, subject_id=meeting_id, place="U0SAM"))
    assert not comes_back(scene.session, Post(id=9999, subject_id=9999, place="U0CURATOR"))
