"""A clock that was ahead and is set right: nothing waits for the time that it showed."""

from datetime import datetime, timedelta

from bot.quiet import A_WEEK, TOLD_TOGETHER, Noises, end_rests_for_a_later_time, told_after
from bot.timetable import has_known_zone
from storage import outbox
from storage.consortia import Consortium
from storage.happenings import ClockSetBack
from storage.past import nothing_happened_after
from storage.post_kinds import PostKind
from storage.tenancy import Session

ON_A_DAY_OF_ITS_OWN = {
    *(PostKind.CALL, PostKind.DIGEST, PostKind.STILL_WAITING, PostKind.NOTHING_YET),
    *(PostKind.AFTER_MEETING, PostKind.NOTES, PostKind.FOLLOW_UP),
    *(kind for kind in PostKind if kind.days_before),
}


def take_back(
    session: Session,
    consortium: Consortium,
    now: datetime,
    lease: timedelta,
    settle: timedelta,
    noises: Noises,
) -> None:
    """Bring back to now what lies ahead of it without a reason. `lease` and `settle` are those of delivery, `noises` those of its kinds.

    Where the time for undoing a decision is shorter by now, what was decided before is told after that time, too.
    """
    ours = session.get_one(Consortium, consortium.id)
    ours.created_at, ours.scheduled_since = min(ours.created_at, now), min(ours.scheduled_since, now)
    nothing_happened_after(session, now)
    is_known = ours.told_after_minutes is not None or has_known_zone(ours)
    put_off = told_after(ours, now) - now if is_known else A_WEEK
    settings = {
        kind: ClockSetBack(put_off if kind in TOLD_TOGETHER else timedelta(), lease, settle)
        for kind in PostKind
    } | {kind: ClockSetBack(None, lease, settle) for kind in ON_A_DAY_OF_ITS_OWN}
    for post in outbox.set_back(session, now, settings):
        if post.kind in TOLD_TOGETHER:
            outbox.refresh(session, PostKind.CARD, subject_id=post.subject_id)  # it tells until when
    end_rests_for_a_later_time(session, ours, noises, now)
