"""Copies of an item, and the one of which it is a copy."""

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from storage.items import Item, lock_those
from storage.tenancy import Session


def lock_with_copies(session: Session, item_id: int) -> list[Item]:
    """The item, what it is a copy of, and all copies of that, the first one first. Locked as `lock_item` does.

    Whoever copies one of them holds it meanwhile: they are asked for until there is no new one.
    """
    locked: list[Item] = []
    while len(found := lock_those(session, _with_copies(item_id))) > len(locked):
        locked = found
    return locked


def has_copies(session: Session, item_id: int) -> bool:
    """Whether there are copies of it, or it is one."""
    some = _with_copies(item_id).limit(2).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) > 1


def _with_copies(item_id: int) -> Select[int]:
    it = aliased(Item)
    first = select(func.coalesce(it.original_id, it.id)).where(it.id == item_id).scalar_subquery()
    return select(Item.id).where(or_(Item.id == first, Item.original_id == first))
