"""Who is speaking, and who may decide for a host."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import outbox
from storage.brought import items_of_person
from storage.channels import why_closed
from storage.consortia import Collaborative, Consortium, rotation
from storage.follow_ups import hosts_of_declined_follow_ups
from storage.items import ItemState
from storage.meetings import Meeting, meetings_from
from storage.people import (
    Person,
    Who,
    admins,
    curators,
    named_but_unknown,
    people_behind,
    person_by_id,
    person_met,
)
from storage.post_facts import NOBODY
from storage.post_kinds import PostKind
from storage.tenancy import Session

A_DAY = timedelta(days=1)
A_QUARTER = timedelta(days=92)
"""So long whoever hosted a meeting is asked what happened, and whoever decides by then who else could do what nobody has."""
Called = Mapping[str, str | None]
"""By user id, what Slack calls people."""


@dataclass(frozen=True)
class Actor:
    """The person who acts, in the consortium in which they act."""

    consortium: Consortium
    person: Person


def meet(session: Session, consortium: Consortium, who: Who, called: str | None) -> Actor:
    """The person behind a click or a command; what Slack calls them serves as a name until we know a better one."""
    person = person_met(session, who)
    person.name = person.name or called
    return Actor(consortium, person)


def call(session: Session, called: Called) -> None:
    """What Slack has just told in passing serves as a name until it is asked who they are."""
    for user_id, name in called.items():
        for person in people_behind(session, user_id):
            person.name = person.name or name


def learn_name(session: Session, person_id: int, name: str | None, now: datetime) -> None:
    """Note the name, or that there is none to be had; cards that called them otherwise are drawn anew."""
    person = person_by_id(session, person_id)
    is_better = name is not None and name != person.name
    person.name, person.named_at, person.asked_at = name or person.name, now, now
    for item in items_of_person(session, person, *ItemState) if is_better else []:
        outbox.refresh(session, PostKind.CARD, subject_id=item.id)


def those_who_host(session: Session, now: datetime) -> list[Collaborative]:
    """The rotation, and who has left it and hosts a meeting to come, or is still asked about one that was: what happened, and who else could do what nobody has."""
    meetings = meetings_from(session, now.date() - A_QUARTER - A_DAY)
    left_with_work = hosts_of_declined_follow_ups(session, now - A_QUARTER)
    return list(dict.fromkeys([*rotation(session), *(meeting.host for meeting in meetings), *left_with_work]))


def deciders(session: Session, host: Collaborative) -> list[Person]:
    """The host's curators who are there. Where none is, only admins decide: a curator is never assumed."""
    return curators_taking_part(session, host) or keepers(session)


def curators_taking_part(session: Session, host: Collaborative) -> list[Person]:
    return taking_part(curators(session, host))


def keepers(session: Session) -> list[Person]:
    """The admins who can keep the settings. Who left the shared channel counts only where nobody else does: somebody has to hear."""
    able = [person for person in admins(session) if person.may_keep_settings]
    return _who_stayed(able) or able


def places_of_keepers(session: Session) -> list[str]:
    """Where each of them is reached directly."""
    return [person.user_id for person in keepers(session)]


def places_to_tell_keepers(session: Session) -> list[str]:
    """Where admins are told what they should know. While none can act, it is held for the next."""
    return places_of_keepers(session) or [NOBODY]


def who_can_not_act(session: Session, now: datetime) -> list[Person]:
    """Those who were given a power that they can't use: admins, and curators of hosts."""
    trusted = [person for host in those_who_host(session, now) for person in curators(session, host)]
    powerless = [person for person in admins(session) if not person.may_keep_settings]
    powerless += [person for person in trusted if not person.takes_part or person.is_unknown]
    powerless += [person for person in (*admins(session), *trusted) if person.left_at is not None]
    return list(dict.fromkeys(powerless))


def whom_slack_does_not_know(session: Session) -> list[Person]:
    """Those whom the settings name, and of whom Slack told nothing when a bot asked it."""
    return [person for person in named_but_unknown(session) if person.is_unknown]


def may_keep_settings(session: Session, actor: Actor) -> bool:
    """Where no admin can, whoever runs the workspace of the bot in Slack, as before anything was set up."""
    person = actor.person
    able = keepers(session)
    is_stand_in = person.runs_workspace and person.team_id == actor.consortium.team_id
    return person in able or (not _who_stayed(able) and person.may_keep_settings and is_stand_in)


def taking_part(people: Sequence[Person]) -> list[Person]:
    """Those who still take part: a role keeps nobody who was deactivated, or who left the shared channel."""
    return _who_stayed([person for person in people if person.takes_part])


def _who_stayed(people: Sequence[Person]) -> list[Person]:
    return [person for person in people if person.left_at is None]


def may_decide(session: Session, actor: Actor, host: Collaborative) -> bool:
    return actor.person.id in {person.id for person in deciders(session, host)}


def decides_or_keeps(session: Session, actor: Actor, meeting: Meeting | None) -> bool:
    """Whether they decide for the host of this meeting, or keep the settings."""
    decides = meeting is not None and may_decide(session, actor, meeting.host)
    return decides or may_keep_settings(session, actor)


def places_to_decide(session: Session, host: Collaborative) -> list[str]:
    """Where the host's cards go: its curators' own channel while the bot can use it, or each who decides directly.

    Where no curator takes part, admins decide, and they may not read in that channel.
    """
    channel = host.curators_channel_id
    if channel and why_closed(session, channel) is None and curators_taking_part(session, host):
        return [channel]
    return [person.user_id for person in deciders(session, host)]
