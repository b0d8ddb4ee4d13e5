"""Items: proposed, edited and withdrawn by the people who bring them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.cards import owe_cards, redraw_cards, tell_of_withdrawal
from bot.errors import NothingChanged
from bot.people import Actor
from bot.timetable import closes_on, ends_at, is_late, next_meeting
from storage.consortia import Collaborative, rotation
from storage.items import Item, ItemState, Wish, items_of_person, lock_item
from storage.people import curated_by
from storage.tenancy import Session


@dataclass(frozen=True)
class Proposal:
    """What somebody would like to bring. `minutes` is a length; all but the title may be left out."""

    title: str
    details: str | None = None
    wish: Wish | None = None
    minutes: int | None = None
    links: str | None = None
    lead: str | None = None
    on_behalf_of: str | None = None


@dataclass(frozen=True)
class Receipt:
    """What became of what somebody brought. Where `choices` are given, we must first know which is theirs."""

    items: list[Item]
    closes: date | None = None
    choices: Sequence[Collaborative] = ()


def propose(session: Session, actor: Actor, proposals: Sequence[Proposal], now: datetime) -> Receipt:
    """Put items before the next meeting's host. While we do not know whom the proposer is with, they stay drafts."""
    items = [_drafted(actor, proposal, now) for proposal in proposals]
    session.add_all(items)
    session.flush()
    if not is_known(session, actor):
        return Receipt(items, choices=rotation(session))
    return submit_all(session, actor, items, now)


def submit_all(session: Session, actor: Actor, items: list[Item], now: datetime) -> Receipt:
    for item in items:
        _submit(session, actor, item, now)
    return receipt_of(actor, items)


def receipt_of(actor: Actor, items: list[Item]) -> Receipt:
    meeting = items[0].meeting if items else None
    return Receipt(items, closes_on(actor.consortium, meeting) if meeting else None)


def is_known(session: Session, actor: Actor) -> bool:
    """Whether we need not ask which collaborative they are with."""
    person = actor.person
    return person.collaborative is not None or person.is_admin or bool(curated_by(session, person))


def edit(session: Session, actor: Actor, item_id: int, proposal: Proposal) -> Receipt:
    """Say it better. The host sees the new words; a published agenda keeps the old ones until it is published again.

    Raises NothingChanged if the item is gone or withdrawn, or if the host did not take it.
    """
    item = _own_item_that_can_change(session, item_id)
    item.title, item.details, item.wish = proposal.title, proposal.details, proposal.wish
    item.minutes, item.links, item.lead = proposal.minutes, proposal.links, proposal.lead
    redraw_cards(session, item)
    return receipt_of(actor, [item])


def withdraw(session: Session, actor: Actor, item_id: int, now: datetime) -> Item:
    """Take it back; hosts who counted on it hear so.

    Raises NothingChanged if the item is gone or withdrawn, if the host did not take it, or if its meeting is over.
    """
    item = _own_item_that_can_change(session, item_id)
    if item.state == ItemState.ON_AGENDA:
        _must_be_to_come(actor, item, now)
        tell_of_withdrawal(session, item, now)
    item.state, item.position = ItemState.WITHDRAWN, None
    redraw_cards(session, item)
    return item


def item_to_edit(session: Session, _actor: Actor, item_id: int) -> Item:
    """Raises NothingChanged if the item is gone or withdrawn, or if the host did not take it."""
    return _own_item_that_can_change(session, item_id)


def items_of(session: Session, actor: Actor) -> list[Item]:
    """Everything the person brought and did not withdraw, the newest first."""
    states = [state for state in ItemState if state != ItemState.WITHDRAWN]
    return items_of_person(session, actor.person, *states)


def drafts_of(session: Session, actor: Actor) -> list[Item]:
    return items_of_person(session, actor.person, ItemState.DRAFT)


def item_to_change(session: Session, item_id: int) -> Item:
    """Raises NothingChanged if the item is gone."""
    item = lock_item(session, item_id)
    if item is None:
        raise NothingChanged("This item is no longer here.")
    return item


def _drafted(actor: Actor, proposal: Proposal, now: datetime) -> Item:
    return Item(
        proposer=actor.person,
        collaborative=None,
        meeting=None,
        decided_by=None,
        state=ItemState.DRAFT,
        is_late=False,
        is_carried_over=False,
        decisions=0,
        created_at=now,
        **vars(proposal),
    )


def _must_be_to_come(actor: Actor, item: Item, now: datetime) -> None:
    if item.meeting and ends_at(actor.consortium, item.meeting) <= now:
        raise NothingChanged("The meeting that had this on its agenda is over.")


def _own_item_that_can_change(session: Session, item_id: int) -> Item:
    item = item_to_change(session, item_id)
    if item.state == ItemState.WITHDRAWN:
        raise NothingChanged("You have withdrawn this item already.")
    if item.told_state == ItemState.NOT_TAKEN:
        raise NothingChanged("The host has decided on this item already. To bring it again, add it anew.")
    return item


def _submit(session: Session, actor: Actor, item: Item, now: datetime) -> None:
    meeting = next_meeting(session, actor.consortium, now)
    item.state, item.submitted_at = ItemState.WAITING, now
    item.collaborative = actor.person.collaborative
    item.meeting = meeting
    item.is_late = meeting is not None and is_late(actor.consortium, meeting, now)
    session.flush()
    owe_cards(session, item, now)
