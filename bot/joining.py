"""Joining: two items that are about the same go together. Each keeps its author and its words, and both authors are told."""

from dataclasses import dataclass
from datetime import datetime

from bot.cards import take_back_cards
from bot.decisions import decide_as, must_be_for, must_not_be_over, must_stand_for_itself
from bot.errors import Name, NothingChanged, UserError
from bot.items_to_change import item_to_change
from bot.people import Actor
from bot.seen.items import DECIDED, ItemSeen, hosts_of, must_see, seen_items
from bot.seen.lists import Seen
from bot.taking_back import name_its_company_anew, take_back
from storage.items import Item, ItemState, item_by_id, items_of_meeting, lock_item, lock_items
from storage.meetings import lock_meeting
from storage.tenancy import Session

JOINABLE = (ItemState.ON_AGENDA, ItemState.WAITING)
"""What is kept or not taken is decided again before it goes together with anything."""


@dataclass(frozen=True)
class ToJoinSeen:
    """An item, and the others that are before its host for the same meeting: what is on the agenda first."""

    item: ItemSeen
    others: Seen[ItemSeen]


def to_join(
    session: Session, actor: Actor, item_id: int, now: datetime, meeting_id: int | None = None
) -> ToJoinSeen:
    """The item, as the form that joins it with another shows it. Raises NothingChanged as `join` does."""
    item = _item_to_join(session, actor, item_id, now, meeting_id)
    others = items_of_meeting(session, item.meeting, *JOINABLE) if item.meeting else []
    standing = [one for one in others if one is not item and one.joined_to_id is None]
    return ToJoinSeen(must_see(item, hosts_of(item)), seen_items(standing, hosts_of(item)))


def join(
    session: Session,
    actor: Actor,
    item_id: int,
    now: datetime,
    *,
    other_id: int,
    title: str | None = None,
    meeting_id: int | None = None,
) -> Item:
    """Let the item go together with the other, and give the one that stays: the item itself where it is on the agenda, or else the other. `title` is what that is called there.

    What is decided about it counts for both, and whoever brought the joined one hears so as of any decision. Raises NothingChanged if the
    item is gone, withdrawn, kept, not taken or joined by now, or if its meeting is over. Raises UserError, at the field "other", if the
    other is.
    """
    _hold_agenda_of(session, item_id)
    item = _item_to_join(session, actor, item_id, now, meeting_id)
    stays, joined = _other(session, item, other_id), item
    if item.state == ItemState.ON_AGENDA:
        stays, joined = joined, stays
    every = [joined, *joined.joined]
    for one in every:
        if one.state in DECIDED:
            take_back(session, actor.consortium, one, now)
    joined.join(stays, now)
    joined.leave_agenda()
    if title is not None:
        stays.placed_title = None if title == stays.title else title
    session.flush()
    for one in every:
        take_back_cards(session, one)
        if stays.state in DECIDED:
            decide_as(session, actor, one, stays, now)
    name_its_company_anew(session, stays)
    return stays


def take_apart(
    session: Session, actor: Actor, item_id: int, now: datetime, meeting_id: int | None = None
) -> Item:
    """The item stands for itself again, and waits for a decision of its own. If its proposer may have heard of that about both, they hear so.

    Raises NothingChanged if it goes together with no other, or if its meeting is over.
    """
    must_be_for(session, item_id, meeting_id)
    item = item_to_change(session, item_id, hosts_of)
    stayed = item.joined_to
    if stayed is None:
        raise NothingChanged("This item stands for itself already.")
    must_not_be_over(actor, item, now)
    item.part()
    session.flush()
    take_back(session, actor.consortium, item, now)
    for one in (stayed, item):
        name_its_company_anew(session, one)
    return item


def _hold_agenda_of(session: Session, item_id: int) -> None:
    """Nobody else decides on the items of its meeting until the transaction ends."""
    known = item_by_id(session, item_id)
    meeting = lock_meeting(session, known.meeting_id) if known and known.meeting_id else None
    if meeting is not None:
        lock_items(session, meeting)


def _item_to_join(
    session: Session, actor: Actor, item_id: int, now: datetime, meeting_id: int | None
) -> Item:
    must_be_for(session, item_id, meeting_id)
    item = item_to_change(session, item_id, hosts_of)
    if item.state == ItemState.WITHDRAWN:
        raise NothingChanged("{name} has withdrawn this item.", name=Name(item.proposer.name))
    must_stand_for_itself(item)
    if item.state not in JOINABLE or item.meeting is None:
        raise NothingChanged(
            "This item is no longer before you. To join it with another, decide again first."
        )
    must_not_be_over(actor, item, now)
    return item


def _other(session: Session, item: Item, other_id: int) -> Item:
    other = lock_item(session, other_id)
    if (
        other is None
        or other is item
        or other.meeting_id != item.meeting_id
        or other.state not in JOINABLE
        or other.joined_to_id is not None
    ):
        raise UserError(
            "That item is no longer before you for this meeting. Please choose another.", field="other"
        )
    return other
