"""Results: what became of the items of a meeting, as its host wrote it down."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, Text, UniqueConstraint, and_, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, one_of
from storage.items import TAKEN_OFF, Item, ItemState
from storage.meetings import Meeting
from storage.tenancy import OfConsortium, Session, of_the_same


class Became(StrEnum):
    """What became of an item at a meeting."""

    DONE = "done"
    AGAIN = "again"  # it was talked about, and a copy of it waits for the next host
    NOT_REACHED = "not reached"  # it waits again, for the next host
    NOT_NEEDED = "not needed any more"


class Result(OfConsortium, Base):
    """What became of one item at one meeting. An item that goes on has one of each meeting that did not reach it.

    `outcome` is what came of it, in a line. `copy_id` is the copy that was brought for the next meeting, or was and its author has taken it back. `position` is the item's place on the agenda of that meeting.
    """

    __tablename__ = "result"
    __table_args__ = (
        UniqueConstraint("meeting_id", "item_id"),
        Index("ix_result_item", "item_id"),
        Index("ix_result_copy", "copy_id"),
        of_the_same("meeting", "meeting_id"),
        of_the_same("item", "item_id"),
        of_the_same("item", "copy_id"),
        of_the_same("person", "written_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column()
    item_id: Mapped[int] = mapped_column()
    became: Mapped[Became] = mapped_column(one_of(Became))
    outcome: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int | None]
    copy_id: Mapped[int | None] = mapped_column()
    written_by_id: Mapped[int] = mapped_column()
    written_at: Mapped[datetime]

    copy: Mapped[Item | None] = relationship(lazy="selectin", foreign_keys=[copy_id])

    @property
    def comes_up_again(self) -> bool:
        """Whether a copy was brought, and its author has not taken it back."""
        copy = self.copy if self.became is Became.AGAIN else None
        return copy is not None and copy.state not in TAKEN_OFF


def results_of_meeting(session: Session, meeting: Meeting) -> dict[int, Result]:
    """By the ids of the items."""
    of_it = select(Result).where(Result.meeting_id == meeting.id).order_by(Result.id)
    return {result.item_id: result for result in session.scalars(of_it)}


def results_of_item(session: Session, item: Item) -> list[Result]:
    """Of each meeting that had it on its agenda, the earliest first."""
    return list(session.scalars(select(Result).where(Result.item_id == item.id).order_by(Result.id)))


def results_that_tell_of(session: Session, item: Item) -> list[Result]:
    """Those of the item, and the one that says that it came up again as this copy."""
    tells = or_(Result.item_id == item.id, Result.copy_id == item.id)
    return list(session.scalars(select(Result).where(tells).order_by(Result.id)))


def results_of_items(session: Session, item_ids: Collection[int]) -> list[Result]:
    """Of each meeting that had one of them on its agenda, the earliest first."""
    of_them = select(Result).where(Result.item_id.in_(item_ids))
    return list(session.scalars(of_them.order_by(Result.id)))


def items_with_results(session: Session, meeting: Meeting) -> list[Item]:
    """What was on the meeting's agenda, in its order: also what has gone on since."""
    went_on = select(Result.item_id).where(Result.meeting_id == meeting.id)
    stayed = and_(
        Item.meeting_id == meeting.id, Item.state == ItemState.ON_AGENDA, Item.joined_to_id.is_(None)
    )
    place = select(Result.position).where(Result.meeting_id == meeting.id, Result.item_id == Item.id)
    found = select(Item).where(stayed | Item.id.in_(went_on))
    by_place = func.coalesce(place.scalar_subquery(), Item.position).nulls_last()
    return list(session.scalars(found.order_by(by_place, Item.id)))
