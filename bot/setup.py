"""Setting up in Slack: the settings as admins see them, and what their forms change."""

from collections.abc import Collection
from datetime import date, datetime

from bot import consortia, legal_holds, seats
from bot.cards import tell_who_hosts
from bot.channels import was_chosen
from bot.doors import redraw_doors
from bot.errors import NothingChanged, UserError
from bot.meetings import Arrangement
from bot.people import Actor, Called, call, keepers, who_can_not_act
from bot.plan import plan
from bot.seen.meetings import seen_meeting
from bot.seen.settings import (
    SeatSeen,
    SettingsSeen,
    seen_collaborative,
    seen_consortium,
    seen_people,
)
from bot.timetable import meetings_to_come
from storage.channels import why_closed
from storage.consortia import Collaborative, Consortium, Places, collaborative_by_id, consortium_at, rotation
from storage.people import Person, admins, curators, members
from storage.posts import what_holds_up
from storage.tenancy import Session

NEW = 0
"""The id of a collaborative that is yet to be made."""


def settings(session: Session, actor: Actor, now: datetime) -> SettingsSeen:
    return settings_of(session, actor.consortium, now)


def settings_to_meet(session: Session, actor: Actor, now: datetime) -> SettingsSeen:
    """The settings, as the form that adds a meeting shows them. Raises NothingChanged if nobody could host it."""
    known = settings(session, actor, now)
    if not known.seats:
        raise NothingChanged("A meeting needs a host: add the first {collaborative}.")
    return known


def begin(session: Session, described: plan.Settings, called: Called, now: datetime) -> SettingsSeen:
    """Set up what is not set up yet, by people whom Slack has just `called` so."""
    consortium = consortia.describe(session, described, now)
    call(session, called)
    return settings_of(session, consortium, now)


def describe(
    session: Session, actor: Actor, described: plan.Settings, called: Called, now: datetime
) -> SettingsSeen:
    """The standing message is owed anew, so that it comes back where somebody deleted it."""
    redraw_doors(session, actor.consortium.id)
    was_chosen(session, described.consortium.channel)
    seen = begin(session, described, called, now)
    if not keepers(session):
        raise UserError(
            "None of these can act, so nobody could go on. Please choose somebody else, too.", field="admins"
        )
    consortia.must_ask_hosts_apart(session, actor.consortium, now)
    return seen


def after_holding(session: Session, actor: Actor, reason: str, until: date, now: datetime) -> SettingsSeen:
    """Begin a legal hold, or change the one that lasts, and give the settings as they are then. Raises UserError as `legal_holds.hold` does."""
    legal_holds.hold(session, actor, reason, until, now)
    return settings(session, actor, now)


def seat(
    session: Session,
    actor: Actor,
    collaborative_id: int,
    described: plan.Collaborative,
    position: int,
    called: Called,
    now: datetime,
) -> SettingsSeen:
    """Give a collaborative its place, its office and its people.

    Raises NothingChanged if it is no longer here. Raises UserError if another has its name, if there is no such place, or if it
    would be asked in the shared channel.
    """
    consortium_at(session, actor.consortium.id, Places.CHANGE)
    known = collaborative_by_id(session, collaborative_id)
    if collaborative_id != NEW and (known is None or known.position is None):
        raise gone()
    if position > len(rotation(session)) + 1:
        raise UserError("Please choose one of the list.", field="position")
    if known is None and seats.hosts_already(session, described.name):
        raise seats.named_twice()
    seats.seat(session, actor.consortium, described, position, now, known)
    call(session, called)
    consortia.must_ask_hosts_apart(session, actor.consortium, now)
    return settings(session, actor, now)


def gone() -> NothingChanged:
    return NothingChanged("This {collaborative} is no longer here.")


def meet(
    session: Session, actor: Actor, arrangement: Arrangement, host_id: int | None, now: datetime
) -> SettingsSeen:
    """Add a meeting; without a host it is whose turn it is. Who decides for the host hears of it, but for who has added it."""
    meeting = consortia.settle(session, actor.consortium, arrangement, host_id, now)
    tell_who_hosts(session, meeting, now, but=actor.person)
    return settings(session, actor, now)


def settings_of(session: Session, consortium: Consortium, now: datetime) -> SettingsSeen:
    powerless = who_can_not_act(session, now)
    return SettingsSeen(
        consortium=seen_consortium(consortium),
        admins=seen_people(admins(session), powerless),
        seats=tuple(_seat(session, one, powerless) for one in rotation(session)),
        meetings=tuple(map(seen_meeting, meetings_to_come(session, consortium, now))),
        held_up_by=why_closed(session, consortium.channel_id)
        or what_holds_up(session, place=consortium.channel_id),
        hold=legal_holds.hold_seen(session, consortium, now),
    )


def _seat(session: Session, collaborative: Collaborative, powerless: Collection[Person]) -> SeatSeen:
    return SeatSeen(
        seen_collaborative(collaborative),
        curators=seen_people(curators(session, collaborative), powerless),
        members=seen_people(members(session, collaborative)),
        channel_id=collaborative.curators_channel_id,
    )
