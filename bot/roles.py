"""Roles: who keeps the settings, who decides for a collaborative, and who is with it."""

from collections.abc import Sequence
from datetime import datetime

from bot.cards import following_those_who_decide
from bot.plan import plan
from storage.consortia import Collaborative, Consortium
from storage.people import Person, Who, admins, curators, members, person_named, set_curators
from storage.tenancy import Session


def name_admins(session: Session, consortium: Consortium, named: Sequence[Who], now: datetime) -> None:
    """Who keeps the settings, and no one else. They also decide for hosts without a curator."""
    keep = [person_named(session, who) for who in named]
    with following_those_who_decide(session, consortium, now):
        for person in (*admins(session), *keep):
            person.is_admin = person in keep


def release_members(session: Session, collaborative: Collaborative, described: plan.Collaborative) -> None:
    """Those who are not named are with it no longer, and may say anew whom they are with."""
    for person in _not_named(session, collaborative, described):
        person.collaborative = None
    session.flush()


def release_those_never_met(
    session: Session, collaborative: Collaborative, described: plan.Collaborative
) -> None:
    """Who is not named any more and was never met in Slack can't have said whom they are with: they were mistyped."""
    for person in _not_named(session, collaborative, described):
        if not person.was_met:
            person.collaborative = None
    session.flush()


def _not_named(session: Session, collaborative: Collaborative, described: plan.Collaborative) -> list[Person]:
    named = [person_named(session, who) for who in (*described.members, *described.curators)]
    return [person for person in members(session, collaborative) if person not in named]


def give_people(session: Session, collaborative: Collaborative, described: plan.Collaborative) -> None:
    """Those named as curators are, and no one else. Members are added: people also say themselves whom they are with."""
    for who in described.members:
        person_named(session, who).collaborative = collaborative
    trusted = [person_named(session, who) for who in described.curators]
    for person in trusted:
        person.collaborative = person.collaborative or collaborative
    session.flush()
    if {person.id for person in trusted} != {person.id for person in curators(session, collaborative)}:
        set_curators(session, collaborative, trusted)
