"""What was heard already."""

from datetime import timedelta

import pytest

from storage.consortia import Consortium
from storage.database import Database
from storage.inbox import forget_heard_before, hear
from storage.tenancy import Session
from tests.at_once import at_once
from tests.builders import NOON, a_consortium, among


@pytest.mark.usefixtures("ours")
def test_everything_is_heard_once(session: Session, others: Consortium) -> None:
    assert hear(session, "a click", NOON)
    assert not hear(session, "a click", NOON + timedelta(hours=1))
    assert hear(session, "another", NOON)
    with among(session, others):
        assert hear(session, "a click", NOON)


def test_what_was_not_acted_on_was_not_heard(database: Database) -> None:
    with database.transaction() as session:
        ours = a_consortium(session)

    def fails(session: Session) -> None:
        hear(session, "a click", NOON)
        raise LookupError

    with pytest.raises(LookupError), database.transaction(ours.id) as session:
        fails(session)

    with database.transaction(ours.id) as session:
        assert hear(session, "a click", NOON)


def test_of_two_deliveries_at_once_one_is_heard(database: Database) -> None:
    with database.transaction() as session:
        ours = a_consortium(session)

    def hearing(session: Session) -> bool:
        return hear(session, "a click", NOON)

    assert at_once(database, hearing, hearing, ours.id) == (True, False)


@pytest.mark.usefixtures("ours")
def test_only_what_is_old_is_forgotten(session: Session) -> None:
    hear(session, "old", NOON)
    hear(session, "new", NOON + timedelta(seconds=1))

    forget_heard_before(session, NOON + timedelta(seconds=1))
    assert hear(session, "old", NOON)
    assert not hear(session, "new", NOON)
