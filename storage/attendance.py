"""Attendance: how many people of each collaborative came to a meeting. It names nobody."""

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.consortia import Collaborative
from storage.database import Base
from storage.meetings import Meeting
from storage.tenancy import OfConsortium, Session, of_the_same


class Attendance(OfConsortium, Base):
    """How many `people` of one collaborative came to one meeting."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("meeting_id", "collaborative_id"),
        of_the_same("meeting", "meeting_id"),
        of_the_same("collaborative", "collaborative_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column()
    collaborative_id: Mapped[int] = mapped_column()
    people: Mapped[int]

    collaborative: Mapped[Collaborative] = relationship(lazy="joined", foreign_keys=[collaborative_id])


def attendance_of(session: Session, meeting: Meeting) -> list[Attendance]:
    """In the order in which it was written down."""
    of_it = select(Attendance).where(Attendance.meeting_id == meeting.id)
    return list(session.scalars(of_it.order_by(Attendance.id)))
