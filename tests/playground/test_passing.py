"""How time passes: it stops wherever something may be due, and goes on when that is done."""

import asyncio
from datetime import datetime, time
from zoneinfo import ZoneInfo

from playground.clock import StoryClock
from playground.passing import Passing, stops

HERE = ZoneInfo("America/Los_Angeles")
TEN, FOUR = time(10), time(16)


def moment(written):
    return datetime.fromisoformat(written).replace(tzinfo=HERE)


def the_stops(now, until, *hours):
    return [f"{one:%m-%d %H:%M}" for one in stops(moment(now), moment(until), hours)]


def test_it_stops_at_each_hour_that_it_would_pass_and_at_the_end():
    assert the_stops("2026-11-26 12:00", "2026-11-28 10:30", TEN, FOUR) == [
        "11-26 16:00",
        "11-27 10:00",
        "11-27 16:00",
        "11-28 10:00",
        "11-28 10:30",
    ]


def test_an_hour_that_is_now_or_the_end_is_no_stop_of_its_own():
    assert the_stops("2026-11-26 10:00", "2026-11-27 10:00", TEN) == ["11-27 10:00"]
    assert the_stops("2026-11-26 12:00", "2026-11-26 13:00", TEN) == ["11-26 13:00"]


def test_ten_is_ten_also_when_the_clocks_change():
    over_a_night = list(stops(moment("2026-10-31 12:00"), moment("2026-11-01 12:00"), [TEN]))

    assert [one.hour for one in over_a_night] == [10, 12]
    assert over_a_night[0].timestamp() - moment("2026-10-31 12:00").timestamp() == 23 * 3600


async def test_it_goes_on_when_who_lives_by_the_clock_has_caught_up(tmp_path):
    clock = StoryClock(tmp_path / "offset")
    seen = []

    async def catches_up():
        await asyncio.sleep(0)  # time for the clock to run away
        seen.append(datetime.fromtimestamp(clock(), HERE))

    next_year = datetime.fromtimestamp(clock(), HERE).year + 1
    end = moment(f"{next_year}-01-03 10:30")
    passing = Passing(clock, {TEN}, catches_up)
    await passing.leap(moment(f"{next_year}-01-01 12:00"))

    await passing.to(end)

    assert [f"{one:%d %H:%M}" for one in seen] == ["01 12:00", "02 10:00", "03 10:00", "03 10:30"]
    assert not passing.is_under_way


async def test_only_one_lets_time_pass(tmp_path):
    clock = StoryClock(tmp_path / "offset")
    go_on = asyncio.Event()
    passing = Passing(clock, set(), go_on.wait)
    start = clock()

    first = asyncio.create_task(passing.to(datetime.fromtimestamp(start + 3600, HERE)))
    await asyncio.sleep(0)
    await passing.to(datetime.fromtimestamp(start + 7200, HERE))
    go_on.set()
    await first

    assert 3600 <= clock() - start < 7200
