"""What the rounds come to, and the tables that tell it."""

import math

import pytest

from bench.race.contestants import AS_USUAL, BOTS, FLOORS
from bench.race.measures import Measured, Round, middle, p99_at, ratio
from bench.race.report import markdown
from bench.race.servers import LATE, Rest, Start

PACED = {100: [[2.0, 4.0], [2.0, 3.0], [2.0, 9.0]], 300: [[5.0, LATE], [LATE, 6.0], [1.0, 2.0]]}


def round_of(
    cpu: float, seconds: float = 1.0, with_cards: float = 0.0, at_once: tuple[float, ...] = (1.0,)
) -> Round:
    return Round(100, seconds, cpu, with_cards, list(at_once))


def measured(*rounds: Round) -> Measured:
    return Measured(Start(2.0, 1.25), Rest(80.4, None), rounds, PACED)


OURS = measured(
    round_of(1.0, seconds=2, with_cards=4.0, at_once=(9.0, 30.0)),
    round_of(3.0, seconds=4, with_cards=6.0, at_once=(9.0, 10.0)),
    round_of(2.0, seconds=10, with_cards=5.0, at_once=(9.0, 90.0)),
)
THEIRS = measured(round_of(0.5), round_of(0.5), round_of(2.0, at_once=(1.0, 2.0)))


def test_a_round_tells_what_one_request_costs():
    of = OURS.rounds[0]
    assert (of.a_second, of.cpu_ms, of.cpu_ms_with_cards) == (50, 10, 40)
    assert (of.p50, of.p99) == (9, 30)


def test_of_several_rounds_the_middle_one_counts():
    assert middle(OURS, lambda of: of.p99) == 30
    assert middle(OURS, lambda of: of.a_second) == 25
    assert (p99_at(100, OURS), p99_at(300, OURS)) == (4, math.inf)


def test_rounds_are_compared_with_those_that_ran_beside_them():
    assert ratio(OURS, lambda of: of.cpu_ms, THEIRS) == 2  # of 2, 6 and 1
    assert ratio(OURS, lambda of: of.cpu_ms_with_cards, THEIRS, lambda of: of.cpu_ms) == 8  # of 8, 12 and 2.5


def test_nothing_is_so_many_times_nothing():
    assert math.isnan(ratio(measured(round_of(1.0)), lambda of: of.cpu, measured(round_of(0.0))))


def test_the_table_tells_what_was_wanted_beside_what_is():
    told = markdown({BOTS["SQLite"]: OURS, FLOORS["SQLite"]: THEIRS, AS_USUAL["SQLite"]: THEIRS})
    assert "against Bolt JS as usual, 20 at once | 8.7× | 2.0× | ≤ 1.5× |" in told
    assert "delivered, against Bolt JS until its receipt | 27× | 8.0× |" in told
    assert "against the floor | 0.05 | 0.25 | ≥ 0.3 |" in told
    assert "at 100 a second | seconds | 4.0 ms | ≤ 50 ms |" in told
    assert "at 300 a second | seconds | over 3 s |" in told
    assert "CPU until ready | 2 s | 1.2 s |" in told
    assert "| 80 / – |" in told
    assert "Postgres" not in told


@pytest.mark.parametrize("engine", ["SQLite", "Postgres"])
def test_who_was_left_out_is_said_and_nothing_is_compared_with_them(engine):
    told = markdown(
        {BOTS[engine]: OURS, FLOORS[engine]: THEIRS}, ["Bolt JS is left out: there is no node here."]
    )
    assert told.endswith("Bolt JS is left out: there is no node here.")
    assert "| – | ≤ 1.5× | ≤ 1× |" in told
