"""Questions: what a host asks the author of an item, and what they answer."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base
from storage.items import TAKEN_OFF, Item, ItemState
from storage.meetings import Meeting
from storage.sealing import Sealed
from storage.tenancy import OfConsortium, Session, of_the_same


class Question(OfConsortium, Base):
    """What the host of a meeting asked the author of an item. It stays with the item, also where that goes on to another host.

    What was asked and what was answered is between the two. `words` are None where they were removed.
    """

    __tablename__ = "question"
    __table_args__ = (
        Index("ix_question_item", "item_id"),
        of_the_same("item", "item_id"),
        of_the_same("meeting", "meeting_id"),
        of_the_same("person", "asked_by_id"),
        of_the_same("person", "answered_by_id"),
        {"sqlite_autoincrement": True},  # what is told of one is not told of another
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column()
    meeting_id: Mapped[int] = mapped_column()
    asked_by_id: Mapped[int] = mapped_column()
    words = Sealed(str)
    asked_at: Mapped[datetime]
    answer = Sealed(str)
    answered_by_id: Mapped[int | None] = mapped_column()
    answered_at: Mapped[datetime | None]

    item: Mapped[Item] = relationship(lazy="selectin", foreign_keys=[item_id])
    meeting: Mapped[Meeting] = relationship(lazy="joined", foreign_keys=[meeting_id])

    @property
    def is_open(self) -> bool:
        """Whether the author is to answer it: not where they took the item back, or heard that it was not taken."""
        item = self.item
        is_settled = item.state == ItemState.NOT_TAKEN and item.told_at is not None
        needs_none = item.state in TAKEN_OFF or is_settled
        return self.answered_at is None and self.words is not None and not needs_none


def lock_question(session: Session, question_id: int) -> Question | None:
    """The question, locked until the transaction ends, and read after that."""
    session.execute(select(Question.id).where(Question.id == question_id).with_for_update())
    return session.scalar(_with_id(question_id).execution_options(populate_existing=True))


def question_by_id(session: Session, question_id: int) -> Question | None:
    return session.scalar(_with_id(question_id))


def _with_id(question_id: int) -> Select[Question]:
    return select(Question).where(Question.id == question_id)


def questions_of_item(session: Session, item: Item) -> list[Question]:
    """The newest first. Of an item about which none was asked the database is not asked either."""
    return questions_of_items(session, [item.id]) if item.questions else []


def questions_of_items(session: Session, item_ids: Collection[int]) -> list[Question]:
    """The newest first."""
    about_them = select(Question).where(Question.item_id.in_(item_ids))
    return list(session.scalars(about_them.order_by(Question.id.desc())))


def ids_of_questions(session: Session, item: Item) -> list[int]:
    """Of those that were ever asked about it."""
    if not item.questions:
        return []
    return list(session.scalars(select(Question.id).where(Question.item_id == item.id).order_by(Question.id)))


def ids_of_questions_for(session: Session, meeting: Meeting) -> list[int]:
    """Of those about items on its agenda."""
    theirs = select(Question.id).join(Item, Question.item_id == Item.id)
    placed = theirs.where(Item.meeting_id == meeting.id, Item.state == ItemState.ON_AGENDA)
    return list(session.scalars(placed.order_by(Question.id)))
