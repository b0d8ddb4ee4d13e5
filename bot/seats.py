"""Seats: which collaboratives host, in which order, and who decides for them."""

from collections.abc import Sequence
from datetime import datetime

from bot.cards import follow_those_who_decide
from bot.doors import redraw_doors
from bot.errors import UserError
from bot.people import places_to_decide
from bot.plan import plan
from bot.reading.text import as_a_name
from bot.replaced_channels import say_whether_it_is_used
from bot.roles import give_people, release_members, release_those_never_met
from bot.swap_posts import redraw_swaps_between
from storage.channels import id_by_now
from storage.consortia import (
    Collaborative,
    Consortium,
    Places,
    alone_with_channel,
    collaborative_by_id,
    consortium_at,
    every_collaborative,
    rotation,
    those_who_share,
)
from storage.database import unless_taken
from storage.tenancy import Session


def seat(
    session: Session,
    consortium: Consortium,
    described: plan.Collaborative,
    position: int,
    now: datetime,
    known: Collaborative | None = None,
) -> Collaborative:
    """Give a collaborative its place in hosting order, its office, its channel and its people.

    `known`, from a form, may get another name. It keeps its curators' channel, which no form shows; and as the form does
    show its members, those who were taken out are with it no longer. Raises UserError if another has that name,
    or one that differs only in its capitals.
    """
    consortium_at(session, consortium.id, Places.CHANGE)
    namesakes = _namesakes(session, described.name)
    namesake = min(namesakes, key=lambda one: (one.name != described.name, one is known), default=None)
    if known is not None and namesake not in (None, known):
        raise named_twice()
    with unless_taken(session, named_twice()):
        collaborative = known or namesake or _new_collaborative(session, described)
        has_new_name = collaborative.name != described.name
        collaborative.name = described.name
    if has_new_name:
        redraw_doors(session, consortium.id)  # they name the next host
        redraw_swaps_between(session, collaborative)
    asked_before = places_to_decide(session, collaborative)
    collaborative.office = described.office
    channel_before = collaborative.curators_channel_id
    collaborative.curators_channel_id = _curators_channel(session, consortium, described, known)
    _give_place(session, collaborative, position)
    release = release_members if known is not None else release_those_never_met
    release(session, collaborative, described)
    give_people(session, collaborative, described)
    follow_those_who_decide(session, consortium, collaborative, asked_before, now)
    if channel_before != collaborative.curators_channel_id:
        say_whether_it_is_used(session, channel_before, collaborative.curators_channel_id)
    return collaborative


def leave_rotation(session: Session, collaborative: Collaborative) -> None:
    """It hosts no more in its turn. Its past stays, and so does the meeting that it hosts just now. Seated again under its name, it is back."""
    collaborative.position = None
    session.flush()
    _number(rotation(session))
    session.flush()


def hosts_already(session: Session, name: str) -> bool:
    """Whether a collaborative of this name has its place in hosting order."""
    return any(namesake.position is not None for namesake in _namesakes(session, name))


def _namesakes(session: Session, name: str) -> list[Collaborative]:
    """Who is called so, also with other capitals: two of them in one file are twins, too."""
    return [one for one in every_collaborative(session) if as_a_name(one.name) == as_a_name(name)]


def named_twice() -> UserError:
    return UserError("Another {collaborative} has that name already.", field="name")


def _new_collaborative(session: Session, described: plan.Collaborative) -> Collaborative:
    collaborative = Collaborative(name=described.name, office=described.office, curators_channel_id=None)
    session.add(collaborative)
    session.flush()
    return collaborative


def _curators_channel(
    session: Session, consortium: Consortium, described: plan.Collaborative, known: Collaborative | None
) -> str | None:
    """Raises UserError if it is the shared channel of another consortium, where everybody would read what is for hosts."""
    if described.channel is None:
        return known.curators_channel_id if known else None
    channel = id_by_now(session, described.channel)
    alone_with_channel(session, channel)
    if any(other is not consortium for other in those_who_share(session, channel)):
        raise UserError(
            "The channel of those who decide for {host} is the shared one of another consortium here.",
            field="channel",
            host=described.name,
        )
    return channel


def _give_place(session: Session, collaborative: Collaborative, position: int) -> None:
    order = [other for other in rotation(session) if other is not collaborative]
    order.insert(position - 1, collaborative)
    _number(order)
    session.flush()


def _number(order: Sequence[Collaborative]) -> None:
    for place, collaborative in enumerate(order, start=1):
        collaborative.position = place


def chosen_host(session: Session, host_id: int, field: str = "host") -> Collaborative:
    """Raises UserError if it has left hosting order."""
    host = collaborative_by_id(session, host_id)
    if host is None or host.position is None:
        raise UserError("This {collaborative} is no longer here. Please choose another.", field=field)
    return host
