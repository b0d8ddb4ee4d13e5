"""What was heard already: Slack may say everything twice."""

from datetime import datetime

from sqlalchemy import ForeignKey, delete
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, insert_if_new
from storage.tenancy import OfConsortium, Session, across_consortia


class Heard(OfConsortium, Base):
    """One command, click, form or event, by the key that Slack repeats with it."""

    __tablename__ = "heard"

    consortium_id: Mapped[int] = mapped_column(ForeignKey("consortium.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


def hear(session: Session, key: str, now: datetime) -> bool:
    """Whether it is heard for the first time. It counts as heard only if the transaction that acts on it commits."""
    return insert_if_new(session, Heard, key=key, at=now)


def forget_heard_before(session: Session, moment: datetime) -> None:
    with across_consortia(session):
        session.execute(delete(Heard).where(Heard.at < moment))
