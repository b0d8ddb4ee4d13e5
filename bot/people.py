"""Who is speaking, and who may decide for a host."""

from dataclasses import dataclass

from storage import Session
from storage.consortia import Collaborative, Consortium
from storage.people import Person, Who, admins, curators, person_met


@dataclass(frozen=True)
class Actor:
    """The person who acts, in the consortium in which they act."""

    consortium: Consortium
    person: Person


def meet(session: Session, consortium: Consortium, who: Who, called: str | None) -> Actor:
    """The person behind a click or a command; what Slack calls them serves as a name until we know a better one."""
    person = person_met(session, consortium, who)
    person.name = person.name or called
    return Actor(consortium, person)


def deciders(session: Session, consortium: Consortium, host: Collaborative) -> list[Person]:
    """The host's curators. Where none is named, only admins decide: a curator is never assumed."""
    return curators(session, host) or admins(session, consortium)


def places_to_decide(session: Session, consortium: Consortium, host: Collaborative) -> list[str]:
    """Where the host's cards go: its curators' own channel, or each of them directly."""
    if host.curators_channel_id:
        return [host.curators_channel_id]
    return [person.user_id for person in deciders(session, consortium, host)]
