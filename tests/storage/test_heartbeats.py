"""When the clock of each replica last ticked."""

from datetime import timedelta

from storage.heartbeats import beat, forget_beats_before, last_beat
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
