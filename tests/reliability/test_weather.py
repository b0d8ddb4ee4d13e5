"""The weather is the same again for the same seed, and knows every fault."""

import pytest

from tests.reliability.replica import HASTE
from tests.reliability.weather import SHARE, Weather


def test_the_weather_is_the_same_for_the_same_seed_and_leaves_the_rest_of_slack_alone() -> None:
    one, same, other = Weather(7, HASTE), Weather(7, HASTE), Weather(8, HASTE)
    faults = [[weather("chat.postMessage") for _ in range(2000)] for weather in (one, same, other)]
    assert faults[0] == faults[1] != faults[2]
    assert sum(fault is not None for fault in faults[0]) / 2000 == pytest.approx(SHARE, abs=0.05)
    assert set(one.counted) == set(one.faults())
    assert one("auth.test") is None
