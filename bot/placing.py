"""Placing: what a host makes of an agenda: how each item stands there, in which order, and how the time is shared out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.cards import redraw_cards, redraw_lists
from bot.decisions import must_be_for, must_not_be_over, must_stand_for_itself
from bot.errors import NothingChanged, UserError
from bot.expected import redraw_what_tells_of
from bot.fingerprints import Fingerprint, fingerprint
from bot.items_to_change import item_to_change
from bot.meetings_to_change import meeting_to_change
from bot.people import Actor
from bot.reading.orders import in_typed_order
from bot.seen.items import ItemRead, ItemSeen, hosts_of, must_see, seen_items
from bot.seen.lists import Seen
from bot.seen.questions import seen_questions
from bot.who_says_me_too import me_too_of
from storage import outbox
from storage.items import Item, ItemState, agenda_of_meeting, item_by_id, lock_items
from storage.meetings import Meeting, lock_meeting
from storage.post_kinds import PostKind
from storage.questions import questions_of_item
from storage.tenancy import Session

Value = TypeVar("Value", str, int)
EARLIER, LATER, FIRST = "earlier", "later", "first"
WAYS = (EARLIER, LATER, FIRST)
LEAST_TO_ORDER = 2


@dataclass(frozen=True)
class Placed:
    """How an item is to stand on the agenda; None: as its author has said, and under no heading of its own."""

    title: str | None = None
    minutes: int | None = None
    lead: str | None = None
    heading: str | None = None


@dataclass(frozen=True)
class NotForItems:
    """Minutes of a meeting that are not for items: to open it, for breaks, and for what comes up."""

    opening: int
    breaks: int
    reserve: int


@dataclass(frozen=True)
class ToOrderSeen:
    """What is on the agenda of a meeting, in its order. `mark` tells this order from every other."""

    meeting_id: int
    items: Seen[ItemSeen]
    mark: Fingerprint


def move(
    session: Session, actor: Actor, item_id: int, way: str, now: datetime, meeting_id: int | None = None
) -> Meeting:
    """Move an item on the agenda: `way` is one of WAYS. Raises NothingChanged if it can't go further that way, or is not on the agenda of this meeting."""
    item, meeting = _placed_item(session, actor, item_id, now, meeting_id)
    order = agenda_of_meeting(session, meeting)
    before = next(index for index, other in enumerate(order) if other is item)
    after = {EARLIER: before - 1, LATER: before + 1, FIRST: 0}[way]
    if after == before or not 0 <= after < len(order):
        raise NothingChanged("This item can't go any further that way.")
    order.insert(after, order.pop(before))
    _number(session, meeting, order)
    return meeting


def _placed_item(
    session: Session, actor: Actor, item_id: int, now: datetime, meeting_id: int | None
) -> tuple[Item, Meeting]:
    """An item that is on the agenda of this meeting, whose order nobody else changes until the transaction ends. Raises NothingChanged if it is not, or if the meeting is over.

    The meeting is locked first, and then the item, as whoever publishes does.
    """
    known = item_by_id(session, item_id)
    if known is not None and known.meeting_id is not None:
        lock_meeting(session, known.meeting_id)
    must_be_for(session, item_id, meeting_id)
    item = item_to_change(session, item_id, hosts_of)
    must_stand_for_itself(item)
    if item.state != ItemState.ON_AGENDA or item.meeting is None:
        raise NothingChanged("This item is no longer on the agenda.")
    must_not_be_over(actor, item, now)
    return item, item.meeting


def share_out(session: Session, actor: Actor, meeting_id: int, wanted: NotForItems, now: datetime) -> Meeting:
    """Say how the minutes of a meeting are shared out. What tells of its agenda is drawn anew.

    Raises UserError, at a field, if nothing is left for items. Raises NothingChanged if the meeting is gone, over or cancelled.
    """
    meeting = meeting_to_change(session, actor, meeting_id, now)
    if wanted.opening + wanted.breaks + wanted.reserve >= meeting.minutes:
        raise UserError(
            "That leaves nothing for items: the meeting takes {length} minutes.",
            field="reserve",
            length=meeting.minutes,
        )
    meeting.opening, meeting.breaks, meeting.reserve = wanted.opening, wanted.breaks, wanted.reserve
    session.flush()
    redraw_what_tells_of(session, meeting, (PostKind.AGENDA, PostKind.CALL))
    return meeting


def item_to_place(
    session: Session, actor: Actor, item_id: int, now: datetime, meeting_id: int | None = None
) -> ItemRead:
    """The whole of an item, as the form that places it shows it. Raises NothingChanged as `place` does."""
    item, _meeting = _placed_item(session, actor, item_id, now, meeting_id)
    return ItemRead(
        must_see(item, hosts_of(item)),
        actor.consortium.timezone,
        is_closed=False,
        may_remove=True,
        questions=seen_questions(questions_of_item(session, item), hosts_of(item)),
        me_too=me_too_of(session, item, hosts_of(item)),
    )


def place(
    session: Session, actor: Actor, item_id: int, wanted: Placed, now: datetime, meeting_id: int | None = None
) -> Meeting:
    """Say how the item stands on the agenda. Its author's own words stay with it, and its author is told with the decision.

    Raises NothingChanged if it is not on the agenda of this meeting any more, or if that is over.
    """
    item, meeting = _placed_item(session, actor, item_id, now, meeting_id)
    item.placed_title = _if_another(wanted.title, item.title)
    item.placed_minutes = _if_another(wanted.minutes, item.minutes)
    item.placed_lead = _if_another(wanted.lead, item.lead)
    if wanted.heading != item.heading:
        item.heading = wanted.heading
        _stand_with_its_heading(session, meeting, item)
    session.flush()
    redraw_cards(session, item)
    outbox.refresh(session, PostKind.OUTCOME, subject_id=item.id)
    return meeting


def _if_another(wanted: Value | None, brought: Value | None) -> Value | None:
    return None if wanted == brought else wanted


def _stand_with_its_heading(session: Session, meeting: Meeting, item: Item) -> None:
    """After the last of the others under its heading, if there are any."""
    order = agenda_of_meeting(session, meeting)
    others = [other for other in order if other is not item]
    alike = [place for place, other in enumerate(others) if item.heading and other.heading == item.heading]
    if alike:
        others.insert(alike[-1] + 1, item)
        _number(session, meeting, others)


def to_order(session: Session, actor: Actor, meeting_id: int, now: datetime) -> ToOrderSeen:
    """The agenda, as the form that takes its order shows it. Raises NothingChanged if the meeting is gone, over or cancelled, or if there is nothing to order."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    order = agenda_of_meeting(session, meeting)
    if len(order) < LEAST_TO_ORDER:
        raise NothingChanged("An order needs two items on the agenda. There are fewer now.")
    return ToOrderSeen(meeting.id, seen_items(order, hosts_of(order[0])), _mark(order))


def put_in_order(
    session: Session, actor: Actor, meeting_id: int, typed: str, mark: str, now: datetime
) -> Meeting:
    """Bring the agenda into the order that was typed as numbers; those of which none was typed follow as they were.

    `mark` is of the order whose numbers were read. Raises UserError, at the field "order", if that stands no more, or if
    the numbers can't be read. Raises NothingChanged if the meeting is gone, over or cancelled.
    """
    meeting = meeting_to_change(session, actor, meeting_id, now)
    lock_items(session, meeting)
    order = agenda_of_meeting(session, meeting)
    if mark != _mark(order):
        raise UserError(
            "The agenda has changed, so these numbers may mean other items. Close this, and open it again.",
            field="order",
        )
    try:
        wanted = in_typed_order(typed, order)
    except UserError as refused:
        refused.field = "order"
        raise
    _number(session, meeting, wanted)
    return meeting


def _number(session: Session, meeting: Meeting, order: Sequence[Item]) -> None:
    """What tells of the agenda is drawn anew: another order is another agenda."""
    for position, item in enumerate(order, start=1):
        item.position = position
    session.flush()
    redraw_lists(session, meeting)


def _mark(order: Sequence[Item]) -> Fingerprint:
    return fingerprint(item.id for item in order)
