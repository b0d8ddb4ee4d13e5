"""Me too: who else wants to talk about an item."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Index, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base
from storage.inserts import insert_if_new, insert_new
from storage.items import Item
from storage.people import Person
from storage.tenancy import OfConsortium, Session, of_the_same


class MeToo(OfConsortium, Base):
    """That a person wants to talk about an item that somebody else brought."""

    __tablename__ = "me_too"
    __table_args__ = (
        UniqueConstraint("item_id", "person_id"),
        Index("ix_me_too_person", "person_id"),
        of_the_same("item", "item_id"),
        of_the_same("person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column()
    person_id: Mapped[int] = mapped_column()

    person: Mapped[Person] = relationship(lazy="joined", foreign_keys=[person_id])


def say_me_too(session: Session, item: Item, person: Person) -> bool:
    """Say whether that is new."""
    return insert_if_new(session, MeToo, item_id=item.id, person_id=person.id)


def say_me_too_no_more(session: Session, item: Item, person: Person) -> None:
    session.execute(delete(MeToo).where(MeToo.item_id == item.id, MeToo.person_id == person.id))


def those_who_say_me_too(session: Session, item_ids: Collection[int]) -> dict[int, list[Person]]:
    """By item, who is still among us, in the order in which they said so."""
    there = (Person.left_at.is_(None), Person.deactivated_at.is_(None), Person.erased_at.is_(None))
    said = select(MeToo).join(Person, MeToo.person_id == Person.id).where(MeToo.item_id.in_(item_ids), *there)
    by_item = defaultdict(list)
    for one in session.scalars(said.order_by(MeToo.id)):
        by_item[one.item_id].append(one.person)
    return dict(by_item)


def items_with_me_too_of(session: Session, person: Person, item_ids: Collection[int]) -> set[int]:
    """Which of these they want to talk about, too."""
    theirs = select(MeToo.item_id).where(MeToo.person_id == person.id, MeToo.item_id.in_(item_ids))
    return set(session.scalars(theirs))


def all_with_me_too_of(session: Session, person: Person) -> list[Item]:
    theirs = select(MeToo.item_id).where(MeToo.person_id == person.id)
    return list(session.scalars(select(Item).where(Item.id.in_(theirs)).order_by(Item.id)))


def forget_me_too(session: Session, item: Item) -> None:
    """Of everybody: there is nothing left to talk about."""
    session.execute(delete(MeToo).where(MeToo.item_id == item.id))


def hand_on_me_too(session: Session, item: Item, copy: Item) -> None:
    """It comes up again, for all who wanted to talk about it."""
    people = session.scalars(select(MeToo.person_id).where(MeToo.item_id == item.id).order_by(MeToo.id)).all()
    rows = [{"item_id": copy.id, "person_id": person_id} for person_id in people]
    insert_new(session, MeToo, rows, tells="id")
    copy.me_toos = len(rows)


def let_one_me_too_stand(session: Session, other: Person, person: Person) -> None:
    """Where both said it of one item, the person's stands."""
    own = select(MeToo.item_id).where(MeToo.person_id == person.id)
    session.execute(delete(MeToo).where(MeToo.person_id == other.id, MeToo.item_id.in_(own)))
