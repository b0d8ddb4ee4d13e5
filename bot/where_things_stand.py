"""Where things stand: how much there is for the next meeting, and which doors stand open to one person."""

from datetime import datetime

from bot.agenda import NONE_SHOWN, ON_A_PAGE, agenda_for
from bot.audiences import EVERYBODY, hosts
from bot.curating import curates
from bot.leading import can_be_started, leads
from bot.look_back import is_offered as is_look_back_offered
from bot.note_takers import is_asked_first, takes_notes
from bot.notes import ASKED_FOR, are_sent
from bot.people import Actor, may_decide, may_keep_settings
from bot.preparing import may_step_in
from bot.seen.agenda import Rooms, StatusSeen
from bot.seen.meetings import MeetingSeen, seen_meeting
from bot.timetable import last_held, next_meeting, today_in
from storage.coming import coming_of
from storage.follow_ups import count_open_follow_ups_of
from storage.meetings import Meeting, last_publications
from storage.people import Person
from storage.results import items_with_results
from storage.tenancy import Session


def status(session: Session, actor: Actor, now: datetime, rooms: Rooms = NONE_SHOWN) -> StatusSeen:
    """How much there is for the next meeting, and which doors stand open to this person.

    Who decides for its host sees what was decided; everybody else, what was told.
    """
    return _status(session, actor, now, rooms)


def listing(session: Session, actor: Actor, now: datetime, page: int = 0) -> StatusSeen:
    """The same, with a page of what was brought."""
    return _status(session, actor, now, ON_A_PAGE, page)


def _status(session: Session, actor: Actor, now: datetime, rooms: Rooms, page: int = 0) -> StatusSeen:
    meeting = next_meeting(session, actor.consortium, now)
    is_host = meeting is not None and curates(session, actor, meeting, now)
    audience = hosts(meeting.host_id) if meeting and is_host else EVERYBODY
    agenda = agenda_for(session, actor.consortium, meeting, audience, now, rooms, page)
    return StatusSeen(
        agenda,
        is_host=is_host,
        is_admin=may_keep_settings(session, actor),
        may_step_in=meeting is not None and may_step_in(session, actor, meeting, now),
        to_decide=agenda.waiting.count if is_host else 0,
        to_write_about=_to_write_about(session, actor, now),
        follow_ups=count_open_follow_ups_of(session, actor.person),
        comes=_comes(session, meeting, actor.person),
        is_published=meeting is not None and bool(last_publications(session, meeting, limit=1)),
        takes_notes=meeting is not None and takes_notes(session, meeting, actor.person),
        may_start=meeting is not None and _may_start(session, actor, meeting, now),
        is_asked_for_notes=meeting is not None and is_asked_first(session, actor, meeting, now),
        may_look_back=is_look_back_offered(session, actor, now),
    )


def _may_start(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> bool:
    return can_be_started(session, actor.consortium, meeting, now) and leads(session, actor, meeting, now)


def _comes(session: Session, meeting: Meeting | None, person: Person) -> bool | None:
    own = coming_of(session, meeting, person) if meeting else None
    return own.comes_on(meeting.day) if own and meeting else None


def _to_write_about(session: Session, actor: Actor, now: datetime) -> MeetingSeen | None:
    """The last meeting, whose host this person decides for, or of which they took notes: for some days, until its notes are sent."""
    last = last_held(session, actor.consortium, now)
    if (
        last is None
        or today_in(actor.consortium, now) > last.day + ASKED_FOR
        or not (may_decide(session, actor, last.host) or takes_notes(session, last, actor.person))
        or are_sent(session, actor.consortium, last, now)
    ):
        return None
    return seen_meeting(last) if items_with_results(session, last) else None
