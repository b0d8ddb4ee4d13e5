"""What many timings come to, and when the promise counts as kept."""

import pytest

from bench.on_screen.figures import Timings, figures, percentile, ratio
from bench.on_screen.report import Result, markdown, table


def test_a_percentile_is_the_smallest_timing_that_so_many_do_not_exceed():
    timings = [float(number) for number in range(1, 201)]
    assert (percentile(timings, 50), percentile(timings, 99), percentile(timings, 100)) == (100, 198, 200)
    assert percentile([7.0], 99) == 7


def test_all_blocks_count_together():
    of = figures([[1.0, 60.0], [3.0, 2.0]])
    assert (of.count, of.p50, of.most, of.share) == (4, 2, 60, 0.75)


@pytest.mark.parametrize(("late", "is_kept"), [(1, True), (2, False)])
def test_the_promise_is_kept_by_99_of_100(late, is_kept):
    assert figures([[50.0] * (100 - late) + [50.1] * late]).keeps_promise is is_kept


def test_the_ratio_compares_blocks_that_ran_side_by_side():
    times = ratio([[10.0, 10.0, 90.0], [40.0], [30.0]], [[1.0], [2.0], [1.0]])
    assert (times.least, times.middle, times.most) == (10, 20, 30)


def test_a_share_on_screen_is_never_rounded_up():
    result = Result("HTTP", Timings([[1.0] * 9999 + [51.0]], [[1.0]], [[1.0]], [[1.0]]))
    assert "99.9 %" in table([result])
    assert "100.0 % |" not in markdown([result])
