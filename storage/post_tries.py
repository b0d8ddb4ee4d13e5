"""What a try to send it makes of a post: outcome by attempts gives the state, and how long it rests."""

import math
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from storage.happenings import Tried
from storage.outcomes import (
    Closed,
    CutShort,
    Failure,
    Gone,
    Hindered,
    NotDrawn,
    NotNeeded,
    NotSent,
    PutOff,
    Refused,
    Sent,
    TooLate,
    Unclear,
    Unknowable,
)
from storage.post_facts import PAST_USE, PUT_OFF, TRIES_IN_ORDER, Life, PostState, posted_at

FIRST_PAUSE = timedelta(seconds=5)
SOON = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE_ASIDE = timedelta(hours=1)
LONGEST_REST = timedelta(hours=1)
"""Whatever Slack asks for: what rests longer was put to rest by a clock that was ahead."""
MOST_TRIES = 5
"""For what seems to be wrong for good."""
MOST_TRIES_TO_DRAW = 20
"""An hour and more: the database may be away for a while, or whoever mends the program."""
MOST_OF_ANY_REASON = 80
"""For what seems to be wrong for good, where the reasons change. What failed otherwise before counts no further than to the longest pause."""
FOR_EVER = math.inf
NONE, IN_ORDER, FOR_THE_LONGEST_PAUSE, ALL = 0, TRIES_IN_ORDER, TRIES_IN_ORDER + 4, math.inf
"""So many failures are counted as the post's own."""

DUE, SENT, UNKNOWN = PostState.DUE, PostState.SENT, PostState.UNKNOWN
FAILED, MISSED, NOT_NEEDED = PostState.FAILED, PostState.MISSED, PostState.NOT_NEEDED


class Ends(NamedTuple):
    """What such failures lead to.

    `own`: how many of them are counted where the next post may get through, so that this one stands aside after some.
    `meanwhile` is the state while it is tried, `tries` after how many it is given up, and `at_last` the state then.
    """

    own: float
    meanwhile: PostState
    tries: float
    at_last: PostState

    @property
    def may_be_for_good(self) -> bool:
        return self.tries != FOR_EVER


# fmt: off
FAILURES: dict[type[Failure], Ends] = {
    #                own                    meanwhile  tries               at last
    NotSent:    Ends(NONE,                  DUE,       FOR_EVER,           DUE),
    CutShort:   Ends(IN_ORDER,              DUE,       FOR_EVER,           DUE),
    Unclear:    Ends(FOR_THE_LONGEST_PAUSE, DUE,       FOR_EVER,           DUE),
    Hindered:   Ends(FOR_THE_LONGEST_PAUSE, DUE,       FOR_EVER,           DUE),
    NotDrawn:   Ends(ALL,                   DUE,       MOST_TRIES_TO_DRAW, FAILED),
    Refused:    Ends(ALL,                   DUE,       MOST_TRIES,         FAILED),
    Unknowable: Ends(NONE,                  UNKNOWN,   FOR_EVER,           UNKNOWN),
}
# fmt: on
"""Outcome by attempts gives the state. Tries count that failed alike, one after the other."""


def after_a_try(life: Life, tried: Tried, now: datetime) -> Life:
    """The claim is over, whatever came of it."""
    over = replace(life, lease_until=None, not_before=None, error=None)
    match tried.outcome:
        case Sent() as sent:
            return _sent(over, sent, tried, now)
        case NotNeeded() | TooLate() | PutOff() as instead:
            return _not_posted(over, instead, now)
        case Closed():
            return _closed(over, tried)
        case Gone() as gone:
            return _gone(over, gone, tried)
        case failure:
            return _failed(over, failure, tried, now, is_again=life.error == failure.error)


def _sent(life: Life, sent: Sent, tried: Tried, now: datetime) -> Life:
    was_carried_along = life.ts not in (None, sent.ts)
    if was_carried_along:  # another copy of its message was kept meanwhile, and may say what was true earlier
        return replace(life, state=DUE, shown_version=0)
    shown_version = tried.version if sent.is_current else _version_found(life, sent)
    return replace(
        life,
        state=SENT if shown_version == life.wanted_version else DUE,
        shown_version=shown_version,
        channel_id=sent.channel_id,
        ts=sent.ts,
        sent_at=life.sent_at or (now if sent.is_current else min(posted_at(sent.ts), now)),
        may_be_there=False,
        attempts=0,
        hindrances=0,
        error=sent.without_file,
        not_before=now + tried.rests if tried.rests else None,
        sweep_at=now + tried.settle if life.may_be_there else life.sweep_at,
    )


def _version_found(life: Life, found: Sent) -> int:
    """Of a single try it is known what it said. Of several it may be any, and among others it may have been taken out: then it is drawn anew."""
    is_single = max(life.attempts, life.hindrances) <= 1
    return life.tried_version if found.is_as_tried and is_single else 0


def _not_posted(life: Life, instead: NotNeeded | TooLate | PutOff, now: datetime) -> Life:
    """By our own will, so it has not failed."""
    match instead:
        case TooLate():
            return replace(life, state=MISSED, error=PAST_USE, may_be_there=False, hindrances=0)
        case PutOff(wait):
            return replace(life, state=DUE, error=PUT_OFF, not_before=now + timedelta(seconds=wait))
    return replace(life, state=NOT_NEEDED if life.ts is None else SENT)


def _closed(life: Life, tried: Tried) -> Life:
    """What was found there and is not pressed was told, as far as anybody knows."""
    was_found = life.shown_version == 0 and not tried.is_replaced
    if (tried.is_told_once or was_found) and not life.is_to_join:
        return replace(life, state=SENT, shown_version=life.wanted_version)
    return life.begun_anew(tried.gap)


def _gone(life: Life, gone: Gone, tried: Tried) -> Life:
    is_later_of_two = life.ts is not None and life.sweep_at is not None
    stray_ts = None if life.stray_ts == life.ts else life.stray_ts
    if is_later_of_two:  # and the earlier stands there
        return replace(life, state=DUE, ts=None, stray_ts=stray_ts, may_be_there=True)
    if tried.is_replaced or life.is_to_join:
        return life.begun_anew(tried.gap)
    return replace(life, state=NOT_NEEDED, error=gone.error, may_be_there=False, sweep_at=None)


def _failed(life: Life, failure: Failure, tried: Tried, now: datetime, *, is_again: bool) -> Life:
    """`is_again`: the try before failed with the same word."""
    row = FAILURES[type(failure)]
    attempts, hindrances = _attempts(life, row, is_again=is_again), _hindrances(life, row)
    is_given_up = row.may_be_for_good and (-attempts >= row.tries or hindrances >= MOST_OF_ANY_REASON)
    state = row.at_last if is_given_up else row.meanwhile
    failed = replace(life, state=state, error=failure.error, attempts=attempts, hindrances=hindrances)
    if state == DUE:
        failed = replace(failed, not_before=now + _rest(failure, failed, tried))
    takes_no_edit = failed.is_to_join and failed.stands_aside and not failed.may_be_there
    if takes_no_edit:  # that message, so it is one of its own
        return replace(life.begun_anew(), hindrances=failed.hindrances)
    if isinstance(failure, Unclear) and failure.ts is not None:
        return replace(failed, tried_version=tried.version, channel_id=failure.channel_id, ts=failure.ts)
    if isinstance(failure, Unclear):
        may_be_there = life.may_be_there or life.ts is None
        return replace(failed, tried_version=tried.version, may_be_there=may_be_there)
    return failed


def _attempts(life: Life, row: Ends, *, is_again: bool) -> int:
    """What may be for good is counted below 0, and from the first that failed alike: a try that failed otherwise is none of these."""
    if not row.may_be_for_good:
        return max(life.attempts, 0) + 1
    return min(life.attempts, 0) - 1 if is_again else -1


def _hindrances(life: Life, row: Ends) -> int:
    """What may be for good is counted on from the longest pause; each failure of another kind leads back to it."""
    before = life.hindrances if row.may_be_for_good else min(life.hindrances, FOR_THE_LONGEST_PAUSE)
    return before + 1 if before < row.own else before


def _rest(failure: Failure, life: Life, tried: Tried) -> timedelta:
    """As long as Slack asked, or may need to settle; else a pause of our own, unless people wait for it."""
    pause = _pause(failure, life)
    pause = pause if tried.longest_pause is None else min(pause, tried.longest_pause)
    match failure:
        case NotSent(wait=float() | int() as asked) | CutShort(wait=float() | int() as asked):
            return min(timedelta(seconds=max(asked, 1)), LONGEST_REST)
        case Unclear():
            return max(tried.settle, pause)
    return pause


def _pause(failure: Failure, life: Life) -> timedelta:
    """Twice as long after each failure: no pause of our own is the same for ever. Aside it takes its time.

    What was cut short goes on soon, and those behind it have their turn in between.
    """
    match failure:
        case CutShort():
            return FIRST_PAUSE
        case Unclear():
            return _rest_aside(life)
        case Hindered():
            return max(_doubled(FIRST_PAUSE, life.attempts, LONGEST_PAUSE), _rest_aside(life))
        case NotDrawn() | Refused():
            return _doubled(FIRST_PAUSE, max(-life.attempts, life.hindrances), LONGEST_PAUSE)
    is_soon = isinstance(failure, NotSent) and failure.is_soon
    return _doubled(SOON if is_soon else FIRST_PAUSE, life.attempts, LONGEST_PAUSE)


def _rest_aside(life: Life) -> timedelta:
    if not life.stands_aside:
        return timedelta()
    return _doubled(LONGEST_PAUSE, life.hindrances - TRIES_IN_ORDER + 1, LONGEST_PAUSE_ASIDE)


def _doubled(first: timedelta, times: int, longest: timedelta) -> timedelta:
    doubled: timedelta = first * 2 ** min(times - 1, 10)
    return min(doubled, longest)
