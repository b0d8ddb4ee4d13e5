"""What was heard already, and what somebody did by it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, select

from storage import inbox
from storage.consortia import Consortium
from storage.database import Database
from storage.inbox import DEEDS_STAY, THE_REST_STAYS, Deed, Input, forget_old_inputs, hear
from storage.tenancy import Session
from tests.at_once import at_once
from tests.builders import NOON, a_consortium, a_person, among

A_SECOND = timedelta(seconds=1)


@pytest.fixture
def deed(session: Session, ours: Consortium) -> Deed:
    return Deed(a_person(session, ours).id, "action item.take", 7)


def keys(session: Session) -> list[str]:
    return list(session.scalars(select(Input.key).order_by(Input.key)))


def test_everything_is_heard_once(session: Session, deed: Deed, others: Consortium) -> None:
    theirs = Deed(a_person(session, others).id, "action item.take", 7)

    assert hear(session, "a click", deed, NOON)
    assert not hear(session, "a click", deed, NOON + timedelta(hours=1))
    assert hear(session, "another", deed, NOON)
    with among(session, others):
        assert hear(session, "a click", theirs, NOON)


def test_who_did_what_stands_there_written_by_one_statement(session: Session, deed: Deed) -> None:
    written: list[str] = []

    @event.listens_for(session.get_bind(), "before_cursor_execute")
    def _note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        written.append(statement)

    assert hear(session, "a click", deed, NOON)
    assert len(written) == 1
    row = session.scalars(select(Input)).one()
    assert (row.person_id, row.listener, row.subject_id) == deed


def test_what_was_not_acted_on_was_not_heard(database: Database) -> None:
    deed = _a_deed(database)

    def fails(session: Session) -> None:
        hear(session, "a click", deed, NOON)
        raise LookupError

    with pytest.raises(LookupError), database.transaction(1) as session:
        fails(session)

    with database.transaction(1) as session:
        assert hear(session, "a click", deed, NOON)


def test_of_two_deliveries_at_once_one_is_heard(database: Database) -> None:
    deed = _a_deed(database)

    def hearing(session: Session) -> bool:
        return hear(session, "a click", deed, NOON)

    assert at_once(database, hearing, hearing, 1) == (True, False)


def _a_deed(database: Database) -> Deed:
    with database.transaction() as session:
        return Deed(a_person(session, a_consortium(session)).id, "action item.take", 7)


@pytest.mark.parametrize("stays", [THE_REST_STAYS, DEEDS_STAY], ids=["the rest", "deeds"])
def test_only_what_is_old_is_forgotten(session: Session, deed: Deed, stays: timedelta) -> None:
    def reaches_us(key: str, at: datetime) -> None:
        if stays == DEEDS_STAY:
            hear(session, key, deed, at)
        else:
            session.add(Input(key=key, at=at))

    reaches_us("new", NOON)
    reaches_us("old", NOON - A_SECOND)
    session.flush()

    forget_old_inputs(session, NOON + stays)
    assert keys(session) == ["new"]
    forget_old_inputs(session, NOON + stays + A_SECOND)
    assert keys(session) == []


def test_deeds_stay_two_years_and_the_rest_a_week() -> None:
    assert (DEEDS_STAY.days, THE_REST_STAYS.days) == (2 * 365, 7)


def test_after_a_long_pause_the_oldest_are_forgotten_first_and_a_few_at_a_time(
    session: Session, deed: Deed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "FORGOTTEN_AT_ONCE", 2)
    for number in (4, 2, 5, 1, 3):
        hear(session, f"deed {number}", deed, NOON + number * A_SECOND)
        session.add(Input(key=f"rest {number}", at=NOON + number * A_SECOND))
    session.flush()
    much_later = NOON + 2 * DEEDS_STAY

    forget_old_inputs(session, NOON + THE_REST_STAYS + timedelta(days=1))
    assert keys(session) == [*(f"deed {number}" for number in range(1, 6)), "rest 3", "rest 4", "rest 5"]
    for _ in range(4):
        forget_old_inputs(session, much_later)
    assert keys(session) == []
