"""People: who they are with, and who may decide or administer."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, UniqueConstraint, bindparam, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.asking import was_answered
from storage.consortia import Collaborative
from storage.database import Base
from storage.inserts import insert_if_new
from storage.tenancy import OfConsortium, Session, of_the_same, prepared

A_MOMENT = timedelta(microseconds=1)


class Who(NamedTuple):
    """A person's key in Slack: user ids alone are not promised to be unique."""

    team_id: str
    user_id: str


class Whereabouts(NamedTuple):
    """What is known of whether somebody is in the shared channel: when they left it, and since when nobody knows."""

    left_at: datetime | None = None
    doubted_at: datetime | None = None

    @property
    def are_there(self) -> bool:
        """In the shared channel, as far as Slack or an admin has said."""
        return self == Whereabouts()


class Person(OfConsortium, Base):
    """Somebody in Slack. Without a collaborative they may read, and are asked which is theirs when they add something.

    `named_at` is when Slack last told who they are; empty: what we know must not be relied upon.
    `asked_at` is when Slack was last asked; empty: it is asked at the next tick. It may have told nothing: then nobody knows who they are.
    `left_at`: when they last left the shared channel; each time is later than the one before.
    `is_guest`: Slack calls them a guest of their workspace.
    `runs_workspace`: Slack calls them an admin or an owner of it.
    `doubted_at`: since when nobody knows whether they are in the shared channel: it became another, or lost a workspace.
    `erasure_wanted_at`: when they asked to be erased while a legal hold lasted, which they wait for.
    `erased_at`: when all that was kept about them was erased. The row stays for what points to it, and is nobody's.
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
    asked_at: Mapped[datetime | None]
    collaborative_id: Mapped[int | None] = mapped_column()
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_bot: Mapped[bool] = mapped_column(default=False)
    is_guest: Mapped[bool] = mapped_column(default=False)
    runs_workspace: Mapped[bool] = mapped_column(default=False)
    deactivated_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]  # who speaks from there again is back
    doubted_at: Mapped[datetime | None]
    erasure_wanted_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    collaborative: Mapped[Collaborative | None] = relationship(lazy="joined", foreign_keys=[collaborative_id])

    @property
    def who(self) -> Who:
        return Who(self.team_id, self.user_id)

    @property
    def whereabouts(self) -> Whereabouts:
        return Whereabouts(self.left_at, self.doubted_at)

    @property
    def reads_along(self) -> bool:
        return self.whereabouts.are_there

    def leaves(self, now: datetime) -> None:
        """The shared channel, maybe once more."""
        self.left_at = max(now, self.left_at + A_MOMENT) if self.left_at else now

    @property
    def takes_part(self) -> bool:
        return not self.is_bot and self.deactivated_at is None and self.erased_at is None

    @property
    def was_met(self) -> bool:
        """In Slack, and not only in a file."""
        return self.name is not None or self.named_at is not None

    @property
    def is_unknown(self) -> bool:
        """Slack was asked, and has never told who they are."""
        return was_answered(self.asked_at) and self.named_at is None

    @property
    def may_keep_settings(self) -> bool:
        """A guest may not, whoever named them: they come and go at another's word. Whom Slack does not know can't."""
        return self.takes_part and not self.is_guest and not self.is_unknown


class Curator(OfConsortium, Base):
    """That a person may decide for a collaborative while it hosts."""

    __tablename__ = "curator"
    __table_args__ = (of_the_same("person", "person_id"), of_the_same("collaborative", "collaborative_id"))

    person_id: Mapped[int] = mapped_column(primary_key=True)
    collaborative_id: Mapped[int] = mapped_column(primary_key=True)


# What is asked at each thing heard is built once: building a question takes longer than asking it.
_AT = prepared(
    select(Person).where(Person.team_id == bindparam("team_id"), Person.user_id == bindparam("user_id"))
)
_LOCKED = prepared(select(Person.id).where(Person.id == bindparam("id")).with_for_update(key_share=True))
_BEHIND = prepared(
    select(Person)
    .where(Person.user_id == bindparam("user_id"))
    .order_by(Person.named_at.is_(None), Person.id)
)
_CURATORS = prepared(
    select(Person)
    .join(Curator, Curator.person_id == Person.id)
    .where(Curator.collaborative_id == bindparam("collaborative_id"))
    .order_by(Person.id)
)


_ADMINS = prepared(select(Person).where(Person.is_admin).order_by(Person.id))
_CURATED = prepared(
    select(Collaborative)
    .join(Curator, Curator.collaborative_id == Collaborative.id)
    .where(Curator.person_id == bindparam("person_id"))
    .order_by(Collaborative.position)
)


def person_at(session: Session, who: Who) -> Person | None:
    return session.scalar(_AT, who._asdict())


def lock_person(session: Session, person: Person) -> None:
    """Nothing else that locks them goes on for this person until the transaction ends."""
    session.execute(_LOCKED, {"id": person.id})


def as_they_stand(session: Session, person_id: int) -> Person:
    """What is known of them now. Nobody else writes it until the transaction ends."""
    return session.scalars(_held(person_id)).one()


def if_still_there(session: Session, person_id: int) -> Person | None:
    """The same, unless they have become one with another."""
    return session.scalars(_held(person_id)).one_or_none()


def _held(person_id: int) -> Select[Person]:
    held = select(Person).where(Person.id == person_id).with_for_update(key_share=True, of=Person)
    return held.execution_options(populate_existing=True)


def person_behind(session: Session, user_id: str) -> Person | None:
    """The person to whom the direct messages of this user go: of whom Slack has told, if it has of any."""
    return session.scalars(_BEHIND, {"user_id": user_id}).first()


def people_behind(session: Session, user_id: str) -> list[Person]:
    """All who go by this user id, in whichever workspace."""
    return list(session.scalars(select(Person).where(Person.user_id == user_id).order_by(Person.id)))


def people_with(session: Session, ids: Collection[int]) -> list[Person]:
    return list(session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)))


def named_but_unknown(session: Session) -> list[Person]:
    """Those whom the settings name, and of whom Slack has told nothing: it was not asked yet, or does not know them."""
    decides = select(Curator.person_id)
    is_named = or_(Person.is_admin, Person.collaborative_id.is_not(None), Person.id.in_(decides))
    return list(
        session.scalars(select(Person).where(Person.named_at.is_(None), is_named).order_by(Person.id))
    )


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
        is_guest=False,
        runs_workspace=False,
    )
    return session.scalars(_AT, who._asdict()).one()


def admins(session: Session) -> list[Person]:
    return list(session.scalars(_ADMINS))


def curators(session: Session, collaborative: Collaborative) -> list[Person]:
    return list(session.scalars(_CURATORS, {"collaborative_id": collaborative.id}))


def members(session: Session, collaborative: Collaborative) -> list[Person]:
    return list(
        session.scalars(select(Person).where(Person.collaborative_id == collaborative.id).order_by(Person.id))
    )


def curated_by(session: Session, person: Person) -> list[Collaborative]:
    return list(session.scalars(_CURATED, {"person_id": person.id}))


def person_named(session: Session, who: Who) -> Person:
    """The person whom somebody named, who may not know their workspace: if Slack has told it, it is as Slack told."""
    known = person_at(session, who)
    if known is not None and known.named_at is not None:
        return known
    told = [person for person in people_behind(session, who.user_id) if person.named_at is not None]
    return told[0] if told else person_met(session, who)


def hand_over_roles(session: Session, before: Person, person: Person) -> None:
    """What was given to somebody under one workspace is theirs under the other: what they decide for and keep, and whom they are with."""
    for collaborative in curated_by(session, before):
        insert_if_new(session, Curator, person_id=person.id, collaborative_id=collaborative.id)
    session.execute(delete(Curator).where(Curator.person_id == before.id))
    person.is_admin, before.is_admin = person.is_admin or before.is_admin, False
    person.collaborative = person.collaborative or before.collaborative
    before.collaborative = None
    session.flush()


def release_from_roles(session: Session, person: Person) -> None:
    """They decide for nobody, keep no settings, and are with no collaborative."""
    session.execute(delete(Curator).where(Curator.person_id == person.id))
    person.is_admin, person.collaborative = False, None
    session.flush()


def set_curators(session: Session, collaborative: Collaborative, people: list[Person]) -> None:
    session.execute(delete(Curator).where(Curator.collaborative_id == collaborative.id))
    for person in people:  # somebody else may name them just now
        insert_if_new(session, Curator, person_id=person.id, collaborative_id=collaborative.id)


def last_asked_before(
    session: Session, moment: datetime, limit: int, behind: Collection[int] = ()
) -> list[Person]:
    """People of whom Slack was not asked since, those of whom it never was first. The ones `behind` come after all others."""
    asked_long_ago = (
        select(Person)
        .where(or_(Person.asked_at.is_(None), Person.asked_at < moment), Person.erased_at.is_(None))
        .order_by(Person.id.in_(behind), Person.asked_at.nulls_first(), Person.id)
        .limit(limit)
    )
    return list(session.scalars(asked_long_ago))


def person_by_id(session: Session, person_id: int) -> Person:
    return session.get_one(Person, person_id)
