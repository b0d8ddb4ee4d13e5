"""When the clock of each replica last ticked."""

from datetime import datetime, timedelta

from storage.heartbeats import Heartbeat, a_bot_works_for, beat, forget_beats_but_those, workspaces_at_work
from storage.tenancy import Session
from tests.builders import NOON

MINUTE = timedelta(minutes=1)


def beats(session: Session) -> dict[str, datetime]:
    session.flush()
    return {one.replica: one.at for one in session.query(Heartbeat)}


def test_each_replica_has_its_own_last_beat(session: Session) -> None:
    beat(session, "one", NOON)
    beat(session, "another", NOON + MINUTE)
    beat(session, "one", NOON + 2 * MINUTE)
    assert beats(session) == {"one": NOON + 2 * MINUTE, "another": NOON + MINUTE}


def test_replicas_that_ended_long_ago_are_forgotten_and_beats_of_a_clock_that_was_ahead(
    session: Session,
) -> None:
    """A beat ahead would be the newest for as long as it lies ahead, and no other bot at work beside it."""
    beat(session, "old", NOON)
    beat(session, "new", NOON + MINUTE)
    beat(session, "ahead", NOON + 3 * MINUTE)
    forget_beats_but_those(session, NOON + MINUTE, NOON + 2 * MINUTE)
    assert beats(session) == {"new": NOON + MINUTE}


def test_at_work_are_those_whose_bot_ticked_as_lately_as_any(session: Session) -> None:
    assert workspaces_at_work(session) == set()
    beat(session, "ended", NOON, "T0BAY")
    beat(session, "one", NOON + 3 * MINUTE, "T0SISTER")
    beat(session, "another", NOON + 4 * MINUTE, "T0SISTER")
    assert workspaces_at_work(session) == {"T0SISTER"}
    beat(session, "new", NOON + 4 * MINUTE)
    assert workspaces_at_work(session) == {"T0SISTER", None}


def test_a_bot_that_ended_works_for_nobody(session: Session) -> None:
    beat(session, "ended", NOON, "T0SISTER")
    assert a_bot_works_for(session, "T0SISTER", NOON + MINUTE)
    assert not a_bot_works_for(session, "T0BAY", NOON + MINUTE)
    assert not a_bot_works_for(session, "T0SISTER", NOON + 3 * MINUTE)
