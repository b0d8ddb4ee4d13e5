"""A clock that was ahead and is set right: nothing waits for the time that it showed."""

from datetime import datetime, timedelta

from bot.plan.values import MOST_MINUTES_UNTIL_TOLD
from storage import outbox
from storage.consortia import Consortium
from storage.happenings import ClockSetBack
from storage.past import nothing_happened_after
from storage.post_kinds import PostKind
from storage.tenancy import Session

AS_IT_WAS_SET_THEN = timedelta(minutes=MOST_MINUTES_UNTIL_TOLD)
"""A card says until when its decision can be undone, also where the time for that is shorter by now."""
ON_A_DAY_OF_ITS_OWN = {PostKind.CALL, PostKind.DIGEST, *(kind for kind in PostKind if kind.days_before)}


def take_back(
    session: Session, consortium: Consortium, now: datetime, lease: timedelta, settle: timedelta
) -> None:
    """Bring back to now what lies ahead of it without a reason. `lease` and `settle` are those of delivery."""
    ours = session.get_one(Consortium, consortium.id)
    ours.created_at, ours.scheduled_since = min(ours.created_at, now), min(ours.scheduled_since, now)
    was_ahead = nothing_happened_after(session, now)
    put_off = timedelta(minutes=consortium.told_after_minutes) if was_ahead else AS_IT_WAS_SET_THEN
    settings = {
        kind: ClockSetBack(None if kind in ON_A_DAY_OF_ITS_OWN else put_off, lease, settle)
        for kind in PostKind
    }
    outbox.set_back(session, now, settings)
