"""What is asked of the people."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage.consortia import Consortium
from storage.people import (
    Who,
    admins,
    curated_by,
    curators,
    last_asked_before,
    members,
    person_at,
    person_by_id,
    person_met,
    set_curators,
)
from storage.tenancy import Session
from tests.builders import NOON, a_collaborative, a_person, among


def test_a_person_is_known_by_workspace_and_user_in_one_consortium(
    session: Session, ours: Consortium, others: Consortium
) -> None:
    member, theirs = a_person(session, ours), a_person(session, others)

    assert person_at(session, member.who) is member
    with among(session, others):
        assert person_at(session, member.who) is theirs
    assert person_at(session, Who("T0OTHER", "U0MEMBER")) is None
    assert person_by_id(session, member.id) is member


@pytest.mark.usefixtures("ours")
def test_somebody_is_met_for_the_first_time_once(session: Session) -> None:
    who = Who("T0OTHER", "U0RUTH")
    met = person_met(session, who)

    assert (met.who, met.name, met.collaborative, met.is_admin) == (who, None, None, False)
    assert person_met(session, who) is met


def test_one_person_is_not_written_down_twice(session: Session, ours: Consortium) -> None:
    a_person(session, ours)

    with pytest.raises(IntegrityError):
        a_person(session, ours)


def test_admins_are_those_of_the_consortium(session: Session, ours: Consortium, others: Consortium) -> None:
    admin = a_person(session, ours, is_admin=True)
    a_person(session, ours, user_id="U0NEW")
    a_person(session, others, is_admin=True)

    assert admins(session) == [admin]


def test_curators_are_those_who_were_set_last(session: Session, ours: Consortium, others: Consortium) -> None:
    host, sunset = a_collaborative(session, ours), a_collaborative(session, ours, name="Sunset", position=2)
    theirs = a_collaborative(session, others)
    one, two = a_person(session, ours), a_person(session, ours, user_id="U0TWO")
    stranger = a_person(session, others)
    with among(session, others):
        set_curators(session, theirs, [stranger])
    set_curators(session, sunset, [one])

    set_curators(session, host, [one])
    set_curators(session, host, [two, one])
    assert curators(session, host) == [one, two]
    set_curators(session, host, [two])
    assert curators(session, host) == [two]
    assert curated_by(session, one) == [sunset]
    with among(session, others):
        assert (curators(session, theirs), curated_by(session, stranger)) == ([stranger], [theirs])


def test_members_are_those_of_the_collaborative(session: Session, ours: Consortium) -> None:
    host, sunset = a_collaborative(session, ours), a_collaborative(session, ours, name="Sunset", position=2)
    member = a_person(session, ours, collaborative=host)
    a_person(session, ours, user_id="U0SAM", collaborative=sunset)
    a_person(session, ours, user_id="U0NEW")

    assert members(session, host) == [member]


def test_those_are_asked_for_of_whom_slack_was_not_asked_since_and_first_those_it_never_was(
    session: Session, ours: Consortium
) -> None:
    asked = [NOON, NOON - timedelta(hours=1), None, NOON - timedelta(hours=2)]
    people = [a_person(session, ours, user_id=f"U0{number}") for number in range(len(asked))]
    for person, moment in zip(people, asked, strict=True):
        person.asked_at = moment
    session.flush()

    assert last_asked_before(session, NOON, 2) == [people[2], people[3]]
    assert last_asked_before(session, NOON, 9) == [people[2], people[3], people[1]]
    assert last_asked_before(session, NOON, 2, behind={people[2].id}) == [people[3], people[1]]
    assert last_asked_before(session, NOON, 9, behind={people[2].id, 0}) == [people[3], people[1], people[2]]
