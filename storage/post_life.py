"""The life of a post: one state machine, drawn in docs/post-life.md. Whoever changes a post asks it what follows."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

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
from storage.post_copies import (
    carried_along,
    pause_of_sweeps,
    stale_edit_noted,
    stray_noted,
    sweep_claimed,
    swept,
)
from storage.post_facts import PAST_USE, Life, PostState, posted_at
from storage.post_tries import LONGEST_REST, after_a_try

DUE, SENDING, SENT, UNKNOWN, FAILED, MISSED, NOT_NEEDED = PostState
EVERY = {*PostState}
SWEPT_IN = {SENT, DUE, FAILED}
"""Nobody is sending it, and it may stand there."""
CLOCKS_DIFFER_BY = timedelta(minutes=1)
"""At most, of machines whose clocks are right."""
A_DAY = timedelta(days=1)
LONGEST_PUT_OFF = timedelta(days=8)
"""A week in which somebody has had enough, and the night after it."""
Moment = TypeVar("Moment", datetime, datetime | None)


def after(life: Life, happening: Happening, now: datetime) -> Life:
    """What becomes of a post.

    What may concern it leaves it as it is where it does not. What befalls it raises LookupError where it can't.
    """
    states, becomes = (BEFALLS | MAY_CONCERN)[type(happening)]
    if life.state in states:
        return _noticed(becomes(life, happening, now), now)
    if type(happening) in BEFALLS:
        raise LookupError(f"{type(happening).__name__} can't befall a post that is {life.state}")
    return life


def _changed(life: Life, *_: object) -> Life:
    wanted = replace(life, wanted_version=life.wanted_version + 1)
    return replace(wanted, state=DUE, attempts=0, hindrances=0) if life.state in (SENT, FAILED) else wanted


def _shown_along(life: Life, along: ShownAlong, _now: datetime) -> Life:
    """Nothing newer is wanted, and nothing was wrong with it."""
    is_all = life.wanted_version == along.version and life.shown_version > 0
    if life.ts is None or life.error is not None or not is_all:
        return life
    return replace(life, state=SENT, shown_version=along.version)


def _rest_shortened(life: Life, shortened: RestShortened, _now: datetime) -> Life:
    is_in_trouble = life.ts is not None and life.hindrances > 0
    if not is_in_trouble or life.not_before is None:
        return life
    return replace(life, not_before=min(life.not_before, shortened.until))


def _taken_back(life: Life, state: PostState, error: str | None) -> Life:
    return replace(life, state=state, error=error) if life.is_unseen else life


def _missed(life: Life, *_: object) -> Life:
    """What may be there is looked for first, also what only a restore has lost: found, it is not missed."""
    return life if life.may_be_there else _taken_back(life, MISSED, PAST_USE)


def _owed_again(life: Life, again: OwedAgain, now: datetime) -> Life:
    """Where it never stood, as far as is known, it is the same message still: what may be there is looked for first."""
    if life.ts is not None:
        return replace(life.begun_anew(again.gap), due_at=now) if again.comes_back else life
    not_before = life.not_before if life.may_be_there else None
    owed = replace(life, state=DUE, attempts=0, hindrances=0, error=None, due_at=now, not_before=not_before)
    return owed.owed_after(again.gap)


def _place_replaced(life: Life, replaced: PlaceReplaced, _now: datetime) -> Life:
    """Whoever sends it just now has lost the claim. What was told in the place before is told.

    It keeps its reference, by which it is found in whichever place it was sent to: the new one may be the same channel under
    another id, or be replaced by the one before again.
    """
    if life.ts is not None or life.state not in (DUE, SENDING):
        return life
    found_by = replace(life.begun_anew(), reference=life.reference)
    elsewhere = replace(found_by, fence=life.fence + 1, lease_until=None)
    if life.may_be_there or (replaced.is_under_way and life.state == SENDING):
        elsewhere = replace(
            elsewhere, may_be_there=True, first_tried_at=life.first_tried_at, not_before=life.not_before
        )
    return elsewhere.owed_after(replaced.gap)


def _passed_on(life: Life, passed: PassedOn, _now: datetime) -> Life:
    """Whoever sends it just now says themselves what became of it. What may be there is known, should it be owed again."""
    stays_to_be_found = passed.is_looked_for and life.may_be_there and life.state == DUE
    return life if life.ts is not None or stays_to_be_found else replace(life, state=NOT_NEEDED)


def _rest_ended(life: Life, ended: RestEnded, _now: datetime) -> Life:
    """What rests for another reason rests on: an edit of unknown fate, what Slack has limited, what may be there."""
    is_sure = not life.may_be_there or life.is_put_off  # what is put off was looked for already
    is_at_rest_for_it = life.error in ended.reasons and is_sure
    return replace(life, not_before=None) if is_at_rest_for_it else life


def _restored(life: Life, restored: Restored, _now: datetime) -> Life:
    """It may have been sent after the backup: it is looked for, and sent only if it is not there."""
    if life.ts is not None:
        return life
    return replace(
        life,
        state=DUE if life.state == SENDING else life.state,
        may_be_there=True,
        tried_version=0,  # what stands there may say anything
        fence=life.fence + 1
        if life.fence
        else 0,  # what was never taken up can still be put off, or taken back
        lease_until=None,
        not_before=restored.not_before,
        first_tried_at=life.first_tried_at or restored.since,
    )


def _claimed(life: Life, claimed: Claimed, now: datetime) -> Life:
    """A post whose lease ran out may have been sent by somebody who could not say so any more."""
    if not life.is_ripe(now):
        raise LookupError("a post was claimed that rests, or that another holds")
    may_be_there = life.may_be_there or life.state == SENDING
    return replace(
        life,
        state=SENDING,
        may_be_there=may_be_there,
        tried_version=life.tried_version if may_be_there and life.ts is None else life.wanted_version,
        first_tried_at=life.first_tried_at or now,
        lease_until=now + claimed.lease,
        fence=life.fence + 1,
    )


def _file_promised(life: Life, promised: FilePromised, _now: datetime) -> Life:
    """Also where one was promised before, of which nobody knows: if that is shared late, it is found and swept."""
    return _with_files(life, {promised.file_id})


def _with_files(life: Life, file_ids: Collection[str]) -> Life:
    """They are kept as long as the post: what is to be removed has to be found."""
    known = (life.files or "").split()
    return replace(life, files=" ".join([*known, *sorted({*file_ids} - {*known})]) or None)


def _said_to_be_there(life: Life, *_: object) -> Life:
    """Nobody knows where: it can't be edited, so what has changed since is owed as a message of its own."""
    return replace(
        life,
        state=SENT if life.tried_version == life.wanted_version else DUE,
        shown_version=life.tried_version,
        may_be_there=False,
        sweep_at=None,
        error=None,
    )


def _noticed(life: Life, now: datetime) -> Life:
    """What is over, and was sent by somebody whose claim had run out, is that message after all: it is drawn once more."""
    if not life.stands_unnoticed or life.stray_ts is None:
        return life
    return replace(
        life,
        state=DUE,
        attempts=0,
        hindrances=0,
        not_before=None,
        ts=life.stray_ts,
        stray_ts=None,
        sent_at=life.sent_at or min(posted_at(life.stray_ts), now),
        sweep_at=now,
        shown_version=0,
        may_be_there=False,
        error=None,
    )


def _clock_set_back(life: Life, right: ClockSetBack, now: datetime) -> Life:
    """Who holds it may be under way, and what it may have sent may not have settled: so long it is left alone."""
    put_off = None if right.put_off is None else now + right.put_off
    next_sweep = now + max(right.settle, pause_of_sweeps(life, right.lease, now))
    return replace(
        life,
        due_at=life.due_at if put_off is None else _no_later(life.due_at, put_off, put_off),
        lease_until=_no_later(life.lease_until, now + right.lease, now + right.lease),
        not_before=_no_later(life.not_before, now + _longest_rest(life), now + right.settle),
        sweep_at=_no_later(life.sweep_at, next_sweep, now + right.settle),
        first_tried_at=_no_later(life.first_tried_at, now, now - A_DAY),
        sent_at=_no_later(life.sent_at, now, now),
    )


def _longest_rest(life: Life) -> timedelta:
    return LONGEST_PUT_OFF if life.is_put_off else LONGEST_REST


def _no_later(moment: Moment, latest: datetime, instead: datetime) -> Moment:
    return instead if moment is not None and moment > latest + CLOCKS_DIFFER_BY else moment


Table = dict[type[Happening], tuple[set[PostState], Callable[[Life, Any, datetime], Life]]]
"""What happens, in which states it can or does, and what becomes of the post."""

# fmt: off
BEFALLS: Table = {
    Claimed:         ({DUE, SENDING}, _claimed),
    FilePromised:    ({SENDING}, _file_promised),
    Tried:           ({SENDING}, after_a_try),
    SaidToBeThere:   ({UNKNOWN}, _said_to_be_there),
    SaidToBeMissing: ({UNKNOWN}, lambda life, *_: life.begun_anew()),
    SweepClaimed:    (SWEPT_IN, sweep_claimed),
}
"""Whoever does it knows that it can be: anything else is a fault of ours."""

MAY_CONCERN: Table = {
    Changed:         (EVERY - {MISSED, NOT_NEEDED}, _changed),
    ShownAlong:      ({DUE}, _shown_along),
    RestShortened:   ({DUE}, _rest_shortened),
    Hastened:        ({DUE}, lambda life, _, now: replace(life, due_at=min(life.due_at, now))),
    Rescheduled:     ({DUE}, lambda life, to, _: replace(life, due_at=to.due) if life.is_unseen else life),
    Withheld:        ({DUE, FAILED}, lambda life, *_: _taken_back(life, NOT_NEEDED, life.error)),
    OwedAgain:       ({NOT_NEEDED}, _owed_again),
    PlaceReplaced:   (EVERY, _place_replaced),
    PassedOn:        ({DUE, UNKNOWN, FAILED}, _passed_on),
    RestEnded:       ({DUE}, _rest_ended),
    Missed:          ({DUE, FAILED}, _missed),
    Restored:        ({DUE, SENDING, FAILED}, _restored),
    Swept:           (SWEPT_IN, swept),
    CarriedAlong:    (EVERY, carried_along),
    FilesFound:      (EVERY, lambda life, found, _: _with_files(life, found.file_ids)),
    StrayNoted:      (EVERY, stray_noted),
    StaleEditNoted:  (EVERY, stale_edit_noted),
    ClockSetBack:    (EVERY, _clock_set_back),
}
"""It is said of many posts, or of one that others may have changed since."""
# fmt: on
