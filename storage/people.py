"""People: who they are with, and who may decide or administer."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, UniqueConstraint, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.consortia import Collaborative
from storage.database import Base, insert_if_new
from storage.tenancy import OfConsortium, Session, across_consortia, of_the_same


class Who(NamedTuple):
    """A person's key in Slack: user ids alone are not promised to be unique."""

    team_id: str
    user_id: str


class Person(OfConsortium, Base):
    """Somebody in Slack. Without a collaborative they may read, and are asked which is theirs when they add something.

    `named_at` is when Slack was last asked who they are; empty: what we know must not be relied upon.
    """

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("consortium_id", "team_id", "user_id"),
        UniqueConstraint("consortium_id", "id"),
        of_the_same("collaborative", "collaborative_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    user_id: Mapped[str]
    name: Mapped[str | None]
    named_at: Mapped[datetime | None]
    collaborative_id: Mapped[int | None] = mapped_column()
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_bot: Mapped[bool] = mapped_column(default=False)
    deactivated_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]  # the shared channel; who speaks from there again is back

    collaborative: Mapped[Collaborative | None] = relationship(lazy="joined", foreign_keys=[collaborative_id])

    @property
    def who(self) -> Who:
        return Who(self.team_id, self.user_id)

    @property
    def takes_part(self) -> bool:
        return not self.is_bot and self.deactivated_at is None


class Curator(OfConsortium, Base):
    """That a person may decide for a collaborative while it hosts."""

    __tablename__ = "curator"
    __table_args__ = (of_the_same("person", "person_id"), of_the_same("collaborative", "collaborative_id"))

    person_id: Mapped[int] = mapped_column(primary_key=True)
    collaborative_id: Mapped[int] = mapped_column(primary_key=True)


def person_at(session: Session, who: Who) -> Person | None:
    return session.scalar(_at(who))


def lock_person(session: Session, person: Person) -> None:
    """Nothing else that locks them goes on for this person until the transaction ends."""
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update())


def _at(who: Who) -> Select[Person]:
    return select(Person).where(Person.team_id == who.team_id, Person.user_id == who.user_id)


def person_behind(session: Session, user_id: str) -> Person | None:
    """The person to whom the direct messages of this user go."""
    return session.scalars(select(Person).where(Person.user_id == user_id)).first()


def people_behind(session: Session, user_id: str) -> list[Person]:
    """All who go by this user id, in whichever workspace."""
    return list(session.scalars(select(Person).where(Person.user_id == user_id).order_by(Person.id)))


def person_met(session: Session, who: Who) -> Person:
    """The person, written down if this is the first time; two first times at once make one person."""
    known = person_at(session, who)
    if known is not None:
        return known
    insert_if_new(
        session,
        Person,
        team_id=who.team_id,
        user_id=who.user_id,
        is_admin=False,
        is_bot=False,
    )
    return session.scalars(_at(who)).one()


def admins(session: Session) -> list[Person]:
    return list(session.scalars(select(Person).where(Person.is_admin).order_by(Person.id)))


def curators(session: Session, collaborative: Collaborative) -> list[Person]:
    return list(
        session.scalars(
            select(Person)
            .join(Curator, Curator.person_id == Person.id)
            .where(Curator.collaborative_id == collaborative.id)
            .order_by(Person.id)
        )
    )


def members(session: Session, collaborative: Collaborative) -> list[Person]:
    return list(
        session.scalars(select(Person).where(Person.collaborative_id == collaborative.id).order_by(Person.id))
    )


def curated_by(session: Session, person: Person) -> list[Collaborative]:
    return list(
        session.scalars(
            select(Collaborative)
            .join(Curator, Curator.collaborative_id == Collaborative.id)
            .where(Curator.person_id == person.id)
            .order_by(Collaborative.position)
        )
    )


def set_curators(session: Session, collaborative: Collaborative, people: list[Person]) -> None:
    session.execute(delete(Curator).where(Curator.collaborative_id == collaborative.id))
    session.add_all(Curator(person_id=person.id, collaborative_id=collaborative.id) for person in people)
    session.flush()


def last_asked_before(session: Session, moment: datetime, limit: int) -> list[Person]:
    """People of whom Slack was not asked since, those of whom it never was first."""
    asked_long_ago = (
        select(Person)
        .where(or_(Person.named_at.is_(None), Person.named_at < moment))
        .order_by(Person.named_at.nulls_first(), Person.id)
        .limit(limit)
    )
    with across_consortia(session):
        return list(session.scalars(asked_long_ago))


def person_by_id(session: Session, person_id: int) -> Person:
    return session.get_one(Person, person_id)
