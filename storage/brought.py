"""What one person brought: their items by how these stand, and how much it is, items and tips together."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, and_, bindparam, func, or_, select

from storage.database import UtcDateTime
from storage.items import Item, ItemState
from storage.people import Person
from storage.tenancy import Session, prepared
from storage.tips import Tip

_SOMEBODY, _SINCE = bindparam("person_id", type_=Integer), bindparam("since", type_=UtcDateTime())
_TIPS = select(func.count()).select_from(Tip).where(Tip.person_id == _SOMEBODY, Tip.created_at >= _SINCE)
_BROUGHT = prepared(
    select(func.count() + _TIPS.scalar_subquery())
    .select_from(Item)
    .where(Item.proposer_id == _SOMEBODY, or_(Item.created_at >= _SINCE, Item.submitted_at >= _SINCE))
)


def count_brought_since(session: Session, person: Person, moment: datetime) -> int:
    """Items and tips, also what is a draft or was withdrawn. A draft that was handed in since was brought since."""
    return session.scalar(_BROUGHT, {"person_id": person.id, "since": moment}) or 0


def items_of_person(
    session: Session, person: Person, *states: ItemState, after: int = 0, most: int | None = None
) -> list[Item]:
    """Newest first, those that come `after` so many of them, and so many at `most`."""
    theirs = select(Item).where(_of_person(person, states)).order_by(Item.id.desc())
    return list(session.scalars(theirs.offset(after).limit(most)))


def count_items_of_person(session: Session, person: Person, *states: ItemState, most: int) -> int:
    """How many there are, counted no further than `most`."""
    some = select(Item.id).where(_of_person(person, states)).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _of_person(person: Person, states: Sequence[ItemState]) -> ColumnElement[bool]:
    return and_(Item.proposer_id == person.id, Item.state.in_(states))
