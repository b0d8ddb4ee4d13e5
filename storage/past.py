"""What has happened: moments that a right clock writes down, and that can't lie ahead of it."""

from datetime import datetime
from itertools import groupby

from sqlalchemy import case, or_, update

from storage.items import Item
from storage.meetings import Meeting
from storage.people import Person
from storage.post_life import CLOCKS_DIFFER_BY
from storage.tenancy import Session
from storage.tips import Tip

HAPPENED = (
    *(Item.created_at, Item.submitted_at, Item.decided_at, Item.told_at),
    Meeting.known_since,
    *(Person.left_at, Person.deactivated_at),
    Tip.created_at,
)


def nothing_happened_after(session: Session, now: datetime) -> None:
    """What lies ahead was written down by a clock that was ahead, and happened just now at the latest."""
    late = now + CLOCKS_DIFFER_BY
    for record, columns in groupby(HAPPENED, key=lambda column: column.class_):
        moments = list(columns)
        values = {moment: case((moment > late, now), else_=moment) for moment in moments}
        session.execute(update(record).where(or_(*(moment > late for moment in moments))).values(values))
