"""After the meeting: the list of its items on which its host writes down what happened."""

from dataclasses import dataclass
from datetime import datetime

from bot.audiences import hosts
from bot.errors import NothingChanged
from bot.notes import goes_at, listed, notes_stand
from bot.people import Actor
from bot.seen.meetings import seen_meeting
from bot.seen.results import AfterSeen, ResultSeen, seen_attendance
from bot.timetable import stage_of
from storage.attendance import attendance_of
from storage.consortia import Consortium
from storage.meetings import Meeting, Stage, lock_meeting
from storage.tenancy import Session

ON_A_PAGE = 8


@dataclass(frozen=True)
class Listed:
    """An item on the list of a meeting, and the page on which it stands."""

    meeting_id: int
    item_id: int
    page: int = 0


def what_became(session: Session, actor: Actor, meeting_id: int, now: datetime, page: int = 0) -> AfterSeen:
    """The meeting's items, for those who decide for its host. Raises NothingChanged if it is not over, or was cancelled."""
    return page_of(
        session, actor.consortium, meeting_that_is_over(session, actor, meeting_id, now), now, page
    )


def item_to_write_about(session: Session, actor: Actor, one: Listed, now: datetime) -> ResultSeen:
    """The item, as a form shows it. Raises NothingChanged if it is not one of the meeting's."""
    meeting = meeting_that_is_over(session, actor, one.meeting_id, now)
    every = listed(session, meeting, hosts(meeting.host_id), are_everybodys=False)
    found = next((seen for seen in every.shown if seen.item.id == one.item_id), None)
    if found is None:
        raise not_of_this_meeting()
    return found


def meeting_that_is_over(session: Session, actor: Actor, meeting_id: int, now: datetime) -> Meeting:
    """The meeting, of which nobody else writes until the transaction ends. Raises NothingChanged if it is not over, or was cancelled."""
    meeting = lock_meeting(session, meeting_id)
    if meeting is None:
        raise NothingChanged("This meeting is no longer here.")
    stage = stage_of(actor.consortium, meeting, now)
    if stage is Stage.CANCELLED:
        raise NothingChanged("The meeting on {day} is cancelled.", day=meeting.day)
    if stage is not Stage.OVER:
        raise NothingChanged(
            "The meeting on {day} is not over. After it you can write down what happened.", day=meeting.day
        )
    return meeting


def page_of(
    session: Session, consortium: Consortium, meeting: Meeting, now: datetime, page: int = 0
) -> AfterSeen:
    """A page of the meeting's items. Of a page that is not there, the last."""
    every = listed(session, meeting, hosts(meeting.host_id), are_everybodys=False)
    page = min(page, max(every.count - 1, 0) // ON_A_PAGE)
    return AfterSeen(
        meeting=seen_meeting(meeting),
        timezone=consortium.timezone,
        results=every.page(page, ON_A_PAGE),
        page=page,
        unsaid=sum(one.became is None for one in every.shown),
        notes=notes_stand(session, consortium, meeting, now),
        goes_at=goes_at(session, consortium, meeting, now),
        came=seen_attendance(attendance_of(session, meeting)),
    )


def not_of_this_meeting() -> NothingChanged:
    return NothingChanged("You can't write about this item here.")
