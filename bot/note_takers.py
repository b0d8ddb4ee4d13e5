"""Note takers: whoever comes to a meeting may take its notes. For that meeting they put what comes up on the agenda, and write down what became of the items."""

from datetime import date, datetime, timedelta

from bot.coming import own_word_of, seen_own
from bot.errors import NothingChanged
from bot.meetings_to_change import meeting_to_change
from bot.people import Actor, may_decide
from bot.rotation import whose_turn
from bot.seen.coming import OwnComingSeen
from bot.timetable import today_in
from storage.coming import note_takers
from storage.consortia import rotation
from storage.meetings import Meeting, meetings_from
from storage.people import Person
from storage.tenancy import Session

A_WEEK = timedelta(days=7)


def take_notes(session: Session, actor: Actor, meeting_id: int, now: datetime) -> OwnComingSeen:
    """Who takes notes comes. Several may. Raises NothingChanged if the meeting is gone, over or cancelled."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    return _say(session, actor, meeting, takes_notes=True)


def take_no_notes(session: Session, actor: Actor, meeting_id: int, now: datetime) -> OwnComingSeen:
    """They give it back, and come all the same. Raises NothingChanged as `take_notes` does, or if they take no notes."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    if not takes_notes(session, meeting, actor.person):
        raise NothingChanged("You take no notes of this meeting.")
    return _say(session, actor, meeting, takes_notes=False)


def _say(session: Session, actor: Actor, meeting: Meeting, *, takes_notes: bool) -> OwnComingSeen:
    own = own_word_of(session, meeting, actor.person)
    own.say(meeting.day, comes=True)
    own.takes_notes = takes_notes
    session.flush()
    return seen_own(session, actor, meeting, own)


def takes_notes(session: Session, meeting: Meeting, person: Person) -> bool:
    """Also for some days after it: then what is known of who came is deleted."""
    return person.id in {one.id for one in note_takers(session, meeting)}


def is_asked_first(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> bool:
    """In the week before the meeting, while nobody takes notes: those who decide for the host after it. Who takes notes learns how it goes."""
    if today_in(actor.consortium, now) < meeting.day - A_WEEK or note_takers(session, meeting):
        return False
    later = [one.host for one in meetings_from(session, meeting.day) if one.day > meeting.day]
    if not later and rotation(session):
        later = [whose_turn(session, date.max)]
    return bool(later) and later[0] is not meeting.host and may_decide(session, actor, later[0])
