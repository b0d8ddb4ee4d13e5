"""What has happened: moments that a right clock writes down, and that can't lie ahead of it."""

from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, case, or_, true, update

from storage.channels import Channel
from storage.consortia import Consortium
from storage.follow_ups import FollowUp
from storage.gaps import STILL_ON_ITS_WAY
from storage.inbox import Input
from storage.items import Item
from storage.meetings import Meeting, Publication
from storage.people import Person
from storage.post_life import CLOCKS_DIFFER_BY
from storage.results import Result
from storage.tenancy import Session, own
from storage.tips import Tip

HAPPENED = (
    *(Consortium.gap_since, Consortium.gap_until),
    *(Item.created_at, Item.submitted_at, Item.decided_at, Item.told_at),
    *(Meeting.known_since, Meeting.cancelled_at, Publication.at),
    *(
        Person.named_at,
        Person.asked_at,
        Person.left_at,
        Person.deactivated_at,
        Person.doubted_at,
        Person.erased_at,
    ),
    *(Channel.asked_at, Channel.closed_at),
    Tip.created_at,
    Result.written_at,
    FollowUp.written_at,
    FollowUp.done_at,
    Input.at,
)


def nothing_happened_after(session: Session, now: datetime) -> None:
    """What lies ahead was written down by a clock that was ahead, and happened just now at the latest."""
    for record, columns in groupby(HAPPENED, key=lambda column: column.class_):
        ahead = {moment: moment > _latest(moment, now) for moment in columns}
        values = {moment: case((is_ahead, now), else_=moment) for moment, is_ahead in ahead.items()}
        session.execute(update(record).where(_is_own(session, record), or_(*ahead.values())).values(values))


def _is_own(session: Session, record: Any) -> ColumnElement[bool]:
    """Everything else is narrowed by the session itself."""
    return record.id == own(session) if record is Consortium else true()


def _latest(moment: Any, now: datetime) -> datetime:
    """The latest that a right clock writes down."""
    late = now + CLOCKS_DIFFER_BY
    return late + STILL_ON_ITS_WAY if moment is Consortium.gap_until else late
