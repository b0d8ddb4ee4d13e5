"""The look back: what came in in a span of time, and how each of it stands, without a word of it."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from storage.items import Item, ItemState
from storage.results import Became, Result
from storage.tenancy import Session


class CameIn(NamedTuple):
    """One item. `answered_at`: its host decided so; `is_told`: its proposer heard of it. `became`: what the last of some meetings that had it made of it."""

    at: datetime
    meeting_id: int | None
    state: ItemState
    answered_at: datetime | None
    is_told: bool
    became: Became | None


def came_in_between(
    session: Session, after: datetime | None, until: datetime, meeting_ids: Collection[int]
) -> list[CameIn]:
    """Also what was taken off since, or has no words any more. A copy came in with the item of which it is one, so it counts no more.

    `meeting_ids`: the meetings that may say what became of it. What goes together with another became what that did.
    """
    became = (
        select(Result.became)
        .where(
            Result.item_id == func.coalesce(Item.joined_to_id, Item.id), Result.meeting_id.in_(meeting_ids)
        )
        .order_by(Result.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    answered_at = func.coalesce(Item.decided_at, Item.told_at)
    columns = (Item.submitted_at, Item.meeting_id, Item.state, answered_at, Item.told_at.is_not(None), became)
    came_in = select(*columns).where(Item.submitted_at <= until, Item.original_id.is_(None))
    if after is not None:
        came_in = came_in.where(Item.submitted_at > after)
    return [CameIn(*row) for row in session.execute(came_in.order_by(Item.submitted_at, Item.id))]
