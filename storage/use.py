"""Whether a consortium was ever used. What nobody has used can be forgotten without a loss."""

from sqlalchemy import delete, func, select

from storage.consortia import Consortium
from storage.database import Base
from storage.inbox import Input
from storage.items import Item
from storage.tenancy import Session, across_consortia
from storage.tips import Tip

DEEDS = (Input, Item, Tip)


def is_used(session: Session, consortium: Consortium) -> bool:
    """Whether Slack has ever said of a token that it is of this workspace, or anybody has done anything in it."""
    if consortium.confirmed_at is not None:
        return True
    with across_consortia(session):
        return any(
            session.scalar(select(deed.consortium_id).where(deed.consortium_id == consortium.id).limit(1))
            for deed in DEEDS
        )


def count_rows(session: Session, consortium: Consortium) -> dict[str, int]:
    """By table, how many rows it has."""
    with across_consortia(session):
        return {
            table.name: session.scalar(
                select(func.count()).select_from(table).where(table.c.consortium_id == consortium.id)
            )
            or 0
            for table in Base.metadata.sorted_tables
            if "consortium_id" in table.columns
        }


def forget(session: Session, consortium: Consortium) -> None:
    """Remove it with all its rows."""
    with across_consortia(session):
        for table in reversed(Base.metadata.sorted_tables):
            if "consortium_id" in table.columns:
                session.execute(delete(table).where(table.c.consortium_id == consortium.id))
        session.delete(consortium)
