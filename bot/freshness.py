"""Freshness: what becomes of items without which meetings are held. Their authors say whether they still want them, and what rests is brought back."""

from datetime import datetime

from bot.audiences import EVERYBODY, reader
from bot.cards import owe_cards, redraw_cards
from bot.errors import NothingChanged, Words
from bot.items import take_off
from bot.items_to_change import (
    item_to_change,
    may_take_up,
    own_item,
    own_item_that_can_change,
    why_it_stays,
)
from bot.people import Actor
from bot.question_posts import owe_open_questions, redraw_questions
from bot.seen.items import (
    DECIDED,
    NOBODY_ELSE,
    ItemSeen,
    Names,
    OwnSeen,
    ToldSeen,
    hosts_of,
    must_see,
    seen_item,
)
from bot.seen.knowing import known_state
from bot.timetable import is_closed, is_over, next_meeting
from bot.word_to_proposers import count_what_may_have_been_told
from storage import outbox
from storage.consortia import Consortium
from storage.items import Item, ItemState
from storage.post_kinds import PostKind
from storage.results import results_of_item
from storage.tenancy import Session

ASKED_AFTER, RESTS_AFTER = 2, 3
"""After so many meetings were held without an item, its author is asked whether they still want it, and it rests."""
BROUGHT_BACK = (ItemState.RESTING, ItemState.SOLVED)


def was_passed_over(consortium: Consortium, item: Item, now: datetime) -> bool:
    """Whether its meeting was held without it: the host decided nothing about it, or did not come to it.

    What a host keeps on purpose was read, and its author was told that it goes on. That a meeting is cancelled says nothing of its
    items. And of a copy that nobody has carried over yet the meeting has just talked.
    """
    was_held = item.meeting is not None and is_over(consortium, item.meeting, now)
    is_new_copy = item.original_id is not None and not item.is_carried_over
    return item.state == ItemState.WAITING and was_held and not is_new_copy


def pass_over(session: Session, item: Item) -> None:
    """Count it. From the third meeting on it rests, but where this host had it on the agenda: what a host wants goes on."""
    was_on_agenda = any(one.meeting_id == item.meeting_id for one in results_of_item(session, item))
    item.carry_overs += 1
    if item.carry_overs >= RESTS_AFTER and not was_on_agenda:
        item.state = ItemState.RESTING


def was_not_passed_over(session: Session, item: Item) -> None:
    """Its meeting came to it after all, so it counts no more, and nobody is asked because of that."""
    item.carry_overs = max(item.carry_overs - 1, 0)
    outbox.withhold_all(session, PostKind.STILL_WANTED, subject_id=item.id)


def ask_once(session: Session, item: Item, now: datetime) -> bool:
    """Ask its author whether they still want it, if it is time for that; say whether this is asked now. An item is asked about once for ever."""
    if item.carry_overs != ASKED_AFTER:
        return False
    key, place = PostKind.STILL_WANTED.key(item=item.id), item.proposer.user_id
    return outbox.owe_again(session, PostKind.STILL_WANTED, key, subject_id=item.id, place=place, due=now)


def as_own(
    actor: Actor,
    item: Item,
    now: datetime,
    told: tuple[ToldSeen, ...] = (),
    me_too: Names = NOBODY_ELSE,
) -> OwnSeen | None:
    """The item as its author sees it."""
    seen = seen_item(item, reader(item.proposer_id))
    if seen is None:
        return None
    can_change = why_it_stays(actor, item, now) is None
    is_asked = seen.state == ItemState.WAITING and item.carry_overs >= ASKED_AFTER
    return OwnSeen(
        seen,
        can_change,
        told,
        is_asked=is_asked,
        is_wanted=item.wanted_at is not None,
        me_too=me_too,
        may_take_up=may_take_up(actor, item, now),
    )


def keep(session: Session, actor: Actor, item_id: int, now: datetime) -> ItemSeen:
    """Its author still wants it. Raises NothingChanged if they said so already, or are not asked, or if it does not wait for a host."""
    item = own_item_that_can_change(session, actor, item_id, now)
    if item.state == ItemState.RESTING:
        raise NothingChanged(
            "This item rests by now.", then=Words("To bring it back, press “My items”, then “Bring it back”.")
        )
    if known_state(item, EVERYBODY) != ItemState.WAITING:
        raise NothingChanged("The host has decided on this item already.")
    if item.wanted_at is not None:
        raise NothingChanged("You said already that you still want this.")
    if item.carry_overs < ASKED_AFTER:
        raise NothingChanged("This item is on the list. You need to do nothing.")
    item.wanted_at = now
    redraw_questions(session, item)
    return must_see(item, reader(actor.person.id))


def solve(session: Session, actor: Actor, item_id: int, now: datetime) -> ItemSeen:
    """It needs no meeting any more: it leaves the list, and hosts who counted on it hear so. Raises NothingChanged as `withdraw` does."""
    item = own_item_that_can_change(session, actor, item_id, now)
    if item.state == ItemState.DRAFT:
        raise NothingChanged("This item is not handed in yet.")
    was_decided = item.state in DECIDED
    take_off(session, actor, item, ItemState.SOLVED, now)
    if was_decided:
        count_what_may_have_been_told(session, item)
        item.decided_by, item.decided_at, item.told_at = None, None, None
        item.reason = item.note = None
    return must_see(item, reader(actor.person.id))


def bring_back(session: Session, actor: Actor, item_id: int, now: datetime) -> ItemSeen:
    """What rests, or is not solved after all, waits for the next host, with what goes together with it. Raises NothingChanged if it is neither, or is gone."""
    item = own_item(session, actor, item_id)
    if item.state not in BROUGHT_BACK:
        raise NothingChanged("This item does not rest, so there is nothing to bring back.")
    if item.carry_overs >= ASKED_AFTER:
        item.wanted_at = now
    for one in item.together:
        _wait_again(session, actor, one, now)
    return must_see(item, reader(actor.person.id))


def wake(session: Session, actor: Actor, item_id: int, now: datetime) -> Item:
    """A host brings back what rests. Raises NothingChanged if it does not."""
    item = item_to_change(session, item_id, hosts_of)
    if item.state != ItemState.RESTING:
        raise NothingChanged("This item does not rest any more.")
    for one in item.together:
        _wait_again(session, actor, one, now)
    return item


def solved_item(session: Session, actor: Actor, item_id: int) -> ItemSeen:
    """What was learned of it is to be kept. Raises NothingChanged if its author does not say that it is solved."""
    item = own_item(session, actor, item_id)
    if item.state != ItemState.SOLVED:
        raise NothingChanged("You brought this item back, so it is not solved.")
    return must_see(item, reader(actor.person.id))


def _wait_again(session: Session, actor: Actor, item: Item, now: datetime) -> None:
    """With its meeting while that is to come, or else with the next."""
    item.state = ItemState.WAITING
    if item.meeting is None or is_closed(actor.consortium, item.meeting, now):
        item.meeting = next_meeting(session, actor.consortium, now)
        item.is_late = item.came_up = False
    session.flush()
    outbox.withhold_all(session, PostKind.WITHDRAWAL, subject_id=item.id)
    outbox.refresh(session, PostKind.WITHDRAWAL, subject_id=item.id)
    redraw_cards(session, item)
    redraw_questions(session, item)
    owe_cards(session, item, now)
    owe_open_questions(session, item, now)
