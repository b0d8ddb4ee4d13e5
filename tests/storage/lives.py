"""Lives of posts for tests: of every state with the values that make a difference, and what can happen to them."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

from hypothesis import strategies as st

from storage.happenings import (
    CarriedAlong,
    Changed,
    Claimed,
    ClockSetBack,
    FilePromised,
    FilesFound,
    Happening,
    Hastened,
    Missed,
    OwedAgain,
    PassedOn,
    PlaceReplaced,
    Rescheduled,
    RestEnded,
    Restored,
    RestShortened,
    SaidToBeMissing,
    SaidToBeThere,
    ShownAlong,
    StaleEditNoted,
    StrayNoted,
    SweepClaimed,
    Swept,
    Tried,
    Withheld,
)
from storage.outcomes import (
    Closed,
    CutShort,
    Gone,
    Hindered,
    NotDrawn,
    NotNeeded,
    NotSent,
    Outcome,
    PutOff,
    Refused,
    Sent,
    TooLate,
    Unclear,
    Unknowable,
)
from storage.post_facts import PUT_OFF, Gap, Life, PostState
from storage.post_tries import MOST_TRIES_TO_DRAW
from tests.builders import NOON

LEASE, SETTLE, HOUR = timedelta(seconds=60), timedelta(seconds=90), timedelta(hours=1)
LONG_AGO, EARLIER, LATER = NOON - 9 * HOUR, NOON - HOUR, NOON + HOUR
WORD = "a word for what went wrong"

OUTCOMES: list[Outcome] = [
    Sent("C1", "1.1"),
    Sent("C1", "1.1", is_current=False),
    Sent("C1", "1.1", without_file=WORD),
    NotNeeded(),
    TooLate(),
    PutOff(20),
    NotDrawn(WORD),
    NotSent(WORD),
    NotSent(WORD, wait=7),
    NotSent(WORD, is_soon=True),
    CutShort(WORD),
    CutShort(WORD, wait=7),
    Hindered(WORD),
    Refused(WORD),
    Gone(WORD),
    Closed(WORD),
    Unclear(WORD),
    Unclear(WORD, "C1", "1.1"),
    Unknowable(WORD),
]
GAP = Gap(LONG_AGO, EARLIER)
TRIES = [
    Tried(outcome, 1, SETTLE, is_told_once, is_replaced, gap)
    for outcome, is_told_once, is_replaced, gap in product(OUTCOMES, *[(False, True)] * 2, [None, GAP])
]
HAPPENINGS: list[Happening] = [
    Claimed(LEASE),
    FilePromised("F2"),
    FilesFound(frozenset({"F2"})),
    *TRIES,
    SaidToBeThere(),
    SaidToBeMissing(),
    SweepClaimed(LEASE),
    Changed(),
    ShownAlong(1),
    ShownAlong(2),
    RestShortened(EARLIER),
    Hastened(),
    Rescheduled(EARLIER),
    Rescheduled(LATER),
    Withheld(),
    OwedAgain(None),
    OwedAgain(GAP),
    OwedAgain(None, comes_back=True),
    OwedAgain(GAP, comes_back=True),
    PlaceReplaced(),
    PlaceReplaced(is_under_way=True),
    PassedOn(),
    PassedOn(is_looked_for=True),
    RestEnded(frozenset({WORD})),
    RestEnded(frozenset({PUT_OFF})),
    Missed(),
    Restored(since=EARLIER, not_before=LATER),
    Swept("1.1", fence=1, stray_ts=None),
    Swept("1.1", fence=1, stray_ts="2.2"),
    Swept("0.9", fence=1, stray_ts="2.2"),
    CarriedAlong("0.9"),
    StrayNoted("C1", "2.2"),
    StaleEditNoted(),
    ClockSetBack(put_off=None, lease=LEASE, settle=SETTLE),
    ClockSetBack(put_off=timedelta(minutes=5), lease=LEASE, settle=SETTLE),
]

_MOMENTS: dict[str, list[Any]] = {
    "due_at": [EARLIER, NOON, LATER],
    "not_before": [None, EARLIER, NOON, LATER],
    "lease_until": [None, EARLIER, NOON, LATER],
    "first_tried_at": [None, LONG_AGO],
    "sent_at": [None, EARLIER],
    "sweep_at": [None, NOON, LATER],
}
_FACTS: dict[str, list[Any]] = {
    "wanted_version": [1, 2],
    "shown_version": [0, 1],
    "tried_version": [0, 1, 2],
    "fence": [0, 1],
    "attempts": [1 - MOST_TRIES_TO_DRAW, -4, 0, 1, 1000],
    "hindrances": [0, 4, 5, 9, 19, 79],
    "may_be_there": [False, True],
    "channel_id": [None, "C1"],
    "ts": [None, "1.1"],
    "stray_ts": [None, "2.2"],
    "files": [None, "F1"],
    "error": [None, WORD, "another word", PUT_OFF],
}


def a_life(state: PostState = PostState.DUE, **facts: Any) -> Life:
    return replace(Life(due_at=NOON, reference="5" * 32, state=state), **facts)


def lives(*states: PostState) -> st.SearchStrategy[Life]:
    """A life in one of these states, with any values that make a difference."""
    values = {name: st.sampled_from(among) for name, among in (_MOMENTS | _FACTS).items()}
    references = st.uuids().map(lambda number: number.hex)
    made = st.builds(Life, state=st.sampled_from(states), reference=references, **values)
    return made.filter(lambda life: not life.stands_unnoticed)


some_of_each_state = st.tuples(*(lives(state) for state in PostState for _ in range(3)))


def walked() -> list[Life]:
    """Every state with each combination of what decides where a life goes: enough for each arrow to be walked."""
    deciding = {
        "due_at": [NOON, LATER],
        "lease_until": [EARLIER],
        "sent_at": [EARLIER],
        "sweep_at": [None, NOON],
        "wanted_version": [1, 2],
        "shown_version": [1],
        "tried_version": [1],
        "fence": [1],
        "attempts": [0, 1 - MOST_TRIES_TO_DRAW],
        "hindrances": [6],
        "not_before": [None, LATER],
        "may_be_there": [False, True],
        "ts": [None, "1.1"],
        "stray_ts": [None, "2.2"],
        "files": ["F1"],
        "error": [None, WORD],
    }
    all_ = [
        a_life(state, **dict(zip(deciding, values, strict=True)))
        for state in PostState
        for values in product(*deciding.values())
    ]
    return [life for life in all_ if not life.stands_unnoticed]
