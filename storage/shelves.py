"""Shelves: what stands alike among a meeting's items, counted without reading each."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from storage.items import Item, ItemState
from storage.meetings import Meeting
from storage.tenancy import Session, prepared


@dataclass(frozen=True)
class Shelf:
    """What stands alike among a meeting's items. `is_told`: the proposers heard of the decisions."""

    state: ItemState
    is_told: bool


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
_MINUTES = func.coalesce(Item.placed_minutes, Item.minutes, 0)
"""On an agenda; elsewhere nobody asks."""
_STOCK_OF_SHELVES = prepared(
    select(
        Item.state,
        _IS_TOLD,
        func.count(),
        func.sum(_MINUTES),
        func.count().filter(_MINUTES == 0),
    )
    .where(Item.meeting_id == bindparam("meeting_id"))
    .group_by(Item.state, _IS_TOLD)
)


def shelves_of_meeting(session: Session, meeting: Meeting) -> dict[Shelf, Stock]:
    """What stands on each."""
    counted = session.execute(_STOCK_OF_SHELVES, {"meeting_id": meeting.id})
    return {
        Shelf(state, told): Stock(count, minutes or 0, without_length)
        for state, told, count, minutes, without_length in counted
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
    is_told = Item.told_at.is_not(None) if shelf.is_told else Item.told_at.is_(None)
    return and_(Item.state == shelf.state, is_told)
