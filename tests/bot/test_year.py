"""The year: who hosts when, as far as meetings are set or proposed, and after that as hosting order goes on."""

from datetime import date

import pytest

from bot.cancelling import cancel
from bot.hosting import swap
from bot.rotation import in_turn, turn_over
from bot.seen.year import YearSeen
from bot.year import who_hosts_when
from storage.consortia import Collaborative
from storage.meetings import MeetingState
from tests.bot.hosting import OVER, curator, meeting_held
from tests.bot.test_hosting import APRIL, JANUARY, admin, meets
from tests.builders import Scene


def year(scene: Scene, user_id: str = "U0MEMBER") -> YearSeen:
    return who_hosts_when(scene.session, scene.actor(user_id), scene.now)


def turns(scene: Scene) -> list[tuple[date, str, bool]]:
    """And whether there is a meeting."""
    return [(turn.day, turn.host, turn.meeting is not None) for turn in year(scene).turns.shown]


def test_after_the_meetings_that_are_set_the_hosting_order_goes_on_for_a_year(scene: Scene) -> None:
    assert turns(scene) == [
        (JANUARY, "CCSJ", True),
        (APRIL, "Bayview", False),
        (date(2027, 7, 15), "Mission", False),
        (date(2027, 10, 21), "Sunset", False),
    ]
    assert year(scene).after_that == ()


def test_it_foretells_what_is_then_proposed(scene: Scene) -> None:
    foretold = turns(scene)[1]
    scene.clock.strikes("2027-01-22 10:00")
    turn_over(scene.session, scene.consortium, scene.now)
    assert turns(scene)[0] == (*foretold[:2], True)
    [proposed, *_] = year(scene).turns.shown
    assert proposed.meeting is not None
    assert not proposed.meeting.is_confirmed


def test_who_hosts_after_the_year_is_named_in_hosting_order(scene: Scene) -> None:
    for number in range(5, 15):
        add(scene, f"No {number}", number)
    assert [host for _day, host, _is_there in turns(scene)] == ["CCSJ", "Bayview", "Mission", "Sunset"]
    assert year(scene).after_that == tuple(f"No {number}" for number in range(5, 15))


def add(scene: Scene, name: str, position: int) -> None:
    scene.session.add(Collaborative(name=name, office="Main St", position=position, curators_channel_id=None))
    scene.session.flush()


def test_a_single_one_hosts_each_time(scene: Scene) -> None:
    for name in ("Bayview", "Mission", "Sunset"):
        scene.collaborative(name).position = None
    scene.session.flush()
    assert [host for _day, host, _is_there in turns(scene)] == ["CCSJ"] * 4
    assert not any(turn.may_ask for turn in year(scene, "U0CURATOR").turns.shown)


def test_where_nobody_hosts_or_nothing_was_ever_set_it_foretells_no_day(scene: Scene) -> None:
    scene.session.delete(scene.meeting)
    scene.session.flush()
    assert (turns(scene), year(scene).after_that) == ([], ("CCSJ", "Bayview", "Mission", "Sunset"))
    for name in ("CCSJ", "Bayview", "Mission", "Sunset"):
        scene.collaborative(name).position = None
    scene.session.flush()
    assert (turns(scene), year(scene).after_that) == ([], ())


def test_of_very_many_meetings_a_page_is_shown_and_the_others_are_counted(scene: Scene) -> None:
    for month in range(14):
        meets(scene, "Mission", date(2028 + month // 12, 1 + month % 12, 3))
    seen = year(scene).turns
    assert (len(seen.shown), seen.more) == (12, 3)
    assert all(turn.meeting for turn in seen.shown)


def test_a_cancelled_meeting_is_none_of_them_and_its_host_still_has_its_turn(scene: Scene) -> None:
    cancel(scene.session, curator(scene), scene.meeting.id, scene.now)
    assert turns(scene)[:2] == [(APRIL, "CCSJ", True), (date(2027, 7, 15), "Bayview", False)]


def test_who_changed_places_does_not_host_twice_in_a_round(scene: Scene) -> None:
    april = meets(scene, "Bayview", APRIL)
    swap(scene.session, admin(scene), scene.meeting.id, april.id, scene.now)
    assert [host for _day, host, _is_there in turns(scene)] == ["Bayview", "CCSJ", "Mission", "Sunset"]


@pytest.mark.parametrize(
    ("hosted", "next_ones"),
    [
        ("", "ABCDABCD"),
        ("AB", "CDABCD"),
        ("BA", "CDABCD"),  # two have changed places, and the order goes on as ever
        ("CBA", "DCBADC"),
        ("AAA", "BCDABC"),
        ("X", "ABCD"),  # who has left hosting order is followed by its first
        ("ABX", "ABCD"),
    ],
)
def test_whose_turn_comes_next(hosted: str, next_ones: str) -> None:
    so_far = list(hosted)
    for expected in next_ones:
        assert in_turn("ABCD", so_far) == expected, so_far  # type: ignore[arg-type,comparison-overlap]
        so_far.append(expected)


def test_of_two_they_take_turns(scene: Scene) -> None:
    assert [in_turn("AB", hosted) for hosted in ("", "A", "AB", "BA")] == ["A", "B", "A", "B"]  # type: ignore[arg-type]


def test_one_that_is_proposed_says_so_and_one_that_is_not_set_yet_as_well(scene: Scene) -> None:
    meeting_held(scene, at=OVER)
    scene.meeting.state = MeetingState.PROPOSED
    [first, second, *_] = year(scene).turns.shown
    assert first.meeting is not None
    assert (first.meeting.is_confirmed, second.meeting) == (False, None)
