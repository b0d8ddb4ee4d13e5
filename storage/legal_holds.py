"""Legal holds: what the bot would delete stays, as somebody may ask for it in a records request or a lawsuit."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base
from storage.people import Person
from storage.sealing import Sealed
from storage.tenancy import OfConsortium, Session, of_the_same, prepared


class LegalHold(OfConsortium, Base):
    """That nothing of the consortium is deleted, from `began_at` to the end of the local day `until`.

    Without `began_by` a command of whoever runs the bot began it. `reason` is sealed.
    `is_over_noticed`: it has ended, and what tells of it was drawn anew.
    """

    __tablename__ = "legal_hold"
    __table_args__ = (
        of_the_same("person", "began_by_id"),
        {"sqlite_autoincrement": True},  # what is told of one is not told of another
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reason = Sealed(str)
    until: Mapped[date]
    began_at: Mapped[datetime]
    began_by_id: Mapped[int | None] = mapped_column()
    is_over_noticed: Mapped[bool] = mapped_column(default=False)

    began_by: Mapped[Person | None] = relationship(lazy="joined", foreign_keys=[began_by_id])

    def lasts_on(self, day: date) -> bool:
        return day <= self.until


_NEWEST = prepared(select(LegalHold).order_by(LegalHold.id.desc()).limit(1))


def newest_hold(session: Session) -> LegalHold | None:
    """The one that lasts, if any does: a new one begins only where none lasts."""
    return session.scalar(_NEWEST)


def hold_by_id(session: Session, hold_id: int) -> LegalHold | None:
    return session.scalar(select(LegalHold).where(LegalHold.id == hold_id))
