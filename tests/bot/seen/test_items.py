"""Items as audiences see them: the one rule decides what shows, and a decision waits until it was told."""

from itertools import product

import pytest

from bot.audiences import EVERYBODY, Audience, Level, Thing, hosts, reader
from bot.decisions import add_to_agenda, hold, leave_out
from bot.items import withdraw
from bot.seen.items import ItemState, must_see, seen_item, seen_items
from bot.seen.knowing import LEVELS, known_state
from storage.items import Reason
from tests.bot.conftest import Scene
from tests.refusals import refusal

SOMEBODY, AUTHOR, HOST, OTHER_HOST = 1, 2, 3, 4


def decline(session, actor, item_id, now):
    return leave_out(session, actor, item_id, now, Reason.TOO_FULL, "Next time!")


DECISIONS = {ItemState.ON_AGENDA: add_to_agenda, ItemState.HELD: hold, ItemState.NOT_TAKEN: decline}


def decided(scene: Scene, state: ItemState):
    item = scene.propose()
    DECISIONS[state](scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    return item


def audiences(scene: Scene, item) -> dict[str, Audience]:
    return {
        "everybody": EVERYBODY,
        "somebody": reader(scene.actor("U0SAM").person.id),
        "author": reader(item.proposer_id),
        "hosts": hosts(item.meeting.host_id),
        "other hosts": hosts(scene.collaborative("Mission").id),
    }


READERS = {
    "everybody": EVERYBODY,
    "somebody": reader(SOMEBODY),
    "author": reader(AUTHOR),
    "hosts": hosts(HOST),
    "other hosts": hosts(OTHER_HOST),
}
MAY_SEE = {
    Level.AUTHOR: {"author"},
    Level.HOSTS: {"hosts"},
    Level.AUTHOR_AND_HOSTS: {"author", "hosts"},
    Level.EVERYBODY: set(READERS),
}


@pytest.mark.parametrize(("level", "who"), list(product(Level, READERS)))
def test_a_level_says_who_may_see(level: Level, who: str) -> None:
    thing = Thing("item", 1, level, author_id=AUTHOR, host_id=HOST)
    assert READERS[who].may_see(thing) == (who in MAY_SEE[level])


@pytest.mark.parametrize("who", READERS)
def test_what_has_neither_author_nor_host_is_nobodys_but_everybodys(who: str) -> None:
    """An audience without a reader must not pass for the author of a thing without one."""
    seen = {level for level in Level if READERS[who].may_see(Thing("item", 1, level))}
    assert seen == {Level.EVERYBODY}


@pytest.mark.parametrize("state", DECISIONS)
def test_a_decision_that_nobody_was_told_shows_as_waiting(scene: Scene, state: ItemState) -> None:
    item = decided(scene, state)
    known = {who: known_state(item, audience) for who, audience in audiences(scene, item).items()}
    assert known.pop("hosts") == state
    assert set(known.values()) == {ItemState.WAITING}
    assert seen_item(item, EVERYBODY).decision is None


@pytest.mark.parametrize("state", DECISIONS)
def test_a_decision_that_was_told_is_known(scene: Scene, state: ItemState) -> None:
    item = decided(scene, state)
    scene.tell(item)
    assert {known_state(item, audience) for audience in audiences(scene, item).values()} == {state}


def test_what_was_not_taken_is_named_to_its_author_and_its_hosts_alone(scene: Scene) -> None:
    item = decided(scene, ItemState.NOT_TAKEN)
    scene.tell(item)
    named = {who for who, audience in audiences(scene, item).items() if seen_item(item, audience)}
    assert named == {"author", "hosts"}
    assert (seen_items([item], EVERYBODY).count, seen_items([item], EVERYBODY).withheld) == (1, 1)


def test_a_draft_is_its_authors_alone(scene: Scene) -> None:
    item = scene.propose(by="U0NEW")
    assert seen_item(item, reader(item.proposer_id)) is not None
    for audience in (EVERYBODY, hosts(scene.meeting.host_id), reader(scene.actor("U0SAM").person.id)):
        assert seen_item(item, audience) is None


def test_what_may_not_be_seen_is_as_good_as_gone(scene: Scene) -> None:
    with refusal("no longer here"):
        must_see(scene.propose(by="U0NEW"), EVERYBODY)


def test_a_withdrawn_item_shows_as_withdrawn_also_when_its_decision_was_not_told(scene: Scene) -> None:
    item = decided(scene, ItemState.HELD)
    item.state = ItemState.WITHDRAWN
    assert known_state(item, EVERYBODY) == ItemState.WITHDRAWN


def test_reasons_are_opened_only_where_they_are_asked_for(scene: Scene) -> None:
    item = decided(scene, ItemState.NOT_TAKEN)
    ours = hosts(item.meeting.host_id)
    assert seen_item(item, ours).decision.note is None
    assert seen_item(item, ours, with_reason=True).decision.note == "Next time!"


def test_every_state_has_a_level() -> None:
    """A new state is nobody's before somebody has said whose it is."""
    assert set(LEVELS) == set(ItemState)


def test_a_draft_that_was_withdrawn_stays_its_authors(scene: Scene) -> None:
    item = scene.propose(by="U0NEW")
    withdraw(scene.session, scene.actor("U0NEW"), item.id, scene.now)
    assert seen_item(item, reader(item.proposer_id)) is not None
    assert seen_item(item, EVERYBODY) is None
