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
    NotDrawn,
    NotNeeded,
    NotSent,
    Refused,
    Sent,
    Unclear,
    Unknowable,
)
from storage.post_facts import Life, PostState

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=5)
LONGEST_REST = timedelta(hours=1)
"""Whatever Slack asks for: what rests longer was put to rest by a clock that was ahead."""
MOST_TRIES = 5
"""For what seems to be wrong for good."""
MOST_TRIES_TO_DRAW = 20
"""An hour and more: the database may be away for a while, or whoever mends the program."""
FOR_EVER = math.inf

DUE, SENT, UNKNOWN = PostState.DUE, PostState.SENT, PostState.UNKNOWN
FAILED, NOT_NEEDED = PostState.FAILED, PostState.NOT_NEEDED


class Ends(NamedTuple):
    """The state while it is tried, after how many tries it is given up, and the state then: sure, and where it may be there."""

    meanwhile: PostState
    tries: float
    at_last: PostState
    at_last_unsure: PostState


# fmt: off
FAILURES: dict[type[Failure], Ends] = {
    #                meanwhile  tries               at last  at last, where it may be there
    NotSent:    Ends(DUE,       FOR_EVER,           DUE,     DUE),
    Unclear:    Ends(DUE,       FOR_EVER,           DUE,     DUE),
    NotDrawn:   Ends(DUE,       MOST_TRIES_TO_DRAW, FAILED,  UNKNOWN),
    Refused:    Ends(DUE,       MOST_TRIES,         FAILED,  UNKNOWN),
    Unknowable: Ends(UNKNOWN,   FOR_EVER,           UNKNOWN, UNKNOWN),
}
# fmt: on
"""Outcome by attempts gives the state. Tries count that failed alike, since it was last sent."""


def after_a_try(life: Life, tried: Tried, now: datetime) -> Life:
    """The claim is over, whatever came of it."""
    over = replace(life, attempts=life.attempts + 1, lease_until=None, not_before=None, error=None)
    match tried.outcome:
        case Sent() as sent:
            return _sent(over, sent, tried, now)
        case NotNeeded():
            return replace(over, state=NOT_NEEDED if life.ts is None else SENT)
        case Closed() if tried.is_told_once:
            return replace(over, state=SENT, shown_version=life.wanted_version)
        case Closed():
            return over.begun_anew()
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
        sweep_at=now + tried.settle if life.may_be_there else life.sweep_at,
    )


def _gone(life: Life, gone: Gone, *, is_replaced: bool) -> Life:
    if life.sweep_at is not None:  # it was the later of two, and the earlier stands there
        return replace(life, state=DUE, ts=None, may_be_there=True)
    return life.begun_anew() if is_replaced else replace(life, state=NOT_NEEDED, error=gone.error)


def _failed(life: Life, failure: Failure, tried: Tried, now: datetime, *, is_again: bool) -> Life:
    """`is_again`: the try before failed alike."""
    row = FAILURES[type(failure)]
    at_last = row.at_last_unsure if life.may_be_there else row.at_last
    state = at_last if is_again and life.attempts >= row.tries else row.meanwhile
    not_before = now + _rest(failure, life.attempts, tried.settle) if state == DUE else None
    failed = replace(life, state=state, error=failure.error, not_before=not_before)
    if isinstance(failure, Unclear):
        may_be_there = life.may_be_there or life.ts is None
        return replace(failed, tried_version=tried.version, may_be_there=may_be_there)
    return failed


def _rest(failure: Failure, attempts: int, settle: timedelta) -> timedelta:
    """As long as Slack asked, or may need to settle; else twice as long after each failure."""
    match failure:
        case Unclear():
            return settle
        case NotSent(wait=float() | int() as asked):
            return min(timedelta(seconds=max(asked, 1)), LONGEST_REST)
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempts - 1, 10)
    return min(doubled, LONGEST_PAUSE)
