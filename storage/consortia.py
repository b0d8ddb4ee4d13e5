"""The consortium and its collaboratives."""

from collections.abc import Collection
from datetime import datetime, time
from enum import Enum
from uuid import uuid4

from sqlalchemy import JSON, Select, UniqueConstraint, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base
from storage.tenancy import OfConsortium, Session, across_consortia, enter, of_no_consortium, prepared

CHOOSING = 1
"""Postgres' locks that an application names have two numbers: what it is about, and which."""


class Consortium(Base):
    """The whole, with its settings. It lives in the workspace where the bot is installed.

    `told_after_minutes`: how long after a decision its proposer is told; None: at the local hour `told_at`.
    `is_quiet`: the bot makes no sound at night and on weekends, and what it tells one person on one day stands together.
    `called_one`, `called_many`: its own word for a collaborative, and for several; None: the usual one.
    `namespace` is known to nobody else: what its posts are known by to Slack is made from it.
    `scheduled_since` is when the days and hours of calls and digests became these: none is owed for a time before.
    `address` is where its workspace is on the web, as Slack tells it: links to messages begin so.
    `lacks`: the capabilities that Slack has not granted to the bot.
    `confirmed_at` is when Slack first said of a bot's token that it is of this workspace. Until then it may be mistyped.
    `gap_since`, `gap_until`: what was sent in between is not known here: the database was restored from a backup.
    `gap_numbers`: of each kind of subject, the last number that there was after the restore. Those beyond it are new.
    """

    __tablename__ = "consortium"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    channel_id: Mapped[str]
    timezone: Mapped[str]
    call_days: Mapped[list[int]] = mapped_column(JSON)
    call_at: Mapped[time]
    closes_days_before: Mapped[int]
    digest_weekday: Mapped[str]
    digest_at: Mapped[time]
    told_after_minutes: Mapped[int | None]
    told_at: Mapped[time]
    is_quiet: Mapped[bool]
    called_one: Mapped[str | None]
    called_many: Mapped[str | None]
    created_at: Mapped[datetime]
    scheduled_since: Mapped[datetime]
    namespace: Mapped[str] = mapped_column(default=lambda: uuid4().hex)
    address: Mapped[str | None]
    lacks: Mapped[list[str]] = mapped_column(JSON, default=list)
    confirmed_at: Mapped[datetime | None]
    gap_since: Mapped[datetime | None]
    gap_until: Mapped[datetime | None]
    gap_numbers: Mapped[dict[str, int] | None] = mapped_column(JSON)


class Collaborative(OfConsortium, Base):
    """One member of a consortium. Without a position it has left the rotation, and its past stays."""

    __tablename__ = "collaborative"
    __table_args__ = (UniqueConstraint("consortium_id", "name"), UniqueConstraint("consortium_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int | None]
    name: Mapped[str]
    office: Mapped[str]
    curators_channel_id: Mapped[str | None]


class Places(Enum):
    """What a transaction asks of its consortium's places: who decides, who is there, and which channel is which.

    MAY_CHANGE: nothing, as it only looks. STAY: it owes something to them. CHANGE: it changes them, and waits for all who owe.
    It is asked until the transaction ends, and before anything else is locked or read, or two would wait for each other.
    """

    MAY_CHANGE = "may change"
    STAY = "stay"
    CHANGE = "change"

    def asked(self, consortium: Select[Consortium]) -> Select[Consortium]:
        """By a lock of the consortium's row, which is read as it is then. SQLite has one writer, and needs none."""
        if self is Places.MAY_CHANGE:
            return consortium
        locked = consortium.execution_options(populate_existing=True)
        return (
            locked.with_for_update(read=True)
            if self is Places.STAY
            else locked.with_for_update(key_share=True)
        )


_OF = {
    places: of_no_consortium(
        places.asked(select(Consortium).where(Consortium.team_id == bindparam("team_id")))
    )
    for places in Places
}


def consortium_of(session: Session, team_id: str, places: Places = Places.MAY_CHANGE) -> Consortium | None:
    return session.scalar(_OF[places], {"team_id": team_id})


def consortium_at(session: Session, consortium_id: int, places: Places) -> Consortium:
    return session.scalars(places.asked(select(Consortium).where(Consortium.id == consortium_id))).one()


def enter_consortium_of(
    session: Session, team_id: str | None, places: Places = Places.MAY_CHANGE
) -> Consortium | None:
    """The consortium of this workspace, which alone the session sees from now on; nothing where there is none."""
    consortium = consortium_of(session, team_id, places) if team_id else None
    if consortium is not None:
        enter(session, consortium.id)
    return consortium


def confirm(session: Session, team_id: str, now: datetime, address: str | None = None) -> None:
    """Slack has said of a bot's token that it is of this workspace, so there is such a one, and where that is on the web."""
    unknown = and_(Consortium.team_id == team_id, Consortium.confirmed_at.is_(None))
    session.execute(update(Consortium).where(unknown).values(confirmed_at=now))
    elsewhere = and_(Consortium.team_id == team_id, Consortium.address.is_distinct_from(address))
    if address is not None:
        session.execute(update(Consortium).where(elsewhere).values(address=address))


def unconfirmed(session: Session) -> list[Consortium]:
    """Those of whose workspace no bot has ever been, while one has run for another: maybe it was mistyped."""
    known = {consortium: consortium.confirmed_at is not None for consortium in every_consortium(session)}
    return (
        [consortium for consortium, is_confirmed in known.items() if not is_confirmed]
        if any(known.values())
        else []
    )


def those_who_share(session: Session, channel_id: str) -> list[Consortium]:
    """The consortia with this shared channel: one, or everything is said twice in it."""
    there = select(Consortium).where(Consortium.channel_id == channel_id)
    return list(session.scalars(there.order_by(Consortium.id)))


def those_in_the_way(session: Session, shared: str, asked: Collection[str]) -> list[Consortium]:
    """The consortia that keep another from having this shared channel, and from asking its hosts in those. Who shares it comes first."""
    decide_there = select(Collaborative.consortium_id).where(Collaborative.curators_channel_id == shared)
    are_there = or_(Consortium.channel_id.in_([shared, *asked]), Consortium.id.in_(decide_there))
    shares_it_first = (Consortium.channel_id != shared, Consortium.id)
    with across_consortia(session):
        return list(session.scalars(select(Consortium).where(are_there).order_by(*shares_it_first)))


def those_who_decide_in(session: Session, channel_id: str) -> list[Collaborative]:
    """The collaboratives whose hosts are asked in this channel."""
    asked = select(Collaborative).where(Collaborative.curators_channel_id == channel_id)
    return list(session.scalars(asked.order_by(Collaborative.id)))


def is_where_others_decide(session: Session, channel_id: str, ours: Consortium) -> bool:
    """Whether a host of another consortium is asked in this channel."""
    theirs = Collaborative.consortium_id.is_distinct_from(ours.id)
    with across_consortia(session):
        asked = select(Collaborative.id).where(Collaborative.curators_channel_id == channel_id, theirs)
        return session.scalar(asked.limit(1)) is not None


def alone_with_channel(session: Session, channel_id: str) -> None:
    """Of two consortia that choose one channel at the same moment, the second sees the first. SQLite has one writer."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(CHOOSING, func.hashtext(channel_id))))


def every_consortium(session: Session) -> list[Consortium]:
    return list(session.scalars(select(Consortium).order_by(Consortium.id)))


_ROTATION = prepared(
    select(Collaborative).where(Collaborative.position.is_not(None)).order_by(Collaborative.position)
)


def rotation(session: Session) -> list[Collaborative]:
    """The collaboratives that host, in hosting order."""
    return list(session.scalars(_ROTATION))


def collaborative_named(session: Session, name: str) -> Collaborative | None:
    return session.scalar(select(Collaborative).where(Collaborative.name == name))


def every_collaborative(session: Session) -> list[Collaborative]:
    """Also those that have left the rotation."""
    return list(session.scalars(select(Collaborative).order_by(Collaborative.id)))


def collaborative_by_id(session: Session, collaborative_id: int) -> Collaborative | None:
    return session.scalar(select(Collaborative).where(Collaborative.id == collaborative_id))
