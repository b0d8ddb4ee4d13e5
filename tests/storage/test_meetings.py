"""What is asked of the meetings and of what was published for them."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage.consortia import Collaborative, Consortium
from storage.meetings import (
    MeetingState,
    Publication,
    cancelled_meetings,
    last_cancelled_after,
    last_cancelled_before,
    last_meeting,
    last_publications,
    lock_meeting,
    meeting_before,
    meeting_on,
    meetings_from,
)
from storage.tenancy import Session, across_consortia
from tests.builders import NOON, a_collaborative, a_meeting, a_person, among

JANUARY, APRIL, JULY = date(2027, 1, 21), date(2027, 4, 15), date(2027, 7, 15)


@pytest.fixture
def host(session: Session, ours: Consortium) -> Collaborative:
    return a_collaborative(session, ours)


@pytest.fixture(autouse=True)
def theirs(session: Session, others: Consortium) -> Collaborative:
    """They meet on the same days, and later."""
    host = a_collaborative(session, others)
    for day in (JANUARY, APRIL, JULY, date(2028, 1, 20)):
        a_meeting(session, host, day=day)
    return host


def test_a_meeting_is_found_in_its_consortium(
    session: Session, others: Consortium, host: Collaborative
) -> None:
    meeting = a_meeting(session, host, day=JANUARY)

    assert lock_meeting(session, meeting.id) is meeting
    with among(session, others):
        assert lock_meeting(session, meeting.id) is None
    assert meeting_on(session, JANUARY) is meeting
    assert meeting_on(session, APRIL) is None


def test_meetings_come_the_nearest_first(session: Session, host: Collaborative) -> None:
    assert last_meeting(session) is None
    july, january, april = (a_meeting(session, host, day=day) for day in (JULY, JANUARY, APRIL))

    assert meetings_from(session, date.min) == [january, april, july]
    assert meetings_from(session, APRIL) == [april, july]
    assert last_meeting(session) is july


def test_a_cancelled_meeting_is_asked_for_by_nobody_and_leaves_its_day(
    session: Session, host: Collaborative
) -> None:
    before, later = (
        a_meeting(session, host, day=day, state=MeetingState.CANCELLED, cancelled_at=at)
        for day, at in ((JANUARY, NOON), (JULY, NOON + timedelta(days=1)))
    )
    assert meetings_from(session, date.min) == []
    assert (meeting_on(session, JANUARY), meeting_before(session, JULY)) == (None, None)
    assert last_meeting(session) is later  # it has had its quarter, too
    assert cancelled_meetings(session) == [before, later]
    assert last_cancelled_before(session, JULY) == NOON
    assert last_cancelled_before(session, JANUARY) is None
    assert last_cancelled_after(session, date.min) is later
    assert last_cancelled_after(session, JULY) is None

    again = a_meeting(session, host, day=JANUARY)
    a_meeting(session, host, day=JANUARY, state=MeetingState.CANCELLED, cancelled_at=NOON)
    session.flush()
    assert meeting_on(session, JANUARY) is again


def test_a_consortium_meets_once_a_day(session: Session, host: Collaborative) -> None:
    a_meeting(session, host)

    with pytest.raises(IntegrityError):
        a_meeting(session, host)


def test_publications_come_the_newest_first(
    session: Session, ours: Consortium, others: Consortium, host: Collaborative, theirs: Collaborative
) -> None:
    meeting, elsewhere = a_meeting(session, host), a_meeting(session, theirs, day=date(2028, 4, 20))
    editors = {meeting: a_person(session, ours), elsewhere: a_person(session, others)}
    with across_consortia(session):
        session.add_all(
            Publication(
                consortium_id=about.consortium_id,
                meeting_id=about.id,
                number=number,
                at=NOON,
                by=editor,
                entries=[{"n": number}],
                held=0,
            )
            for about, editor in editors.items()
            for number in (1, 2, 3)
        )

    found = last_publications(session, meeting)
    assert [(publication.meeting_id, publication.number) for publication in found] == [
        (meeting.id, 3),
        (meeting.id, 2),
    ]
    assert found[0].entries == [{"n": 3}]
