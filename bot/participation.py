"""Who somebody is in Slack's own words, and whether they may take part at all."""

from dataclasses import dataclass
from datetime import datetime

from bot.cards import follow_those_who_decide
from bot.errors import NothingChanged
from bot.people import learn_name, places_to_decide
from storage.consortia import Consortium, consortium_of, rotation
from storage.people import Person, Who, people_behind
from storage.tenancy import Session, enter


@dataclass(frozen=True)
class Identity:
    """What Slack tells of somebody. `is_stranger`: they are in no channel that the bot knows of."""

    team_id: str
    name: str | None
    is_bot: bool
    is_deactivated: bool
    is_stranger: bool = False


def must_take_part(person: Person) -> None:
    """Deactivated people and bots do nothing here, whatever role they have: raises NothingChanged for them."""
    if person.deactivated_at is not None:
        raise NothingChanged("Slack tells me that this account was deactivated, so it can't act here.")
    if person.is_bot:
        raise NothingChanged("Only people take part here, and this account is a bot.")


def note(session: Session, consortium: Consortium, person: Person, identity: Identity, now: datetime) -> None:
    """Write down what Slack tells. Where others decide now, they get the cards."""
    learn_name(session, person.id, identity.name, now)
    asked_before = [(host, places_to_decide(session, host)) for host in rotation(session)]
    person.is_bot = identity.is_bot
    person.deactivated_at = (person.deactivated_at or now) if identity.is_deactivated else None
    session.flush()
    for host, places in asked_before:
        follow_those_who_decide(session, consortium, host, places, now)


def look_again(session: Session, team_id: str, who: Who) -> None:
    """Take what we know of somebody for old: Slack is asked at the next tick, or before they act if that is sooner."""
    _consortium, people = _known(session, team_id, who)
    for person in people:
        person.named_at = None


def has_left(session: Session, team_id: str, who: Who, channel_id: str | None, now: datetime) -> None:
    """Whoever left the shared channel is vouched for no more: Slack is asked whether they are back, before they act."""
    consortium, people = _known(session, team_id, who)
    for person in people:
        if consortium and channel_id == consortium.channel_id:
            person.left_at = person.left_at or now


def _known(session: Session, team_id: str, who: Who) -> tuple[Consortium | None, list[Person]]:
    """By the user alone: an event may name another workspace than theirs, and all that follows is that Slack is asked."""
    consortium = consortium_of(session, team_id)
    if consortium is None:
        return None, []
    enter(session, consortium.id)
    return consortium, people_behind(session, who.user_id)
