"""Reminders of follow-ups: each owner hears once, the working day before, and not before everybody has the notes."""

from datetime import datetime, timedelta

from bot.calendar import instant, last_working_day, zone
from bot.notes import notes_due
from storage import outbox
from storage.consortia import Consortium
from storage.follow_ups import FollowUp, open_follow_ups
from storage.post_kinds import PostKind
from storage.tenancy import Session

A_DAY = timedelta(days=1)
TELL_OF_ONE = (PostKind.FOLLOW_UP, PostKind.FOLLOW_UP_DECLINED)


def remind_its_owner(
    session: Session, consortium: Consortium, follow_up: FollowUp, now: datetime, *, is_given: bool = False
) -> None:
    """Once, the working day before, at the hour of the calls; of one that is due sooner as the notes go. No other reminder of it is owed.

    `is_given`: they get it just now. If they had it before, and have read that they have it no longer, they hear so in a new message.
    """
    outbox.withhold_all(session, PostKind.FOLLOW_UP, subject_id=follow_up.id)
    if not follow_up.is_open:
        return
    place = follow_up.owner.user_id
    key = PostKind.FOLLOW_UP.key(follow_up=follow_up.id, until=follow_up.day, place=place)
    due = _due(session, consortium, follow_up, now)
    is_new = outbox.owe_again(
        session,
        PostKind.FOLLOW_UP,
        key,
        subject_id=follow_up.id,
        place=place,
        due=due,
        comes_back=is_given,
    )
    if is_given and not is_new:
        outbox.tell_anew(session, key, now)


def move_reminders(session: Session, consortium: Consortium, now: datetime) -> None:
    """The hour of the calls, or the time zone, is another, or notes go at another time."""
    for follow_up in open_follow_ups(session):
        due = _due(session, consortium, follow_up, now)
        outbox.reschedule(session, PostKind.FOLLOW_UP, subject_ids=[follow_up.id], due=due)


def redraw_follow_up(session: Session, follow_up: FollowUp) -> None:
    """What tells its owner of it, and its host that nobody has it."""
    for kind in TELL_OF_ONE:
        outbox.refresh(session, kind, subject_id=follow_up.id)


def _due(session: Session, consortium: Consortium, follow_up: FollowUp, now: datetime) -> datetime:
    """At the hour of the calls; what is due sooner, as the notes go."""
    day = last_working_day(follow_up.day - A_DAY)
    hour = instant(day, consortium.call_at, zone(consortium.timezone))
    return max(hour, notes_due(session, follow_up.meeting) or now)
