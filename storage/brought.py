"""How much one person brought: items and tips together, in one question."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, func, or_, select

from storage.database import UtcDateTime
from storage.items import Item
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
