"""What a try to send it makes of a post: outcome by attempts gives the state, and how long it rests."""

import math
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from storage.happenings import Tried
from storage.outcomes import (
    Closed,
    Failure,
    Gone,
    Hindered,
    NotDrawn,
    NotNeeded,
    NotSent,
    Refused,
    Sent,
    TooLate,
    Unclear,
    Unknowable,
)
from storage.post_facts import PAST_USE, TRIES_IN_ORDER, Life, PostState

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE_ASIDE = timedelta(hours=1)
LONGEST_REST = timedelta(hours=1)
"""Whatever Slack asks for: what rests longer was put to rest by a clock that was ahead."""
MOST_TRIES = 5
"""For what seems to be wrong for good."""
MOST_TRIES_TO_DRAW = 20
"""An hour and more: the database may be away for a while, or whoever mends the program."""
OF_ANY_REASON = 4
"""So many times as often it may fail by itself where the reasons change."""
FOR_EVER = math.inf

DUE, SENT, UNKNOWN = PostState.DUE, PostState.SENT, PostState.UNKNOWN
FAILED, MISSED, NOT_NEEDED = PostState.FAILED, PostState.MISSED, PostState.NOT_NEEDED


class Ends(NamedTuple):
    """What such failures lead to.

    `is_its_own`: the next post may get through, so this one stands aside after some of them. `meanwhile` is the state while
    it is tried, `tries` after how many it is given up, and then the state: sure, and where it may be there.
    """

    is_its_own: bool
    meanwhile: PostState
    tries: float
    at_last: PostState
    at_last_unsure: PostState


# fmt: off
FAILURES: dict[type[Failure], Ends] = {
    #                its own  meanwhile  tries               at last  at last, where it may be there
    NotSent:    Ends(False,   DUE,       FOR_EVER,           DUE,     DUE),
    Unclear:    Ends(True,    DUE,       FOR_EVER,           DUE,     DUE),
    Hindered:   Ends(True,    DUE,       FOR_EVER,           DUE,     DUE),
    NotDrawn:   Ends(True,    DUE,       MOST_TRIES_TO_DRAW, FAILED,  UNKNOWN),
    Refused:    Ends(True,    DUE,       MOST_TRIES,         FAILED,  UNKNOWN),
    Unknowable: Ends(False,   UNKNOWN,   FOR_EVER,           UNKNOWN, UNKNOWN),
}
# fmt: on
"""Outcome by attempts gives the state. Tries count that failed alike, one after the other."""


def after_a_try(life: Life, tried: Tried, now: datetime) -> Life:
    """The claim is over, whatever came of it."""
    over = replace(life, attempts=life.attempts + 1, lease_until=None, not_before=None, error=None)
    match tried.outcome:
        case Sent() as sent:
            return _sent(over, sent, tried, now)
        case NotNeeded():
            return replace(over, state=NOT_NEEDED if life.ts is None else SENT)
        case TooLate():
            return replace(over, state=MISSED, error=PAST_USE, may_be_there=False, hindrances=0)
        case Closed():
            return _closed(over, is_told_once=tried.is_told_once)
        case Gone() as gone:
            return _gone(over, gone, is_replaced=tried.is_replaced)
        case failure:
            return _failed(over, failure, tried, now, is_again=life.error == failure.error)


def _sent(life: Life, sent: Sent, tried: Tried, now: datetime) -> Life:
    shown_version = tried.version if sent.is_current else 0
    return replace(
        life,
        state=SENT if shown_version == life.wanted_version else DUE,
        shown_version=shown_version,
        channel_id=sent.channel_id,
        ts=sent.ts,
        sent_at=life.sent_at or now,
        may_be_there=False,
        attempts=0,
        hindrances=0,
        sweep_at=now + tried.settle if life.may_be_there else life.sweep_at,
    )


def _closed(life: Life, *, is_told_once: bool) -> Life:
    return replace(life, state=SENT, shown_version=life.wanted_version) if is_told_once else life.begun_anew()


def _gone(life: Life, gone: Gone, *, is_replaced: bool) -> Life:
    is_later_of_two = life.ts is not None and life.sweep_at is not None
    if is_later_of_two:  # and the earlier stands there
        return replace(life, state=DUE, ts=None, may_be_there=True)
    if is_replaced:
        return life.begun_anew()
    return replace(life, state=NOT_NEEDED, error=gone.error, may_be_there=False, sweep_at=None)


def _failed(life: Life, failure: Failure, tried: Tried, now: datetime, *, is_again: bool) -> Life:
    """`is_again`: the try before failed alike. What can be given up is counted from the first that did."""
    row = FAILURES[type(failure)]
    is_asked_about = life.may_be_there and not tried.is_rather_doubled
    at_last = row.at_last_unsure if is_asked_about else row.at_last
    attempts = life.attempts if is_again or row.tries == FOR_EVER else 1
    hindrances = life.hindrances + row.is_its_own
    is_given_up = (is_again and attempts >= row.tries) or hindrances >= OF_ANY_REASON * row.tries
    state = at_last if is_given_up else row.meanwhile
    failed = replace(life, state=state, error=failure.error, attempts=attempts, hindrances=hindrances)
    if state == DUE:
        failed = replace(failed, not_before=now + _rest(failure, failed, tried.settle))
    if isinstance(failure, Unclear):
        may_be_there = life.may_be_there or life.ts is None
        return replace(failed, tried_version=tried.version, may_be_there=may_be_there)
    return failed


def _rest(failure: Failure, life: Life, settle: timedelta) -> timedelta:
    """As long as Slack asked, or may need to settle; else twice as long after each failure. Aside it takes its time."""
    match failure:
        case NotSent(wait=float() | int() as asked):
            return min(timedelta(seconds=max(asked, 1)), LONGEST_REST)
        case Unclear():
            return max(settle, _rest_aside(life))
        case Hindered():
            return max(_doubled(FIRST_PAUSE, life.attempts, LONGEST_PAUSE), _rest_aside(life))
    return _doubled(FIRST_PAUSE, life.attempts, LONGEST_PAUSE)


def _rest_aside(life: Life) -> timedelta:
    if not life.stands_aside:
        return timedelta()
    return _doubled(LONGEST_PAUSE, life.hindrances - TRIES_IN_ORDER + 1, LONGEST_PAUSE_ASIDE)


def _doubled(first: timedelta, times: int, longest: timedelta) -> timedelta:
    doubled: timedelta = first * 2 ** min(times - 1, 10)
    return min(doubled, longest)
