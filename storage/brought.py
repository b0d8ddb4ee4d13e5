"""How much one person brought: items and tips together, in one question."""

from datetime import datetime

from sqlalchemy import func, or_, select

from storage.items import Item
from storage.people import Person
from storage.tenancy import Session
from storage.tips import Tip


def count_brought_since(session: Session, person: Person, moment: datetime) -> int:
    """Items and tips, also what is a draft or was withdrawn. A draft that was handed in since was brought since."""
    tips = (
        select(func.count())
        .select_from(Tip)
        .where(Tip.person_id == person.id, Tip.created_at >= moment)
        .scalar_subquery()
    )
    items = select(func.count() + tips).select_from(Item)
    is_since = or_(Item.created_at >= moment, Item.submitted_at >= moment)
    return session.scalar(items.where(Item.proposer_id == person.id, is_since)) or 0
