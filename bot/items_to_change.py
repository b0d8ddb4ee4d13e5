"""Items to act on: found for those who may, with why they stay as they are."""

from collections.abc import Callable
from datetime import datetime

from bot.audiences import EVERYBODY, Audience, reader
from bot.errors import NothingChanged
from bot.people import Actor
from bot.seen.items import gone
from bot.seen.knowing import known_state, may_see
from bot.timetable import is_over
from storage.items import TAKEN_OFF, Item, ItemState, lock_item
from storage.tenancy import Session


def item_to_change(session: Session, item_id: int, audience_of: Callable[[Item], Audience]) -> Item:
    """The item, to act on. Raises NothingChanged if it is gone, or if its audience may not see it."""
    item = lock_item(session, item_id)
    if item is None or not may_see(item, audience_of(item)):
        raise gone()
    return item


def own_item(session: Session, actor: Actor, item_id: int) -> Item:
    return item_to_change(session, item_id, lambda _item: reader(actor.person.id))


def own_item_that_can_change(session: Session, actor: Actor, item_id: int, now: datetime) -> Item:
    item = own_item(session, actor, item_id)
    refusal = why_it_stays(actor, item, now)
    if refusal is not None:
        raise refusal
    return item


def why_it_stays(actor: Actor, item: Item, now: datetime) -> NothingChanged | None:
    """Why its author can't change it any more, as far as they may know; None if they can."""
    if item.state == ItemState.WITHDRAWN:
        return NothingChanged("You have withdrawn this item already.")
    if item.state == ItemState.SOLVED:
        return NothingChanged("You said already that this is solved.")
    if known_state(item, EVERYBODY) == ItemState.NOT_TAKEN:
        return NothingChanged("The host has decided on this item already. To bring it again, add it anew.")
    if _had_its_time(actor, item, now):
        return NothingChanged(
            "The meeting that had this on its agenda is over. To bring it again, add it anew."
        )
    return None


def may_take_up(actor: Actor, item: Item, now: datetime) -> bool:
    """Whether its author can have a thread opened about it: no host has anything to decide about it any more, and there is none yet."""
    is_over = item.state == ItemState.RESTING or why_it_stays(actor, item, now) is not None
    return is_over and item.state not in TAKEN_OFF and not item.is_talked_about_separately


def _had_its_time(actor: Actor, item: Item, now: datetime) -> bool:
    """It was on the agenda of a meeting that is over. What else is left of that goes to the next host."""
    if item.state != ItemState.ON_AGENDA or item.meeting is None:
        return False
    return is_over(actor.consortium, item.meeting, now)
