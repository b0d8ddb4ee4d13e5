"""A meeting that is added in place of one that was cancelled: the file means it from then on, wherever it moves."""

from datetime import date

from storage.meetings import Meeting, cancelled_meetings, meeting_on
from storage.tenancy import Session


def follow_what_was_added_again(session: Session) -> None:
    """What the file said of a meeting that people have cancelled, it said of the one that they have put in its place: on its day, under its host."""
    for cancelled in cancelled_meetings(session):
        again = meeting_on(session, cancelled.day) or meeting_on(session, day_in_file(cancelled))
        if again is not None and again.host is cancelled.host and again.planned is None:
            again.planned, cancelled.planned = cancelled.planned, None


def day_in_file(meeting: Meeting) -> date:
    """The day that the file gave it; else its own."""
    return date.fromisoformat(meeting.planned["day"]) if meeting.planned else meeting.day
