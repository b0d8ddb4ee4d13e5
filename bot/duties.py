"""Who does what: a collaborative takes what there is to do for a meeting, and gives it back; its host may take it off."""

from dataclasses import replace
from datetime import datetime

from bot.audiences import EVERYBODY, hosts
from bot.coming import notes_taken
from bot.errors import Name, NothingChanged
from bot.expected import redraw_what_tells_of
from bot.meetings_to_change import meeting_to_change, meeting_to_see
from bot.people import Actor, may_decide
from bot.seen.duties import DutiesSeen, DutySeen, seen_duties
from bot.seen.meetings import seen_meeting
from bot.timetable import is_closed
from storage.duties import Duty, Work, duties_of, let_go_of
from storage.meetings import Meeting
from storage.post_kinds import PostKind
from storage.tenancy import Session

TELL_WHO_DOES_WHAT = (PostKind.AGENDA, PostKind.CALL, PostKind.REMINDER)


def who_does_what(session: Session, actor: Actor, meeting_id: int, now: datetime) -> DutiesSeen:
    """Raises NothingChanged if there is no such meeting."""
    meeting = meeting_to_see(session, meeting_id)
    is_host = may_decide(session, actor, meeting.host)
    taken = duties_of(session, meeting)
    seen = seen_duties(meeting, taken, hosts(meeting.host_id) if is_host else EVERYBODY)
    own = {work for work, duty in taken.items() if _is_theirs(actor, duty)}
    return DutiesSeen(
        seen_meeting(meeting),
        tuple(replace(one, is_readers=one.work in own) for one in seen),
        notes=notes_taken(session, actor, meeting, is_host=is_host),
        is_host=is_host,
        is_closed=is_closed(actor.consortium, meeting, now),
    )


def take(session: Session, actor: Actor, meeting_id: int, work: Work, now: datetime) -> DutiesSeen:
    """Their collaborative does it. Raises NothingChanged if somebody does already, or if the meeting is gone, over or cancelled."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    taken = duties_of(session, meeting).get(work)
    if taken is not None:
        raise NothingChanged("{name} does this already. Thank you all the same!", name=_name(taken))
    let_go_of(session, meeting, work)  # of whoever said so of another day, or has left
    about = {"meeting_id": meeting.id, "work": work, "day": meeting.day}
    session.add(Duty(**about, collaborative_id=actor.person.collaborative_id, taken_by_id=actor.person.id))
    session.flush()
    redraw_what_tells_of(session, meeting, TELL_WHO_DOES_WHAT)
    return who_does_what(session, actor, meeting_id, now)


def give_back(session: Session, actor: Actor, meeting_id: int, work: Work, now: datetime) -> DutiesSeen:
    """They do it no more after all, or the host takes it off.

    Raises NothingChanged if nobody does it, if others do and the host is another, or if the meeting is gone, over or cancelled.
    """
    meeting = meeting_to_change(session, actor, meeting_id, now)
    taken = duties_of(session, meeting).get(work)
    if taken is None:
        raise NothingChanged("Nobody does this at the moment.")
    if not (_is_theirs(actor, taken) or may_decide(session, actor, meeting.host)):
        raise NothingChanged(
            "{name} does this. Only they and the host's team can take it off.", name=_name(taken)
        )
    let_go_of(session, meeting, work)
    redraw_what_tells_of(session, meeting, TELL_WHO_DOES_WHAT)
    return who_does_what(session, actor, meeting_id, now)


def told_duties(session: Session, meeting: Meeting) -> tuple[DutySeen, ...]:
    """As everybody may see them."""
    return seen_duties(meeting, duties_of(session, meeting))


def _is_theirs(actor: Actor, duty: Duty) -> bool:
    person = actor.person
    is_own = person.collaborative is not None and duty.whose is person.collaborative
    return is_own or duty.taken_by_id == person.id


def _name(duty: Duty) -> Name:
    return Name(duty.whose.name if duty.whose else duty.taken_by.name)
