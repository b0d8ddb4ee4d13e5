"""What came in and what was told in a span of time."""

from datetime import datetime

from sqlalchemy import select

from storage.items import TAKEN_OFF, Item
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


def told_between(session: Session, after: datetime, until: datetime) -> list[Item]:
    """Items whose proposers heard the outcome in that time: before, a decision is nobody's news."""
    return list(
        session.scalars(
            select(Item).where(Item.told_at > after, Item.told_at <= until).order_by(Item.told_at, Item.id)
        )
    )
