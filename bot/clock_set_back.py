"""A clock that was ahead and is set right: nothing waits for the time that it showed."""

from datetime import datetime, timedelta

from bot.follow_up_reminders import move_reminders
from bot.leading import redraw_live
from bot.notes import latest_of_notes
from bot.own_follow_ups import bring_back_what_was_put_off
from bot.quiet import (
    A_WEEK,
    TOLD_TOGETHER,
    Merges,
    Noises,
    end_rests_for_a_later_time,
    is_due_at_a_set_hour,
    told_after,
)
from bot.separate_talks import longest_until_it_opens
from bot.timetable import has_known_zone
from storage import outbox, outbox_doubted
from storage.consortia import Consortium
from storage.follow_ups import written_after
from storage.happenings import ClockSetBack
from storage.live import live_meetings
from storage.past import anything_happened_after, nothing_happened_after
from storage.post_kinds import PostKind
from storage.post_life import CLOCKS_DIFFER_BY
from storage.posts import Post
from storage.tenancy import Session

ON_A_DAY_OF_ITS_OWN = {
    *(PostKind.CALL, PostKind.DIGEST, PostKind.STILL_WAITING, PostKind.NOTHING_YET, PostKind.AFTER_MEETING),
    *(kind for kind in PostKind if kind.days_before),
}
ON_A_DAY_OR_AT_ONCE = {PostKind.NOTES, PostKind.FOLLOW_UP}
"""On a day of its own, at a set hour, unless somebody has sent it or has given it to its reader: then it was due as that was done."""


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
    is_known = has_known_zone(ours)
    if anything_happened_after(session, now):
        _forget_what_lies_ahead(session, ours, now)
    told_in = told_after(ours, now) - now if is_known or ours.told_after_minutes is not None else A_WEEK

    def setting(post: Post) -> ClockSetBack:
        return ClockSetBack(_may_wait(session, ours, post, noises, told_in, now), lease, settle)

    sooner = outbox_doubted.set_back(session, now, setting)
    for post in sooner:
        _redraw(session, post)
    if is_known and any(post.kind in ON_A_DAY_OR_AT_ONCE for post in sooner):
        move_reminders(session, ours, now)
    end_rests_for_a_later_time(session, ours, noises, now)


def _forget_what_lies_ahead(session: Session, consortium: Consortium, now: datetime) -> None:
    """What people did by that clock they did now. A follow-up that was written by it has buttons that say when, so they are drawn anew."""
    if has_known_zone(consortium):
        bring_back_what_was_put_off(session, consortium, now)
    written = written_after(session, now + CLOCKS_DIFFER_BY)
    nothing_happened_after(session, now)
    outbox.refresh_all(session, PostKind.FOLLOW_UP, subject_ids=written)
    for live in live_meetings(session):  # its buttons say so, too
        redraw_live(session, live.meeting)


def _may_wait(
    session: Session,
    consortium: Consortium,
    post: Post,
    noises: Noises,
    told_in: timedelta,
    now: datetime,
) -> timedelta | None:
    """For how long it may be due later than now; None where it is due on a day of its own, or nobody knows on which."""
    if post.kind in TOLD_TOGETHER:
        return told_in
    if noises[post.kind].merges is Merges.BESIDE_ANOTHER:
        return longest_until_it_opens(session)
    if post.kind not in ON_A_DAY_OR_AT_ONCE:
        return None if post.kind in ON_A_DAY_OF_ITS_OWN else timedelta()
    if post.due_at <= now or not has_known_zone(consortium):
        return None
    if post.kind == PostKind.NOTES:
        return latest_of_notes(session, consortium, post, now) - now
    return None if is_due_at_a_set_hour(consortium, post) else timedelta()


def _redraw(session: Session, post: Post) -> None:
    """What tells until when something can be undone, or when the notes go."""
    if post.kind in TOLD_TOGETHER:
        outbox.refresh(session, PostKind.CARD, subject_id=post.subject_id)
    if post.kind == PostKind.NOTES:
        outbox.refresh(session, PostKind.AFTER_MEETING, subject_id=post.subject_id)
