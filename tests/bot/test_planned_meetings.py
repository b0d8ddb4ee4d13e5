"""The file's meetings: which of them was moved, which has another host, and which is new."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cancelling import cancel
from bot.consortia import apply
from bot.meetings import arrange, change
from bot.plan.plan import read_plan
from bot.rotation import turn_over
from storage.meetings import Meeting, MeetingState, meetings_from
from storage.post_kinds import PostKind
from storage.tenancy import Session
from tests.builders import Scene, an_arrangement
from tests.long_forms import examples
from tests.refusals import refusal
from tests.story import PLAN

Told = list[tuple[str, str]]
"""Day and host of each meeting, in the order of the file."""
HOSTS = ("CCSJ", "Bayview", "Mission", "Sunset")
A_MEETING = """
[[meeting]]
date = "{}"
starts = "10:00"
minutes = 120
"""


def plan(told: Iterable[tuple[str, str]]) -> str:
    settings = PLAN[: PLAN.index("[[meeting]]")]
    return settings + "".join(
        A_MEETING.format(day) + (f'host = "{host}"\n' if host else "") for day, host in told
    )


def says(scene: Scene, told: Told) -> None:
    """The file, from now on."""
    apply(scene.session, read_plan(plan(told)), scene.now)


def there(session: Session) -> dict[str, Meeting]:
    return {one.day.isoformat(): one for one in meetings_from(session, date.min)}


def become(scene: Scene, before: Told, after: Told) -> dict[str, str]:
    """To which day each meeting has come, and under which host; by the day and the host of before. New ones stand under nothing."""
    says(scene, before)
    was = {meeting.id: f"{day} {meeting.host.name}" for day, meeting in there(scene.session).items()}
    says(scene, after)
    return {
        f"{day} {meeting.host.name}": was.get(meeting.id, "") for day, meeting in there(scene.session).items()
    }


JANUARY, APRIL, JULY, OCTOBER = "2027-01-21", "2027-04-15", "2027-07-15", "2027-10-21"
TWO = [(JANUARY, "CCSJ"), (APRIL, "Bayview")]
THREE = [*TWO, (JULY, "Mission")]
ONE_HOSTS_TWICE = [(JANUARY, "CCSJ"), (APRIL, "CCSJ")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            TWO,
            [("2027-01-28", "CCSJ"), (APRIL, "Bayview")],
            {"2027-01-28 CCSJ": "2027-01-21 CCSJ", "2027-04-15 Bayview": "2027-04-15 Bayview"},
            id="one is moved",
        ),
        pytest.param(
            TWO,
            [(APRIL, "CCSJ"), (JULY, "Bayview")],
            {"2027-04-15 CCSJ": "2027-01-21 CCSJ", "2027-07-15 Bayview": "2027-04-15 Bayview"},
            id="two are put off by a quarter",
        ),
        pytest.param(
            THREE,
            [(APRIL, "CCSJ"), (JULY, "Bayview"), (OCTOBER, "Mission")],
            {
                "2027-04-15 CCSJ": "2027-01-21 CCSJ",
                "2027-07-15 Bayview": "2027-04-15 Bayview",
                "2027-10-21 Mission": "2027-07-15 Mission",
            },
            id="three are put off by a quarter",
        ),
        pytest.param(
            [(APRIL, "CCSJ"), (JULY, "Bayview")],
            TWO,
            {"2027-01-21 CCSJ": "2027-04-15 CCSJ", "2027-04-15 Bayview": "2027-07-15 Bayview"},
            id="two come a quarter sooner",
        ),
        pytest.param(
            TWO,
            [(APRIL, "CCSJ"), (JULY, "Bayview"), (OCTOBER, "Mission")],
            {
                "2027-04-15 CCSJ": "2027-01-21 CCSJ",
                "2027-07-15 Bayview": "2027-04-15 Bayview",
                "2027-10-21 Mission": "",
            },
            id="two are put off, and one is added",
        ),
        pytest.param(
            TWO,
            [(JANUARY, "Bayview"), (APRIL, "CCSJ")],
            {"2027-01-21 Bayview": "2027-01-21 CCSJ", "2027-04-15 CCSJ": "2027-04-15 Bayview"},
            id="two hosts change places",
        ),
        pytest.param(
            TWO,
            [(JANUARY, "Mission"), (APRIL, "Bayview")],
            {"2027-01-21 Mission": "2027-01-21 CCSJ", "2027-04-15 Bayview": "2027-04-15 Bayview"},
            id="another hosts",
        ),
        pytest.param(
            THREE,
            [(JANUARY, "CCSJ"), (JULY, "Mission")],
            {
                "2027-01-21 CCSJ": "2027-01-21 CCSJ",
                "2027-04-15 Bayview": "2027-04-15 Bayview",
                "2027-07-15 Mission": "2027-07-15 Mission",
            },
            id="one is taken out",
        ),
        pytest.param(
            TWO,
            [(JANUARY, "Bayview")],
            {"2027-01-21 Bayview": "2027-01-21 CCSJ", "2027-04-15 Bayview": "2027-04-15 Bayview"},
            id="one is taken out, and its host takes over another",
        ),
        pytest.param(
            TWO,
            THREE,
            {
                "2027-01-21 CCSJ": "2027-01-21 CCSJ",
                "2027-04-15 Bayview": "2027-04-15 Bayview",
                "2027-07-15 Mission": "",
            },
            id="one is added",
        ),
        pytest.param(
            [(JANUARY, "CCSJ")],
            [("2026-12-03", "CCSJ"), ("2027-01-28", "CCSJ")],
            {"2026-12-03 CCSJ": "", "2027-01-28 CCSJ": "2027-01-21 CCSJ"},
            id="one is moved, and its host gets another before it",
        ),
        pytest.param(
            ONE_HOSTS_TWICE,
            [(JANUARY, "CCSJ"), (JULY, "CCSJ")],
            {"2027-01-21 CCSJ": "2027-01-21 CCSJ", "2027-07-15 CCSJ": "2027-04-15 CCSJ"},
            id="one of two meetings of one host is moved",
        ),
        pytest.param(
            ONE_HOSTS_TWICE,
            [("2027-03-18", "CCSJ"), ("2027-06-17", "CCSJ")],
            {"2027-03-18 CCSJ": "2027-01-21 CCSJ", "2027-06-17 CCSJ": "2027-04-15 CCSJ"},
            id="both meetings of one host are moved",
        ),
        pytest.param(
            ONE_HOSTS_TWICE,
            [(JANUARY, "CCSJ"), (APRIL, "CCSJ"), (JULY, "CCSJ")],
            {
                "2027-01-21 CCSJ": "2027-01-21 CCSJ",
                "2027-04-15 CCSJ": "2027-04-15 CCSJ",
                "2027-07-15 CCSJ": "",
            },
            id="a third meeting of one host is added",
        ),
    ],
)
def test_each_meeting_is_the_one_that_a_reader_of_the_file_would_say(
    scene: Scene, before: Told, after: Told, expected: dict[str, str]
) -> None:
    scene.session.delete(scene.meeting)
    scene.session.flush()
    assert become(scene, before, after) == expected


def test_what_is_put_off_by_a_quarter_takes_its_items_with_it(scene: Scene) -> None:
    says(scene, TWO)
    item = scene.propose("Budget")
    says(scene, [(APRIL, "CCSJ"), (JULY, "Bayview")])
    assert item.meeting is not None
    assert (item.meeting.day.isoformat(), item.meeting.host.name) == (APRIL, "CCSJ")
    assert len(scene.posts(PostKind.MOVED_MEETING)) == 2
    assert "U0RUTH" not in scene.cards(item)


def test_where_hosts_change_places_the_new_one_decides_and_nobody_hears_of_a_move(scene: Scene) -> None:
    says(scene, TWO)
    item = scene.propose("Budget")
    scene.cards(item)
    says(scene, [(JANUARY, "Bayview"), (APRIL, "CCSJ")])
    assert item.meeting is scene.meeting
    assert scene.cards(item) == {"U0CURATOR": False, "U0DEPUTY": False, "U0RUTH": True}
    told = [post.place for post in scene.posts(PostKind.PROPOSED_MEETING, about=scene.meeting.id)]
    assert told == ["U0RUTH"]


def test_a_meeting_that_its_host_moved_is_known_by_the_day_that_the_file_gave_it(scene: Scene) -> None:
    says(scene, TWO)
    meeting = scene.meeting
    change(
        scene.session, scene.actor("U0CURATOR"), meeting.id, an_arrangement(day=date(2027, 1, 28)), scene.now
    )
    says(scene, [(APRIL, "CCSJ"), (JULY, "Bayview")])
    assert there(scene.session)[APRIL] is meeting
    assert list(there(scene.session)) == [APRIL, JULY]


def test_a_meeting_that_is_over_is_not_moved_to_a_day_to_come(scene: Scene) -> None:
    says(scene, TWO)
    scene.clock.strikes("2027-01-25 09:00")
    over = there(scene.session)[JANUARY]
    says(scene, [(APRIL, "Bayview"), (JULY, "CCSJ")])
    assert there(scene.session)[JANUARY] is over
    assert list(there(scene.session)) == [JANUARY, APRIL, JULY]


def test_a_proposed_meeting_is_settled_by_a_date_that_is_near_whoever_hosts(scene: Scene) -> None:
    scene.clock.strikes("2027-01-25 09:00")
    turn_over(scene.session, scene.consortium, scene.now)
    proposed = scene.meeting
    says(scene, [(JANUARY, "CCSJ"), ("2027-04-22", "Mission"), (JULY, "Bayview")])
    assert there(scene.session)["2027-04-22"] is proposed
    assert list(there(scene.session)) == [JANUARY, "2027-04-22", JULY]


def test_a_day_that_a_host_has_taken_meanwhile_is_refused(scene: Scene) -> None:
    change(
        scene.session,
        scene.actor("U0CURATOR"),
        scene.meeting.id,
        an_arrangement(day=date(2027, 4, 15)),
        scene.now,
    )
    with refusal("There is a meeting on .*April 15, 2027 already."):
        says(scene, TWO)


A_FIRST_DAY = datetime.fromisoformat("2027-01-01").date()


@contextmanager
def rolled_back(scene: Scene) -> Iterator[None]:
    trying = scene.session.begin_nested()
    scene.session.delete(scene.meeting)
    scene.session.flush()
    yield
    trying.rollback()


files = st.dictionaries(
    st.integers(0, 8).map(lambda weeks: (A_FIRST_DAY + timedelta(weeks=weeks)).isoformat()),
    st.sampled_from(("", *HOSTS)),
    max_size=5,
).map(lambda days: list(days.items()))


@pytest.mark.slow
@given(before=files, after=files)
@settings(
    max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_the_file_said_before_all_that_it_says_comes_to_be(
    scene: Scene, before: Told, after: Told
) -> None:
    with rolled_back(scene):
        says(scene, before)
        known = {meeting.id for meeting in there(scene.session).values()}
        says(scene, after)
        found = there(scene.session)
        assert {day: found[day].host.name for day, host in after if host} == {d: h for d, h in after if h}
        assert {day for day, _host in after} <= set(found)
        assert known <= {meeting.id for meeting in found.values()}
        stand = {day: meeting.id for day, meeting in found.items()}
        says(scene, after)
        assert {day: meeting.id for day, meeting in there(scene.session).items()} == stand


# --- What was cancelled in Slack


def cancel_first(scene: Scene) -> Meeting:
    meeting = scene.meeting
    cancel(scene.session, scene.actor("U0CURATOR"), meeting.id, scene.now)
    return meeting


def test_the_file_applied_again_brings_no_cancelled_meeting_back(scene: Scene) -> None:
    says(scene, TWO)
    cancel_first(scene)
    for _ in range(2):
        says(scene, TWO)
        assert list(there(scene.session)) == [APRIL]


def test_nor_does_a_host_that_has_another_office_or_name(scene: Scene) -> None:
    says(scene, [(JANUARY, ""), (APRIL, "Bayview")])
    cancel_first(scene)
    text = plan([(JANUARY, ""), (APRIL, "Bayview")])
    apply(scene.session, read_plan(text.replace('office = "1 Main St', 'office = "9 Main St')), scene.now)
    assert list(there(scene.session)) == [APRIL]


def test_nor_does_a_change_of_what_would_be_past_by_now(scene: Scene) -> None:
    says(scene, TWO)
    cancel_first(scene)
    scene.clock.strikes("2027-02-01 09:00")
    apply(scene.session, read_plan(plan(TWO).replace('"10:00"', '"11:00"')), scene.now)
    assert list(there(scene.session)) == [APRIL]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(TWO, [("2027-01-28", "CCSJ"), TWO[1]], ["2027-01-28", APRIL], id="another day"),
        pytest.param(TWO, [(JANUARY, "Mission"), TWO[1]], [JANUARY, APRIL], id="another host"),
    ],
)
def test_what_the_file_says_otherwise_is_a_new_meeting(
    scene: Scene, before: Told, after: Told, expected: list[str]
) -> None:
    says(scene, before)
    cancelled = cancel_first(scene)
    for _ in range(2):
        says(scene, after)
        assert list(there(scene.session)) == expected
    assert cancelled.state == MeetingState.CANCELLED


def test_one_that_the_file_named_no_more_and_names_again_is_a_new_meeting(scene: Scene) -> None:
    says(scene, TWO)
    cancel_first(scene)
    says(scene, TWO[1:])
    assert list(there(scene.session)) == [APRIL]
    says(scene, TWO)
    assert list(there(scene.session)) == [JANUARY, APRIL]


def test_one_that_was_added_again_in_slack_is_not_doubled(scene: Scene) -> None:
    says(scene, TWO)
    cancel_first(scene)
    again = arrange(scene.session, scene.consortium, scene.collaborative("CCSJ"), an_arrangement(), scene.now)
    says(scene, TWO)
    assert there(scene.session)[JANUARY] is again
    says(scene, [(JANUARY, "Mission"), TWO[1]])
    assert there(scene.session)[JANUARY] is again
    assert again.host.name == "Mission"


@pytest.mark.parametrize("is_applied_before", [True, False])
def test_one_that_was_added_again_in_slack_goes_with_its_items_where_the_file_moves_it(
    scene: Scene, *, is_applied_before: bool
) -> None:
    says(scene, TWO)
    cancel_first(scene)
    again = arrange(scene.session, scene.consortium, scene.collaborative("CCSJ"), an_arrangement(), scene.now)
    item = scene.propose()
    if is_applied_before:
        says(scene, TWO)
    says(scene, [("2027-01-28", "CCSJ"), TWO[1]])
    assert list(there(scene.session)) == ["2027-01-28", APRIL]
    assert there(scene.session)["2027-01-28"] is again is item.meeting


def test_one_that_was_added_again_and_moved_in_slack_is_not_doubled(scene: Scene) -> None:
    says(scene, TWO)
    cancel_first(scene)
    again = arrange(scene.session, scene.consortium, scene.collaborative("CCSJ"), an_arrangement(), scene.now)
    elsewhere = an_arrangement(day=date(2027, 2, 4))
    change(scene.session, scene.actor("U0CURATOR"), again.id, elsewhere, scene.now)
    for told, expected in ((TWO, "2027-02-04"), ([("2027-01-28", "CCSJ"), TWO[1]], "2027-01-28")):
        says(scene, told)
        assert list(there(scene.session)) == [expected, APRIL]
        assert there(scene.session)[expected] is again


def test_one_that_was_moved_and_cancelled_is_known_when_it_is_added_on_the_day_of_the_file(
    scene: Scene,
) -> None:
    says(scene, TWO)
    moved = an_arrangement(day=date(2027, 2, 4))
    change(scene.session, scene.actor("U0CURATOR"), scene.meeting.id, moved, scene.now)
    cancel_first(scene)
    again = arrange(scene.session, scene.consortium, scene.collaborative("CCSJ"), an_arrangement(), scene.now)
    says(scene, [("2027-01-28", "CCSJ"), TWO[1]])
    assert list(there(scene.session)) == ["2027-01-28", APRIL]
    assert there(scene.session)["2027-01-28"] is again


def test_one_that_was_added_again_and_cancelled_again_stays_so(scene: Scene) -> None:
    says(scene, TWO)
    cancel_first(scene)
    arrange(scene.session, scene.consortium, scene.collaborative("CCSJ"), an_arrangement(), scene.now)
    says(scene, TWO)
    cancel_first(scene)
    says(scene, TWO)
    assert list(there(scene.session)) == [APRIL]


def test_one_of_another_host_on_that_day_is_a_meeting_of_its_own(scene: Scene) -> None:
    says(scene, [(JANUARY, ""), TWO[1]])
    cancel_first(scene)
    arrange(scene.session, scene.consortium, scene.collaborative("Sunset"), an_arrangement(), scene.now)
    says(scene, [("2027-01-28", ""), TWO[1]])
    assert list(there(scene.session)) == [JANUARY, "2027-01-28", APRIL]
