"""Agenda items: they outlive meetings."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, Select, Text, UniqueConstraint, bindparam, column, func, or_, select
from sqlalchemy.orm import Mapped, aliased, foreign, mapped_column, relationship, remote

from storage.consortia import Collaborative
from storage.database import Base, one_of
from storage.meetings import Meeting
from storage.people import Person
from storage.sealing import Sealed
from storage.tenancy import OfConsortium, Session, of_the_same, prepared


class ItemState(StrEnum):
    DRAFT = "draft"  # only its author sees it
    WAITING = "waiting"
    ON_AGENDA = "on the agenda"
    HELD = "held for next time"
    NOT_TAKEN = "not taken"
    WITHDRAWN = "withdrawn"
    SOLVED = "solved"  # as its author says
    RESTING = (
        "resting"  # meetings were held without it, and it is before no host until somebody brings it back
    )


TAKEN_OFF = (ItemState.WITHDRAWN, ItemState.SOLVED)
"""Its author took it off the list."""


SAYS_WHY = or_(column("reason").is_not(None), column("note").is_not(None))


class Wish(StrEnum):
    """What the proposer would like from the room."""

    SHARE = "share"
    ADVICE = "advice"
    DECIDE = "decide"
    CONNECT = "connect"


class Reason(StrEnum):
    """Why a host did not take an item."""

    TOO_FULL = "too full"
    ELSEWHERE = "elsewhere"
    ALREADY_COVERED = "already covered"
    NEEDS_MORE = "needs more"
    NOT_OURS = "not ours"
    OTHER = "other"


class Item(OfConsortium, Base):
    """An agenda item.

    `decisions` counts them, so that an Undo from an old card cannot undo a newer decision. `tellings` counts those of which
    its proposer heard, or may have heard. `removals` counts how often its words were removed, and
    `questions` what was ever asked about it, and `me_toos` how often anybody ever said that they want to talk about it, too. `carry_overs` counts the meetings that were held without it, as its host neither
    kept it for the next one nor came to talk about it, and at `wanted_at` its author said that they still want it. `came_up`: it was brought
    in the room, while its meeting was under way. `original_id` is the item of which
    it is a copy, for ever; of a copy of a copy, the first. What the host of an agenda
    says otherwise there than its author stands in `placed_title`, `placed_minutes` and `placed_lead`, and `heading` is the
    heading under which the host puts it: they count while it is on that agenda. `joined_to_id` is the item with which its host
    has joined it: it has its author, its words and its answers, and what is decided about that one is decided about it. `joins`
    counts the items that are joined to this one. What is joined to another has none. At `joined_at` its host joined it, and `told_before_joined` is how many `tellings`
    there were of it then: with the next one everybody may know that they go together. `separate_since`: since when people
    are to talk about it separately, in a thread of its own.
    """

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("consortium_id", "id"),
        Index("ix_item_submitted", "consortium_id", "submitted_at"),
        Index("ix_item_told", "consortium_id", "told_at"),
        Index("ix_item_why", "consortium_id", "told_at", sqlite_where=SAYS_WHY, postgresql_where=SAYS_WHY),
        Index("ix_item_meeting_state", "meeting_id", "state"),
        Index("ix_item_state", "consortium_id", "state"),
        Index("ix_item_proposer", "proposer_id"),
        Index("ix_item_original", "original_id"),
        Index("ix_item_joined_to", "joined_to_id"),
        Index("ix_item_separate", "consortium_id", "separate_since"),
        of_the_same("meeting", "meeting_id"),
        of_the_same("person", "proposer_id"),
        of_the_same("collaborative", "collaborative_id"),
        of_the_same("person", "decided_by_id"),
        of_the_same("item", "original_id"),
        of_the_same("item", "joined_to_id"),
        {"sqlite_autoincrement": True},  # what stands in Slack of one that is gone is not about the next
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int | None] = mapped_column()
    proposer_id: Mapped[int] = mapped_column()
    collaborative_id: Mapped[int | None] = mapped_column()
    on_behalf_of: Mapped[str | None]
    title: Mapped[str] = mapped_column(Text)
    details: Mapped[str | None] = mapped_column(Text)
    wish: Mapped[Wish | None] = mapped_column(one_of(Wish))
    minutes: Mapped[int | None]
    links: Mapped[str | None] = mapped_column(Text)
    lead: Mapped[str | None] = mapped_column(Text)
    state: Mapped[ItemState] = mapped_column(one_of(ItemState))
    is_late: Mapped[bool] = mapped_column(default=False)
    came_up: Mapped[bool] = mapped_column(default=False)
    is_carried_over: Mapped[bool] = mapped_column(default=False)
    carry_overs: Mapped[int] = mapped_column(default=0)
    wanted_at: Mapped[datetime | None]
    position: Mapped[int | None]
    placed_title: Mapped[str | None] = mapped_column(Text)
    placed_minutes: Mapped[int | None]
    placed_lead: Mapped[str | None] = mapped_column(Text)
    heading: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column()
    decided_at: Mapped[datetime | None]
    reason = Sealed(Reason)
    note = Sealed(str)
    decisions: Mapped[int] = mapped_column(default=0)
    tellings: Mapped[int] = mapped_column(default=0)
    removals: Mapped[int] = mapped_column(default=0)
    questions: Mapped[int] = mapped_column(default=0)
    me_toos: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None]
    original_id: Mapped[int | None] = mapped_column()
    joined_to_id: Mapped[int | None] = mapped_column()
    joins: Mapped[int] = mapped_column(default=0)
    told_before_joined: Mapped[int | None]
    joined_at: Mapped[datetime | None]
    separate_since: Mapped[datetime | None]

    meeting: Mapped[Meeting | None] = relationship(lazy="joined", foreign_keys=[meeting_id])
    proposer: Mapped[Person] = relationship(lazy="joined", foreign_keys=[proposer_id])
    collaborative: Mapped[Collaborative | None] = relationship(lazy="joined", foreign_keys=[collaborative_id])
    decided_by: Mapped[Person | None] = relationship(lazy="joined", foreign_keys=[decided_by_id])
    joined_to: Mapped["Item | None"] = relationship(
        primaryjoin=lambda: foreign(Item.joined_to_id) == remote(Item.id), back_populates="all_joined"
    )
    all_joined: Mapped[list["Item"]] = relationship(
        primaryjoin=lambda: Item.id == foreign(remote(Item.joined_to_id)),
        back_populates="joined_to",
        order_by=lambda: Item.id,
    )

    @property
    def joined(self) -> list["Item"]:
        """What is joined to it. Of an item without any the database is not asked."""
        return list(self.all_joined) if self.joins else []

    @property
    def together(self) -> list["Item"]:
        """All that go together with it, and itself: first the one that stays."""
        first = self.joined_to or self
        return [first, *first.joined]

    @property
    def is_joining_told(self) -> bool:
        """Whether its proposer has heard, or may have, that it goes together with the one to which it is joined."""
        return self.told_before_joined is not None and self.tellings > self.told_before_joined

    @property
    def goes_with(self) -> list["Item"]:
        """What it is joined to, or what is joined to it."""
        return [self.joined_to] if self.joined_to else self.joined

    @property
    def is_talked_about_separately(self) -> bool:
        """Whether everybody may know that it is: not before its proposer has heard so."""
        is_untold = self.state == ItemState.NOT_TAKEN and self.told_at is None
        return self.separate_since is not None and not is_untold

    @property
    def was_decided_separately(self) -> bool:
        """Whether its host decided so. Else its author had the thread opened."""
        return self.separate_since is not None and self.separate_since in (self.decided_at, self.told_at)

    def was_joined_before(self, moment: datetime) -> bool:
        """Whether it is joined to another, and was so before that moment."""
        return self.joined_at is not None and self.joined_at < moment

    def join(self, other: "Item", at: datetime | None) -> None:
        """From now on it goes together with the other, and so does what was joined to it."""
        for one in (*self.joined, self):
            one.part()
            one.joined_to, one.joined_at, one.told_before_joined = other, at, one.tellings
            other.joins += 1

    def join_as(self, original: "Item", other: "Item") -> None:
        """It goes together with the other since the item of which it is a copy does, and whoever brought that knows so."""
        self.join(other, original.joined_at)
        self.told_before_joined = -1

    def part(self) -> None:
        """It goes together with no other any more, and what was joined to it stands for itself, too."""
        if self.joined_to is not None:
            self.joined_to.joins -= 1
            if not self.joined_to.joins:
                self.take_back_common_title()
            self.joined_to = self.joined_at = self.told_before_joined = None
        for one in self.joined:
            one.part()

    def take_back_common_title(self) -> None:
        """What its host calls it together with the one to which it is joined may tell of each of them."""
        if self.joined_to is not None:
            self.joined_to.placed_title = None

    def leave_agenda(self) -> None:
        """It has no place there any more, and nothing that a host has said of it there holds. What it is called together with others does, as long as they go together."""
        self.position = self.heading = self.placed_minutes = self.placed_lead = None
        if not self.joins:
            self.placed_title = None


def lock_item(session: Session, item_id: int) -> Item | None:
    """The item, locked until the transaction ends: of two people who decide at once, the second sees the first.

    It is locked and then read: Postgres, woken from waiting for a row, would show the row as it is now beside what was
    joined to it before. What goes together with it is locked with it, in one order for all: whoever decides about one decides about both.
    """
    together = lock_those(session, _with_joined(item_id))
    return next((one for one in together if one.id == item_id), None)


def _with_joined(item_id: int) -> Select[int]:
    it = aliased(Item)
    first = select(func.coalesce(it.joined_to_id, it.id)).where(it.id == item_id).scalar_subquery()
    itself = Item.id == item_id  # also where it is taken out of them while somebody waits for it
    return select(Item.id).where(or_(itself, Item.id == first, Item.joined_to_id == first))


_WITH_ID = prepared(select(Item).where(Item.id == bindparam("id")))


def item_by_id(session: Session, item_id: int) -> Item | None:
    """The item, without a lock."""
    return session.scalar(_WITH_ID, {"id": item_id})


def items_with_ids(session: Session, ids: Collection[int]) -> list[Item]:
    return list(session.scalars(select(Item).where(Item.id.in_(ids)).order_by(Item.id)))


def lock_items_with_ids(session: Session, ids: Collection[int]) -> list[Item]:
    """Those that there are, locked in one order for all until the transaction ends."""
    return lock_those(session, select(Item.id).where(Item.id.in_(ids)))


def lock_items(session: Session, meeting: Meeting) -> None:
    """Nobody else decides on the meeting's items until the transaction ends. What was read of them before may be old."""
    session.execute(select(Item.id).where(Item.meeting_id == meeting.id).order_by(Item.id).with_for_update())


def agenda_of_meeting(session: Session, meeting: Meeting) -> list[Item]:
    """What is on its agenda, in order. What is joined to another has no place of its own there."""
    placed = items_of_meeting(session, meeting, ItemState.ON_AGENDA)
    return [item for item in placed if item.joined_to_id is None]


def items_of_meeting(session: Session, meeting: Meeting, *states: ItemState) -> list[Item]:
    """In agenda order; what has no place in it yet comes by age."""
    return list(
        session.scalars(
            select(Item)
            .where(Item.meeting_id == meeting.id, Item.state.in_(states))
            .order_by(Item.position.nulls_last(), Item.id)
        )
    )


def untold_of_meeting(session: Session, meeting: Meeting) -> list[int]:
    """The ids of its items that were decided on, and of which nobody has been told yet."""
    decided = select(Item.id).where(Item.meeting_id == meeting.id, Item.decided_at.is_not(None))
    return list(session.scalars(decided.where(Item.told_at.is_(None)).order_by(Item.id)))


def lock_those(session: Session, ids: Select[int]) -> list[Item]:
    """The items with these ids, locked in one order for all until the transaction ends, and read once they are."""
    found = session.scalars(ids.order_by(_NUMBER).with_for_update(of=Item)).all()
    these = select(Item).where(Item.id.in_(found)).order_by(Item.id)
    return list(session.scalars(these.execution_options(populate_existing=True)))


_NUMBER = Item.id + 0
"""For the order alone. By the plain id SQLite takes the index that has this order, and reads all items of the consortium in it."""
