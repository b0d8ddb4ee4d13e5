"""What becomes of a post of whose message several copies stand there, or may: the later ones are swept up."""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.happenings import CarriedAlong, StrayNoted, SweepClaimed, Swept
from storage.post_facts import Life, PostState

DUE, SENT, FAILED = PostState.DUE, PostState.SENT, PostState.FAILED
A_DAY = timedelta(days=1)
LONGEST_SWEPT = timedelta(days=30)
"""So long a place may be closed, and its doubles go when it opens."""


def sweep_claimed(life: Life, claimed: SweepClaimed, now: datetime) -> Life:
    """What fails is tried again in pauses that grow with the age of the post, at most a day, and at last no more.

    It does not wait for an edit: that may fail for ever.
    """
    if life.ts is None or life.sweep_at is None or life.sweep_at > now:
        raise LookupError("a sweep was claimed that is not due")
    if _age(life, now) > LONGEST_SWEPT:
        return replace(life, sweep_at=None)  # the one before was the last
    return replace(life, sweep_at=now + pause_of_sweeps(life, claimed.lease, now))


def pause_of_sweeps(life: Life, lease: timedelta, now: datetime) -> timedelta:
    return max(lease, min(_age(life, now) / 4, A_DAY))


def _age(life: Life, now: datetime) -> timedelta:
    return now - (life.sent_at or now)


def swept(life: Life, sweep: Swept, _now: datetime) -> Life:
    """Where another copy was edited meanwhile, it is swept once more."""
    if (life.fence, life.stray_ts) != (sweep.fence, sweep.stray_ts):
        return life
    clean = replace(life, sweep_at=None, stray_ts=None)
    if life.ts == sweep.keep:
        return clean
    return replace(clean, ts=sweep.keep, shown_version=0, state=DUE, attempts=0, hindrances=0)


def carried_along(life: Life, carried: CarriedAlong, _now: datetime) -> Life:
    state = DUE if life.state in (SENT, FAILED) else life.state
    return replace(life, ts=carried.ts, shown_version=0, state=state)


def stray_noted(life: Life, stray: StrayNoted, now: datetime) -> Life:
    """Whoever holds it now adopts this copy, or sweeps it up."""
    channel_id = life.channel_id or stray.channel_id
    return replace(life, channel_id=channel_id, stray_ts=stray.ts, sweep_at=now)


def stale_edit_noted(life: Life, *_: object) -> Life:
    state = DUE if life.state == SENT else life.state
    return replace(life, state=state, wanted_version=life.wanted_version + 1)
