"""Who comes to a meeting: anybody says it of themselves, and how many their collaborative brings. Its host reads what the day needs."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.audiences import EVERYBODY, hosts
from bot.errors import UserError
from bot.meetings import meeting_to_change, meeting_to_see
from bot.membership import join
from bot.people import Actor, may_decide
from bot.seen.coming import (
    HeadCount,
    OwnComingSeen,
    PartySeen,
    Told,
    ToTellSeen,
    WhoComesSeen,
    head_count,
    seen_guest,
    seen_note_takers,
    seen_parties,
)
from bot.seen.lists import seen_of
from bot.seen.meetings import seen_meeting
from bot.seen.settings import seen_collaborative
from bot.timetable import is_closed
from storage.coming import Coming, Party, coming_of, note_takers, parties_of, party_of, those_coming
from storage.consortia import Collaborative, rotation
from storage.meetings import Meeting
from storage.people import Person
from storage.tenancy import Session

MOST_PEOPLE = 99
ON_A_PAGE = 20


def say_whether_one_comes(
    session: Session, actor: Actor, meeting_id: int, now: datetime, *, comes: bool
) -> OwnComingSeen:
    """Note that they come, or that they can't. Raises NothingChanged if the meeting is gone, over or cancelled."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    own = own_word_of(session, meeting, actor.person)
    own.say(meeting.day, comes=comes)
    session.flush()
    return OwnComingSeen(seen_meeting(meeting), comes, takes_notes=own.takes_notes)


def to_tell(session: Session, actor: Actor, meeting_id: int, now: datetime) -> ToTellSeen:
    """What was told of the meeting, as the form shows it. Raises NothingChanged as `tell` does."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    collaborative = actor.person.collaborative
    party = party_of(session, meeting, collaborative) if collaborative else None
    return ToTellSeen(
        seen_meeting(meeting),
        _told(coming_of(session, meeting, actor.person), party),
        collaborative.name if collaborative else None,
        tuple(map(seen_collaborative, rotation(session))),
    )


def tell(session: Session, actor: Actor, meeting_id: int, told: Told, now: datetime) -> OwnComingSeen:
    """Write down what they tell of themselves, and of how many come with them. Who tells something of themselves comes, if they have not said otherwise.

    Raises NothingChanged if the meeting is gone, over or cancelled; UserError, at a field, if more are new than come, or
    if somebody of no collaborative says how many come of it.
    """
    meeting = meeting_to_change(session, actor, meeting_id, now)
    if told.collaborative_id is not None:
        join(session, actor, told.collaborative_id, now)
    known = coming_of(session, meeting, actor.person)
    if known or told.is_of_oneself:
        known = known or own_word_of(session, meeting, actor.person)
        known.say(meeting.day, comes=said_of(meeting, known) is not False)
        known.is_new, known.knows = told.is_new, sorted(told.knows)
        known.needed, known.more = told.needed, told.more
    _note_party(session, meeting, actor.person, told)
    session.flush()
    return OwnComingSeen(
        seen_meeting(meeting), said_of(meeting, known), takes_notes=bool(known and known.takes_notes)
    )


def who_comes(session: Session, actor: Actor, meeting_id: int, now: datetime, page: int = 0) -> WhoComesSeen:
    """How many come of each collaborative; for its host also who they are, and what they need. Raises NothingChanged if there is no such meeting."""
    meeting = meeting_to_see(session, meeting_id)
    is_host = may_decide(session, actor, meeting.host)
    audience = hosts(meeting.host_id) if is_host else EVERYBODY
    seats, said = rotation(session), those_coming(session, meeting)
    coming = [one for one in said if one.day == meeting.day]
    parties = seen_parties(seats, coming, _parties(session, meeting), meeting.host_id, audience)
    names = {one.id: one.name for one in seats}
    guests = seen_of(seen_guest(one, names, meeting.host_id, audience) for one in coming)
    page = min(page, max(len(guests.shown) - 1, 0) // ON_A_PAGE)
    return WhoComesSeen(
        seen_meeting(meeting),
        parties,
        comes=said_of(meeting, coming_of(session, meeting, actor.person)),
        is_host=is_host,
        is_closed=is_closed(actor.consortium, meeting, now),
        guests=guests.page(page, ON_A_PAGE),
        page=page,
        silent=_silent(seats, parties) if is_host else (),
        before_it_moved=len(said) - len(coming),
        notes=seen_note_takers(coming, actor.person.id, meeting.host_id, audience),
    )


def count_heads(session: Session, meeting: Meeting) -> HeadCount:
    coming = [one for one in those_coming(session, meeting) if one.day == meeting.day]
    return head_count(seen_parties([], coming, _parties(session, meeting), meeting.host_id, EVERYBODY))


def names_of_note_takers(session: Session, meeting: Meeting) -> tuple[str | None, ...]:
    """For its host."""
    return tuple(person.name for person in note_takers(session, meeting))


def _parties(session: Session, meeting: Meeting) -> list[Party]:
    """What was said of the day on which it is by now."""
    return [party for party in parties_of(session, meeting) if party.day == meeting.day]


def _silent(seats: Iterable[Collaborative], parties: Iterable[PartySeen]) -> tuple[str, ...]:
    heard_of = {party.name for party in parties}
    return tuple(one.name for one in seats if one.name not in heard_of)


def own_word_of(session: Session, meeting: Meeting, person: Person) -> Coming:
    """What they said of the meeting. Who says something for the first time comes."""
    known = coming_of(session, meeting, person)
    if known is None:
        known = Coming(meeting_id=meeting.id, person_id=person.id, comes=True, day=meeting.day)
        session.add(known)
        session.flush()
    return known


def _told(own: Coming | None, party: Party | None) -> Told:
    told = Told(own.is_new, own.needed, own.more, frozenset(own.knows)) if own else Told()
    return replace(told, people=party.people, new=party.new, who_is_new=party.who_is_new) if party else told


def said_of(meeting: Meeting, own: Coming | None) -> bool | None:
    """Whether they come, as far as they said it of the day on which it is by now."""
    return own.comes if own and own.day == meeting.day else None


def _note_party(session: Session, meeting: Meeting, person: Person, told: Told) -> None:
    said = (told.people, told.new, told.who_is_new)
    known = party_of(session, meeting, person.collaborative) if person.collaborative else None
    if said == (None, None, None) and known is None:
        return
    if person.collaborative is None:
        raise UserError("Please say which {collaborative} you are with.", field="collaborative")
    if (told.new or 0) > (told.people or 0):
        raise UserError("More people are new than come. Please look at both numbers.", field="new")
    if known is None:
        known = Party(
            meeting_id=meeting.id,
            collaborative_id=person.collaborative.id,
            day=meeting.day,
            said_by_id=person.id,
        )
        session.add(known)
        session.flush()
    if known.who_is_new != told.who_is_new:
        known.said_by_id = person.id
    known.people, known.new, known.who_is_new, known.day = *said, meeting.day
