"""Decisions: what a host makes of an item, undone until its proposer is told."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.cards import owe_cards, redraw_cards
from bot.doors import redraw_doors
from bot.errors import Moment, Name, NothingChanged, Words
from bot.items import item_to_change
from bot.people import Actor
from bot.quiet import TOLD_TOGETHER, told_after
from bot.seen.items import DECIDED, ItemSeen, hosts_of, must_see
from bot.timetable import ends_at, last_word_at, stage_of, starts_at
from storage import outbox
from storage.consortia import Consortium
from storage.items import Item, ItemState, Reason, items_of_meeting, lock_item
from storage.meetings import Meeting, Stage, meeting_by_id
from storage.post_kinds import PostKind
from storage.posts import Post, is_on_its_way, post_by_key
from storage.tenancy import Session

Decision = Callable[[Session, Actor, int, datetime], Item]

HALF_AN_HOUR, AN_HOUR = timedelta(minutes=30), timedelta(hours=1)
RIGHT_BEFORE = timedelta(minutes=5)


def add_to_agenda(session: Session, actor: Actor, item_id: int, now: datetime) -> Item:
    """Put it last on the agenda. Raises NothingChanged if the item can't be decided on."""
    item = undecided_item(session, actor, item_id, now)
    _decide(session, actor, item, ItemState.ON_AGENDA, now)
    return item


def hold(session: Session, actor: Actor, item_id: int, now: datetime) -> Item:
    """Keep it for the next time: the next host will see it. Raises NothingChanged if it can't be decided on."""
    item = undecided_item(session, actor, item_id, now)
    _decide(session, actor, item, ItemState.HELD, now)
    return item


def leave_out(
    session: Session, actor: Actor, item_id: int, now: datetime, reason: Reason, note: str | None
) -> Item:
    """Decide against it, for a reason that its proposer reads. Raises NothingChanged if the item can't be decided on."""
    item = undecided_item(session, actor, item_id, now)
    _decide(session, actor, item, ItemState.NOT_TAKEN, now)
    item.reason, item.note = reason, note
    return item


def item_to_leave_out(
    session: Session, actor: Actor, item_id: int, now: datetime, meeting_id: int | None = None
) -> ItemSeen:
    """The item that a host is about to decide against. Raises NothingChanged if it can't be decided on, or not any more for that meeting."""
    must_be_for(session, item_id, meeting_id)
    item = undecided_item(session, actor, item_id, now)
    return must_see(item, hosts_of(item))


def decide_for(
    session: Session, actor: Actor, item_id: int, now: datetime, *, meeting_id: int | None, decide: Decision
) -> Item:
    """The decision, by a button that was made for this meeting. Raises NothingChanged if the item has gone on to another since."""
    must_be_for(session, item_id, meeting_id)
    return decide(session, actor, item_id, now)


def must_be_for(session: Session, item_id: int, meeting_id: int | None) -> None:
    """A button is good for what it was made for. Raises NothingChanged if the item has gone on to another meeting since.

    Without a meeting it is of a message from before buttons named one.
    """
    item = lock_item(session, item_id)
    before = meeting_by_id(session, meeting_id) if meeting_id else None
    if item is None or item.meeting is None or before in (None, item.meeting):
        return
    raise NothingChanged(
        "This was for the meeting on {before}. The item is with {host} now, for {day}.",
        before=before.day,
        host=item.meeting.host.name,
        day=item.meeting.day,
        then=Words("To decide, press the button on its newer card, or open the board: /agenda curate"),
    )


def undecided_item(session: Session, actor: Actor, item_id: int, now: datetime) -> Item:
    """The item, if it can be decided on: what is left of a meeting that is over belongs to the next host.

    Raises NothingChanged if the item is gone, withdrawn or decided, or if its meeting is over.
    """
    item = item_to_change(session, item_id, hosts_of)
    if item.state == ItemState.WITHDRAWN:
        raise NothingChanged("{name} has withdrawn this item.", name=Name(item.proposer.name))
    if item.state != ItemState.WAITING:
        raise _already_decided(actor, item)
    must_not_be_over(actor, item, now)
    return item


def reconsider(session: Session, actor: Actor, item_id: int, now: datetime) -> Item:
    """Bring an item that was decided on back before the host. If its proposer may have heard of it, they hear so, unless it is decided anew by then.

    Raises NothingChanged if the item is not decided, or if its meeting is over.
    """
    item = item_to_change(session, item_id, hosts_of)
    if item.state not in DECIDED:
        raise NothingChanged("This item is not decided.")
    must_not_be_over(actor, item, now)
    may_have_heard = not takes_back_untold(session, item)
    if may_have_heard:
        mark_told(session, item, now)
        redraw_doors(session, item.consortium_id)
    _back_to_waiting(session, actor, item, now, tells_so=may_have_heard)
    return item


def undo(session: Session, actor: Actor, item_id: int, decision: int, now: datetime) -> Item:
    """Take a decision back, as if it had not been.

    Raises NothingChanged if it is not the newest, if its proposer was told, or if the meeting is over.
    """
    item = item_to_change(session, item_id, hosts_of)
    if item.decisions != decision or item.state not in DECIDED:
        raise NothingChanged("This decision stands no more.")
    must_not_be_over(actor, item, now)
    proposer = Name(item.proposer.name)
    if item.told_at is not None:
        raise NothingChanged("{proposer} has been told already, so this can't be undone.", proposer=proposer)
    if not takes_back_untold(session, item):
        raise NothingChanged(
            "{proposer} may have been told already, so this can't be undone. On the host's board you can decide again.",
            proposer=proposer,
        )
    _back_to_waiting(session, actor, item, now, tells_so=_was_taken_up_again(session, item))
    return item


def takes_back_untold(session: Session, item: Item) -> bool:
    """Take the word to the proposer back; say whether nobody but the host has heard of the decision, or will."""
    return item.told_at is None and outbox.withhold(session, outcome_key(item))


def count_what_may_have_been_told(session: Session, item: Item) -> None:
    """The item goes to another host: its next decision has a word of its own, if there may be one of this."""
    if item.told_at is None and not takes_back_untold(session, item):
        item.tellings += 1


def mark_told(session: Session, item: Item, now: datetime) -> None:
    """Everyone may know of it now. Who was told by a published agenda still gets a word of their own, and was told before."""
    if item.told_at is None:
        item.told_at, item.tellings = now, item.tellings + 1
    redraw_cards(session, item)


def settle(session: Session, post: Post, now: datetime) -> None:
    """A decision is settled when its proposer was told, or can't be.

    Then the doors tell of it, also where it was published before: to publish must not keep others from bringing something.
    """
    item = lock_item(session, post.subject_id)
    if item is not None and is_told_by(post, item):
        mark_told(session, item, now)
        redraw_doors(session, item.consortium_id)


def tell_when_it_is_told(session: Session, post: Post, _now: datetime) -> None:
    """The bot waits with the word to the proposer, so the card names another time."""
    outbox.refresh(session, PostKind.CARD, subject_id=post.subject_id)


def tell_in_time(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    """The meeting, or an hour at which something is told, is another: its proposers hear at the hour that holds now while that is of use, and the cards say so.

    What is due by now, or was sent on its way by the host, is not put back.
    """
    items = items_of_meeting(session, meeting, *ItemState)
    latest = (
        now
        if _is_told_to_all(session, consortium, meeting, now)
        else _latest_of_use(consortium, meeting, now)
    )
    for kind in TOLD_TOGETHER:
        outbox.bring_forward(session, kind, subject_ids=[item.id for item in items], latest=latest)
    for item in items:
        if item.decided_at is not None and item.told_at is None:
            due = min(told_after(consortium, item.decided_at), latest)
            outbox.reschedule(session, PostKind.OUTCOME, subject_ids=[item.id], due=due, after=now)
            outbox.refresh(session, PostKind.CARD, subject_id=item.id)


def is_told_by(post: Post, item: Item) -> bool:
    """Whether the post tells of the item's newest decision."""
    return item.state in DECIDED and post.key == outcome_key(item)


def outcome_key(item: Item) -> str:
    """The key of the post that tells of the item's newest decision. What is undone before it was told leaves its key to the next."""
    number = item.tellings if item.told_at is not None else item.tellings + 1
    return PostKind.OUTCOME.key(item=item.id, telling=number)


def reconsidered_key(item: Item) -> str:
    """The key of the post that tells that what the item's proposer heard last no longer stands."""
    return PostKind.RECONSIDERED.key(item=item.id, telling=item.tellings)


def must_not_be_over(actor: Actor, item: Item, now: datetime) -> None:
    """Raises NothingChanged if the item's meeting is over, or was cancelled."""
    stage = stage_of(actor.consortium, item.meeting, now) if item.meeting else None
    if stage is None or not stage.is_closed:
        return
    is_waiting, was_cancelled = item.state == ItemState.WAITING, stage is Stage.CANCELLED
    if is_waiting and was_cancelled:
        raise NothingChanged("This meeting is cancelled. The item goes to the next host.")
    if was_cancelled:
        raise NothingChanged("This meeting is cancelled, so what was decided stands.")
    if is_waiting:
        raise NothingChanged("This meeting is over. The item goes to the next host.")
    raise NothingChanged("This meeting is over, so what was decided stands.")


def _already_decided(actor: Actor, item: Item) -> NothingChanged:
    if item.state not in DECIDED or item.decided_at is None:
        return NothingChanged("This item is not waiting for a decision.")
    when = Moment(item.decided_at, actor.consortium.timezone)
    if item.decided_by_id == actor.person.id:
        return _decided_by_oneself(when)[item.state]
    return _decided_by_another(Name(item.decided_by.name if item.decided_by else None), when)[item.state]


def _decided_by_oneself(when: Moment) -> dict[ItemState, NothingChanged]:
    return {
        ItemState.ON_AGENDA: NothingChanged("You added this to the agenda already, {when}.", when=when),
        ItemState.HELD: NothingChanged("You kept this for the next meeting already, {when}.", when=when),
        ItemState.NOT_TAKEN: NothingChanged("You decided against this one already, {when}.", when=when),
    }


def _decided_by_another(name: Name, when: Moment) -> dict[ItemState, NothingChanged]:
    return {
        ItemState.ON_AGENDA: NothingChanged(
            "{name} added this to the agenda already, {when}.", name=name, when=when
        ),
        ItemState.HELD: NothingChanged(
            "{name} kept this for the next meeting already, {when}.", name=name, when=when
        ),
        ItemState.NOT_TAKEN: NothingChanged(
            "{name} decided against this one already, {when}.", name=name, when=when
        ),
    }


def _decide(session: Session, actor: Actor, item: Item, state: ItemState, now: datetime) -> None:
    item.state = state
    item.position = _last_position(session, item) + 1 if state == ItemState.ON_AGENDA else None
    item.decided_by, item.decided_at, item.told_at = actor.person, now, None
    item.reason, item.note = None, None
    item.decisions += 1
    session.flush()
    _owe_proposer(session, actor, item, PostKind.OUTCOME, outcome_key(item), now)
    redraw_cards(session, item)


def _owe_proposer(
    session: Session, actor: Actor, item: Item, kind: PostKind, key: str, now: datetime
) -> None:
    due = _when_told(actor.consortium, item, now)
    outbox.owe_again(session, kind, key, subject_id=item.id, place=item.proposer.user_id, due=due)


def _when_told(consortium: Consortium, item: Item, now: datetime) -> datetime:
    """When there was time to think better of it, or as late as is of use."""
    due = told_after(consortium, now)
    return min(due, _latest_of_use(consortium, item.meeting, now)) if item.meeting else due


def _latest_of_use(consortium: Consortium, meeting: Meeting, now: datetime) -> datetime:
    """Half an hour before a call tells the agenda; else an hour before the meeting; else right before it begins; else right before it ends, of what was decided in the room."""
    begins, ends = starts_at(consortium, meeting), ends_at(consortium, meeting)
    last_word = last_word_at(consortium, meeting)
    moments = [begins - AN_HOUR, begins - RIGHT_BEFORE, ends - RIGHT_BEFORE]
    if last_word is not None:
        moments.insert(0, last_word - HALF_AN_HOUR)
    return next((moment for moment in moments if now < moment), now)


def _is_told_to_all(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> bool:
    """Whether the call that tells the agenda is late, and on its way."""
    last_word = last_word_at(consortium, meeting)
    is_due = last_word is not None and last_word <= now
    return is_due and is_on_its_way(session, PostKind.CALL, subject_id=meeting.id)


def _was_taken_up_again(session: Session, item: Item) -> bool:
    """Whether its proposer was to hear so. It was not said while the item was decided anew, and is owed once more."""
    return post_by_key(session, reconsidered_key(item)) is not None


def _back_to_waiting(session: Session, actor: Actor, item: Item, now: datetime, *, tells_so: bool) -> None:
    item.state, item.position = ItemState.WAITING, None
    item.decided_by, item.decided_at, item.told_at = None, None, None
    item.reason, item.note = None, None
    session.flush()
    if tells_so:
        _owe_proposer(session, actor, item, PostKind.RECONSIDERED, reconsidered_key(item), now)
    redraw_cards(session, item)
    owe_cards(session, item, now)


def _last_position(session: Session, item: Item) -> int:
    if item.meeting is None:
        return 0
    placed = items_of_meeting(session, item.meeting, ItemState.ON_AGENDA)
    return max((other.position or 0 for other in placed if other is not item), default=0)
