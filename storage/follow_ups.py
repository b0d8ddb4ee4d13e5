"""Follow-ups: what somebody is to do after a meeting, out of one of its items."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Date, Index, Select, Text, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.consortia import Collaborative
from storage.database import Base, UtcDateTime
from storage.items import Item
from storage.meetings import Meeting
from storage.people import Person
from storage.tenancy import OfConsortium, Session, of_the_same, prepared


class FollowUp(OfConsortium, Base):
    """What its owner is to do, by a local day: `due_on` as the meeting agreed, `put_off_to` if the owner chose a later one.

    `put_off_at`: when they chose that. `declined_at`: when the owner said that it is not theirs, so nobody has it until the host gives
    it to somebody. `declines` counts how often that was said.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("ix_follow_up_meeting", "meeting_id"),
        Index("ix_follow_up_item", "item_id"),
        Index("ix_follow_up_owner", "owner_id"),
        of_the_same("meeting", "meeting_id"),
        of_the_same("item", "item_id"),
        of_the_same("person", "owner_id"),
        of_the_same("person", "written_by_id"),
        {"sqlite_autoincrement": True},  # what is told of one that was taken out is not told of the next
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column()
    item_id: Mapped[int] = mapped_column()
    words: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column()
    due_on: Mapped[date] = mapped_column(Date)
    put_off_to: Mapped[date | None] = mapped_column(Date)
    put_off_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    declines: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    written_by_id: Mapped[int] = mapped_column()
    written_at: Mapped[datetime]

    meeting: Mapped[Meeting] = relationship(lazy="joined", foreign_keys=[meeting_id])
    item: Mapped[Item] = relationship(lazy="selectin", foreign_keys=[item_id])
    owner: Mapped[Person] = relationship(lazy="joined", foreign_keys=[owner_id])

    @property
    def day(self) -> date:
        """Until when its owner wants to do it."""
        return self.put_off_to or self.due_on

    @property
    def edition(self) -> int:
        """When the host last wrote it, to the second: so it is told from one to which a restored database gives its number again."""
        return int(self.written_at.timestamp())

    def give_back(self, now: datetime) -> None:
        """It is not its owner's, or they are gone: nobody has it."""
        self.declined_at, self.declines = now, self.declines + 1

    @property
    def is_declined(self) -> bool:
        return self.declined_at is not None

    @property
    def is_open(self) -> bool:
        """Whether its owner has it to do."""
        return self.done_at is None and not self.is_declined


def lock_follow_up(session: Session, follow_up_id: int) -> FollowUp | None:
    """The follow-up, locked until the transaction ends, and read after that."""
    session.execute(select(FollowUp.id).where(FollowUp.id == follow_up_id).with_for_update())
    return session.scalar(_with_id(follow_up_id).execution_options(populate_existing=True))


def follow_up_by_id(session: Session, follow_up_id: int) -> FollowUp | None:
    return session.scalar(_with_id(follow_up_id))


def _with_id(follow_up_id: int) -> Select[FollowUp]:
    return select(FollowUp).where(FollowUp.id == follow_up_id)


def follow_ups_of_meeting(session: Session, meeting: Meeting) -> list[FollowUp]:
    """In the order in which they were written down."""
    of_it = select(FollowUp).where(FollowUp.meeting_id == meeting.id)
    return list(session.scalars(of_it.order_by(FollowUp.id)))


def follow_ups_of_items(session: Session, item_ids: Collection[int]) -> list[FollowUp]:
    """Of all meetings that had one of them on their agendas."""
    of_them = select(FollowUp).where(FollowUp.item_id.in_(item_ids))
    return list(session.scalars(of_them.order_by(FollowUp.id)))


def lock_follow_ups_of(session: Session, items: Sequence[Item]) -> list[FollowUp]:
    """What is to be done about these, which nobody else changes or takes out until the transaction ends."""
    return _locked(session, select(FollowUp.id).where(FollowUp.item_id.in_([item.id for item in items])))


def _locked(session: Session, numbers: Select[int]) -> list[FollowUp]:
    """They are read once they are locked."""
    found = session.scalars(numbers.order_by(FollowUp.id).with_for_update()).all()
    these = select(FollowUp).where(FollowUp.id.in_(found)).order_by(FollowUp.id)
    return list(session.scalars(these.execution_options(populate_existing=True)))


def once_declined_follow_ups_of(session: Session, host: Collaborative) -> list[FollowUp]:
    """Those of the meetings of this host that somebody has given back, whoever has them now."""
    theirs = (
        select(FollowUp).join(Meeting, FollowUp.meeting_id == Meeting.id).where(Meeting.host_id == host.id)
    )
    return list(session.scalars(theirs.where(FollowUp.declines > 0).order_by(FollowUp.id)))


_HOSTS_OF_DECLINED = prepared(
    select(Collaborative)
    .where(
        Collaborative.id.in_(
            select(Meeting.host_id)
            .join(FollowUp, FollowUp.meeting_id == Meeting.id)
            .where(FollowUp.declined_at >= bindparam("since", type_=UtcDateTime()))
        )
    )
    .order_by(Collaborative.id)
)


def hosts_of_declined_follow_ups(session: Session, since: datetime) -> list[Collaborative]:
    """Whose meetings have left one that nobody has since then."""
    return list(session.scalars(_HOSTS_OF_DECLINED, {"since": since}))


def put_off_after(session: Session, moment: datetime) -> list[FollowUp]:
    """Those that were put off later than that. Locked."""
    return _locked(session, select(FollowUp.id).where(FollowUp.put_off_at > moment))


def written_after(session: Session, moment: datetime) -> list[int]:
    """The ids of those that a host has written, or written anew, later than that."""
    return list(
        session.scalars(select(FollowUp.id).where(FollowUp.written_at > moment).order_by(FollowUp.id))
    )


def open_follow_ups(session: Session) -> list[FollowUp]:
    """All that somebody has to do."""
    return list(session.scalars(select(FollowUp).where(_IS_OPEN).order_by(FollowUp.id)))


def open_follow_ups_of(
    session: Session, owner: Person, *, after: int = 0, most: int | None = None
) -> list[FollowUp]:
    """What the owner has to do, the soonest first: so many after so many."""
    theirs = select(FollowUp).where(FollowUp.owner_id == owner.id, _IS_OPEN)
    return list(session.scalars(theirs.order_by(_DAY, FollowUp.id).offset(after).limit(most)))


def count_open_follow_ups_of(session: Session, owner: Person) -> int:
    theirs = select(func.count()).select_from(FollowUp).where(FollowUp.owner_id == owner.id, _IS_OPEN)
    return session.scalar(theirs) or 0


_IS_OPEN = FollowUp.done_at.is_(None) & FollowUp.declined_at.is_(None)
_DAY = func.coalesce(FollowUp.put_off_to, FollowUp.due_on)
