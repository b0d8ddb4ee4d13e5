"""What one person may put before the others in a day."""

from typing import Any

import pytest

from bot.daily_measure import MOST_A_DAY
from bot.errors import NothingChanged
from bot.items import Proposal, edit, propose, withdraw
from bot.membership import join
from bot.tips import keep
from storage.items import Item
from storage.tips import Tip
from tests.builders import Scene
from tests.clock import FrozenClock
from tests.refusals import refusal

FEW = 3


def bring(scene: Scene, number: int, by: str = "U0MEMBER", most: int = FEW) -> Any:
    wanted = [Proposal(f"Item {one}") for one in range(number)]
    return propose(scene.session, scene.actor(by), wanted, scene.now, most)


def share(scene: Scene, by: str = "U0MEMBER", most: int = FEW) -> Any:
    return keep(scene.session, scene.actor(by), "General", "Breathe", scene.now, most)


def test_sixty_a_day_are_the_most(scene: Scene) -> None:
    for _ in range(3):
        bring(scene, 20, most=MOST_A_DAY)
    with pytest.raises(NothingChanged):
        bring(scene, 1, most=MOST_A_DAY)


def test_more_waits_for_tomorrow_and_nothing_is_half_done(scene: Scene) -> None:
    bring(scene, 2)
    before = len(scene.theirs(Item))
    with pytest.raises(NothingChanged) as refused:
        bring(scene, 2)
    assert "There is room for {left} more today" in str(refused.value)
    assert (refused.value.words.values["left"], refused.value.field) == (1, "title")  # type: ignore[union-attr]
    assert len(scene.theirs(Item)) == before
    bring(scene, 1)
    with pytest.raises(NothingChanged) as refused:
        bring(scene, 1)
    assert "That is the most for a day" in str(refused.value)


def test_it_is_said_when_they_can_go_on(scene: Scene) -> None:
    with pytest.raises(NothingChanged) as refused:
        bring(scene, 4)
    assert refused.value.then is not None
    assert refused.value.then.values["tomorrow"].isoformat() == "2026-11-24"  # type: ignore[union-attr]


def test_the_day_is_the_consortiums(scene: Scene, clock: FrozenClock) -> None:
    """It is noon there; six hours later the day of UTC has ended, and theirs has not."""
    clock.passes(hours=6)
    bring(scene, 3)
    clock.passes(hours=5, minutes=59)
    with pytest.raises(NothingChanged):
        bring(scene, 1)
    clock.passes(minutes=1)
    bring(scene, 3)


def test_tips_count_as_items_do(scene: Scene) -> None:
    share(scene)
    bring(scene, 2)
    before = len(scene.theirs(Tip))
    with pytest.raises(NothingChanged) as refused:
        share(scene)
    assert refused.value.field == "text"
    assert len(scene.theirs(Tip)) == before


def test_what_was_taken_back_was_read_all_the_same(scene: Scene) -> None:
    received = bring(scene, 3)
    for item in received.items:
        withdraw(scene.session, scene.actor("U0MEMBER"), item.id, scene.now)
    with pytest.raises(NothingChanged):
        bring(scene, 1)


def test_drafts_of_a_newcomer_count(scene: Scene) -> None:
    assert bring(scene, 3, by="U0NEW").choices
    with pytest.raises(NothingChanged):
        bring(scene, 1, by="U0NEW")


def test_drafts_do_not_pile_up_until_one_answer_hands_all_in(scene: Scene, clock: FrozenClock) -> None:
    bring(scene, 2, by="U0NEW")
    clock.passes(days=1)
    with refusal("which collaborative you are with"):
        bring(scene, 2, by="U0NEW")
    bring(scene, 1, by="U0NEW")
    clock.passes(days=1)
    with refusal("which collaborative you are with"):
        bring(scene, 1, by="U0NEW")


def test_what_was_handed_in_today_counts_today(scene: Scene, clock: FrozenClock) -> None:
    bring(scene, 3, by="U0NEW")
    clock.passes(days=1)
    join(scene.session, scene.actor("U0NEW"), scene.collaborative("CCSJ").id, scene.now)
    with pytest.raises(NothingChanged):
        bring(scene, 1, by="U0NEW")
    clock.passes(days=1)
    bring(scene, 3, by="U0NEW")


def test_an_edit_does_not_count(scene: Scene) -> None:
    [item, *_] = bring(scene, 3).items
    edit(scene.session, scene.actor("U0MEMBER"), item.id, Proposal("Better said"), shown=3000, now=scene.now)
    assert scene.session.get_one(Item, item.id).title == "Better said"


def test_nobody_uses_up_the_day_of_another(scene: Scene) -> None:
    bring(scene, 3)
    bring(scene, 3, by="U0SAM")
    share(scene, by="U0CURATOR")
