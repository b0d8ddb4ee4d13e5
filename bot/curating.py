"""Curating: who may decide about the agenda of one meeting. Its host; and until it is over, whoever prepares it with them."""

from datetime import datetime

from bot.people import Actor, curators_taking_part, deciders, decides_or_keeps, keepers, may_decide
from bot.timetable import is_closed
from storage.items import Item
from storage.meetings import Meeting
from storage.people import Person
from storage.tenancy import Session


def curates(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> bool:
    if may_decide(session, actor, meeting.host):
        return True
    if is_closed(actor.consortium, meeting, now):
        return False
    return actor.person.id in {person.id for person in helpers(session, meeting)}


def helpers(session: Session, meeting: Meeting) -> list[Person]:
    """Who decides for the collaborative that prepares it with the host, and the admin who stepped in for it."""
    if meeting.prepared_with is None:
        return []
    stepped_in = [person for person in keepers(session) if person.id == meeting.helped_by_id]
    return [*(curators_taking_part(session, meeting.helper) if meeting.helper else []), *stepped_in]


def able_to_help(session: Session, meeting: Meeting) -> list[Person]:
    """The admins who are not of its host's own people, nor decide for it anyway."""
    decide = {person.id for person in deciders(session, meeting.host)}
    others = (one for one in keepers(session) if one.collaborative is not meeting.host)
    return [one for one in others if one.id not in decide]


def places_able_to_help(session: Session, meeting: Meeting) -> list[str]:
    """Where each of them is reached directly."""
    return [person.user_id for person in able_to_help(session, meeting)]


def may_remove_words(session: Session, actor: Actor, item: Item, now: datetime) -> bool:
    """Whoever curates its meeting, and admins. A draft was seen by its author alone."""
    if item.submitted_at is None:
        return False
    return decides_or_keeps(session, actor, item.meeting) or (
        item.meeting is not None and curates(session, actor, item.meeting, now)
    )
