"""The figures about the outbox: of all consortia together, and naming none."""

from datetime import timedelta

import pytest

from storage.consortia import Consortium
from storage.figures import Figures, figures
from storage.outbox import PostState
from storage.tenancy import Session, across_consortia
from tests.builders import NOON, a_post, deliver

MINUTE = timedelta(minutes=1)
NOTHING = Figures(oldest_due=timedelta(0), unknown=0)


def test_of_an_empty_outbox_there_is_nothing_to_tell(session: Session) -> None:
    assert figures(session, NOON) == NOTHING


@pytest.mark.parametrize("state", [PostState.DUE, PostState.SENDING])
def test_the_oldest_that_is_not_there_is_told(
    session: Session, ours: Consortium, others: Consortium, state: PostState
) -> None:
    with across_consortia(session):
        a_post(session, others, "later", due=NOON - MINUTE).state = state
        a_post(session, ours, "oldest", due=NOON - 3 * MINUTE).state = state
    assert figures(session, NOON).oldest_due == 3 * MINUTE


def test_what_has_to_wait_is_overdue_all_the_same(session: Session, ours: Consortium) -> None:
    a_post(session, ours, "waits", due=NOON - MINUTE).not_before = NOON + MINUTE
    assert figures(session, NOON).oldest_due == MINUTE


def test_what_is_due_later_or_over_or_an_edit_is_not_overdue(session: Session, ours: Consortium) -> None:
    a_post(session, ours, "later", due=NOON + MINUTE)
    edit = a_post(session, ours, "edit", due=NOON - MINUTE)
    deliver(edit, NOON)
    edit.state = PostState.DUE
    for state in set(PostState) - {PostState.DUE, PostState.SENDING, PostState.UNKNOWN}:
        a_post(session, ours, state, due=NOON - MINUTE).state = state
    assert figures(session, NOON) == NOTHING


def test_those_of_which_nobody_knows_are_counted(
    session: Session, ours: Consortium, others: Consortium
) -> None:
    with across_consortia(session):
        for consortium in (ours, others):
            a_post(session, consortium, consortium.team_id).state = PostState.UNKNOWN
    assert figures(session, NOON).unknown == 2
