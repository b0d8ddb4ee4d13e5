"""Reminders: who asks for one hears of the next meeting the day before it."""

from datetime import datetime, timedelta

from bot.calendar import closing_day, instant, zone
from bot.errors import UserError
from bot.people import Actor
from bot.seen.meetings import seen_meeting
from bot.seen.reminders import ReminderSeen
from bot.timetable import next_meeting, starts_at, today_in
from storage import outbox
from storage.consortia import Consortium
from storage.meetings import Meeting, lock_meeting, meetings_from
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.tenancy import Session

DAYS_BEFORE = 1


def remind(session: Session, actor: Actor, now: datetime) -> ReminderSeen:
    """Owe the person one reminder of the next meeting, however often they ask.

    One that was sent is not sent again, also when the meeting moves after it: it is edited, and the shared channel hears
    of the move. Raises UserError if no meeting is set, if it has begun, or if the moment of reminders has passed.
    """
    consortium = actor.consortium
    meeting = _next(session, consortium, now)
    due, key = reminds_at(consortium, meeting), f"reminder:{meeting.id}:{actor.person.user_id}"
    if due <= now:
        raise UserError(
            "We meet on {day}, so a reminder would come too late. /agenda list shows the agenda as it stands.",
            day=meeting.day,
        )
    is_new = outbox.owe(
        session, PostKind.REMINDER, key, subject_id=meeting.id, place=actor.person.user_id, due=due
    )
    post = outbox.post_by_key(session, key)
    is_over = post is not None and (
        post.ts is not None or post.state not in (PostState.DUE, PostState.SENDING)
    )
    return ReminderSeen(seen_meeting(meeting), due, consortium.timezone, is_new=is_new, is_over=is_over)


def reminds_at(consortium: Consortium, meeting: Meeting) -> datetime:
    """The day before the meeting, at the hour of the calls."""
    return instant(closing_day(meeting.day, DAYS_BEFORE), consortium.call_at, zone(consortium.timezone))


def move_reminders(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    """The meeting's reminders go with it. Where their moment has passed by that, they are due at once."""
    outbox.refresh(session, PostKind.REMINDER, subject_id=meeting.id)
    due = max(reminds_at(consortium, meeting), now)
    outbox.reschedule(session, PostKind.REMINDER, subject_ids=[meeting.id], due=due)


def move_all_reminders(session: Session, consortium: Consortium, now: datetime) -> None:
    """The hour of the calls, or the time zone, is another."""
    for meeting in meetings_from(session, today_in(consortium, now) - timedelta(days=1)):
        move_reminders(session, consortium, meeting, now)


def _next(session: Session, consortium: Consortium, now: datetime) -> Meeting:
    """The next meeting, to come; it does not move until the transaction ends."""
    upcoming = next_meeting(session, consortium, now)
    meeting = lock_meeting(session, upcoming.id) if upcoming else None
    if meeting is None:
        raise UserError("The next meeting is not set yet. Once it is, ask me again, and I will remind you.")
    if starts_at(consortium, meeting) <= now:
        raise UserError("The meeting has begun already. /agenda list shows its agenda.")
    return meeting
