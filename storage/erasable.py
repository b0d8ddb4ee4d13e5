"""Every row of which something may have been erased: what a restored backup holds is held against the notes of it."""

from sqlalchemy import select

from storage.items import Item
from storage.people import Person
from storage.tenancy import Session
from storage.tips import Tip


def every_item(session: Session) -> list[Item]:
    return list(session.scalars(select(Item).order_by(Item.id)))


def every_tip(session: Session) -> list[Tip]:
    return list(session.scalars(select(Tip).order_by(Tip.id)))


def every_person(session: Session) -> list[Person]:
    """Whoever is not erased."""
    return list(session.scalars(select(Person).where(Person.erased_at.is_(None)).order_by(Person.id)))
