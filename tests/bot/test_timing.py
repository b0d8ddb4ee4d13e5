"""Timing: how much of a meeting's time there is for items, and when each of them begins."""

import pytest

from bot.timing import Scheduled, Timing, schedule, usual_reserve


@pytest.mark.parametrize(("minutes", "kept"), [(15, 3), (60, 15), (80, 20), (120, 20), (720, 20)])
def test_twenty_minutes_are_kept_for_what_comes_up_and_less_of_a_short_meeting(
    minutes: int, kept: int
) -> None:
    assert usual_reserve(minutes) == kept


@pytest.mark.parametrize(
    ("room", "left"),
    [(Timing(120), 120), (Timing(120, 10, 15, 20), 75), (Timing(30, 20, 0, 20), 0)],
)
def test_what_is_not_for_opening_breaks_and_the_reserve_is_for_items(room: Timing, left: int) -> None:
    assert room.for_items == left


def test_items_begin_one_after_the_other_once_the_meeting_is_opened() -> None:
    assert schedule(Timing(120, opening=10), [15, 20, 5]) == [Scheduled(10), Scheduled(25), Scheduled(45)]


@pytest.mark.parametrize("lengths", [[], [None], [None, None]])
def test_where_nobody_gave_a_length_nobody_knows_when_anything_begins(lengths: list[None]) -> None:
    assert schedule(Timing(120, opening=10, breaks=10), lengths) == [Scheduled(None)] * len(lengths)


def test_after_an_item_of_unknown_length_nobody_knows() -> None:
    found = schedule(Timing(120), [15, None, 20])
    assert [one.begins for one in found] == [0, 15, None]


@pytest.mark.parametrize(
    ("lengths", "begins", "after"),
    [
        ([30, 30, 20, 20], [0, 30, 75, 95], 2),
        ([55, 45], [0, 70], 1),
        ([30, 25, 40], [0, 30, 70], 2),
        ([None, 50, 50, 10], [0, None, None, None], 2),
    ],
)
def test_the_break_stands_once_before_what_lies_mostly_in_the_second_half(
    lengths: list[int | None], begins: list[int | None], after: int
) -> None:
    found = schedule(Timing(120, breaks=15), lengths)
    assert [one.begins for one in found] == begins
    assert [place for place, one in enumerate(found) if one.comes_after_break] == [after]


@pytest.mark.parametrize("lengths", [[90], [10, 10]])
def test_no_break_stands_before_the_first_item_or_where_the_second_half_has_none(lengths: list[int]) -> None:
    assert not any(one.comes_after_break for one in schedule(Timing(120, breaks=15), lengths))


def test_what_runs_into_the_time_for_what_comes_up_does_not_fit() -> None:
    found = schedule(Timing(60, reserve=20), [30, 10, 1, None])
    assert [one.fits for one in found] == [True, True, False, False]
