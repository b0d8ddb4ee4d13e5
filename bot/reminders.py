"""Reminders: who asks for one hears of the next meeting the day before it."""

from dataclasses import replace
from datetime import datetime

from bot.agenda import told_agenda, with_turns
from bot.before_meetings import due_before
from bot.duties import told_duties
from bot.errors import UserError
from bot.people import Actor
from bot.seen.agenda import AgendaSeen
from bot.seen.meetings import seen_meeting
from bot.seen.reminders import ReminderSeen
from bot.timetable import is_to_come, meeting_to_come, next_meeting, stage_of
from storage import outbox
from storage.consortia import Consortium
from storage.meetings import Meeting, Stage, lock_meeting
from storage.people import person_behind
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post, post_by_key
from storage.tenancy import Session


def remind(session: Session, actor: Actor, now: datetime) -> ReminderSeen:
    """Owe the person one reminder of the next meeting, however often they ask; one that came to nothing is owed anew.

    One that was sent is not sent again, also when the meeting moves after it: it is edited, and the shared channel hears
    of the move. Raises UserError if no meeting is set, if it has begun, or if the moment of reminders has passed.
    """
    consortium = actor.consortium
    meeting = _next(session, consortium, now)
    due = due_before(PostKind.REMINDER, consortium, meeting)
    key = PostKind.REMINDER.key(meeting=meeting.id, place=actor.person.user_id)
    if due <= now:
        raise UserError(
            "We meet on {day}, so a reminder would come too late. “See the list” shows the agenda as it stands.",
            day=meeting.day,
        )
    is_new = outbox.owe_again(
        session,
        PostKind.REMINDER,
        key,
        subject_id=meeting.id,
        place=actor.person.user_id,
        due=due,
        comes_back=True,
    )
    post = post_by_key(session, key)
    is_over = post is not None and (
        post.ts is not None or post.state not in (PostState.DUE, PostState.SENDING)
    )
    return ReminderSeen(seen_meeting(meeting), due, consortium.timezone, is_new=is_new, is_over=is_over)


def reminder(session: Session, consortium: Consortium, post: Post, now: datetime) -> AgendaSeen | None:
    """What it says when it is sent. Who has left the shared channel reads nothing new."""
    meeting = meeting_to_come(session, consortium, post.subject_id, now)
    person = person_behind(session, post.place)
    if meeting is None or person is None or person.left_at is not None:
        return None
    told = with_turns(session, meeting, told_agenda(session, consortium, meeting, now))
    return replace(told, duties=told_duties(session, meeting))


def _next(session: Session, consortium: Consortium, now: datetime) -> Meeting:
    """The next meeting, to come; it does not move until the transaction ends."""
    upcoming = next_meeting(session, consortium, now)
    meeting = lock_meeting(session, upcoming.id) if upcoming else None
    if meeting is None or stage_of(consortium, meeting, now) is Stage.CANCELLED:
        raise UserError(
            "The next meeting is not set yet. An admin adds it. Ask me again then, and I will remind you."
        )
    if not is_to_come(consortium, meeting, now):
        raise UserError("The meeting has begun already. “See the list” shows its agenda.")
    return meeting
