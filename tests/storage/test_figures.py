"""The figures about the outbox: of all consortia together, and naming none."""

from datetime import timedelta

import pytest

from storage.consortia import Consortium
from storage.figures import Figures, figures, how_many_unsent, unserved
from storage.heartbeats import beat
from storage.post_facts import PostState
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


def test_what_waits_for_a_bot_that_nobody_runs_is_counted(
    session: Session, ours: Consortium, others: Consortium
) -> None:
    with across_consortia(session):
        a_post(session, ours, "ours", due=NOON - MINUTE)
        a_post(session, others, "theirs", due=NOON - MINUTE)
    assert figures(session, NOON).unserved == 0  # no bot ever ran, so none is missed

    beat(session, "ours", NOON, ours.team_id)
    assert unserved(session, NOON) == {others.team_id: 1}
    assert figures(session, NOON).unserved == 1
    beat(session, "theirs", NOON, others.team_id)
    assert unserved(session, NOON) == {}
    beat(session, "ours", NOON + 3 * MINUTE, ours.team_id)  # and theirs ticks no more
    assert unserved(session, NOON) == {others.team_id: 1}


def test_a_bot_that_slack_has_not_told_its_workspace_yet_may_be_anybodys(
    session: Session, ours: Consortium
) -> None:
    a_post(session, ours, "ours", due=NOON - MINUTE)
    beat(session, "whose?", NOON)
    assert unserved(session, NOON) == {}


def test_a_workspace_that_was_mistyped_owes_nothing(
    session: Session, ours: Consortium, others: Consortium
) -> None:
    with across_consortia(session):
        a_post(session, others, "theirs", due=NOON - MINUTE)
    assert figures(session, NOON).oldest_due == MINUTE

    ours.confirmed_at = NOON
    session.flush()
    assert figures(session, NOON).oldest_due == timedelta(0)
    assert how_many_unsent(session, before=NOON) == 0
    others.confirmed_at = NOON
    session.flush()
    assert how_many_unsent(session, before=NOON) == 1
