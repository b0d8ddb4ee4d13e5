"""The hours at which things are told, as admins set them: where they change, what waits for them follows."""

from datetime import datetime, timedelta

from bot.before_meetings import move_with_meeting
from bot.cards import redraw_lists
from bot.decisions import tell_in_time
from bot.doors import notice_what_is_over
from bot.follow_ups import move_reminders
from bot.timetable import is_over, today_in
from storage import outbox
from storage.consortia import Consortium
from storage.meetings import meetings_from
from storage.tenancy import Session


def hours_of(consortium: Consortium) -> tuple[object, ...]:
    return (
        consortium.timezone,
        consortium.call_days,
        consortium.call_at,
        consortium.is_quiet,
        consortium.told_at,
        consortium.told_after_minutes,
    )


def follow_hours(session: Session, consortium: Consortium, now: datetime) -> None:
    """They are others. What was to be told by those of before is told while it is of use, and the cards say until when."""
    outbox.hasten_what_is_put_off(session)
    notice_what_is_over(session, consortium, now)
    move_reminders(session, consortium)
    for meeting in meetings_from(session, today_in(consortium, now) - timedelta(days=1)):
        move_with_meeting(session, consortium, meeting)
        if not is_over(consortium, meeting, now):
            tell_in_time(session, consortium, meeting, now)
            redraw_lists(session, meeting)
