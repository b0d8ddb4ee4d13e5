"""Swaps: a host asks another to change places, or to host a meeting in their place. Both sides agree before anything changes."""

from dataclasses import replace
from datetime import datetime

from bot.audiences import hosts, reader
from bot.cards import ask_to_swap as ask_those_who_decide
from bot.errors import NothingChanged, UserError, Words
from bot.fingerprints import Fingerprint
from bot.hosting import Read, give_to, meeting_to_host, must_be_hosted_as_read
from bot.meetings_to_change import meeting_not_begun
from bot.open_swaps import is_open, open_swaps
from bot.people import Actor, curators_taking_part, may_decide, places_to_decide
from bot.seats import chosen_host
from bot.seen.settings import ToSwapSeen
from bot.seen.swaps import SwapSeen, mark_of, seen_swap
from bot.swap_posts import owe_answer, redraw_swap
from storage.consortia import Collaborative, collaborative_by_id
from storage.meetings import Meeting, lock_meeting
from storage.swaps import Swap, SwapState, lock_swap, swap_by_id
from storage.tenancy import Session


def to_ask(session: Session, actor: Actor, meeting_id: int, now: datetime) -> ToSwapSeen:
    """Whom its host could ask, as the form shows it. Raises NothingChanged if the meeting has begun, if one was asked already, or if there is nobody else."""
    choice = meeting_to_host(session, actor, meeting_id, now)
    _must_not_be_asked_yet(session, actor, choice.meeting.id, now)
    named = {one.host_id for one in choice.others} | {one.id for one in choice.hosts}
    asked = filter(None, (collaborative_by_id(session, number) for number in sorted(named)))
    without = tuple(one.name for one in asked if not curators_taking_part(session, one))
    return ToSwapSeen(choice, answered_by_admins=without)


def ask_to_host(
    session: Session, actor: Actor, meeting_id: int, other_id: int, now: datetime, read: Read | None = None
) -> Swap:
    """Ask another collaborative to host the meeting.

    Raises NothingChanged as `to_ask` does, or if another one hosts it by now; UserError, at the field, if nobody can answer.
    """
    meeting = meeting_not_begun(session, actor, meeting_id, now)
    if read is not None:
        must_be_hosted_as_read(meeting, read.host)
    return _ask(session, actor, meeting, chosen_host(session, other_id), None, now)


def ask_to_swap(
    session: Session, actor: Actor, meeting_id: int, other_id: int, now: datetime, read: Read | None = None
) -> Swap:
    """Ask the host of another meeting to change places. Raises as `ask_to_host` does, also for that other meeting."""
    meetings = {
        number: meeting_not_begun(session, actor, number, now) for number in sorted({meeting_id, other_id})
    }
    one, other = meetings[meeting_id], meetings[other_id]
    if read is not None:
        must_be_hosted_as_read(one, read.host)
        must_be_hosted_as_read(other, read.other)
    _must_not_be_asked_for_by_the_other(session, actor, one, other, now)
    return _ask(session, actor, one, other.host, other, now)


def agree(
    session: Session, actor: Actor, swap_id: int, now: datetime, read: Fingerprint | None = None
) -> Swap:
    """The meetings change hosts, as when an admin does it. `read`: the mark of what they have read.

    Raises NothingChanged if it was answered, was taken back, or has lapsed, or if it asks something else by now.
    """
    swap = _settle(session, actor, swap_id, SwapState.AGREED, now, read)
    give_to(session, actor, swap.meeting, swap.other, now)
    if swap.in_exchange is None:
        owe_answer(session, swap, now)
        return swap
    give_to(session, actor, swap.in_exchange, swap.host, now)
    asker = Actor(actor.consortium, swap.asked_by)
    if not may_decide(session, asker, swap.host):  # the others hear that they host
        owe_answer(session, swap, now)
    return swap


def decline(
    session: Session, actor: Actor, swap_id: int, now: datetime, read: Fingerprint | None = None
) -> Swap:
    """Nothing changes, and who asked hears so. Raises NothingChanged as `agree` does."""
    swap = _settle(session, actor, swap_id, SwapState.DECLINED, now, read)
    owe_answer(session, swap, now)
    return swap


def take_back(
    session: Session, actor: Actor, swap_id: int, now: datetime, read: Fingerprint | None = None
) -> Swap:
    """Who was not told yet hears nothing of it. Raises NothingChanged as `agree` does."""
    return _settle(session, actor, swap_id, SwapState.TAKEN_BACK, now, read)


def swaps_of(session: Session, actor: Actor, now: datetime) -> list[SwapSeen]:
    """The open ones that they asked for, or for whose sides they decide."""
    found = (_seen_by(session, actor, one) for one in open_swaps(session, actor.consortium, now))
    return [seen for seen in found if seen]


def swap_about(session: Session, swap_id: int | None) -> Swap:
    """Raises NothingChanged if it is gone."""
    swap = swap_by_id(session, swap_id) if swap_id else None
    if swap is None:
        raise NothingChanged("This request is no longer here.")
    return swap


def _ask(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    other: Collaborative,
    in_exchange: Meeting | None,
    now: datetime,
) -> Swap:
    _must_not_be_asked_yet(session, actor, meeting.id, now)
    if other is meeting.host:
        raise NothingChanged("{host} hosts the meeting on {day} already.", host=other.name, day=meeting.day)
    if not places_to_decide(session, other):
        raise UserError("Nobody can answer for {other} at the moment.", field="host", other=other.name)
    swap = Swap(
        meeting=meeting,
        meeting_id=meeting.id,
        host=meeting.host,
        host_id=meeting.host_id,
        other=other,
        other_id=other.id,
        in_exchange=in_exchange,
        in_exchange_id=in_exchange.id if in_exchange else None,
        state=SwapState.OPEN,
        asked_by=actor.person,
        asked_by_id=actor.person.id,
        asked_at=now,
    )
    session.add(swap)
    session.flush()
    ask_those_who_decide(session, swap, now)
    return swap


def _must_not_be_asked_yet(session: Session, actor: Actor, meeting_id: int, now: datetime) -> None:
    for swap in open_swaps(session, actor.consortium, now):
        if swap.meeting_id == meeting_id:
            raise NothingChanged(
                "{host} has asked {other} about the meeting on {day} already.",
                host=swap.host.name,
                other=swap.other.name,
                day=swap.meeting.day,
                then=Words("To ask others, take that back first, under “Who hosts when”."),
            )


def _must_not_be_asked_for_by_the_other(
    session: Session, actor: Actor, one: Meeting, other: Meeting, now: datetime
) -> None:
    asked = open_swaps(session, actor.consortium, now)
    if any(swap.meeting is other and swap.in_exchange is one for swap in asked):
        raise NothingChanged(
            "{other} has asked for the same swap already.",
            other=other.host.name,
            then=Words(
                "Whoever decides for {host} can agree to it, under “Who hosts when”.", host=one.host.name
            ),
        )


def _settle(
    session: Session,
    actor: Actor,
    swap_id: int,
    state: SwapState,
    now: datetime,
    read: Fingerprint | None,
) -> Swap:
    """Locks go from meetings to what is about them."""
    for meeting in sorted(swap_about(session, swap_id).meetings, key=lambda one: one.id):
        lock_meeting(session, meeting.id)
    swap = lock_swap(session, swap_id)
    if swap is None or not is_open(actor.consortium, swap, now):
        raise _stays(swap_about(session, swap_id))
    if read not in (None, mark_of(swap)):
        raise NothingChanged(
            "This is not what you have read: the request has changed.",
            then=Words("It stands under “Who hosts when” as it is now."),
        )
    swap.state, swap.answered_by_id, swap.answered_at = state, actor.person.id, now
    session.flush()
    redraw_swap(session, swap)
    return swap


def _stays(swap: Swap) -> NothingChanged:
    match swap.state:
        case SwapState.AGREED | SwapState.DECLINED:
            return NothingChanged("{other} has answered this already.", other=swap.other.name)
        case SwapState.TAKEN_BACK:
            return NothingChanged("{host} has taken this back.", host=swap.host.name)
    if swap.host_that_left is not None:
        return NothingChanged("{host} does not host any more.", host=swap.host_that_left.name)
    return NothingChanged("A meeting of these has begun, is cancelled, or has another host by now.")


def _seen_by(session: Session, actor: Actor, swap: Swap) -> SwapSeen | None:
    """As somebody of one of the two sides sees it, or who asked."""
    of_other, of_host = (may_decide(session, actor, side) for side in (swap.other, swap.host))
    side = swap.other_id if of_other else swap.host_id if of_host else None
    audience = hosts(side) if side else reader(actor.person.id)
    seen = seen_swap(swap, audience, is_open=True)
    may_take_back = of_host or swap.asked_by_id == actor.person.id
    return replace(seen, may_answer=of_other, may_take_back=may_take_back) if seen else None
