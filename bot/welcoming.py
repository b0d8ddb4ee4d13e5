"""Welcoming: what the host of a meeting tells everybody of the day, and whether it begins with the host's staff."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.expected import redraw_what_tells_of
from bot.meetings_to_change import meeting_to_change
from bot.people import Actor
from bot.seen.meetings import NO_WELCOME, MeetingSeen, Welcome, seen_meeting
from bot.timing import USUAL_OPENING
from storage.meetings import Meeting, welcomes_before
from storage.post_kinds import PostKind
from storage.tenancy import Session

TELL_OF_THE_DAY = (PostKind.AGENDA, PostKind.CALL)


@dataclass(frozen=True)
class ToWelcomeSeen:
    """What the form shows: `told` is what the host tells of the day by now, or told of the last one at this office.

    `other_office`: where the meeting was to be when that was told, if that is another place.
    """

    meeting: MeetingSeen
    told: Welcome
    other_office: str | None = None


def to_welcome(session: Session, actor: Actor, meeting_id: int, now: datetime) -> ToWelcomeSeen:
    """Raises NothingChanged if the meeting is gone, over or cancelled."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    told = _told_or_proposed(session, meeting)
    if told is None:
        return ToWelcomeSeen(seen_meeting(meeting), NO_WELCOME)
    other_office = told["office"] if told["office"] != meeting.office else None
    known = Welcome(told["staff"], told["arrival"], told["nearby"])
    return ToWelcomeSeen(seen_meeting(meeting), known, other_office)


def welcome(session: Session, actor: Actor, meeting_id: int, told: Welcome, now: datetime) -> Meeting:
    """Tell it. The agenda and the last call are drawn anew. Whoever names other staff lets the meeting begin with them. Raises NothingChanged as `to_welcome` does."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    before = seen_meeting(meeting).welcome
    is_named_anew = told.staff not in (None, before.staff)
    meeting.welcome = vars(told) | {"host": meeting.host_id, "office": meeting.office}
    if is_named_anew and not seen_meeting(meeting).opening:
        meeting.opening = USUAL_OPENING
    if (told.arrival, told.nearby) != (before.arrival, before.nearby):
        meeting.revise(now)
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


def _told_or_proposed(session: Session, meeting: Meeting) -> dict[str, Any] | None:
    """Nobody types the way to the same office a second time. What was told of another office is there to be changed."""
    if meeting.welcome is not None and meeting.welcome["host"] == meeting.host_id:
        return meeting.welcome
    here = {"host": meeting.host_id, "office": meeting.office}
    return next((told for told in welcomes_before(session, meeting) if here.items() <= told.items()), None)
