"""Years of ticks, with gaps of any length: each call and each digest is owed once or noted as missed, never twice, never neither."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from bot import calls, digests
from bot.calendar import local_day, zone
from bot.calls import owe_due_calls
from bot.digests import owe_due_digest
from bot.meetings import arrangement_of, rearrange
from bot.rotation import turn_over
from bot.slots import Owed, Slot, call_slots, digest_slots
from bot.timetable import next_meeting, starts_at
from storage.meetings import meetings_from
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.builders import Scene, deliver
from tests.long_forms import examples

pytestmark = pytest.mark.slow

gaps = st.one_of(
    st.integers(1, 60).map(lambda count: timedelta(minutes=count)),
    st.integers(1, 72).map(lambda count: timedelta(hours=count)),
    st.integers(1, 60).map(lambda count: timedelta(days=count)),
    st.sampled_from([timedelta(days=7), timedelta(days=28), timedelta(days=29), timedelta(days=200)]),
)
ticks = st.lists(st.tuples(gaps, st.booleans()), min_size=1, max_size=12)
"""How long after the one before, and whether what is owed then also gets through."""
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
where = st.sampled_from(
    [
        "America/Los_Angeles",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "America/Havana",
        "Asia/Tokyo",
        "Africa/Casablanca",
    ]
)

replayed = settings(
    max_examples=examples(16),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def replay(scene: Scene, days: list[tuple[timedelta, bool]], **settings: Any) -> list[str]:
    """What has become of the slots that were due meanwhile, those of which it is not one thing."""
    with scene.session.begin_nested() as everything:
        scene.clock.strikes("2026-11-23 12:00")
        for name, value in settings.items():
            setattr(scene.consortium, name, value)
        for gap, gets_through in days:
            scene.clock.now += gap
            _tick(scene)
            _deliver(scene, gets_through=gets_through)
        wrong = _wrong(scene)
        everything.rollback()
        scene.session.expire_all()
    return wrong


def _tick(scene: Scene) -> None:
    for verb in (turn_over, owe_due_calls, owe_due_digest):
        verb(scene.session, scene.consortium, scene.now)
    scene.session.flush()


def _deliver(scene: Scene, *, gets_through: bool) -> None:
    for kind in (PostKind.CALL, PostKind.DIGEST):
        for post in scene.posts(kind):
            if gets_through and post.state == PostState.DUE:
                deliver(post, scene.now)
    scene.session.flush()


def _wrong(scene: Scene) -> list[str]:
    posts = [post for kind in (PostKind.CALL, PostKind.DIGEST) for post in scene.posts(kind)]
    known = [post.key for post in posts]
    owed_keys = {slot.key for slot in _slots(scene)}
    return [
        *(f"neither: {key}" for key in owed_keys - set(known)),
        *(f"nobody's: {key}" for key in set(known) - owed_keys),
        *(f"twice: {key}" for key in set(known) if known.count(key) > 1),
        *_bursts(scene),
    ]


def _bursts(scene: Scene) -> list[str]:
    return [
        f"{kind} twice at once"
        for kind in (PostKind.CALL, PostKind.DIGEST)
        if sum(post.state == PostState.DUE and post.ts is None for post in scene.posts(kind)) > 1
    ]


def _slots(scene: Scene) -> list[Slot]:
    """All that were due since the schedule was agreed on, reckoned from the calendar alone."""
    consortium = scene.consortium
    here, since = zone(consortium.timezone), consortium.scheduled_since
    meetings = meetings_from(scene.session, local_day(since, here))
    slots = digest_slots(
        consortium.id,
        consortium.digest_weekday,
        consortium.digest_at,
        here,
        local_day(since, here),
        local_day(scene.now, here),
    )
    due = [slot for slot in slots if since <= slot.due <= scene.now]
    for meeting in meetings:
        of_one = call_slots(meeting.id, meeting.day, consortium.call_days, consortium.call_at, here)
        of_use = (slot for slot in of_one if slot.due < starts_at(consortium, meeting))
        due += [slot for slot in of_use if max(since, meeting.known_since) <= slot.due <= scene.now]
    return due


@replayed
@given(
    days=ticks,
    timezone=where,
    call_at=times,
    digest_at=times,
    call_days=st.just([28, 14, 7, 1]) | st.just([60, 0]),
)
def test_whatever_was_slept_through_each_slot_is_owed_or_missed_once(
    scene: Scene, days: list[tuple[timedelta, bool]], **settings: Any
) -> None:
    assert replay(scene, days, **settings) == []


changes = st.sampled_from(
    [
        {"digest_weekday": "wednesday"},
        {"digest_weekday": "monday"},
        {"digest_at": time(18)},
        {"call_at": time(7)},
        {"call_days": [26, 12, 3]},
        {"call_days": [28, 14, 7, 1]},
        {"timezone": "Asia/Tokyo"},
        -20,
        -1,
        1,
        6,
        100,
    ]
)
"""Of the settings, or by how many days the next meeting moves."""


@settings(replayed, max_examples=8, phases=[Phase.generate])
@given(turns=st.lists(st.tuples(gaps, st.none() | changes, st.booleans()), min_size=2, max_size=8))
def test_however_the_schedule_changes_at_most_one_call_and_one_digest_wait(
    scene: Scene, turns: list[tuple[timedelta, dict[str, Any] | int | None, bool]]
) -> None:
    with scene.session.begin_nested() as everything:
        scene.clock.strikes("2026-11-23 12:00")
        waiting = []
        for gap, change, gets_through in turns:
            scene.clock.now += gap
            _tick(scene)
            waiting += _bursts(scene)
            _reschedule(scene, change)
            _tick(scene)
            waiting += _bursts(scene)
            _deliver(scene, gets_through=gets_through)
        everything.rollback()
        scene.session.expire_all()
    assert waiting == []


def _reschedule(scene: Scene, change: dict[str, Any] | int | None) -> None:
    if isinstance(change, int):
        meeting = next_meeting(scene.session, scene.consortium, scene.now)
        if meeting is None:  # until midnight after the last one
            return
        day = meeting.day + timedelta(days=change)
        if day > local_day(scene.now, zone(scene.consortium.timezone)) and not meetings_from(
            scene.session, meeting.day + timedelta(days=1)
        ):
            arrangement = replace(arrangement_of(meeting), day=day)
            rearrange(scene.session, scene.consortium, meeting, meeting.host, arrangement, scene.now)
    elif change:
        for name, value in change.items():
            setattr(scene.consortium, name, value)
        scene.consortium.scheduled_since = scene.now
    scene.session.flush()


def test_whoever_looks_twice_a_day_misses_nothing(scene: Scene) -> None:
    with scene.session.begin_nested() as everything:
        for _ in range(2 * 70):
            scene.clock.passes(hours=12)
            _tick(scene)
            _deliver(scene, gets_through=True)
        states = {post.state for kind in (PostKind.CALL, PostKind.DIGEST) for post in scene.posts(kind)}
        wrong = _wrong(scene)
        everything.rollback()
    assert (wrong, states) == ([], {PostState.SENT})


def test_an_hour_or_a_zone_changed_on_the_day_itself_owes_nothing_twice(scene: Scene) -> None:
    scene.clock.strikes("2026-11-30 09:00")
    _tick(scene)
    _deliver(scene, gets_through=True)
    for change in (
        {"digest_at": "10:00"},
        {"timezone": "Pacific/Honolulu"},
        {"timezone": "America/New_York"},
    ):
        _change(scene, **change)
        for _ in range(48):
            scene.clock.passes(minutes=30)
            _tick(scene)
        scene.clock.strikes("2026-11-30 09:00")
    assert [post.key for post in scene.posts(PostKind.DIGEST)] == [f"digest:{scene.consortium.id}:2026-11-30"]


def _change(scene: Scene, **changes: str) -> None:
    for name, value in changes.items():
        is_hour = name.endswith("_at")
        setattr(scene.consortium, name, datetime.strptime(value, "%H:%M").time() if is_hour else value)  # noqa: DTZ007
    scene.consortium.scheduled_since = scene.now


# --- That these tests can fail


def _only_lately(*_: Any, **__: Any) -> datetime | None:
    """As if nobody ever slept for longer than some weeks."""
    return datetime.fromisoformat("9999-01-01T00:00+00:00")


def _only_the_newest(
    session: Session, consortium: Any, kind: PostKind, slots: Owed, *more: Any, **about: Any
) -> None:
    owe_slots(session, consortium, kind, slots._replace(missed=[]), *more, **about)


def _all_of_them(
    session: Session, consortium: Any, kind: PostKind, slots: Owed, *more: Any, **about: Any
) -> None:
    for slot in (*slots.missed, *filter(None, [slots.due])):
        owe_slots(session, consortium, kind, Owed(slot, []), *more, **about)


owe_slots = calls.owe_slots
SLEPT = [(timedelta(days=days), True) for days in (8, 1, 45, 1, 120, 1)]
PLANTED: dict[str, tuple[str, Callable[..., Any]]] = {
    "a long sleep is forgotten": ("looked_after_until", _only_lately),
    "what was missed is not noted": ("owe_slots", _only_the_newest),
    "what was missed is sent after all": ("owe_slots", _all_of_them),
}


@pytest.mark.parametrize("bug", PLANTED)
@pytest.mark.parametrize("module", [calls, digests])
def test_a_planted_bug_is_found(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, module: object, bug: str
) -> None:
    assert replay(scene, SLEPT) == []
    name, instead = PLANTED[bug]
    monkeypatch.setattr(module, name, instead)
    asleep = [(gap, False) for gap, _ in SLEPT]
    assert any(replay(scene, asleep[:number]) for number in range(1, len(asleep) + 1))
