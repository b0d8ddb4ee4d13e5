"""What is known of posts after a restore: the same debt has the same reference, and what was not sent may have been."""

from datetime import timedelta

import pytest

from storage import claims, outbox_doubted
from storage.consortia import Consortium
from storage.happenings import SaidToBeMissing
from storage.inbox import Deed, hear
from storage.post_facts import PostState
from storage.posts import Post, post_by_key
from storage.tenancy import Session
from storage.upkeep.last_activity import last_sign_of_life
from tests.builders import NOON, a_person, a_post

HOUR = timedelta(hours=1)
SINCE, NOT_BEFORE = NOON - HOUR, NOON + HOUR


def marked(session: Session, post: Post) -> Post:
    outbox_doubted.mark_what_may_have_been_sent(session, SINCE, NOT_BEFORE)
    session.refresh(post)
    return post


def test_the_same_debt_has_the_same_reference_for_ever(session: Session, ours: Consortium) -> None:
    first = a_post(session, ours, "card:1").reference
    session.delete(post_by_key(session, "card:1"))
    session.flush()
    assert a_post(session, ours, "card:1").reference == first


def test_no_two_debts_have_the_same_reference_and_none_tells_what_it_is_about(
    session: Session, ours: Consortium, others: Consortium
) -> None:
    own, another = a_post(session, ours, "card:1").reference, a_post(session, ours, "card:2").reference
    assert len({own, another}) == 2
    session.delete(post_by_key(session, "card:1"))
    session.flush()
    assert a_post(session, others, "card:1").reference != own
    assert "card" not in own


def test_what_is_posted_anew_has_a_new_reference_and_again_the_same(
    session: Session, ours: Consortium
) -> None:
    post = a_post(session, ours, "card:1", state=PostState.UNKNOWN)
    first = post.reference
    post.live_through(SaidToBeMissing(), NOON)
    second = post.reference
    post.reference, post.state = first, PostState.UNKNOWN
    post.live_through(SaidToBeMissing(), NOON)
    assert (second != first, post.reference) == (True, second)


@pytest.mark.parametrize("due", [NOON - HOUR, NOON + 9 * HOUR], ids=["due", "to be told early"])
@pytest.mark.parametrize("state", [PostState.DUE, PostState.SENDING])
def test_what_was_not_sent_is_due_and_looked_for(session: Session, ours: Consortium, state, due) -> None:
    post = a_post(session, ours, "card:1", state=state, due=due)
    post.lease_until, post.tried_version = NOON, 1
    session.flush()
    fence = post.fence
    marked(session, post)
    assert (post.state, post.may_be_there, post.tried_version, post.lease_until) == (
        PostState.DUE,
        True,
        0,
        None,
    )
    assert (post.first_tried_at, post.not_before) == (SINCE, NOT_BEFORE)
    assert claims.held_claim(session, post.id, fence) is None


def test_what_was_tried_before_is_looked_for_from_then(session: Session, ours: Consortium) -> None:
    post = a_post(session, ours, "card:1")
    post.first_tried_at = SINCE - HOUR
    session.flush()
    assert marked(session, post).first_tried_at == SINCE - HOUR


def test_what_slack_refused_may_have_been_taken_later(session: Session, ours: Consortium) -> None:
    post = marked(session, a_post(session, ours, "card:1", state=PostState.FAILED))
    assert (post.state, post.may_be_there) == (PostState.FAILED, True)


@pytest.mark.parametrize("state", [PostState.MISSED, PostState.NOT_NEEDED, PostState.UNKNOWN])
def test_what_is_owed_no_more_stays_so(session: Session, ours: Consortium, state: PostState) -> None:
    post = marked(session, a_post(session, ours, "card:1", state=state))
    assert (post.state, post.may_be_there, post.not_before) == (state, False, None)


def test_an_edit_that_is_owed_needs_no_looking(session: Session, ours: Consortium) -> None:
    post = a_post(session, ours, "card:1")
    post.ts = "1.1"
    session.flush()
    assert not marked(session, post).may_be_there


def test_the_last_sign_of_life_is_the_latest_of_all(session: Session, ours: Consortium) -> None:
    later = NOON + 9 * HOUR
    assert last_sign_of_life(session, later) == NOON
    hear(session, "a click", Deed(a_person(session, ours).id, "action item.take", 1), NOON + HOUR)
    assert last_sign_of_life(session, later) == NOON + HOUR
    a_post(session, ours, "card:1").sent_at = NOON + 2 * HOUR
    session.flush()
    assert last_sign_of_life(session, later) == NOON + 2 * HOUR


def test_what_a_clock_that_was_ahead_wrote_down_is_no_sign_of_life(
    session: Session, ours: Consortium
) -> None:
    a_post(session, ours, "card:1").sent_at = NOON + 24 * HOUR
    session.flush()
    assert last_sign_of_life(session, NOON + HOUR) == NOON


def test_a_database_without_anything_gives_no_sign_of_life(session: Session) -> None:
    assert last_sign_of_life(session, NOON) is None
