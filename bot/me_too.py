"""Me too: anybody says that they want to talk about what somebody else brought. That names them, and ranks nothing."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.agenda import ON_A_PAGE, told_agenda
from bot.audiences import EVERYBODY
from bot.errors import Name, NothingChanged
from bot.items_to_read import item_to_read
from bot.people import Actor
from bot.seen.agenda import AgendaSeen
from bot.seen.items import ItemRead, gone
from bot.seen.knowing import may_see
from bot.seen.me_too import ToSaySeen
from bot.timetable import next_meeting
from bot.who_says_me_too import may_be_said_of
from storage import outbox
from storage.items import TAKEN_OFF, Item, items_with_ids, lock_items_with_ids
from storage.me_too import items_with_me_too_of, say_me_too, say_me_too_no_more
from storage.post_kinds import PostKind
from storage.tenancy import Session

SayOfOne = Callable[[Session, Actor, int, datetime], ItemRead]


def to_say(session: Session, actor: Actor, now: datetime, page: int = 0) -> ToSaySeen:
    """A page of the list as everybody sees it, without what they brought themselves."""
    meeting = next_meeting(session, actor.consortium, now)
    agenda = told_agenda(session, actor.consortium, meeting, now, ON_A_PAGE, page)
    ids = [item.id for items in agenda.lists.values() for item in items.shown]
    own = {item.id for item in items_with_ids(session, ids) if item.proposer_id == actor.person.id}
    said = items_with_me_too_of(session, actor.person, ids)
    return ToSaySeen(_without(agenda, own), frozenset(said - own))


def _without(agenda: AgendaSeen, own: Collection[int]) -> AgendaSeen:
    others = {
        state: replace(items, shown=tuple(item for item in items.shown if item.id not in own))
        for state, items in agenda.lists.items()
    }
    return replace(agenda, lists=others)


def say(
    session: Session,
    actor: Actor,
    more: Collection[int],
    no_more: Collection[int],
    now: datetime,
    page: int = 0,
) -> ToSaySeen:
    """Say it of these items, take it back of those, and give that page as it stands then. What is their own is left."""
    touched = lock_items_with_ids(session, {*more, *no_more})
    others = [item for item in touched if item.proposer_id != actor.person.id]
    open_to_all = [item for item in others if may_be_said_of(actor.consortium, item, now)]
    changed = [item for item in open_to_all if item.id in more and said_by(session, actor, item)]
    changed += _take_back(session, actor, [item for item in others if item.id in no_more])
    redraw_names(session, changed)
    is_gone = {item.id for item in others if item not in open_to_all} & set(more)
    return replace(to_say(session, actor, now, page), gone=len(is_gone))


def say_of_one(session: Session, actor: Actor, item_id: int, now: datetime) -> ItemRead:
    """Say it of one item, and give that as it reads then. Raises NothingChanged if it is gone or their own, if they said so already, or if it is not to be talked about any more."""
    item = _of_others(session, actor, item_id)
    if not may_be_said_of(actor.consortium, item, now):
        raise _why_not(item)
    if not said_by(session, actor, item):
        raise NothingChanged("You said “Me too” already.")
    redraw_names(session, [item])
    return item_to_read(session, actor, item_id, now)


def take_back_of_one(session: Session, actor: Actor, item_id: int, now: datetime) -> ItemRead:
    """Raises NothingChanged if it is gone or their own, or if they do not say so."""
    item = _of_others(session, actor, item_id)
    if not _take_back(session, actor, [item]):
        raise NothingChanged("You did not say “Me too” here.")
    redraw_names(session, [item])
    return item_to_read(session, actor, item_id, now)


def redraw_names(session: Session, items: Sequence[Item]) -> None:
    """Those who decide read who else wants to talk about them, and everybody who talks about them separately."""
    together = {one.id for item in items for one in item.together}
    if together:
        session.flush()
        for kind in (PostKind.CARD, PostKind.SEPARATE_TALK):
            outbox.refresh_all(session, kind, subject_ids=together)


def said_by(session: Session, actor: Actor, item: Item) -> bool:
    """They say it of the item from now on. Say whether that is new."""
    is_new = say_me_too(session, item, actor.person)
    item.me_toos += is_new
    return is_new


def _take_back(session: Session, actor: Actor, items: Sequence[Item]) -> list[Item]:
    """Those of which they said it."""
    said = items_with_me_too_of(session, actor.person, [item.id for item in items])
    theirs = [item for item in items if item.id in said]
    for item in theirs:
        say_me_too_no_more(session, item, actor.person)
    return theirs


def _of_others(session: Session, actor: Actor, item_id: int) -> Item:
    found = [item for item in lock_items_with_ids(session, [item_id]) if may_see(item, EVERYBODY)]
    if not found:
        raise gone()
    [item] = found
    if item.proposer_id == actor.person.id:
        raise NothingChanged("You brought this item yourself.")
    return item


def _why_not(item: Item) -> NothingChanged:
    if item.state in TAKEN_OFF:
        return NothingChanged("{name} has taken this item off the list.", name=Name(item.proposer.name))
    return NothingChanged("This item is not on the list any more.")
