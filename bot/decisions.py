"""Decisions: what a host makes of an item, undone until its proposer is told."""

from collections.abc import Callable
from datetime import datetime

from bot.cards import redraw_cards
from bot.errors import Moment, Name, NothingChanged, Words
from bot.items_to_change import item_to_change
from bot.people import Actor
from bot.seen.items import DECIDED, ItemSeen, hosts_of, must_see
from bot.taking_back import back_to_waiting, take_back
from bot.timetable import stage_of
from bot.word_to_proposers import mark_told, outcome_key, owe_proposer, takes_back_untold, was_taken_up_again
from storage.items import Item, ItemState, Reason, agenda_of_meeting, lock_item
from storage.meetings import Stage, meeting_by_id
from storage.post_kinds import PostKind
from storage.tenancy import Session

Decision = Callable[[Session, Actor, int, datetime], Item]


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
    _decide(session, actor, item, ItemState.NOT_TAKEN, now, reason, note)
    return item


def take_up_separately(session: Session, actor: Actor, item_id: int, now: datetime, note: str | None) -> Item:
    """Decide for a thread of its own in the shared channel, which opens once its proposer was told. Raises NothingChanged if the item can't be decided on."""
    item = undecided_item(session, actor, item_id, now)
    _decide(session, actor, item, ItemState.NOT_TAKEN, now, Reason.ELSEWHERE, note, separately=True)
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

    Raises NothingChanged if the item is gone, withdrawn, decided or joined to another, or if its meeting is over.
    """
    item = item_to_change(session, item_id, hosts_of)
    if item.state == ItemState.WITHDRAWN:
        raise NothingChanged("{name} has withdrawn this item.", name=Name(item.proposer.name))
    must_stand_for_itself(item)
    must_not_be_off_the_list(item)
    if item.state != ItemState.WAITING:
        raise _already_decided(actor, item)
    must_not_be_over(actor, item, now)
    return item


def must_not_be_off_the_list(item: Item) -> None:
    """Raises NothingChanged if its author says that it is solved, or if it rests."""
    if item.state == ItemState.SOLVED:
        raise NothingChanged("{name} says that this is solved.", name=Name(item.proposer.name))
    if item.state == ItemState.RESTING:
        raise NothingChanged(
            "This item rests.", then=Words("To decide on it, bring it back on the board: /agenda curate")
        )


def must_stand_for_itself(item: Item) -> None:
    """Raises NothingChanged if the item is joined to another, about which is decided for both."""
    if item.joined_to is not None:
        raise NothingChanged(
            "This item goes together with “{title}” now.",
            title=item.joined_to.title,
            then=Words("Decide about that one, or take them apart on the card of this one."),
        )


def reconsider(session: Session, actor: Actor, item_id: int, now: datetime) -> Item:
    """Bring an item that was decided on back before the host, with what goes together with it. If its proposer may have heard of it, they hear so, unless it is decided anew by then.

    Raises NothingChanged if the item is not decided, or joined to another, or if its meeting is over.
    """
    item = item_to_change(session, item_id, hosts_of)
    must_stand_for_itself(item)
    if item.state not in DECIDED:
        raise NothingChanged("This item is not decided.")
    must_not_be_over(actor, item, now)
    for one in (item, *item.joined):
        take_back(session, actor.consortium, one, now)
    return item


def undo(session: Session, actor: Actor, item_id: int, decision: int, now: datetime) -> Item:
    """Take a decision back, as if it had not been.

    Raises NothingChanged if it is not the newest, if its proposer was told, or whoever brought what goes together with it, or if the meeting is over.
    """
    item = item_to_change(session, item_id, hosts_of)
    must_stand_for_itself(item)
    if item.decisions != decision or item.state not in DECIDED:
        raise NothingChanged("This decision stands no more.")
    must_not_be_over(actor, item, now)
    for one in (item, *item.joined):
        _undo(session, actor, one, now)
    return item


def _undo(session: Session, actor: Actor, item: Item, now: datetime) -> None:
    proposer = Name(item.proposer.name)
    if item.told_at is not None:
        raise NothingChanged("{proposer} has been told already, so this can't be undone.", proposer=proposer)
    if not takes_back_untold(session, item):
        raise NothingChanged(
            "{proposer} may have been told already, so this can't be undone. On the host's board you can decide again.",
            proposer=proposer,
        )
    tells_so = was_taken_up_again(session, item)
    back_to_waiting(session, actor.consortium, item, now, tells_so=tells_so)


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


def decide_as(session: Session, actor: Actor, item: Item, decided: Item, now: datetime) -> None:
    """What is decided about the other counts for the item, which is joined to it."""
    separately = decided.separate_since is not None
    _decide_about(
        session, actor, item, decided.state, now, decided.reason, decided.note, separately=separately
    )


def _decide(
    session: Session,
    actor: Actor,
    item: Item,
    state: ItemState,
    now: datetime,
    reason: Reason | None = None,
    note: str | None = None,
    *,
    separately: bool = False,
) -> None:
    """And about what goes together with it."""
    place = _last_position(session, item) + 1 if state == ItemState.ON_AGENDA else None
    for one in (item, *item.joined):
        _decide_about(session, actor, one, state, now, reason, note, separately=separately)
    item.position = place
    session.flush()


def _decide_about(
    session: Session,
    actor: Actor,
    item: Item,
    state: ItemState,
    now: datetime,
    reason: Reason | None,
    note: str | None,
    *,
    separately: bool,
) -> None:
    item.state, item.position = state, None
    item.separate_since = now if separately else item.separate_since
    item.decided_by, item.decided_at, item.told_at = actor.person, now, None
    item.reason, item.note = reason, note
    item.decisions += 1
    session.flush()
    owe_proposer(session, actor.consortium, item, PostKind.OUTCOME, outcome_key(item), now)
    redraw_cards(session, item)


def take_up_at_once(session: Session, actor: Actor, item: Item, now: datetime) -> None:
    """Its author puts it last on the agenda. They know, so nobody is told."""
    item.state, item.position = ItemState.ON_AGENDA, _last_position(session, item) + 1
    item.decided_by, item.decided_at = actor.person, now
    item.decisions += 1
    mark_told(session, item, now)
    session.flush()


def _last_position(session: Session, item: Item) -> int:
    if item.meeting is None:
        return 0
    placed = agenda_of_meeting(session, item.meeting)
    return max((other.position or 0 for other in placed if other is not item), default=0)
