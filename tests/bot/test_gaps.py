"""The gap before a restore: what may have been sent in it is looked for, whenever it is owed, and nothing else is."""

from datetime import datetime, timedelta

import pytest

from storage import outbox
from storage.consortia import Consortium
from storage.gaps import DONE_ANEW_WITHIN, gap_of
from storage.post_facts import Gap, PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session, enter
from storage.upkeep.note_gap import note_gap
from tests.builders import NOON, Scene, a_post

HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
GAP = Gap(NOON - HOUR, NOON + HOUR)
LONG_AFTER = GAP.until + 30 * A_DAY


def restored(session: Session, consortium: Consortium, gap: Gap = GAP) -> None:
    note_gap(session, gap)
    enter(session, consortium.id)
    session.flush()


def doubt(post: Post) -> tuple[bool, datetime | None, datetime | None]:
    return post.may_be_there, post.first_tried_at, post.not_before


def test_what_is_owed_about_something_of_before_is_looked_for(scene: Scene) -> None:
    item = scene.propose()
    restored(scene.session, scene.consortium)
    told = a_post(scene.session, scene.consortium, "outcome", kind=PostKind.OUTCOME, subject_id=item.id)
    assert doubt(told) == (True, GAP.since, GAP.until)


def test_without_a_restore_nothing_is_looked_for(scene: Scene) -> None:
    item = scene.propose()
    told = a_post(scene.session, scene.consortium, "outcome", kind=PostKind.OUTCOME, subject_id=item.id)
    assert doubt(told) == (False, None, None)


def test_what_came_after_is_new_also_under_the_number_of_something_lost(scene: Scene) -> None:
    scene.propose("Of before")
    restored(scene.session, scene.consortium)
    item = scene.propose("Of after")
    cards = [card for card in scene.posts(PostKind.CARD) if card.subject_id == item.id]
    assert cards
    assert not any(card.may_be_there for card in cards)


@pytest.mark.parametrize(
    ("kind", "longest"),
    [
        (PostKind.OUTCOME, DONE_ANEW_WITHIN),
        (PostKind.AGENDA, DONE_ANEW_WITHIN),
        (PostKind.FOLLOW_UP, DONE_ANEW_WITHIN),
        (PostKind.CALL, A_DAY),
        (PostKind.DIGEST, A_DAY),
        (PostKind.REMINDER, A_DAY),
        (PostKind.UNDELIVERED, A_DAY),
        (PostKind.CHANNEL, A_DAY),
    ],
)
def test_what_was_not_due_by_then_can_t_have_been_sent(
    scene: Scene, kind: PostKind, longest: timedelta
) -> None:
    about = scene.propose().id if kind == PostKind.OUTCOME else 1
    outbox.owe(scene.session, PostKind.CHANNEL, "any", subject_id=1, place="U0ADMIN", due=NOON)
    restored(scene.session, scene.consortium)
    scene.consortium.gap_numbers = {str(kind.about): about}
    assert gap_of(scene.consortium, kind, about, GAP.until + longest) == GAP
    assert gap_of(scene.consortium, kind, about, GAP.until + longest + HOUR) is None


def test_two_restores_one_after_the_other_are_one_gap(scene: Scene) -> None:
    restored(scene.session, scene.consortium)
    restored(scene.session, scene.consortium, Gap(NOON + 9 * HOUR, NOON + 10 * HOUR))
    assert (scene.consortium.gap_since, scene.consortium.gap_until) == (GAP.since, NOON + 10 * HOUR)


def test_what_was_lost_long_ago_is_done_anew_no_more(scene: Scene) -> None:
    restored(scene.session, scene.consortium)
    later = Gap(GAP.until + DONE_ANEW_WITHIN, GAP.until + DONE_ANEW_WITHIN + HOUR)
    restored(scene.session, scene.consortium, later)
    assert (scene.consortium.gap_since, scene.consortium.gap_until) == later


def test_in_another_place_it_is_looked_for_under_the_same_reference(scene: Scene) -> None:
    item = scene.propose()
    restored(scene.session, scene.consortium)
    post = a_post(scene.session, scene.consortium, "call", kind=PostKind.CALL, subject_id=1, place="C0OLD")
    of_before = a_post(
        scene.session,
        scene.consortium,
        "moved",
        kind=PostKind.MOVED_MEETING,
        subject_id=item.id + 9,
        place="C0OLD",
    )
    references = post.reference, of_before.reference
    scene.session.flush()
    outbox.move(scene.session, [PostKind.CALL, PostKind.MOVED_MEETING], "C0OLD", "C0NEW", NOON)
    assert doubt(post) == (True, GAP.since, GAP.until)
    assert doubt(of_before) == (False, None, None)
    assert (post.reference, of_before.reference) == references
    assert (post.place, post.state) == ("C0NEW", PostState.DUE)
