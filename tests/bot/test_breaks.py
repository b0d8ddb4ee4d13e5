"""The break of a live meeting: it stands where the agenda has it, at the time at which it should come, until it is over."""

import pytest

from bot import turns
from bot.items import withdraw
from bot.seen.live import BreakSeen
from storage.items import Item
from tests.bot.test_live import presses, seen, stands, starts, under_way, words
from tests.builders import Scene
from tests.handlers.steps import on_sqlite

pytestmark = on_sqlite


def with_break(scene: Scene, *lengths: int | None) -> list[Item]:
    """A meeting of two hours with a break of 15 minutes, and an item for each of these lengths, is live."""
    items = under_way(scene, *(f"Item {number}" for number, _ in enumerate(lengths)))
    for item, length in zip(items, lengths, strict=True):
        item.placed_minutes, item.minutes = None, length
    scene.meeting.breaks = 15
    starts(scene)
    return items


def comes(scene: Scene) -> tuple[int, str] | None:
    """After how many items that are to come, and when."""
    pause = seen(scene).pause
    return (pause.after, f"{pause.begins:%H:%M}") if pause and pause.begins else None


def test_it_stands_between_what_comes_before_it_and_after_it_and_is_over_once_that_is_on(
    scene: Scene,
) -> None:
    with_break(scene, 20, 20, 40, 10)
    assert comes(scene) == (1, "10:40")
    assert "Break, 15 min, at about 10:40 AM" in words(scene)
    assert "takes 1 hr 45 min, with the break" in words(scene)
    scene.clock.passes(minutes=25)
    presses(scene, turns.done)
    assert comes(scene) == (0, "10:45")
    presses(scene, turns.done)
    assert (comes(scene), stands(scene)) == (None, ("Item 2", ["Item 3"]))
    assert "Break" not in words(scene)


def test_it_comes_later_where_what_is_on_takes_longer(scene: Scene) -> None:
    with_break(scene, 20, 20, 40)
    scene.clock.passes(minutes=35)
    assert comes(scene) == (1, "10:55")


def test_while_they_say_hello_that_takes_its_time(scene: Scene) -> None:
    under_way(scene, "Rents", "Parking", "Food", "Vans")
    scene.meeting.opening, scene.meeting.breaks = 30, 10
    starts(scene)
    assert comes(scene) == (3, "11:00")


@pytest.mark.parametrize("verb", [turns.put_off, turns.go_on])
def test_what_is_put_off_or_left_comes_after_it(scene: Scene, verb) -> None:
    with_break(scene, 20, 20, 40, 10)
    presses(scene, verb)
    assert comes(scene) == (0, "10:20")
    presses(scene, turns.done)
    assert comes(scene) is None


def test_who_goes_back_before_it_has_it_before_them(scene: Scene) -> None:
    with_break(scene, 40, 40, 10)
    presses(scene, turns.done)
    assert comes(scene) is None
    presses(scene, turns.go_back)
    assert comes(scene) == (0, "10:40")


def test_after_an_item_of_unknown_length_nobody_knows_when_it_comes(scene: Scene) -> None:
    with_break(scene, 30, None, 60)
    assert seen(scene).pause == BreakSeen(15, 1, None)
    assert "'Break, 15 min'" in words(scene)


@pytest.mark.parametrize("lengths", [(), (100,), (5, 5), (None, None)])
def test_where_the_agenda_has_none_there_is_none(scene: Scene, lengths: tuple[int | None, ...]) -> None:
    with_break(scene, *lengths)
    assert seen(scene).pause is None


def test_a_meeting_without_a_break_has_none(scene: Scene) -> None:
    with_break(scene, 40, 40, 10)
    scene.meeting.breaks = 0
    assert seen(scene).pause is None


def test_where_all_that_came_after_it_leaves_the_agenda_there_is_none(scene: Scene) -> None:
    [_, after] = with_break(scene, 40, 40)
    withdraw(scene.session, scene.actor(after.proposer.user_id), after.id, scene.now)
    assert seen(scene).pause is None
