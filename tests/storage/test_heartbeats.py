"""When the clock of each replica last ticked."""

from datetime import timedelta

from storage.heartbeats import beat, forget_beats_before, last_beat, workspaces_at_work
from storage.tenancy import Session
from tests.builders import NOON

MINUTE = timedelta(minutes=1)


def test_each_replica_has_its_own_last_beat(session: Session) -> None:
    beat(session, "one", NOON)
    beat(session, "another", NOON + MINUTE)
    beat(session, "one", NOON + 2 * MINUTE)

    assert last_beat(session, "one") == NOON + 2 * MINUTE
    assert last_beat(session, "another") == NOON + MINUTE
    assert last_beat(session, "nobody") is None


def test_only_replicas_that_ended_long_ago_are_forgotten(session: Session) -> None:
    beat(session, "old", NOON)
    beat(session, "new", NOON + MINUTE)

    forget_beats_before(session, NOON + MINUTE)
    assert last_beat(session, "old") is None
    assert last_beat(session, "new") == NOON + MINUTE


def test_at_work_are_those_whose_bot_ticked_as_lately_as_any(session: Session) -> None:
    assert workspaces_at_work(session) == set()
    beat(session, "ended", NOON, "T0BAY")
    beat(session, "one", NOON + 3 * MINUTE, "T0SISTER")
    beat(session, "another", NOON + 4 * MINUTE, "T0SISTER")
    assert workspaces_at_work(session) == {"T0SISTER"}
    beat(session, "new", NOON + 4 * MINUTE)
    assert workspaces_at_work(session) == {"T0SISTER", None}
