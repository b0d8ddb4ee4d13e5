"""What came in and what was told in a span of time."""

from datetime import datetime

from sqlalchemy import or_, select

from storage.items import TAKEN_OFF, Item, ItemState
from storage.tenancy import Session


def submitted_between(session: Session, after: datetime, until: datetime) -> list[Item]:
    return list(
        session.scalars(
            select(Item)
            .where(
                Item.submitted_at > after,
                Item.submitted_at <= until,
                Item.state.not_in(TAKEN_OFF),
            )
            .order_by(Item.id)
        )
    )


def taken_up_separately_between(session: Session, after: datetime, until: datetime) -> list[Item]:
    """What everybody heard of in that time. What goes together with another is talked about with that one."""
    is_told = or_(Item.state != ItemState.NOT_TAKEN, Item.told_at.is_not(None))
    taken_up = select(Item).where(Item.separate_since > after, Item.separate_since <= until, is_told)
    return list(session.scalars(taken_up.where(Item.joined_to_id.is_(None)).order_by(Item.id)))


def told_between(session: Session, after: datetime, until: datetime) -> list[Item]:
    """Items whose proposers heard the outcome in that time: before, a decision is nobody's news."""
    return list(
        session.scalars(
            select(Item).where(Item.told_at > after, Item.told_at <= until).order_by(Item.told_at, Item.id)
        )
    )
