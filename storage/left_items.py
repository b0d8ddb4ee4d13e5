"""Items that no meeting has, or that are left of one: what waits for the next, what was held, and what rests."""

from datetime import date

from sqlalchemy import Select, and_, or_, select

from storage.items import Item, ItemState, lock_those
from storage.meetings import Meeting, MeetingState
from storage.tenancy import Session


def items_without_meeting(session: Session) -> list[Item]:
    """Proposed while no meeting was known."""
    return list(
        session.scalars(
            select(Item)
            .where(
                Item.meeting_id.is_(None),
                Item.state == ItemState.WAITING,
            )
            .order_by(Item.id)
        )
    )


def undecided_until(session: Session, day: date) -> list[Item]:
    """What waits, is held or rests of meetings on that local day and earlier, and of those that were cancelled."""
    return list(session.scalars(select(Item).where(Item.id.in_(_undecided_until(day))).order_by(Item.id)))


def lock_undecided_until(session: Session, day: date) -> list[Item]:
    """The same, locked as `lock_item` does and for its reasons."""
    return lock_those(session, _undecided_until(day))


def lock_waiting_for_proposed_after(session: Session, day: date) -> list[Item]:
    """What waits for meetings after that local day that are proposed and not confirmed. Locked likewise."""
    later = and_(Meeting.day > day, Meeting.state == MeetingState.PROPOSED)
    waiting = select(Item.id).join(Meeting, Item.meeting_id == Meeting.id).where(later)
    return lock_those(session, waiting.where(Item.state == ItemState.WAITING))


def _undecided_until(day: date) -> Select[int]:
    return (
        select(Item.id)
        .join(Meeting, Item.meeting_id == Meeting.id)
        .where(or_(Meeting.day <= day, Meeting.state == MeetingState.CANCELLED))
        .where(Item.state.in_([ItemState.WAITING, ItemState.HELD, ItemState.RESTING]))
    )
