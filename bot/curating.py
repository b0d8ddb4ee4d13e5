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
    helper = meeting.prepared_with
    if helper is None:
        return []
    stepped_in = [person for person in keepers(session) if person.id == meeting.helped_by_id]
    return [*curators_taking_part(session, helper), *stepped_in]


def able_to_help(session: Session, meeting: Meeting) -> list[Person]:
    """The admins of other collaboratives that host, who do not decide for its host anyway."""
    decide = {person.id for person in deciders(session, meeting.host)}
    return [one for one in keepers(session) if one.id not in decide and is_of_another(one, meeting)]


def is_of_another(person: Person, meeting: Meeting) -> bool:
    """Whether they are with a collaborative that hosts in its turn, and another hosts this meeting."""
    own = person.collaborative
    return own is not None and own.position is not None and own is not meeting.host


def may_remove_words(session: Session, actor: Actor, item: Item, now: datetime) -> bool:
    """Whoever curates its meeting, and admins. A draft was seen by its author alone."""
    if item.submitted_at is None:
        return False
    return decides_or_keeps(session, actor, item.meeting) or (
        item.meeting is not None and curates(session, actor, item.meeting, now)
    )
