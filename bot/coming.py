"""Who comes to a meeting: anybody says it of themselves, and how many their collaborative brings. Its host reads what the day needs."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.audiences import EVERYBODY, hosts
from bot.errors import NothingChanged, UserError, Words
from bot.meetings_to_change import meeting_to_change, meeting_to_see
from bot.people import Actor, may_decide
from bot.seen.coming import (
    HeadCount,
    OwnComingSeen,
    PartySeen,
    Told,
    ToldOfParty,
    ToTellOfPartySeen,
    ToTellSeen,
    WhoComesSeen,
    head_count,
    seen_guest,
    seen_note_takers,
    seen_parties,
)
from bot.seen.duties import NotesTaken, seen_duties
from bot.seen.lists import seen_of
from bot.seen.meetings import seen_meeting
from bot.seen.settings import seen_collaborative
from bot.timetable import is_closed
from storage.coming import Coming, Party, coming_of, note_takers, parties_of, party_of, those_coming
from storage.consortia import Collaborative, rotation
from storage.duties import duties_of
from storage.meetings import Meeting
from storage.people import Person
from storage.tenancy import Session

MOST_PEOPLE = 99
ON_A_PAGE = 10


def say_whether_one_comes(
    session: Session, actor: Actor, meeting_id: int, now: datetime, *, comes: bool
) -> OwnComingSeen:
    """Note that they come, or that they can't. Raises NothingChanged if the meeting is gone, over or cancelled."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    own = own_word_of(session, meeting, actor.person)
    own.say(meeting.day, comes=comes)
    session.flush()
    return seen_own(session, actor, meeting, own)


def to_tell(session: Session, actor: Actor, meeting_id: int, now: datetime) -> ToTellSeen:
    """What they told of themselves, as the form shows it. Raises NothingChanged as `tell` does."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    own, theirs = coming_of(session, meeting, actor.person), actor.person.collaborative
    told = Told(own.is_new, own.needed, own.more, frozenset(own.knows)) if own else Told()
    others = tuple(seen_collaborative(one) for one in rotation(session) if one is not theirs)
    return ToTellSeen(seen_meeting(meeting), told, others)


def tell(session: Session, actor: Actor, meeting_id: int, told: Told, now: datetime) -> OwnComingSeen:
    """Write down what the day needs for them. Whoever tells it comes, unless they said that they can't.

    Raises NothingChanged if the meeting is gone, over or cancelled.
    """
    meeting = meeting_to_change(session, actor, meeting_id, now)
    own = own_word_of(session, meeting, actor.person)
    own.is_new, own.knows, own.needed, own.more = told.is_new, sorted(told.knows), told.needed, told.more
    if own.comes:
        own.say(meeting.day, comes=True)
    session.flush()
    return replace(seen_own(session, actor, meeting, own), has_told_more=True)


def to_tell_of_party(session: Session, actor: Actor, meeting_id: int, now: datetime) -> ToTellOfPartySeen:
    """What was told of their collaborative, as the form shows it. Raises NothingChanged as `tell_of_party` does."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    collaborative = _collaborative_of(actor)
    party = party_of(session, meeting, collaborative)
    told = ToldOfParty(party.people, party.new, party.who_is_new) if party else ToldOfParty()
    return ToTellOfPartySeen(seen_meeting(meeting), collaborative.name, told)


def tell_of_party(
    session: Session, actor: Actor, meeting_id: int, told: ToldOfParty, now: datetime
) -> OwnComingSeen:
    """Write down how many come of their collaborative, whoever said another number before.

    Raises NothingChanged if they are with no collaborative, or if the meeting is gone, over or cancelled; UserError, at
    a field, if more are new than come.
    """
    meeting = meeting_to_change(session, actor, meeting_id, now)
    collaborative = _collaborative_of(actor)
    if told.people is not None and (told.new or 0) > told.people:
        raise UserError("More people are new than come. Please look at both numbers.", field="new")
    party = party_of(session, meeting, collaborative)
    if party is None:
        about = {"meeting_id": meeting.id, "collaborative_id": collaborative.id}
        party = Party(**about, day=meeting.day, said_by_id=actor.person.id)
        session.add(party)
        session.flush()
    if party.who_is_new != told.who_is_new:
        party.said_by_id = actor.person.id
    party.people, party.new, party.who_is_new, party.day = told.people, told.new, told.who_is_new, meeting.day
    session.flush()
    own = coming_of(session, meeting, actor.person)
    numbers = PartySeen(collaborative.name, told.people, told.new or 0) if told.people is not None else None
    return replace(seen_own(session, actor, meeting, own), told=numbers)


def who_comes(session: Session, actor: Actor, meeting_id: int, now: datetime, page: int = 0) -> WhoComesSeen:
    """How many come of each collaborative; for its host also who they are, and what they need. Raises NothingChanged if there is no such meeting."""
    meeting = meeting_to_see(session, meeting_id)
    is_host = may_decide(session, actor, meeting.host)
    audience = hosts(meeting.host_id) if is_host else EVERYBODY
    seats, coming = rotation(session), _coming(session, meeting)
    parties = seen_parties(seats, coming, _parties(session, meeting), meeting.host_id, audience)
    names = {one.id: one.name for one in seats}
    guests = seen_of(seen_guest(one, names, meeting.host_id, audience) for one in coming)
    page = min(page, max(len(guests.shown) - 1, 0) // ON_A_PAGE)
    own = coming_of(session, meeting, actor.person)
    return WhoComesSeen(
        seen_meeting(meeting),
        parties,
        comes=own.comes_on(meeting.day) if own else None,
        has_collaborative=actor.person.collaborative is not None,
        is_host=is_host,
        is_closed=is_closed(actor.consortium, meeting, now),
        guests=guests.page(page, ON_A_PAGE),
        page=page,
        silent=_silent(seats, parties) if is_host else (),
        before_it_moved=_count_before_it_moved(session, meeting),
        notes=seen_note_takers(coming, actor.person.id, meeting.host_id, audience),
    )


def count_heads(session: Session, meeting: Meeting) -> HeadCount:
    coming, parties = _coming(session, meeting), _parties(session, meeting)
    return head_count(seen_parties([], coming, parties, meeting.host_id, EVERYBODY))


def _count_before_it_moved(session: Session, meeting: Meeting) -> int:
    """For how many it was said that they come on a day on which the meeting is no more."""
    coming = [one for one in those_coming(session, meeting) if one.day != meeting.day]
    parties = [one for one in parties_of(session, meeting) if one.day != meeting.day]
    return head_count(seen_parties([], coming, parties, meeting.host_id, EVERYBODY)).people


def _coming(session: Session, meeting: Meeting) -> list[Coming]:
    """Who said it of the day on which it is by now."""
    return [one for one in those_coming(session, meeting) if one.day == meeting.day]


def names_of_note_takers(session: Session, meeting: Meeting) -> tuple[str | None, ...]:
    """For its host."""
    return tuple(person.name for person in note_takers(session, meeting))


def notes_taken(session: Session, actor: Actor, meeting: Meeting, *, is_host: bool) -> NotesTaken:
    """Who takes notes, as they see it."""
    audience = hosts(meeting.host_id) if is_host else EVERYBODY
    return seen_note_takers(_coming(session, meeting), actor.person.id, meeting.host_id, audience)


def _parties(session: Session, meeting: Meeting) -> list[Party]:
    """The same of collaboratives."""
    return [one for one in parties_of(session, meeting) if one.day == meeting.day]


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


def seen_own(session: Session, actor: Actor, meeting: Meeting, own: Coming | None) -> OwnComingSeen:
    """What they said of the meeting, as they see it."""
    comes = own.comes_on(meeting.day) if own else None
    return OwnComingSeen(
        seen_meeting(meeting),
        comes,
        has_collaborative=actor.person.collaborative is not None,
        takes_notes=bool(comes and own and own.takes_notes),
        duties=seen_duties(meeting, duties_of(session, meeting)) if comes else (),
    )


def _collaborative_of(actor: Actor) -> Collaborative:
    if actor.person.collaborative is None:
        raise NothingChanged(
            "I do not know yet which {collaborative} you are with.",
            then=Words("Press “I'm coming”, then “Say who you are with…”, and then this once more."),
        )
    return actor.person.collaborative
