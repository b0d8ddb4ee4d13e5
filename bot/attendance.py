"""Who came to a meeting that was held, as counts by collaborative: its host writes them down, and the notes tell them."""

from collections.abc import Mapping
from datetime import datetime

from bot.after_meeting import meeting_that_is_over, page_of
from bot.notes import redraw_notes
from bot.people import Actor
from bot.seen.meetings import seen_meeting
from bot.seen.results import AfterSeen, CameSeen, ToCountSeen
from storage.attendance import Attendance, attendance_of
from storage.consortia import Collaborative, collaborative_by_id, rotation
from storage.meetings import Meeting
from storage.tenancy import Session

MOST_PEOPLE = 999


def to_count(session: Session, actor: Actor, meeting_id: int, now: datetime) -> ToCountSeen:
    """How many came of each, as far as somebody has said. Raises NothingChanged if the meeting is not over, or was cancelled."""
    meeting = meeting_that_is_over(session, actor, meeting_id, now)
    known = {one.collaborative_id: one.people for one in attendance_of(session, meeting)}
    asked = tuple(
        CameSeen(one.id, one.name, known.get(one.id)) for one in _who_may_have_come(session, meeting)
    )
    return ToCountSeen(seen_meeting(meeting), asked)


def note_who_came(
    session: Session, actor: Actor, meeting_id: int, counts: Mapping[int, int | None], now: datetime
) -> AfterSeen:
    """Write down how many came of each collaborative, by its id; None: nobody says. What is not counted here stays. Who left the rotation meanwhile came all the same. Raises NothingChanged as `to_count` does."""
    meeting = meeting_that_is_over(session, actor, meeting_id, now)
    known = {one.collaborative_id: one for one in attendance_of(session, meeting)}
    counted = [
        collaborative_by_id(session, number) for number, people in counts.items() if people is not None
    ]
    asked = [*_who_may_have_come(session, meeting), *(one for one in counted if one is not None)]
    for host in dict.fromkeys(asked):
        if host.id in counts:
            _note(session, meeting, host, known.get(host.id), counts[host.id])
    session.flush()
    redraw_notes(session, meeting)
    return page_of(session, actor.consortium, meeting, now)


def _who_may_have_come(session: Session, meeting: Meeting) -> list[Collaborative]:
    """Those in the rotation, and those of which somebody said that they came."""
    came = [one.collaborative for one in attendance_of(session, meeting)]
    return list(dict.fromkeys([*rotation(session), *came]))


def _note(
    session: Session, meeting: Meeting, host: Collaborative, known: Attendance | None, people: int | None
) -> None:
    if people is None:
        if known is not None:
            session.delete(known)
    elif known is None:
        session.add(Attendance(meeting_id=meeting.id, collaborative_id=host.id, people=people))
    else:
        known.people = people
