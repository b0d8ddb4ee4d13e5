"""Calls for items: each once, at its local time, late rather than in a burst."""

from datetime import date, datetime

import pytest

from bot.calls import is_past_use, owe_due_calls
from bot.meetings import arrange, change
from storage.database import Database
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.tenancy import Session
from tests.at_once import at_once
from tests.bot.hosting import on_agenda, publish
from tests.builders import Scene, a_scene, an_arrangement, deliver
from tests.clock import SAN_FRANCISCO, FrozenClock
from tests.drawn import draw


def look(scene: Scene, local: str) -> None:
    scene.clock.strikes(local)
    owe_due_calls(scene.session, scene.consortium, scene.now)


def local(moment: datetime) -> str:
    return f"{moment.astimezone(SAN_FRANCISCO):%m-%d %H:%M}"


def calls(scene: Scene) -> list[tuple[str, PostState]]:
    posts = sorted(scene.posts(PostKind.CALL), key=lambda post: post.due_at)
    return [(local(post.due_at), post.state) for post in posts]


def test_each_call_is_owed_at_its_minute_and_once(scene: Scene) -> None:
    look(scene, "2026-12-24 09:59")
    assert calls(scene) == []

    for minute in ("10:00", "10:00", "10:01", "18:00"):
        look(scene, f"2026-12-24 {minute}")
    look(scene, "2026-12-25 10:00")
    assert calls(scene) == [("12-24 10:00", PostState.DUE)]


def test_all_calls_of_a_meeting(scene: Scene) -> None:
    for _ in range(60 * 4):
        scene.clock.passes(hours=6)
        owe_due_calls(scene.session, scene.consortium, scene.now)
        for post in scene.posts(PostKind.CALL):
            deliver(post, scene.now)

    due = ["12-24 10:00", "01-07 10:00", "01-14 10:00", "01-20 10:00"]
    assert calls(scene) == [(when, PostState.SENT) for when in due]
    [place] = {post.place for post in scene.posts(PostKind.CALL)}
    assert place == "C0SHARED"


def said(scene: Scene) -> str:
    message = draw(scene.session, scene.posts(PostKind.CALL)[-1], scene.now)
    assert message is not None
    return message.text


def test_the_last_call_tells_what_a_published_agenda_tells(scene: Scene) -> None:
    on_agenda(scene, "Rents", "Night patrol")
    look(scene, "2027-01-14 10:00")
    publish(scene)
    assert "On the agenda so far\n1. Rents · 10 min" in said(scene)
    assert "10:10 AM" not in said(scene)

    look(scene, "2027-01-20 10:00")
    assert (
        "On the agenda\n10:00 AM · Meet our staff and our work · 10 min\n1. 10:10 AM · Rents · 10 min · CCSJ"
        in said(scene)
    )
    assert "2. 10:20 AM · Night patrol" in said(scene)


def test_a_last_call_that_was_sent_before_the_agenda_was_published_is_drawn_anew(scene: Scene) -> None:
    on_agenda(scene, "Rents")
    look(scene, "2027-01-20 10:00")
    [post] = [one for one in scene.posts(PostKind.CALL) if one.state == PostState.DUE]
    assert "On the agenda so far" in said(scene)
    deliver(post, scene.now)
    before = post.wanted_version

    publish(scene)
    scene.session.refresh(post)
    assert post.wanted_version > before
    assert "1. 10:10 AM · Rents" in said(scene)


def test_after_a_time_away_one_call_is_late_and_the_older_ones_are_missed(scene: Scene) -> None:
    look(scene, "2027-01-16 08:00")

    assert calls(scene) == [
        ("12-24 10:00", PostState.MISSED),
        ("01-07 10:00", PostState.MISSED),
        ("01-14 10:00", PostState.DUE),
    ]


def test_when_slack_was_away_the_older_ones_that_were_owed_are_missed_too(scene: Scene) -> None:
    look(scene, "2026-12-24 10:00")
    look(scene, "2027-01-07 10:00")

    assert calls(scene) == [("12-24 10:00", PostState.MISSED), ("01-07 10:00", PostState.DUE)]


def test_what_was_never_called_for_since_another_meeting_came_first_is_not_missed(scene: Scene) -> None:
    later = an_arrangement(day=date(2027, 2, 4))
    arrange(scene.session, scene.consortium, scene.collaborative("Bayview"), later, scene.now)
    for day in ("2026-12-24 10:00", "2027-01-07 10:00", "2027-01-14 10:00", "2027-01-20 10:00"):
        look(scene, day)
        for call in scene.posts(PostKind.CALL):
            deliver(call, scene.now)
    look(scene, "2027-01-21 12:01")
    assert {state for _, state in calls(scene)} == {PostState.SENT}
    look(scene, "2027-01-28 10:00")
    assert calls(scene)[-1] == ("01-28 10:00", PostState.DUE)


def test_what_was_sent_is_not_called_missed(scene: Scene) -> None:
    look(scene, "2026-12-24 10:00")
    [call] = scene.posts(PostKind.CALL)
    deliver(call, scene.now)

    look(scene, "2027-01-07 10:00")
    assert calls(scene) == [("12-24 10:00", PostState.SENT), ("01-07 10:00", PostState.DUE)]


def test_what_may_have_been_sent_is_not_given_up(scene: Scene) -> None:
    look(scene, "2026-12-24 10:00")
    [call] = scene.posts(PostKind.CALL)
    call.may_be_there, call.fence = True, 1

    look(scene, "2027-01-07 10:00")
    assert calls(scene)[0] == ("12-24 10:00", PostState.DUE)


def test_a_late_call_is_dropped_when_the_next_one_is_near(scene: Scene) -> None:
    look(scene, "2027-01-19 17:00")
    assert calls(scene)[-1] == ("01-14 10:00", PostState.MISSED)

    look(scene, "2027-01-20 10:00")
    assert calls(scene)[-1] == ("01-20 10:00", PostState.DUE)


def test_nothing_is_called_for_once_the_meeting_has_begun(scene: Scene) -> None:
    look(scene, "2027-01-21 10:00")

    assert {state for _, state in calls(scene)} == {PostState.MISSED}
    look(scene, "2027-01-21 13:00")
    assert len(calls(scene)) == 4


@pytest.mark.parametrize("setting", ["known_since", "scheduled_since"])
def test_none_is_owed_for_a_time_before_it_was_known(scene: Scene, setting: str) -> None:
    scene.clock.strikes("2027-01-10 12:00")
    record = scene.meeting if setting == "known_since" else scene.consortium
    setattr(record, setting, scene.now)

    look(scene, "2027-01-10 12:01")
    assert calls(scene) == []
    look(scene, "2027-01-14 10:00")
    assert calls(scene) == [("01-14 10:00", PostState.DUE)]


def test_a_meeting_moved_is_called_for_anew(scene: Scene) -> None:
    look(scene, "2027-01-07 10:00")
    scene.clock.strikes("2027-01-08 12:00")
    later = an_arrangement(day=date(2027, 2, 11))
    change(scene.session, scene.actor("U0CURATOR"), scene.meeting.id, later, scene.now)

    look(scene, "2027-01-08 12:01")
    look(scene, "2027-01-14 10:00")
    assert calls(scene)[-1] == ("01-14 10:00", PostState.DUE)  # four weeks before the new day
    look(scene, "2027-01-28 10:00")
    assert calls(scene)[-1] == ("01-28 10:00", PostState.DUE)
    assert len(calls(scene)) == 4


def test_days_added_later_call_for_nothing_that_has_passed(scene: Scene) -> None:
    scene.clock.strikes("2027-01-02 12:00")
    scene.apply(**{"[28, 14, 7, 1]": "[20, 7]"})

    look(scene, "2027-01-02 12:01")
    assert calls(scene) == []


CALLED_AT_FIVE = {"[calls]": '[calls]\nat = "17:00"'}
CALLED_AT_THREE = {"[calls]": '[calls]\nat = "15:00"'}
JUMPS = {
    "into another zone": ("01-20 16:30", CALLED_AT_FIVE | {"Los_Angeles": "Chicago"}, "01-20 15:00"),
    "to an hour that has passed": ("01-20 16:30", CALLED_AT_THREE, "01-20 15:00"),
}


@pytest.mark.parametrize(("changed_at", "changed", "due"), JUMPS.values(), ids=JUMPS)
def test_a_change_that_jumps_over_the_last_call_makes_it_late(
    scene: Scene, changed_at: str, changed: dict[str, str], due: str
) -> None:
    scene.consortium.confirmed_at = scene.now
    scene.apply(**CALLED_AT_FIVE)
    look(scene, "2027-01-14 17:00")
    deliver(scene.posts(PostKind.CALL)[-1], scene.now)
    scene.clock.strikes(f"2027-{changed_at}")
    scene.apply(**changed)
    look(scene, "2027-01-20 16:31")
    assert calls(scene)[-1] == (due, PostState.DUE)
    look(scene, "2027-01-20 17:00")
    assert calls(scene)[-1] == (due, PostState.DUE)


def test_a_change_that_jumps_over_the_meeting_itself_misses_its_last_call(scene: Scene) -> None:
    """Admins hear of it, as of any that is past use."""
    scene.consortium.confirmed_at = scene.now
    scene.apply(**CALLED_AT_FIVE | {"Los_Angeles": "Honolulu", "America": "Pacific"})
    look(scene, "2027-01-20 16:30")
    scene.apply(**CALLED_AT_FIVE | {"Los_Angeles": "Kiritimati", "America": "Pacific"})
    look(scene, "2027-01-20 16:31")
    last = scene.posts(PostKind.CALL)[-1]
    assert (last.key.split(":")[-1], last.state) == ("1", PostState.MISSED)
    assert last.id in {post.subject_id for post in scene.posts(PostKind.UNDELIVERED)}


def test_calls_keep_local_time_over_the_change_of_clocks(scene: Scene) -> None:
    arrangement = an_arrangement(day=date(2027, 3, 18))
    change(scene.session, scene.actor("U0CURATOR"), scene.meeting.id, arrangement, scene.now)
    for when in ("2027-03-11 09:59", "2027-03-11 10:00", "2027-03-17 09:59", "2027-03-17 10:00"):
        look(scene, when)

    assert [post.due_at.hour for post in scene.posts(PostKind.CALL)][-2:] == [18, 17]
    assert [when for when, _ in calls(scene)][-2:] == ["03-11 10:00", "03-17 10:00"]


MOVED_BY_A_WEEK = {"2027-01-21": "2027-01-28"}
OTHER_DAYS = {"[28, 14, 7, 1]": "[26, 7]"}
LATER_THAT_DAY = {"[calls]": '[calls]\nat = "18:00"'}


@pytest.mark.parametrize(
    ("changed", "next_one"),
    [(MOVED_BY_A_WEEK, "12-31 10:00"), (OTHER_DAYS, "12-26 10:00"), (LATER_THAT_DAY, "01-07 18:00")],
    ids=["the meeting moved", "other days", "another hour"],
)
def test_what_waits_since_the_schedule_was_another_is_missed_when_a_newer_one_is_due(
    scene: Scene, changed: dict[str, str], next_one: str
) -> None:
    look(scene, "2026-12-24 10:00")
    scene.clock.strikes("2026-12-24 15:00")
    scene.apply(**changed)
    look(scene, "2026-12-24 15:01")
    assert calls(scene) == [("12-24 10:00", PostState.DUE)]

    day, hour = next_one.split()
    look(scene, f"{'2027' if day.startswith('01') else '2026'}-{day} {hour}")
    assert calls(scene) == [("12-24 10:00", PostState.MISSED), (next_one, PostState.DUE)]
    look(scene, f"{'2027' if day.startswith('01') else '2026'}-{day} {hour}")
    [told] = {post.subject_id for post in scene.posts(PostKind.UNDELIVERED)}
    assert told == scene.posts(PostKind.CALL)[0].id


def test_what_waits_for_a_meeting_that_comes_later_than_another_is_missed(scene: Scene) -> None:
    look(scene, "2026-12-24 10:00")
    sooner = an_arrangement(day=date(2027, 1, 6))
    arrange(scene.session, scene.consortium, scene.collaborative("Bayview"), sooner, scene.now)

    look(scene, "2026-12-24 10:01")
    assert calls(scene) == [("12-24 10:00", PostState.MISSED)]


@pytest.mark.parametrize(
    ("now", "is_too_late"),
    [("2027-01-06 09:59", False), ("2027-01-06 10:00", True), ("2027-01-07 10:00", True)],
    ids=["the next is far", "the next is near", "a newer one is due"],
)
def test_what_may_have_been_sent_is_past_use_as_any_other_is(
    scene: Scene, now: str, *, is_too_late: bool
) -> None:
    look(scene, "2026-12-24 10:00")
    [call] = scene.posts(PostKind.CALL)
    call.may_be_there = True
    scene.clock.strikes(now)
    assert is_past_use(scene.session, scene.consortium, call, scene.now) is is_too_late


def test_two_who_look_at_once_owe_one_call(database: Database, clock: FrozenClock) -> None:
    with database.transaction() as session:
        a_scene(session, clock)
    clock.strikes("2027-01-07 10:00")

    def looking(session: Session) -> None:
        owe_due_calls(session, Scene.found(session, clock).consortium, clock())

    assert at_once(database, looking, looking) == (None, None)
    with database.transaction() as session:
        assert calls(Scene.found(session, clock)) == [
            ("12-24 10:00", PostState.MISSED),
            ("01-07 10:00", PostState.DUE),
        ]
