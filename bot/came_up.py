"""What comes up in the room: brought while the meeting is under way, it is for today, or its author keeps it for next time."""

from collections.abc import Sequence
from datetime import datetime

from bot.audiences import EVERYBODY, reader
from bot.cards import owe_cards, redraw_cards, take_back_cards
from bot.daily_measure import MOST_A_DAY, must_be_bearable
from bot.decisions import take_up_at_once
from bot.doors import redraw_doors
from bot.errors import NothingChanged, Words
from bot.items import Proposal, Receipt, drafted, propose, receipt_of, submit
from bot.items_to_change import own_item_that_can_change
from bot.leading import leads
from bot.people import Actor
from bot.seen.items import ItemSeen, must_see
from bot.seen.knowing import known_state
from bot.seen.meetings import MeetingSeen, seen_meeting
from bot.taking_back import take_off_alone
from bot.timetable import is_under_way, next_meeting
from storage.items import Item, ItemState
from storage.meetings import Meeting, lock_meeting
from storage.tenancy import Session


def meeting_under_way(
    session: Session, actor: Actor, now: datetime, meeting_id: int | None = None
) -> MeetingSeen:
    """The meeting, as the form shows it. Raises NothingChanged as `bring_up` does."""
    return seen_meeting(_under_way(session, actor, now, meeting_id))


def bring_up(
    session: Session,
    actor: Actor,
    proposals: Sequence[Proposal],
    now: datetime,
    most_a_day: int = MOST_A_DAY,
    meeting_id: int | None = None,
) -> Receipt:
    """Bring what came up to the meeting that is under way. From its host's team, and from who takes notes, it is on the agenda at once; from others it is before the host.

    `meeting_id`: for which it was asked. Raises NothingChanged if no meeting is under way, or another one, or if it is more than one person may bring in a day.
    """
    meeting = _under_way(session, actor, now, meeting_id)
    if not leads(session, actor, meeting, now):
        return propose(session, actor, proposals, now, most_a_day)
    must_be_bearable(session, actor, len(proposals), most_a_day, now, field="title")
    items = drafted(actor, proposals, now)
    session.add_all(items)
    for item in items:
        submit(actor, item, meeting, now)
        session.flush()
        take_up_at_once(session, actor, item, now)
    redraw_doors(session, actor.consortium.id)
    return receipt_of(actor, items)


def keep_for_next_time(session: Session, actor: Actor, item_id: int, now: datetime) -> ItemSeen:
    """Its author lets it wait: today's host need not decide, and the next host reads it after the meeting.

    Raises NothingChanged if it did not come up in a meeting that is under way, or if its host has decided.
    """
    item = _own_item_of_today(session, actor, item_id, now)
    if _waits_for_next_time(item):
        raise NothingChanged("You keep this for the next meeting already.")
    if item.state != ItemState.WAITING:
        raise _is_with_host(item)
    take_off_alone(session, actor.consortium, item, ItemState.HELD, now)
    item.told_at = now
    take_back_cards(session, item)
    return must_see(item, reader(actor.person.id))


def bring_today(session: Session, actor: Actor, item_id: int, now: datetime) -> ItemSeen:
    """Its author wants it today: it is before the host, also where they kept it for the next time before. Raises NothingChanged as `keep_for_next_time` does."""
    item = _own_item_of_today(session, actor, item_id, now)
    if _waits_for_next_time(item):
        item.state, item.told_at = ItemState.WAITING, None
        session.flush()
        redraw_cards(session, item)
        owe_cards(session, item, now)
    elif known_state(item, EVERYBODY) != ItemState.WAITING:
        raise _is_with_host(item)
    return must_see(item, reader(actor.person.id))


def _under_way(session: Session, actor: Actor, now: datetime, meeting_id: int | None) -> Meeting:
    """The meeting, whose agenda nobody else adds to in this way until the transaction ends."""
    upcoming = next_meeting(session, actor.consortium, now)
    meeting = lock_meeting(session, upcoming.id) if upcoming else None
    if (
        meeting is None
        or not is_under_way(actor.consortium, meeting, now)
        or meeting_id not in (None, meeting.id)
    ):
        raise NothingChanged(
            "No meeting is under way.",
            field="title",
            then=Words("To bring this to the next meeting, press “Add an item”."),
        )
    return meeting


def _own_item_of_today(session: Session, actor: Actor, item_id: int, now: datetime) -> Item:
    item = own_item_that_can_change(session, actor, item_id, now)
    is_of_today = item.meeting is not None and is_under_way(actor.consortium, item.meeting, now)
    if not (item.came_up and is_of_today):
        raise NothingChanged("This item is not for today any more.")
    return item


def _waits_for_next_time(item: Item) -> bool:
    """As its author said, and no host."""
    return item.state == ItemState.HELD and item.decided_at is None


def _is_with_host(item: Item) -> NothingChanged:
    """In words that do not tell what was decided."""
    host = item.meeting.host.name if item.meeting else ""
    return NothingChanged("{host} is looking at this item. Say in the room what you would like.", host=host)
