"""The timetable, also where nobody knows the time zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.timetable import first_day_to_come, has_known_zone, meetings_to_come, today_in
from tests.bot.hosting import meeting_held
from tests.builders import Scene


def test_the_first_day_to_come_is_today_where_the_time_zone_is_known(scene: Scene) -> None:
    scene.clock.strikes("2027-01-21 23:30")
    assert first_day_to_come(scene.consortium, scene.now) == date(2027, 1, 21)
    assert first_day_to_come(scene.consortium, scene.now) == today_in(scene.consortium, scene.now)


@pytest.mark.parametrize("hour", range(0, 24, 5))
def test_where_nobody_knows_it_no_day_is_left_out_that_may_be_today(scene: Scene, hour: int) -> None:
    scene.consortium.timezone = "America/Atlantis"
    assert not has_known_zone(scene.consortium)
    now = datetime(2027, 1, 21, hour, tzinfo=UTC)
    first = first_day_to_come(scene.consortium, now)
    assert first == min(now.astimezone(ZoneInfo(name)).date() for name in available_timezones())
    assert now.date() - first <= timedelta(days=1)


def test_a_meeting_is_to_come_until_it_is_over(scene: Scene) -> None:
    def days() -> list[int]:
        return [one.day.month for one in meetings_to_come(scene.session, scene.consortium, scene.now)]

    meeting_held(scene, at="2027-01-21 11:59")
    assert days() == [1, 4]
    scene.clock.strikes("2027-01-21 12:00")
    assert days() == [4]


def test_where_nobody_knows_the_time_zone_it_is_to_come_all_day(scene: Scene) -> None:
    scene.clock.strikes("2027-01-21 13:00")
    scene.consortium.timezone = "America/Atlantis"
    assert [one.day.month for one in meetings_to_come(scene.session, scene.consortium, scene.now)] == [1]
