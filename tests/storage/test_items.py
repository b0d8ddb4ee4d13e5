"""What is asked of the items."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from storage.brought import items_of_person
from storage.consortia import Consortium
from storage.items import Item, ItemState, items_of_meeting, lock_item
from storage.lately import submitted_between, told_between
from storage.left_items import items_without_meeting, undecided_until
from storage.meetings import Meeting
from storage.people import Person
from storage.shelves import (
    Shelf,
    Stock,
    items_on_shelves,
    shelves_of_meeting,
)
from storage.tenancy import Session
from tests.builders import NOON, a_collaborative, a_meeting, a_person, among, an_item

MINUTE = timedelta(minutes=1)


@pytest.fixture
def meeting(session: Session, ours: Consortium) -> Meeting:
    return a_meeting(session, a_collaborative(session, ours))


@pytest.fixture
def member(session: Session, ours: Consortium) -> Person:
    return a_person(session, ours)


@pytest.fixture
def stranger(session: Session, others: Consortium) -> Person:
    return a_person(session, others)


@pytest.fixture(autouse=True)
def theirs(session: Session, others: Consortium, stranger: Person) -> list[Item]:
    """In every state, at the same day and hour."""
    there = a_meeting(session, a_collaborative(session, others))
    return [
        an_item(session, stranger, state=state, meeting=meeting, told_at=NOON)
        for state in ItemState
        for meeting in (there, None)
    ]


def in_every_state(session: Session, member: Person, **changes: object) -> dict[ItemState, Item]:
    return {state: an_item(session, member, state=state, **changes) for state in ItemState}


def test_an_item_is_found_by_its_id_in_its_consortium(
    session: Session, others: Consortium, member: Person
) -> None:
    item = an_item(session, member)

    assert lock_item(session, item.id) is item
    with among(session, others):
        assert lock_item(session, item.id) is None


def test_an_item_is_read_anew_and_whole(session: Session, member: Person) -> None:
    item = an_item(session, member)
    assert item.decided_by is None
    session.connection().execute(text("UPDATE item SET decided_by_id = proposer_id"))

    assert lock_item(session, item.id) is item
    assert item.decided_by is member


def test_items_of_a_meeting_come_in_agenda_order_and_then_by_age(
    session: Session, member: Person, meeting: Meeting
) -> None:
    positions = (None, 2, 1, None)
    items = [an_item(session, member, meeting=meeting, position=position) for position in positions]
    an_item(session, member)

    assert items_of_meeting(session, meeting, ItemState.WAITING) == [items[2], items[1], items[0], items[3]]
    assert items_of_meeting(session, meeting, ItemState.HELD) == []


def test_what_stands_together_is_counted_and_comes_in_the_same_order_a_part_at_a_time(
    session: Session, member: Person, meeting: Meeting
) -> None:
    untold, told = Shelf(ItemState.WAITING, is_told=False), Shelf(ItemState.WAITING, is_told=True)
    first = an_item(session, member, meeting=meeting, position=2, minutes=15)
    second = an_item(session, member, meeting=meeting, position=1, minutes=None)
    third = an_item(session, member, meeting=meeting, minutes=30, told_at=NOON)
    an_item(session, member, minutes=5)

    assert shelves_of_meeting(session, meeting) == {untold: Stock(2, 15, 1), told: Stock(1, 30, 0)}

    def read(*shelves: Shelf, after: int = 0, most: int = 9, by_age: bool = False) -> list[Item]:
        return items_on_shelves(session, meeting, shelves, after=after, most=most, by_age=by_age)

    assert read(untold, told) == [second, first, third]
    assert read(untold, told, by_age=True) == [first, second, third]
    assert read(untold, told, after=1, most=1) == [first]
    assert (read(told), read(), read(untold, most=0)) == ([third], [], [])


def test_items_without_a_meeting_are_those_that_wait_for_one(
    session: Session, member: Person, meeting: Meeting
) -> None:
    waiting = in_every_state(session, member)[ItemState.WAITING]
    in_every_state(session, member, meeting=meeting)

    assert items_without_meeting(session) == [waiting]


def test_what_is_undecided_until_a_day_waits_is_held_or_rests(
    session: Session, member: Person, meeting: Meeting
) -> None:
    of_meeting = in_every_state(session, member, meeting=meeting)
    in_every_state(session, member)

    assert undecided_until(session, meeting.day) == [
        of_meeting[ItemState.WAITING],
        of_meeting[ItemState.HELD],
        of_meeting[ItemState.RESTING],
    ]
    assert undecided_until(session, meeting.day - timedelta(days=1)) == []


def test_ones_own_items_come_newest_first(session: Session, ours: Consortium, member: Person) -> None:
    neighbor = a_person(session, ours, user_id="U0NEW")
    first, _, second = an_item(session, member), an_item(session, neighbor), an_item(session, member)
    an_item(session, member, state=ItemState.WITHDRAWN)

    assert items_of_person(session, member, ItemState.WAITING) == [second, first]


def test_the_end_of_a_time_belongs_to_it_and_its_beginning_to_the_one_before(
    session: Session, member: Person
) -> None:
    at = {
        n: an_item(session, member, submitted_at=NOON + n * MINUTE, told_at=NOON + n * MINUTE)
        for n in range(4)
    }
    an_item(session, member, submitted_at=None, state=ItemState.DRAFT)
    window = (NOON + MINUTE, NOON + 2 * MINUTE)

    assert submitted_between(session, *window) == [at[2]]
    assert told_between(session, *window) == [at[2]]


def test_what_was_withdrawn_is_not_new(session: Session, member: Person) -> None:
    item = an_item(session, member)
    an_item(session, member, state=ItemState.WITHDRAWN)

    assert submitted_between(session, NOON - MINUTE, NOON) == [item]
