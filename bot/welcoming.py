"""Welcoming: what the host of a meeting tells everybody of the day, and whether it begins with the host's staff."""

from dataclasses import dataclass
from datetime import datetime

from bot.expected import redraw_what_tells_of
from bot.meetings import meeting_to_change
from bot.people import Actor
from bot.seen.meetings import MeetingSeen, Welcome, seen_meeting
from storage.meetings import Meeting, last_welcome
from storage.post_kinds import PostKind
from storage.tenancy import Session

TELL_OF_THE_DAY = (PostKind.AGENDA, PostKind.CALL)


@dataclass(frozen=True)
class ToWelcomeSeen:
    """What the form shows: `told` is what the host tells of the day by now, or told of the last one at this office."""

    meeting: MeetingSeen
    told: Welcome


def to_welcome(session: Session, actor: Actor, meeting_id: int, now: datetime) -> ToWelcomeSeen:
    """Raises NothingChanged if the meeting is gone, over or cancelled."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    return ToWelcomeSeen(seen_meeting(meeting), _told_or_proposed(session, meeting))


def welcome(session: Session, actor: Actor, meeting_id: int, told: Welcome, now: datetime) -> Meeting:
    """Tell it. The agenda and the last call are drawn anew. Raises NothingChanged as `to_welcome` does."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    meeting.welcome = vars(told) | {"host": meeting.host_id, "office": meeting.office}
    session.flush()
    redraw_what_tells_of(session, meeting, TELL_OF_THE_DAY)
    return meeting


def begin_without_staff(session: Session, actor: Actor, meeting_id: int, now: datetime) -> Meeting:
    """The meeting begins with its first item. Raises NothingChanged as `to_welcome` does."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    meeting.opening = 0
    session.flush()
    redraw_what_tells_of(session, meeting, TELL_OF_THE_DAY)
    return meeting


def _told_or_proposed(session: Session, meeting: Meeting) -> Welcome:
    """Nobody types the way to the same office a second time. What was told of another office is there to be changed."""
    told = meeting.welcome
    if told is None or told["host"] != meeting.host_id:
        told = last_welcome(session, meeting)
        if told is None or told["office"] != meeting.office:
            return Welcome()
    return Welcome(told["staff"], told["arrival"], told["nearby"])
