"""The clock that everything is given goes by the time that Slack's answers tell, and no one odd answer moves it."""

from datetime import datetime, timedelta

import pytest

from handlers.slack.held_clock import GOOD_FOR, LEAST_SKEW, WITNESSES, HeldClock
from tests.clock import FrozenClock

AGREEING = 5
RIGHT = FrozenClock("2027-01-15 00:00")()


class Machine:
    """Its clock is `ahead` of the right one. Time passes for all, and a leap is its own."""

    def __init__(self, ahead: timedelta = timedelta(0), **how: bool) -> None:
        self.right, self.ahead, self.passed = RIGHT, ahead, 0.0
        self.clock = HeldClock(lambda: self.right + self.ahead, AGREEING, passing=lambda: self.passed, **how)

    def passes(self, seconds: float) -> None:
        self.right += timedelta(seconds=seconds)
        self.passed += seconds

    def hears(self, told: datetime | None, took: float = 0) -> None:
        asked = self.clock.machine()
        self.passes(took)
        self.clock.slack_answered(told, asked)

    def hears_the_right_time(self, times: int = 1, every: float = 2) -> None:
        for _ in range(times):
            self.passes(every)
            self.hears(self.right.replace(microsecond=0))

    @property
    def is_off_by(self) -> timedelta:
        return self.clock() - self.right


@pytest.mark.parametrize("ahead", [timedelta(minutes=5), -timedelta(minutes=5), timedelta(days=300)])
def test_it_goes_by_slacks_clock_and_not_by_the_machines(ahead: timedelta) -> None:
    machine = Machine(ahead)
    assert machine.clock.is_in_doubt
    machine.hears_the_right_time(times=4)
    assert abs(machine.is_off_by) < LEAST_SKEW
    assert not machine.clock.is_in_doubt


def test_a_difference_that_may_lie_on_the_way_is_none() -> None:
    machine = Machine(timedelta(seconds=2))
    machine.hears_the_right_time(times=9)
    assert machine.is_off_by == timedelta(seconds=2)


def test_one_odd_date_moves_nothing_but_puts_the_clock_in_doubt_until_slack_is_asked_again() -> None:
    machine = Machine()
    machine.hears_the_right_time()
    machine.hears(RIGHT + timedelta(days=300))
    assert machine.clock.is_in_doubt
    assert machine.is_off_by == timedelta(0)
    machine.hears_the_right_time()
    assert not machine.clock.is_in_doubt
    assert machine.is_off_by == timedelta(0)


def test_odd_dates_that_do_not_agree_move_nothing() -> None:
    machine = Machine()
    for day in range(20):
        machine.passes(2)
        machine.hears(machine.right + timedelta(days=day + 1))
    assert machine.is_off_by == timedelta(0)
    assert machine.clock.is_in_doubt


def test_answers_that_come_all_at_once_move_nothing() -> None:
    """Twenty of one moment are one witness."""
    machine = Machine()
    for _ in range(20):
        machine.hears(RIGHT + timedelta(days=1))
    assert machine.is_off_by == timedelta(0)


def test_two_witnesses_are_too_few_however_far_apart() -> None:
    machine = Machine()
    for _ in range(2):
        machine.passes(30)
        machine.hears(machine.right.replace(microsecond=0) + timedelta(days=1))
    assert machine.is_off_by == timedelta(0)


def test_a_date_that_stands_still_moves_nothing() -> None:
    """As that of a proxy that keeps an answer."""
    machine = Machine()
    for _ in range(20):
        machine.passes(2)
        machine.hears(RIGHT - timedelta(days=1))
    assert machine.is_off_by == timedelta(0)


@pytest.mark.parametrize("took", [2.2, 5, 10])
@pytest.mark.parametrize("written", [0, 0.5, 1], ids=["at once", "halfway", "at the end"])
@pytest.mark.parametrize("ahead", [15, 60, -60, 300 * 24 * 3600])
def test_answers_that_are_long_under_way_set_the_clock_as_closely_as_that_lets_them(
    took: float, written: float, ahead: float
) -> None:
    machine = Machine(timedelta(seconds=ahead))
    for _ in range(4):
        machine.passes(2)
        machine.hears((machine.right + timedelta(seconds=took * written)).replace(microsecond=0), took=took)
    assert abs(machine.is_off_by) <= timedelta(seconds=(took + 1) / 2)
    assert not machine.clock.is_in_doubt


def test_a_quick_answer_tells_more_than_slow_ones() -> None:
    machine = Machine(timedelta(minutes=5))
    for took in (9, 0, 9, 9):
        machine.passes(2)
        machine.hears(machine.right, took=took)
    assert abs(machine.is_off_by) <= timedelta(seconds=1)


def test_a_date_that_stands_still_moves_nothing_however_slowly_it_comes() -> None:
    machine = Machine()
    for _ in range(20):
        machine.passes(2)
        machine.hears(RIGHT - timedelta(days=1), took=9)
    assert machine.is_off_by == timedelta(0)


def test_a_date_that_always_stands_still_is_no_time_and_the_machine_is_believed() -> None:
    machine = Machine()
    for _ in range(4):
        machine.hears(RIGHT - timedelta(days=1))
        assert machine.clock.is_in_doubt
        machine.passes(1)
    machine.hears(RIGHT - timedelta(days=1))
    assert not machine.clock.is_in_doubt
    assert machine.is_off_by == timedelta(0)


@pytest.mark.parametrize("kept", [2, 3, 50])
def test_dates_that_come_by_turns_are_no_time_either(kept: int) -> None:
    """As of a proxy that keeps several answers."""
    machine = Machine()
    for turn in range(3):
        for day in range(1, kept + 1):
            machine.passes(2)
            machine.hears(RIGHT - timedelta(days=day))
        assert machine.clock.is_in_doubt == (turn == 0)
    assert machine.is_off_by == timedelta(0)


def test_a_date_that_comes_between_hides_no_time_that_slack_tells() -> None:
    machine = Machine(timedelta(minutes=5))
    for _ in range(7):
        machine.hears_the_right_time()
        machine.hears(RIGHT - timedelta(days=1))
    assert abs(machine.is_off_by) < LEAST_SKEW


def test_a_date_that_stands_still_confirms_nothing_where_slack_told_the_time_before() -> None:
    machine = Machine()
    machine.hears_the_right_time()
    for _ in range(20):
        machine.hears(RIGHT - timedelta(days=1))
        assert machine.clock.is_in_doubt
        machine.passes(2)
    machine.passes(GOOD_FOR.total_seconds())
    machine.hears(RIGHT - timedelta(days=1))
    assert not machine.clock.is_in_doubt


def test_a_leap_while_an_answer_is_under_way_makes_no_kept_answer_of_it() -> None:
    machine = Machine(timedelta(days=1))
    machine.hears(RIGHT)
    asked = machine.clock.machine()
    machine.ahead = timedelta(0) - timedelta(days=1)
    machine.clock.slack_answered(RIGHT, asked)
    assert machine.clock.is_in_doubt


def test_answers_that_were_long_under_way_may_tell_the_same_time() -> None:
    machine = Machine(timedelta(days=1))
    machine.hears(RIGHT)
    machine.hears(RIGHT, took=9)
    assert machine.clock.is_in_doubt


def test_answers_that_were_under_way_together_are_one_witness() -> None:
    machine = Machine()
    asked = machine.clock.machine()
    for _ in range(9):
        machine.passes(1)
        machine.clock.slack_answered(RIGHT - timedelta(days=1), asked)
    assert machine.is_off_by == timedelta(0)


@pytest.mark.parametrize("leap", [timedelta(days=300), -timedelta(days=300)])
def test_an_answer_during_which_the_clock_leapt_sets_nothing(leap: timedelta) -> None:
    machine = Machine()
    machine.hears_the_right_time()
    for _ in range(WITNESSES * 2):
        asked = machine.clock.machine()
        machine.passes(5)
        machine.ahead += leap
        machine.clock.slack_answered(machine.right - timedelta(days=2000), asked)
        machine.ahead -= leap
    assert machine.is_off_by == timedelta(0)


def test_an_answer_that_was_long_under_way_may_agree() -> None:
    machine = Machine()
    machine.hears(RIGHT, took=9)
    assert not machine.clock.is_in_doubt


def test_where_slack_tells_no_time_the_machine_is_believed() -> None:
    machine = Machine()
    machine.hears(None)
    assert not machine.clock.is_in_doubt
    assert machine.is_off_by == timedelta(0)


def test_an_answer_without_a_date_confirms_nothing_where_others_have_one() -> None:
    machine = Machine()
    machine.hears_the_right_time()
    machine.ahead = timedelta(days=300)
    machine.hears(None)
    assert machine.clock.is_in_doubt


def test_where_slack_tells_no_time_any_more_the_clock_goes_on_as_it_was_held() -> None:
    """As when something that takes the date out of every answer comes between while the bot runs."""
    machine = Machine(timedelta(minutes=5))
    machine.hears_the_right_time(times=4)
    machine.passes(GOOD_FOR.total_seconds() - 1)
    machine.hears(None)
    machine.passes(2)
    assert machine.clock.is_in_doubt
    machine.hears(None)
    assert not machine.clock.is_in_doubt
    assert abs(machine.is_off_by) < LEAST_SKEW


@pytest.mark.parametrize("leap", [timedelta(days=300), -timedelta(days=300), GOOD_FOR * 2])
def test_after_a_leap_it_is_in_doubt_until_slack_confirms_it(leap: timedelta) -> None:
    machine = Machine()
    machine.hears_the_right_time()
    machine.ahead = leap
    assert machine.clock.is_in_doubt
    machine.hears_the_right_time(times=4)
    assert abs(machine.is_off_by) < LEAST_SKEW
    machine.ahead = timedelta(0)
    assert machine.clock.is_in_doubt
    machine.hears_the_right_time(times=4)
    assert abs(machine.is_off_by) < LEAST_SKEW


def test_it_is_confirmed_from_time_to_time() -> None:
    machine = Machine()
    machine.hears_the_right_time()
    machine.passes(GOOD_FOR.total_seconds() - 1)
    assert not machine.clock.is_in_doubt
    machine.passes(2)
    assert machine.clock.is_in_doubt


def test_a_clock_that_is_moved_on_purpose_is_held_to_nobodys_and_knows_how_far_it_is_ahead() -> None:
    story = Machine(timedelta(days=7), follows=False)
    story.hears_the_right_time(times=9)
    assert story.is_off_by == timedelta(days=7)
    assert not story.clock.is_in_doubt
    assert abs(story.clock.is_ahead_by - timedelta(days=7)) <= LEAST_SKEW + timedelta(seconds=1)
