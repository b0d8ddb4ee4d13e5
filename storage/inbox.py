"""What reached us: Slack may say everything twice, and what somebody did by it stands here for two years."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, ForeignKey, Index, and_, delete, select, tuple_
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base
from storage.inserts import insert_if_new
from storage.tenancy import OfConsortium, Session, of_the_same

DEEDS_STAY = timedelta(days=730)
THE_REST_STAYS = timedelta(days=7)
FORGOTTEN_AT_ONCE = 1000
"""Rows: after a long pause the clock forgets them tick by tick, and nobody waits for it."""


class Deed(NamedTuple):
    """Who did something by an input, by which listener of the table of contents, and the id of what it was about."""

    person_id: int
    listener: str
    subject_id: int | None


class Input(OfConsortium, Base):
    """One command, click, form or event, by the key that Slack repeats with it. It is a deed if a person stands with it.

    `subject_id` is empty where the deed made something new: what is new says itself who made it.
    """

    __tablename__ = "input"
    __table_args__ = (
        Index("ix_input_at", "at"),
        Index("ix_input_person_at", "person_id", "at"),
        of_the_same("person", "person_id"),
    )

    consortium_id: Mapped[int] = mapped_column(ForeignKey("consortium.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column()
    listener: Mapped[str | None]
    subject_id: Mapped[int | None]


def hear(session: Session, key: str, deed: Deed | None, now: datetime) -> bool:
    """Whether it is heard for the first time. It counts as heard only if the transaction that acts on it commits."""
    done = deed._asdict() if deed else {}
    return insert_if_new(session, Input, key=key, at=now, **done)


def kinds_heard(session: Session, kinds: Collection[str]) -> set[str]:
    """With which of these words the key begins of anything that is remembered here."""
    begins = {kind: select(Input.at).where(Input.key.startswith(f"{kind}:")).limit(1) for kind in kinds}
    return {kind for kind, question in begins.items() if session.scalar(question) is not None}


def forget_old_inputs(session: Session, now: datetime) -> None:
    """Of one consortium forget deeds after two years, and what is no deed after a week; of each the oldest first."""
    _forget(session, Input.at < now - DEEDS_STAY)
    _forget(session, and_(Input.person_id.is_(None), Input.at < now - THE_REST_STAYS))


def _forget(session: Session, these: ColumnElement[bool]) -> None:
    row = (Input.consortium_id, Input.key)
    oldest = select(*row).where(these).order_by(Input.at).limit(FORGOTTEN_AT_ONCE)
    oldest = oldest.with_for_update(skip_locked=True)  # another replica forgets those already
    forgetting = delete(Input).where(tuple_(*row).in_(oldest))
    session.execute(forgetting, execution_options={"synchronize_session": False})
