"""Leading: who says in the room how a meeting goes on, and while it can be led."""

from datetime import datetime, timedelta

from bot.curating import curates
from bot.errors import NothingChanged
from bot.note_takers import takes_notes
from bot.people import Actor
from bot.timetable import ends_at, is_closed, starts_at
from storage import outbox
from storage.consortia import Consortium
from storage.live import LiveMeeting, live_of
from storage.meetings import Meeting, MeetingState, lock_meeting
from storage.post_kinds import PostKind
from storage.tenancy import Session

EARLY = timedelta(hours=1)
"""So long before it begins, a meeting may be started."""
OVERTIME = timedelta(hours=1)
"""So long after its end, it is ended if nobody has."""


def leads(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> bool:
    """Whether they curate its agenda, or take notes of it."""
    return curates(session, actor, meeting, now) or takes_notes(session, meeting, actor.person)


def goes_on(consortium: Consortium, live: LiveMeeting, now: datetime) -> bool:
    """Whether it is live. One that was moved to another day is not."""
    meeting = live.meeting
    starts, ends = starts_at(consortium, meeting), ends_at(consortium, meeting)
    stands = meeting.state != MeetingState.CANCELLED
    return live.ended_at is None and stands and starts - EARLY <= now < ends + OVERTIME


def can_be_started(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> bool:
    """Whether its hour is near, or has come, and it is not live."""
    if now < starts_at(consortium, meeting) - EARLY or is_closed(consortium, meeting, now):
        return False
    live = live_of(session, meeting)
    return live is None or not goes_on(consortium, live, now)


def live_to_lead(session: Session, actor: Actor, meeting_id: int, now: datetime) -> LiveMeeting:
    """Nobody else says how it goes on until the transaction ends."""
    meeting = lock_meeting(session, meeting_id)
    live = live_of(session, meeting) if meeting else None
    if live is None or not goes_on(actor.consortium, live, now):
        raise NothingChanged("This meeting is not live.")
    return live


def redraw_live(session: Session, meeting: Meeting) -> None:
    outbox.refresh(session, PostKind.LIVE, subject_id=meeting.id)
