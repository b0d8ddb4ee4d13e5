"""Tips that people share, found again by words."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Index, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base
from storage.people import Person
from storage.tenancy import OfConsortium, Session, of_the_same

_ESCAPE = "/"


class Tip(OfConsortium, Base):
    """A tip as it was told. `findable` is what search reads: topic and text without case and accents."""

    __tablename__ = "tip"
    __table_args__ = (
        Index("ix_tip_created", "consortium_id", "created_at"),
        of_the_same("person", "person_id"),
        {"sqlite_autoincrement": True},  # what stands in Slack of one that is gone is not about the next
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column()
    topic: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    findable: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="joined", foreign_keys=[person_id])


def folded(text: str) -> str:
    """Without case and accents: both engines then find the same, which their own `lower` would not."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def tips_with(session: Session, words: Sequence[Sequence[str]], limit: int) -> list[Tip]:
    """The newest tips that hold every one of the words. A word is its parts, with any one sign between them."""
    return list(
        session.scalars(
            select(Tip)
            .where(*(Tip.findable.like(_pattern(word), escape=_ESCAPE) for word in words))
            .order_by(Tip.created_at.desc(), Tip.id.desc())
            .limit(limit)
        )
    )


def _pattern(parts: Sequence[str]) -> str:
    escaped = [
        "".join(f"{_ESCAPE}{sign}" if sign in f"%_{_ESCAPE}" else sign for sign in folded(part))
        for part in parts
    ]
    return f"%{'_'.join(escaped)}%"


def lock_tip(session: Session, tip_id: int) -> Tip | None:
    """The tip, locked until the transaction ends."""
    this = select(Tip).where(Tip.id == tip_id).with_for_update(of=Tip)
    return session.scalar(this.execution_options(populate_existing=True))


def tip_by_id(session: Session, tip_id: int) -> Tip | None:
    return session.scalar(select(Tip).where(Tip.id == tip_id))


def count_tips_between(session: Session, after: datetime, until: datetime) -> int:
    counted = session.scalar(
        select(func.count()).select_from(Tip).where(Tip.created_at > after, Tip.created_at <= until)
    )
    return counted or 0
