"""What has happened: moments that a right clock writes down, and that can't lie ahead of it."""

from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, or_, select, true, update

from storage.channels import Channel
from storage.consortia import Consortium
from storage.database import UtcDateTime
from storage.erasures import Erasure
from storage.follow_ups import FollowUp
from storage.gaps import STILL_ON_ITS_WAY
from storage.inbox import Input
from storage.items import Item
from storage.legal_holds import LegalHold
from storage.live import LiveMeeting
from storage.meetings import Meeting, Publication
from storage.people import Person
from storage.post_life import CLOCKS_DIFFER_BY
from storage.questions import Question
from storage.results import Result
from storage.set_aside import SetAside
from storage.swaps import Swap
from storage.tenancy import Session, own, prepared
from storage.tips import Tip

HAPPENED = (
    *(Consortium.gap_since, Consortium.gap_until),
    *(Item.created_at, Item.submitted_at, Item.decided_at, Item.told_at, Item.wanted_at, Item.joined_at),
    Item.separate_since,
    *(Meeting.known_since, Meeting.cancelled_at, Meeting.revised_at, Publication.at),
    *(
        Person.named_at,
        Person.asked_at,
        Person.left_at,
        Person.deactivated_at,
        Person.doubted_at,
        Person.erasure_wanted_at,
        Person.erased_at,
    ),
    LegalHold.began_at,
    SetAside.at,
    Erasure.at,
    *(Channel.asked_at, Channel.closed_at),
    Tip.created_at,
    Result.written_at,
    *(FollowUp.written_at, FollowUp.done_at, FollowUp.put_off_at, FollowUp.declined_at),
    *(Question.asked_at, Question.answered_at),
    *(Swap.asked_at, Swap.answered_at),
    *(LiveMeeting.started_at, LiveMeeting.ended_at, LiveMeeting.since, LiveMeeting.told_at),
    Input.at,
)
MOMENTS: dict[Any, list[Any]] = {
    record: list(moments) for record, moments in groupby(HAPPENED, key=lambda moment: moment.class_)
}
"""By record."""


def _lies_ahead(moment: Any, late: Any, late_on_its_way: Any) -> ColumnElement[bool]:
    """Whether it is later than the latest that a right clock writes down."""
    is_ahead: ColumnElement[bool] = moment > (late_on_its_way if moment is Consortium.gap_until else late)
    return is_ahead


def _anything_ahead() -> Select[bool]:
    late, late_on_its_way = (bindparam(name, type_=UtcDateTime()) for name in ("late", "late_on_its_way"))
    ahead = {
        record: or_(*(_lies_ahead(moment, late, late_on_its_way) for moment in moments))
        for record, moments in MOMENTS.items()
    }
    own_ahead = ahead.pop(Consortium)
    others = (select(record).where(is_ahead).exists() for record, is_ahead in ahead.items())
    return select(or_(own_ahead, *others)).where(Consortium.id == bindparam("own_id"))


_ANYTHING_AHEAD = prepared(_anything_ahead())


def anything_happened_after(session: Session, now: datetime) -> bool:
    """Whether a clock that was ahead has written anything down. The clock asks at every tick, and nearly always nothing has."""
    late = now + CLOCKS_DIFFER_BY
    asked = {"late": late, "late_on_its_way": late + STILL_ON_ITS_WAY, "own_id": own(session)}
    return bool(session.scalar(_ANYTHING_AHEAD, asked))


def nothing_happened_after(session: Session, now: datetime) -> None:
    """What lies ahead was written down by a clock that was ahead, and happened just now at the latest."""
    late = now + CLOCKS_DIFFER_BY
    late_on_its_way = late + STILL_ON_ITS_WAY
    for record, moments in MOMENTS.items():
        ahead = {moment: _lies_ahead(moment, late, late_on_its_way) for moment in moments}
        values = {moment: case((is_ahead, now), else_=moment) for moment, is_ahead in ahead.items()}
        session.execute(update(record).where(_is_own(session, record), or_(*ahead.values())).values(values))


def _is_own(session: Session, record: Any) -> ColumnElement[bool]:
    """Everything else is narrowed by the session itself."""
    return record.id == own(session) if record is Consortium else true()
