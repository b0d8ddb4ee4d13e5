"""Items: proposed, edited and withdrawn by the people who bring them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.audiences import EVERYBODY, reader
from bot.cards import owe_cards, redraw_cards, take_back_cards, tell_of_withdrawal
from bot.daily_measure import MOST_A_DAY, must_be_bearable
from bot.doors import redraw_doors
from bot.errors import NothingChanged, Words
from bot.expected import redraw_what_tells_of
from bot.items_to_change import own_item, own_item_that_can_change
from bot.people import Actor
from bot.question_posts import redraw_questions
from bot.reading.text import cut
from bot.seen.items import ItemSeen, must_see, seen_items
from bot.seen.knowing import known_state
from bot.seen.settings import CollaborativeSeen, seen_collaborative
from bot.taking_back import take_off_alone
from bot.timetable import closes_on, is_late, is_under_way, next_meeting
from storage.brought import items_of_person
from storage.consortia import Consortium, rotation
from storage.items import Item, ItemState, Wish
from storage.meetings import Meeting
from storage.people import curated_by
from storage.post_kinds import PostKind
from storage.tenancy import Session

COUNT_ITEMS = (PostKind.STILL_WAITING, PostKind.NOTHING_YET)
"""What tells its host how many wait, and asks others whether they have something to bring."""


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

    items: tuple[ItemSeen, ...]
    closes: date | None = None
    choices: tuple[CollaborativeSeen, ...] = ()


def propose(
    session: Session,
    actor: Actor,
    proposals: Sequence[Proposal],
    now: datetime,
    most_a_day: int = MOST_A_DAY,
    *,
    is_for_the_one_after: bool = False,
) -> Receipt:
    """Put items before the next meeting's host, or keep them for the one after. While we do not know whom the proposer is with, they stay drafts.

    Where there is no collaborative yet, nobody can say that they are with one, and nobody is asked.
    Raises NothingChanged if it is more than one person may bring in a day.
    """
    must_be_bearable(session, actor, len(proposals), most_a_day, now, field="title")
    offered = () if is_known(session, actor) else choices(session, actor)
    if offered and len(drafts_of(session, actor)) + len(proposals) > most_a_day:
        raise NothingChanged(  # one answer hands in all of them
            "What you brought before still waits for you to say which {collaborative} you are with.",
            field="title",
            then=Words("Press “My items” and answer, then bring more."),
        )
    items = drafted(actor, proposals, now)
    if not offered:
        hand_in = keep_all if is_for_the_one_after else submit_all
        return hand_in(session, actor, items, now)
    session.add_all(items)
    session.flush()
    return Receipt(_own(actor, items), choices=offered)


def choices(session: Session, _actor: Actor) -> tuple[CollaborativeSeen, ...]:
    """The collaboratives of which a newcomer names theirs."""
    return tuple(map(seen_collaborative, rotation(session)))


def choices_to_make(session: Session, actor: Actor) -> tuple[CollaborativeSeen, ...]:
    """The same, to be chosen from. Raises NothingChanged if there is none."""
    offered = choices(session, actor)
    if not offered:
        raise NothingChanged(
            "There is no {collaborative} here yet, and what you wrote is kept.",
            then=Words("An admin adds them with /agenda setup."),
        )
    return offered


def submit_all(session: Session, actor: Actor, items: list[Item], now: datetime) -> Receipt:
    """Put drafts before the next meeting's host, also such as are in no table yet."""
    meeting = next_meeting(session, actor.consortium, now)
    for item in items:
        submit(actor, item, meeting, now)
    session.add_all(items)
    session.flush()
    for item in items:
        owe_cards(session, item, now)
    _redraw_what_counts_them(session, meeting)
    return receipt_of(actor, items)


def keep_all(session: Session, actor: Actor, items: list[Item], now: datetime) -> Receipt:
    """Keep drafts for the host after the next: the next one has nothing to decide about them."""
    meeting = next_meeting(session, actor.consortium, now)
    for item in items:
        submit(actor, item, meeting, now)
        item.state, item.told_at = ItemState.HELD, now
        item.is_late = item.came_up = False
    session.add_all(items)
    session.flush()
    _redraw_what_counts_them(session, meeting)
    return receipt_of(actor, items)


def _redraw_what_counts_them(session: Session, meeting: Meeting | None) -> None:
    if meeting is not None:
        redraw_what_tells_of(session, meeting, COUNT_ITEMS)


def receipt_of(actor: Actor, items: list[Item]) -> Receipt:
    meeting = items[0].meeting if items else None
    return Receipt(_own(actor, items), closes_on(actor.consortium, meeting) if meeting else None)


def _own(actor: Actor, items: list[Item]) -> tuple[ItemSeen, ...]:
    return seen_items(items, reader(actor.person.id)).shown


def is_known(session: Session, actor: Actor) -> bool:
    """Whether we need not ask which collaborative they are with."""
    person = actor.person
    return person.collaborative is not None or person.is_admin or bool(curated_by(session, person))


def edit(session: Session, actor: Actor, item_id: int, sent: Proposal, shown: int, now: datetime) -> Receipt:
    """Say it better. The host sees the new words; a published agenda keeps the old ones until it is published again.

    `shown` is how many characters of the details the form could show.
    Raises NothingChanged if the item is gone or withdrawn, if the host did not take it, or if its meeting is over.
    """
    item = own_item_that_can_change(session, actor, item_id, now)
    proposal = _uncut(sent, item.details, shown)
    item.title, item.details, item.wish = proposal.title, proposal.details, proposal.wish
    item.minutes, item.links = proposal.minutes, proposal.links
    item.lead, item.on_behalf_of = proposal.lead, proposal.on_behalf_of
    redraw_cards(session, item)
    redraw_questions(session, item)
    return receipt_of(actor, [item])


def withdraw(session: Session, actor: Actor, item_id: int, now: datetime) -> ItemSeen:
    """Take it back; hosts who counted on it hear so. What was joined to it is before them again, and what it was joined to stays.

    Raises NothingChanged if the item is gone or withdrawn, if the host did not take it, or if its meeting is over.
    """
    item = own_item_that_can_change(session, actor, item_id, now)
    take_off(session, actor, item, ItemState.WITHDRAWN, now)
    return must_see(item, reader(actor.person.id))


def take_off(session: Session, actor: Actor, item: Item, state: ItemState, now: datetime) -> None:
    """Its author takes it off the list, for the reason that this state tells."""
    if item.state == ItemState.ON_AGENDA:
        redraw_doors(session, actor.consortium.id)
        if item.joined_to is None:
            tell_of_withdrawal(session, item, now)
    take_off_alone(session, actor.consortium, item, state, now)
    take_back_cards(session, item)


def item_to_edit(session: Session, actor: Actor, item_id: int, now: datetime) -> ItemSeen:
    """The item, as the form that edits it shows it.

    Raises NothingChanged if the item is gone or withdrawn, if the host did not take it, or if its meeting is over.
    """
    return must_see(own_item_that_can_change(session, actor, item_id, now), reader(actor.person.id))


def item_to_bring_again(session: Session, actor: Actor, item_id: int) -> ItemSeen:
    """The item, as the form that brings it again shows it. Raises NothingChanged if it is gone."""
    return must_see(own_item(session, actor, item_id), reader(actor.person.id))


def bring_again(
    session: Session,
    actor: Actor,
    item_id: int,
    sent: Proposal,
    shown: int,
    now: datetime,
    most_a_day: int = MOST_A_DAY,
) -> Receipt:
    """A new item, in the words of one before. A host who has just said no is not asked again for the same meeting.

    `shown` is how many characters of the details the form could show.
    """
    before = own_item(session, actor, item_id)
    return propose(
        session,
        actor,
        [_uncut(sent, before.details, shown)],
        now,
        most_a_day,
        is_for_the_one_after=_was_refused_by_the_next_host(session, actor, before, now),
    )


def _uncut(sent: Proposal, details: str | None, shown: int) -> Proposal:
    """Details that the form could show only in part, and that nobody touched, stay whole."""
    is_untouched = details is not None and sent.details == cut(details, shown).strip()
    return replace(sent, details=details) if is_untouched else sent


def drafts_of(session: Session, actor: Actor) -> list[Item]:
    return items_of_person(session, actor.person, ItemState.DRAFT)


def drafted(actor: Actor, proposals: Sequence[Proposal], now: datetime) -> list[Item]:
    """They are in no table yet."""
    return [_drafted(actor, proposal, now) for proposal in proposals]


def _drafted(actor: Actor, proposal: Proposal, now: datetime) -> Item:
    return Item(
        proposer=actor.person,
        collaborative=None,
        meeting=None,
        decided_by=None,
        state=ItemState.DRAFT,
        is_late=False,
        came_up=False,
        is_carried_over=False,
        decisions=0,
        created_at=now,
        **vars(proposal),
    )


def _was_refused_by_the_next_host(session: Session, actor: Actor, item: Item, now: datetime) -> bool:
    """As far as everybody may know."""
    if known_state(item, EVERYBODY) != ItemState.NOT_TAKEN or item.meeting is None:
        return False
    return item.meeting is next_meeting(session, actor.consortium, now)


def was_brought_in_room(consortium: Consortium, meeting: Meeting, item: Item) -> bool:
    return item.submitted_at is not None and is_under_way(consortium, meeting, item.submitted_at)


def submit(actor: Actor, item: Item, meeting: Meeting | None, now: datetime) -> None:
    """It is handed in for this meeting, and waits for its host."""
    item.state, item.submitted_at = ItemState.WAITING, now
    item.collaborative = actor.person.collaborative
    item.meeting = meeting
    item.came_up = meeting is not None and was_brought_in_room(actor.consortium, meeting, item)
    item.is_late = meeting is not None and not item.came_up and is_late(actor.consortium, meeting, now)
