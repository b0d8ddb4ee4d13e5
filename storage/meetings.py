"""Meetings, and the agendas published for them."""

from datetime import date, datetime, time, timedelta
from enum import Enum, StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    JSON,
    Index,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    column,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.consortia import Collaborative
from storage.database import Base, one_of
from storage.people import Person
from storage.tenancy import OfConsortium, Session, of_the_same, prepared


class MeetingState(StrEnum):
    """What people have made of a meeting."""

    PROPOSED = "proposed"  # by the rotation; its host has yet to confirm
    SET = "set"
    CANCELLED = "cancelled"


class Stage(Enum):
    """The states of a meeting: proposed → set → begun → over, or cancelled. What people made of it is stored, and the rest a clock tells."""

    PROPOSED = MeetingState.PROPOSED
    SET = MeetingState.SET
    BEGUN = "begun"
    OVER = "over"
    CANCELLED = MeetingState.CANCELLED

    @property
    def is_to_come(self) -> bool:
        return self in (Stage.PROPOSED, Stage.SET)

    @property
    def is_closed(self) -> bool:
        """It stays as it is: nobody changes the meeting, its board or what was decided for it."""
        return self in (Stage.OVER, Stage.CANCELLED)


WELCOMES_REMEMBERED = 20
_IS_NOT_CANCELLED = column("state") != literal_column("'cancelled'")


class Meeting(OfConsortium, Base):
    """A meeting on a local day and at a local time; `known_since` is when that day became known.

    `is_over_noticed`: it is over, and what tells of the next meeting was drawn anew.
    `moved_from` is when and where people thought it was, before they were told of its last move.
    `planned` is what the consortium's file said of it last, or nothing of one that comes from Slack or from the rotation.
    Of its `minutes` the `opening`, the `breaks` and a `reserve` for what comes up are not for items; None: nobody said.
    `welcome` is what its host tells of the day, with the host and the office of which it tells.
    `cancelled_at`: since then nobody counts on it. A cancelled one leaves its day to another.
    `help_wanted`: what its host says when asked whether some help would be good; None: it has not said. `helper`: the collaborative
    that prepares it with the host, for which the person of `helped_by_id` stepped in; they alone, where they are with none.
    By its `uid` people's calendars know it, by its `sequence` how often it was revised, last at `revised_at`. One that takes the place of a
    cancelled one has that one's `uid`.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("consortium_id", "id"),
        Index(
            "ix_meeting_day",
            "consortium_id",
            "day",
            unique=True,
            sqlite_where=_IS_NOT_CANCELLED,
            postgresql_where=_IS_NOT_CANCELLED,
        ),
        of_the_same("collaborative", "host_id"),
        of_the_same("collaborative", "helper_id"),
        of_the_same("person", "helped_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column()
    day: Mapped[date]
    starts: Mapped[time]
    minutes: Mapped[int]
    welcome: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    opening: Mapped[int | None]
    breaks: Mapped[int | None]
    reserve: Mapped[int | None]
    office: Mapped[str]
    state: Mapped[MeetingState] = mapped_column(one_of(MeetingState))
    known_since: Mapped[datetime]
    planned: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    is_over_noticed: Mapped[bool] = mapped_column(default=False)
    moved_from: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    cancelled_at: Mapped[datetime | None]
    help_wanted: Mapped[bool | None]
    helper_id: Mapped[int | None] = mapped_column()
    helped_by_id: Mapped[int | None] = mapped_column()
    uid: Mapped[str] = mapped_column(default=lambda: uuid4().hex)
    sequence: Mapped[int] = mapped_column(default=0)
    revised_at: Mapped[datetime]

    host: Mapped[Collaborative] = relationship(lazy="joined", foreign_keys=[host_id])
    helper: Mapped[Collaborative | None] = relationship(foreign_keys=[helper_id])
    helped_by: Mapped[Person | None] = relationship(foreign_keys=[helped_by_id])

    @property
    def prepared_with(self) -> str | None:
        """The name of who prepares it with the host, as long as they are in the rotation, or among us."""
        if self.helper is not None:
            return self.helper.name if self.helper.position is not None else None
        is_there = self.helped_by is not None and self.helped_by.takes_part and self.helped_by.left_at is None
        return self.helped_by.name if self.helped_by is not None and is_there else None

    def is_prepared_alone(self, *, help_wanted: bool | None = None) -> None:
        """From now on. A new host has not said whether some help would be good."""
        self.help_wanted = help_wanted
        self.helper = self.helper_id = self.helped_by = self.helped_by_id = None

    def revise(self, now: datetime) -> None:
        """What people's calendars hold of it is another by now."""
        self.sequence, self.revised_at = self.sequence + 1, now


class Publication(OfConsortium, Base):
    """One version of an agenda as it was published: later changes do not show until it is published again."""

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        of_the_same("meeting", "meeting_id"),
        of_the_same("person", "by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column()
    number: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column()
    entries: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    held: Mapped[int]

    by: Mapped[Person] = relationship(lazy="joined", foreign_keys=[by_id])


def lock_meeting(session: Session, meeting_id: int) -> Meeting | None:
    """The meeting, locked until the transaction ends: of two who publish at once, the second sees the first.

    Items can be brought meanwhile: `key_share` lets rows be written that point to it.
    """
    session.execute(select(Meeting.id).where(Meeting.id == meeting_id).with_for_update(key_share=True))
    return session.scalar(
        select(Meeting).where(Meeting.id == meeting_id).execution_options(populate_existing=True)
    )


_WITH_ID = prepared(select(Meeting).where(Meeting.id == bindparam("id")))


def meeting_by_id(session: Session, meeting_id: int) -> Meeting | None:
    """The meeting, without a lock. Who holds an item must not wait for its meeting: locks go from a meeting to its items."""
    return session.scalar(_WITH_ID, {"id": meeting_id})


_STANDS = Meeting.state != MeetingState.CANCELLED


def meeting_on(session: Session, day: date) -> Meeting | None:
    """The one on that local day; a cancelled one has left it."""
    return session.scalar(select(Meeting).where(Meeting.day == day, _STANDS))


_CANCELLED_LAST = case((_STANDS, 0), else_=1)


def last_meeting_on(session: Session, day: date) -> Meeting | None:
    """The same; where there is none, the one that was cancelled last."""
    on_day = select(Meeting).where(Meeting.day == day)
    return session.scalars(on_day.order_by(_CANCELLED_LAST, Meeting.cancelled_at.desc()).limit(1)).first()


_FROM = prepared(select(Meeting).where(Meeting.day >= bindparam("day"), _STANDS).order_by(Meeting.day))


def meetings_from(session: Session, day: date) -> list[Meeting]:
    """Meetings on that local day and later, the nearest first, but for those that were cancelled."""
    return list(session.scalars(_FROM, {"day": day}))


_TO_NOTICE = prepared(
    select(Meeting)
    .where(
        or_(
            and_(Meeting.day <= bindparam("today"), Meeting.is_over_noticed.is_(False)),
            and_(Meeting.day >= bindparam("yesterday"), Meeting.is_over_noticed.is_(True)),
        ),
        _STANDS,
    )
    .order_by(Meeting.day)
)


def meetings_to_notice(session: Session, today: date) -> list[Meeting]:
    """Those whose end may have come and nobody has noticed, and those of yesterday or later whose end was noticed."""
    return list(session.scalars(_TO_NOTICE, {"today": today, "yesterday": today - timedelta(days=1)}))


def meeting_before(session: Session, day: date) -> Meeting | None:
    """The last one before that local day that was not cancelled."""
    return next(iter(meetings_before(session, day, most=1)), None)


def meetings_before(session: Session, day: date, *, most: int) -> list[Meeting]:
    """The last ones before that local day that were not cancelled, the newest first."""
    before = select(Meeting).where(Meeting.day < day, _STANDS).order_by(Meeting.day.desc()).limit(most)
    return list(session.scalars(before))


def welcomes_before(session: Session, meeting: Meeting) -> list[dict[str, Any]]:
    """What hosts told of the days before it: of the newest first, and of so many as a consortium has in some years."""
    told = select(Meeting.welcome).where(Meeting.day < meeting.day, Meeting.welcome.is_not(None))
    found = session.scalars(told.order_by(Meeting.day.desc()).limit(WELCOMES_REMEMBERED))
    return [welcome for welcome in found if welcome is not None]


def last_meeting(session: Session) -> Meeting | None:
    """The latest one there is, past or to come. A cancelled one has had its quarter, too."""
    latest = select(Meeting).order_by(Meeting.day.desc(), Meeting.id.desc()).limit(1)
    return session.scalar(latest)


def cancelled_meetings(session: Session) -> list[Meeting]:
    """In the order of their days."""
    cancelled = select(Meeting).where(Meeting.state == MeetingState.CANCELLED)
    return list(session.scalars(cancelled.order_by(Meeting.day, Meeting.id)))


def last_cancelled_before(session: Session, day: date) -> datetime | None:
    """When a meeting before that local day was cancelled last."""
    return session.scalar(select(func.max(Meeting.cancelled_at)).where(Meeting.day < day))


def last_cancelled_after(session: Session, day: date) -> Meeting | None:
    """Of the meetings after that local day, the one that was cancelled last."""
    cancelled = select(Meeting).where(Meeting.state == MeetingState.CANCELLED, Meeting.day > day)
    return session.scalars(
        cancelled.order_by(Meeting.cancelled_at.desc(), Meeting.id.desc()).limit(1)
    ).first()


def newest_with_uid(session: Session, uid: str) -> Meeting:
    """The one that people's calendars know by it now. Raises NoResultFound if there never was any."""
    known = select(Meeting).where(Meeting.uid == uid).order_by(Meeting.id.desc()).limit(1)
    return session.scalars(known).one()


def last_publications(session: Session, meeting: Meeting, limit: int = 2) -> list[Publication]:
    """The newest first."""
    return list(
        session.scalars(
            select(Publication)
            .where(Publication.meeting_id == meeting.id)
            .order_by(Publication.number.desc())
            .limit(limit)
        )
    )
