"""What people expect: when and where they think a meeting is, before they hear that it moved, or that it is cancelled."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.before_meetings import due_before
from bot.seen.meetings import CancelledSeen, MeetingSeen, seen_meeting, seen_move
from bot.timetable import first_day_to_come, starts_at
from storage import outbox
from storage.consortia import Consortium
from storage.meetings import (
    Meeting,
    MeetingState,
    cancelled_meetings,
    meeting_by_id,
    meeting_on,
    meetings_from,
    newest_with_uid,
)
from storage.post_kinds import FILES, About, PostKind
from storage.posts import Post, newest_is_out, withheld_about
from storage.tenancy import Session

OF_A_MEETING = [kind for kind in PostKind if kind.about is About.MEETING and kind not in FILES]
SAY_SO = (PostKind.CANCELLED_MEETING, PostKind.CANCELLED_FOR_ONE)
UNTIL_CANCELLED = [kind for kind in OF_A_MEETING if kind not in SAY_SO]
"""What tells of a meeting, until it is cancelled."""


def expected_days(session: Session, meeting: Meeting) -> set[date]:
    """Its day, and the one on which people think it is while nobody has heard of its move."""
    before = _before_it_moved(session, meeting)
    return {meeting.day} if before is None else {meeting.day, before.day}


def seen_cancelled(session: Session, meeting: Meeting) -> CancelledSeen:
    """A meeting that was cancelled, with what is on its day by now."""
    before = _before_it_moved(session, meeting)
    seen = CancelledSeen(seen_meeting(meeting), before)
    again = meeting_on(session, seen.known.day)
    moved = _added_again_and_moved(session, meeting, seen.known.day)
    is_on_neither = before is not None and meeting_on(session, meeting.day) is None
    again_seen = seen_meeting(again) if again else None
    return replace(seen, again=again_seen, moved=moved, is_on_neither=is_on_neither)


def is_of_cancelled_meeting(session: Session, post: Post) -> bool:
    """Whether it tells of a meeting on which nobody is to count any more."""
    meeting = meeting_by_id(session, post.subject_id) if post.kind in UNTIL_CANCELLED else None
    return meeting is not None and meeting.state == MeetingState.CANCELLED


def redraw_what_tells_of(session: Session, meeting: Meeting, kinds: Iterable[PostKind]) -> None:
    outbox.refresh_kinds(session, kinds, subject_id=meeting.id)


def redraw_what_was_cancelled(session: Session, consortium: Consortium, now: datetime) -> None:
    """What told of a meeting that was cancelled says whether there is another on its day, and which one is next."""
    today = first_day_to_come(consortium, now)
    for meeting in cancelled_meetings(session):
        if max(expected_days(session, meeting)) >= today:
            redraw_what_tells_of(session, meeting, OF_A_MEETING)


def remind_those_who_asked(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    """Of one on its day that was cancelled before. Their wish goes over to this meeting, so each wish is granted once."""
    if starts_at(consortium, meeting) <= now:
        return
    due = due_before(PostKind.REMINDER, consortium, meeting)
    for before in cancelled_on(session, meeting.day):
        for wish in withheld_about(session, PostKind.REMINDER, subject_id=before.id):
            outbox.owe_about(session, wish, subject_id=meeting.id, due=due)


def go_on_in_calendars(session: Session, meeting: Meeting) -> None:
    """It takes the place of one on its day that was cancelled: in people's calendars it is the same, unless another is that one by now."""
    before = cancelled_on(session, meeting.day)
    for one in reversed(before):
        newest = newest_with_uid(session, one.uid)
        if newest in before:
            meeting.uid, meeting.sequence = newest.uid, newest.sequence + 1
            return


def cancelled_on(session: Session, day: date) -> list[Meeting]:
    """Those that people thought were on this local day."""
    return [one for one in cancelled_meetings(session) if seen_cancelled(session, one).known.day == day]


def _added_again_and_moved(session: Session, cancelled: Meeting, day: date) -> MeetingSeen | None:
    """The one that was put on this day later, as it was before it moved. The word of its move tells of it."""
    for one in meetings_from(session, date.min):
        before = seen_move(one).before
        if one.id > cancelled.id and before is not None and before.day == day:
            return before
    return None


def _before_it_moved(session: Session, meeting: Meeting) -> MeetingSeen | None:
    """As people know it, if nobody has heard of its last move."""
    if meeting.moved_from is None:
        return None
    is_told = newest_is_out(session, PostKind.MOVED_MEETING, subject_id=meeting.id)
    return None if is_told else seen_move(meeting).before
