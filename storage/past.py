"""What has happened: moments that a right clock writes down, and that can't lie ahead of it."""

from datetime import datetime
from itertools import groupby

from sqlalchemy import case, or_, update

from storage.channels import Channel
from storage.consortia import Consortium
from storage.inbox import Input
from storage.items import Item
from storage.meetings import Meeting, Publication
from storage.people import Person
from storage.post_life import CLOCKS_DIFFER_BY
from storage.tenancy import Session
from storage.tips import Tip

HAPPENED = (
    *(Consortium.gap_since, Consortium.gap_until),
    *(Item.created_at, Item.submitted_at, Item.decided_at, Item.told_at),
    *(Meeting.known_since, Publication.at),
    *(Person.named_at, Person.asked_at, Person.left_at, Person.deactivated_at, Person.doubted_at),
    *(Channel.asked_at, Channel.closed_at),
    Tip.created_at,
    Input.at,
)


def nothing_happened_after(session: Session, now: datetime) -> None:
    """What lies ahead was written down by a clock that was ahead, and happened just now at the latest."""
    late = now + CLOCKS_DIFFER_BY
    for record, columns in groupby(HAPPENED, key=lambda column: column.class_):
        moments = list(columns)
        values = {moment: case((moment > late, now), else_=moment) for moment in moments}
        session.execute(update(record).where(or_(*(moment > late for moment in moments))).values(values))
