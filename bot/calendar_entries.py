"""Calendar entries: whoever asks for one gets a meeting as a file that their calendar takes, in their direct messages."""

from datetime import datetime

from bot.capabilities import may
from bot.errors import NothingChanged
from bot.meetings_to_change import meeting_to_see
from bot.people import Actor
from bot.seen.calendar_entries import AskedForEntrySeen, CalendarEntrySeen, seen_calendar_entry
from bot.timetable import ends_at, is_over, starts_at, today_in
from storage import outbox
from storage.capabilities import Capability
from storage.consortia import Consortium
from storage.meetings import Meeting, meeting_by_id, newest_with_uid
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session


def ask_for_entry(session: Session, actor: Actor, meeting_id: int, now: datetime) -> AskedForEntrySeen:
    """Owe them the file, once a day while nothing about the meeting changes. Of one that is cancelled, it says that. Where no files may be sent, there are links alone. Raises NothingChanged if it is gone or over."""
    consortium, place = actor.consortium, actor.person.user_id
    meeting = newest_with_uid(session, meeting_to_see(session, meeting_id).uid)
    if is_over(consortium, meeting, now):
        raise NothingChanged("This meeting is over.")
    if not may(consortium, Capability.FILES):
        return AskedForEntrySeen(_seen(consortium, meeting, now), is_on_its_way=False, has_file=False)
    key = PostKind.CALENDAR_FILE.key(
        meeting=meeting.id, sequence=meeting.sequence, day=today_in(consortium, now), place=place
    )
    is_new = outbox.owe_again(
        session, PostKind.CALENDAR_FILE, key, subject_id=meeting.id, place=place, due=now
    )
    return AskedForEntrySeen(_seen(consortium, meeting, now), is_new)


def calendar_file(
    session: Session, consortium: Consortium, post: Post, now: datetime
) -> CalendarEntrySeen | None:
    """As the meeting is when it is sent. Of one that is over by then, it is of no use."""
    asked_for = meeting_by_id(session, post.subject_id)
    if asked_for is None:
        return None
    meeting = newest_with_uid(session, asked_for.uid)
    return None if is_over(consortium, meeting, now) else _seen(consortium, meeting, now)


def _seen(consortium: Consortium, meeting: Meeting, now: datetime) -> CalendarEntrySeen:
    begins, ends = starts_at(consortium, meeting), ends_at(consortium, meeting)
    return seen_calendar_entry(consortium, meeting, begins, ends, now)
