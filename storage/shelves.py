"""Shelves: what stands alike among a meeting's items, and whose it is, counted without reading each."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, case, func, not_, or_, select

from storage.consortia import Collaborative
from storage.items import Item, ItemState
from storage.meetings import Meeting
from storage.tenancy import Session, prepared


@dataclass(frozen=True)
class Shelf:
    """What stands alike among a meeting's items. `is_told`: the proposers heard of the decisions. `is_joined`: each goes together with another, which stands for both; `is_joining_told`: their proposers heard so."""

    state: ItemState
    is_told: bool
    is_joined: bool = False
    is_joining_told: bool = False


@dataclass(frozen=True)
class Stock:
    """What stands there together: the `count` of items, their `minutes`, and how many are `without_length`."""

    count: int = 0
    minutes: int = 0
    without_length: int = 0

    def __add__(self, other: "Stock") -> "Stock":
        return Stock(
            self.count + other.count,
            self.minutes + other.minutes,
            self.without_length + other.without_length,
        )


_IS_TOLD = Item.told_at.is_not(None)
_IS_JOINED = Item.joined_to_id.is_not(None)
_IS_JOINING_TOLD = Item.tellings > func.coalesce(Item.told_before_joined, Item.tellings)
_MINUTES = func.coalesce(Item.placed_minutes, Item.minutes, 0)
"""On an agenda; elsewhere nobody asks."""
_STOCK_OF_SHELVES = prepared(
    select(
        Item.state,
        _IS_TOLD,
        _IS_JOINED,
        _IS_JOINING_TOLD,
        func.count(),
        func.sum(_MINUTES),
        func.count().filter(_MINUTES == 0),
    )
    .where(Item.meeting_id == bindparam("meeting_id"))
    .group_by(Item.state, _IS_TOLD, _IS_JOINED, _IS_JOINING_TOLD)
)


def shelves_of_meeting(session: Session, meeting: Meeting) -> dict[Shelf, Stock]:
    """What stands on each."""
    counted = session.execute(_STOCK_OF_SHELVES, {"meeting_id": meeting.id})
    return {
        Shelf(state, *map(bool, facts)): Stock(count, minutes or 0, without_length)
        for state, *facts, count, minutes, without_length in counted
    }


def items_on_shelves(
    session: Session, meeting: Meeting, shelves: Collection[Shelf], *, after: int, most: int, by_age: bool
) -> list[Item]:
    """Those that come `after` so many of them, and so many at `most`: in agenda order, or `by_age`."""
    if not shelves or not most:
        return []
    on_one = or_(*(_stands_on(shelf) for shelf in shelves))
    order = (Item.id,) if by_age else (Item.position.nulls_last(), Item.id)
    these = select(Item).where(Item.meeting_id == meeting.id, on_one).order_by(*order)
    return list(session.scalars(these.offset(after).limit(most)))


def _stands_on(shelf: Shelf) -> ColumnElement[bool]:
    is_told = _IS_TOLD if shelf.is_told else Item.told_at.is_(None)
    is_joined = _IS_JOINED if shelf.is_joined else Item.joined_to_id.is_(None)
    is_joining_told = _IS_JOINING_TOLD if shelf.is_joining_told else not_(_IS_JOINING_TOLD)
    return and_(Item.state == shelf.state, is_told, is_joined, is_joining_told)


def lengths_on_agenda(session: Session, meeting: Meeting) -> dict[int, int | None]:
    """How many minutes each item takes, by its id, in agenda order; None where nobody said."""
    length = func.coalesce(Item.placed_minutes, Item.minutes)
    placed = select(Item.id, length).where(
        Item.meeting_id == meeting.id, Item.state == ItemState.ON_AGENDA, Item.joined_to_id.is_(None)
    )
    order = placed.order_by(Item.position.nulls_last(), Item.id)
    return {number: length for number, length in session.execute(order)}  # noqa: C416 - rows are no pairs to the type checker


def shares_of_agenda(session: Session, meeting: Meeting) -> list[tuple[str | None, int, int]]:
    """Of each collaborative with items on the agenda its name, how many items these are, and how many minutes. Those with most items come first.

    What goes together with another takes no time of its own.
    """
    own_minutes = func.sum(case((_IS_JOINED, 0), else_=_MINUTES))
    of_each = (
        select(Collaborative.name, func.count(), own_minutes)
        .select_from(Item)
        .join(Collaborative, Item.collaborative_id == Collaborative.id, isouter=True)
        .where(Item.meeting_id == meeting.id, Item.state == ItemState.ON_AGENDA)
        .group_by(Collaborative.id, Collaborative.name)
        .order_by(func.count().desc(), Collaborative.id)
    )
    return [(name, count, taken) for name, count, taken in session.execute(of_each)]


def collaboratives_with_items(session: Session, meeting: Meeting, *states: ItemState) -> set[int | None]:
    """The ids of those that brought any."""
    theirs = select(Item.collaborative_id).where(Item.meeting_id == meeting.id, Item.state.in_(states))
    return set(session.scalars(theirs.distinct()))
