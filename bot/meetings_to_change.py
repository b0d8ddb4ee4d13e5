"""What may be done with a meeting by now: looked at, changed until it is over, arranged anew until it begins."""

from datetime import date, datetime

from bot.errors import NothingChanged, Words
from bot.people import Actor
from bot.timetable import is_to_come, stage_of
from storage.meetings import (
    Meeting,
    Stage,
    lock_meeting,
    meeting_by_id,
)
from storage.tenancy import Session


def meeting_to_see(session: Session, meeting_id: int) -> Meeting:
    """The meeting, only to be looked at. Raises NothingChanged if it is gone."""
    return _here(meeting_by_id(session, meeting_id))


def meeting_to_change(session: Session, actor: Actor, meeting_id: int, now: datetime) -> Meeting:
    """The meeting, to act on: nobody else does until the transaction ends. Raises NothingChanged if it is gone, is over, or was cancelled."""
    meeting = _here(lock_meeting(session, meeting_id))
    stage = stage_of(actor.consortium, meeting, now)
    if stage is Stage.OVER:
        raise NothingChanged("This meeting is over.")
    if stage is Stage.CANCELLED:
        raise NothingChanged(
            "The meeting on {day} is cancelled.",
            day=meeting.day,
            then=Words("To meet on that day after all, an admin adds a meeting in /agenda setup."),
        )
    return meeting


def meeting_not_begun(session: Session, actor: Actor, meeting_id: int, now: datetime) -> Meeting:
    """The meeting, to act on before it begins. Raises NothingChanged as `meeting_to_change` does, and if it has begun."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    if not is_to_come(actor.consortium, meeting, now):
        raise NothingChanged("This meeting has begun, so it stays as it is.")
    return meeting


def must_be_on(meeting: Meeting, day: date | None, then: Words) -> None:
    """Nobody cancels or confirms a day that they have not read."""
    if day not in (None, meeting.day):
        raise NothingChanged("This meeting has moved. It is on {day} now.", day=meeting.day, then=then)


def _here(meeting: Meeting | None) -> Meeting:
    if meeting is None:
        raise NothingChanged("This meeting is no longer here.")
    return meeting
