"""Who somebody is in Slack's own words, and whether they may take part at all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cards import following_those_who_decide
from bot.errors import Name, NothingChanged, UserError, Words
from bot.legal_holds import put_by
from bot.people import learn_name
from storage.asking import taken_up
from storage.channels import channel_known
from storage.coming import said_by_both
from storage.consortia import Consortium, Places, enter_consortium_of
from storage.one_person import become_one
from storage.people import (
    Person,
    Who,
    as_they_stand,
    hand_over_roles,
    if_still_there,
    last_asked_before,
    people_behind,
    person_at,
)
from storage.tenancy import Session

GOOD_FOR = timedelta(days=1)


@dataclass(frozen=True)
class ToAskFor:
    """A person of whom Slack is to be asked. The answer holds for `now`; `stood`: when it was asked before, as was known then."""

    person_id: int
    user_id: str
    now: datetime
    stood: datetime


@dataclass(frozen=True)
class Identity:
    """What Slack tells of somebody. `is_stranger`: they are in no channel that the bot knows of.

    `runs_workspace`: they are an admin or an owner of their workspace. `teams`: the workspaces of their Enterprise
    organization that they are of, too.
    """

    team_id: str
    name: str | None
    is_bot: bool
    is_deactivated: bool
    is_stranger: bool = False
    is_guest: bool = False
    runs_workspace: bool = False
    teams: frozenset[str] = frozenset()

    def may_be_of(self, team_id: str) -> bool:
        """Whether that is their workspace. An Enterprise organization (E…) is said where Slack tells one of its own."""
        are_workspaces = team_id[:1] == self.team_id[:1] == "T"
        return not are_workspaces or self.is_of(team_id)

    def is_of(self, team_id: str) -> bool:
        """Whether Slack says so of this very workspace."""
        return team_id == self.team_id or team_id in self.teams


def known_as(session: Session, who: Who, identity: Identity | None) -> Person | None:
    """The person. In an Enterprise organization one has one user id in all its workspaces, and is one person.

    Without an identity they are known by the workspace alone in which they were met.
    """
    known = person_at(session, who)
    if known is not None or identity is None:
        return known
    return next((one for one in people_behind(session, who.user_id) if identity.is_of(one.team_id)), None)


def must_take_part(person: Person) -> None:
    """Deactivated people and bots do nothing here, whatever role they have: raises NothingChanged for them."""
    if person.deactivated_at is not None:
        raise NothingChanged("Slack tells me that this account was deactivated, so it can't act here.")
    if person.is_bot:
        raise NothingChanged("Only people take part here, and this account is a bot.")


def must_be_able_to_keep(identity: Identity, field: str) -> None:
    """Raises UserError if this person can't keep the settings, so that nobody locks them by a mistake."""
    must_be_able_to_act(identity, field)
    if identity.is_guest:
        raise UserError(
            "{name} is a guest of the workspace, and guests can't keep the settings. Please choose somebody else.",
            field=field,
            name=Name(identity.name),
        )


def must_be_able_to_act(identity: Identity, field: str) -> None:
    """Raises UserError for bots and deactivated people: what they are named for, nobody would do."""
    if identity.is_bot:
        raise UserError(
            "{name} is a bot, and only people take part here. Please choose somebody else.",
            field=field,
            name=Name(identity.name),
        )
    if identity.is_deactivated:
        raise UserError(
            "The account of {name} was deactivated. Please choose somebody else.",
            field=field,
            name=Name(identity.name),
        )


def people_to_ask(session: Session, now: datetime, limit: int, behind: Collection[int]) -> list[ToAskFor]:
    """Of whom Slack was never asked, or not for a day, or said that they changed. The ones `behind` come after all others."""
    asked = []
    for person in last_asked_before(session, now - GOOD_FOR, limit, behind):
        held = if_still_there(session, person.id) if person.asked_at is None else person
        if held is None:
            continue
        held.asked_at = stood = taken_up(held.asked_at, now)
        asked.append(ToAskFor(held.id, held.user_id, now, stood))
    return asked


def note_asked(
    session: Session, consortium: Consortium, asked: ToAskFor, identity: Identity | None, now: datetime
) -> None:
    """Write down what Slack told, if nothing became known since. If it told nothing, the old facts stay, and that is no introduction."""
    person = if_still_there(session, asked.person_id)
    if person is None or person.asked_at != asked.stood:
        return
    if identity is None:
        note_nothing(session, consortium, person, now)
    else:
        note(session, consortium, person, identity, now)
    person.asked_at = asked.now


def ask_before_they_act(session: Session, team_id: str, who: Who, now: datetime) -> datetime | None:
    """Take up the question who somebody is, outside of the clock's turn. What stands there now of when Slack was asked; None of whom we do not know."""
    known = person_at(session, who) if enter_consortium_of(session, team_id) else None
    person = if_still_there(session, known.id) if known else None
    if person is None:
        return None
    person.asked_at = taken_up(person.asked_at, now)
    return person.asked_at


def note_when_met(
    session: Session,
    consortium: Consortium,
    person: Person,
    identity: Identity,
    asked_at: datetime | None,
    now: datetime,
) -> None:
    """Write down what Slack told of somebody who acts. The clock asks all the same: of whom we did not know, we heard no news meanwhile.

    Raises NothingChanged if there was news since the question was taken up.
    """
    stood = as_they_stand(session, person.id).asked_at
    if asked_at is not None and stood != asked_at:
        raise NothingChanged("Slack tells me something new about you.", then=Words("Please try again."))
    note(session, consortium, person, identity, now)
    person.asked_at = stood


def note(session: Session, consortium: Consortium, named: Person, identity: Identity, now: datetime) -> None:
    """Write down what Slack tells. Each day most people are who they were."""
    if _is_known_so(session, named, identity):
        learn_name(session, named.id, identity.name, now)
    else:
        _note_anew(session, consortium, named, identity, now)


def _note_anew(
    session: Session, consortium: Consortium, named: Person, identity: Identity, now: datetime
) -> None:
    """Where others decide now, they get the cards."""
    with following_those_who_decide(session, consortium, now):
        person = _at_their_workspace(session, named, identity, now)
        _become_one_person(session, consortium, person, identity, now)
        learn_name(session, person.id, identity.name, now)
        person.is_bot, person.is_guest = identity.is_bot, identity.is_guest
        person.runs_workspace = identity.runs_workspace
        person.deactivated_at = (person.deactivated_at or now) if identity.is_deactivated else None


def _is_known_so(session: Session, person: Person, identity: Identity) -> bool:
    """Slack has told all of it before, and of one person alone."""
    known = (person.is_bot, person.is_guest, person.runs_workspace, person.deactivated_at is not None)
    told = (identity.is_bot, identity.is_guest, identity.runs_workspace, identity.is_deactivated)
    is_same = person.named_at is not None and known == told and identity.name in (None, person.name)
    return (
        is_same and identity.may_be_of(person.team_id) and people_behind(session, person.user_id) == [person]
    )


def note_nothing(session: Session, consortium: Consortium, person: Person, now: datetime) -> None:
    """Slack was asked and tells nothing of them. The old facts stay, and that is no introduction; whom it never knew keeps no settings."""
    with following_those_who_decide(session, consortium, now):
        person.asked_at = now


def _at_their_workspace(session: Session, named: Person, identity: Identity, now: datetime) -> Person:
    """The person at the workspace that Slack tells, with every role that was given to them under another one.

    Whoever writes a file may not know of which workspace somebody is. Slack does, and knows one person by one id. Where they are of
    several workspaces, they stay one person in all of them.
    """
    behind = people_behind(session, named.user_id)
    misnamed = [one for one in behind if not identity.may_be_of(one.team_id)]
    if named not in misnamed:
        person = named
    else:
        told = Who(identity.team_id, named.user_id)
        person = person_at(session, told) or named
        person.team_id = told.team_id
    for other in misnamed:
        if other is not person:
            hand_over_roles(session, other, person)
            other.asked_at = now
    session.flush()
    return person


def _become_one_person(
    session: Session, consortium: Consortium, person: Person, identity: Identity, now: datetime
) -> None:
    """Where Slack says that rows are of one person, one stays: under the bot's own workspace, where it is found without asking Slack."""
    if not identity.is_of(person.team_id):
        return
    behind = people_behind(session, person.user_id)
    others = [one for one in behind if one is not person and identity.is_of(one.team_id)]
    if any(other.whereabouts != person.whereabouts for other in others):
        _ask_who_is_there(session, consortium.channel_id)
    for other in others:
        put_by(session, consortium, [left for left, *_ in said_by_both(session, other, person)], now)
        become_one(session, other, person)
    if others and identity.is_of(consortium.team_id):
        person.team_id = consortium.team_id


def look_again(session: Session, team_id: str, who: Who) -> None:
    """Take what we know of somebody for old: Slack is asked at the next tick, or before they act if that is sooner."""
    _consortium, people = _known(session, team_id, who)
    for person in people:
        held = if_still_there(session, person.id)
        if held is not None:
            held.named_at = held.asked_at = None


def has_left(session: Session, team_id: str, who: Who, channel_id: str | None, now: datetime) -> None:
    """Whoever left the shared channel is vouched for no more: Slack is asked whether they are back: before they act, and at the next tick."""
    consortium, people = _known(session, team_id, who, Places.CHANGE)
    if consortium is None or channel_id != consortium.channel_id:
        return
    _ask_who_is_there(session, channel_id)  # they may be let in just now, or be back: news come in any order
    with following_those_who_decide(session, consortium, now):
        for person in people:
            as_they_stand(session, person.id).leaves(now)


def _ask_who_is_there(session: Session, channel_id: str) -> None:
    """At the next tick; an answer that is on its way is older than this."""
    channel_known(session, channel_id).asked_at = None


def is_there(session: Session, consortium: Consortium, person: Person, now: datetime) -> None:
    """They are in the shared channel, maybe again. Where they decide again, they get the cards."""
    if person.reads_along:
        return
    with following_those_who_decide(session, consortium, now):
        person.left_at = person.doubted_at = None


def _known(
    session: Session, team_id: str, who: Who, places: Places = Places.MAY_CHANGE
) -> tuple[Consortium | None, list[Person]]:
    """By the user alone: an event may name another workspace than theirs, and all that follows is that Slack is asked."""
    consortium = enter_consortium_of(session, team_id, places)
    return consortium, people_behind(session, who.user_id) if consortium else []
