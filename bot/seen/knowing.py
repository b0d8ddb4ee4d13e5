"""What of an item an audience may know: whether it is there, how it stands, and with what it goes together."""

from collections.abc import Mapping

from bot.audiences import Audience, Level, Thing
from storage.items import TAKEN_OFF, Item, ItemState
from storage.meetings import Meeting
from storage.shelves import Shelf, Stock

DECIDED = (ItemState.ON_AGENDA, ItemState.HELD, ItemState.NOT_TAKEN)


LEVELS = {
    ItemState.DRAFT: Level.AUTHOR,
    ItemState.WAITING: Level.EVERYBODY,
    ItemState.ON_AGENDA: Level.EVERYBODY,
    ItemState.HELD: Level.EVERYBODY,
    ItemState.NOT_TAKEN: Level.EVERYBODY,
    ItemState.WITHDRAWN: Level.EVERYBODY,
    ItemState.SOLVED: Level.EVERYBODY,
    ItemState.RESTING: Level.EVERYBODY,
}
"""Who may see an item in each state, as long as nothing special is known of it. Of a state that is not here nobody sees anything."""


def may_know_together(item: Item, other: Item, audience: Audience) -> bool:
    """That one was joined to the other is the hosts' news alone until the proposer of the joined one was told."""
    joined = item if item.joined_to_id is not None else other
    return audience.may_see(_joining(joined)) and may_see(other, audience)


def stands_for_itself(item: Item, audience: Audience) -> bool:
    """Whether it is listed by itself: what the audience knows to be joined to another is not."""
    return item.joined_to is None or not may_know_together(item, item.joined_to, audience)


def may_see(item: Item, audience: Audience) -> bool:
    return audience.may_see(_whole(item))


def known_state(item: Item, audience: Audience) -> ItemState:
    """A decision is nobody's news but the hosts' until its proposer was told."""
    return _as_known(item.state, _decision(item), audience)


def known_shelves(
    shelves: Mapping[Shelf, Stock], meeting: Meeting, audience: Audience
) -> Mapping[ItemState, dict[Shelf, Stock]]:
    """A meeting's shelves by how that stands which is listed of them by itself, as far as the audience may know."""
    known: dict[ItemState, dict[Shelf, Stock]] = {state: {} for state in ItemState}
    for shelf, stock in shelves.items():
        decision = Thing("decision", 0, _level_of_decision(is_told=shelf.is_told), host_id=meeting.host_id)
        joining = Thing(
            "joining", 0, _level_of_decision(is_told=shelf.is_joining_told), host_id=meeting.host_id
        )
        if shelf.is_joined and audience.may_see(joining):
            continue  # the item to which it is joined stands for it
        known[_as_known(shelf.state, decision, audience)][shelf] = stock
    return known


def _as_known(state: ItemState, decision: Thing, audience: Audience) -> ItemState:
    return ItemState.WAITING if state in DECIDED and not audience.may_see(decision) else state


def _whole(item: Item) -> Thing:
    """What was not taken is counted, and never named beyond those it is between."""
    level = LEVELS[item.state]
    if item.state in TAKEN_OFF and item.submitted_at is None:
        level = Level.AUTHOR  # a draft, which nobody else ever saw
    elif (
        item.state == ItemState.NOT_TAKEN and item.told_at is not None and not item.is_talked_about_separately
    ):
        level = Level.AUTHOR_AND_HOSTS
    return Thing("item", item.id, level, item.proposer_id, _host_of(item))


def _decision(item: Item) -> Thing:
    level = _level_of_decision(is_told=item.told_at is not None)
    return Thing("decision", item.id, level, item.proposer_id, _host_of(item))


def _joining(item: Item) -> Thing:
    level = _level_of_decision(is_told=item.is_joining_told)
    return Thing("joining", item.id, level, item.proposer_id, _host_of(item))


def _level_of_decision(*, is_told: bool) -> Level:
    return Level.EVERYBODY if is_told else Level.HOSTS


def _host_of(item: Item) -> int | None:
    return item.meeting.host_id if item.meeting else None
