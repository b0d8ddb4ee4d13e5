"""What posts about a meeting or its week have to say, as things are; None: nothing any more."""

from dataclasses import replace
from datetime import datetime

from bot import agenda, digests
from bot.calls import is_last
from bot.cancelling import cancelled
from bot.duties import told_duties
from bot.expected import seen_cancelled
from bot.people import places_to_decide
from bot.seen.agenda import PublishedSeen
from bot.seen.meetings import CancelledSeen, MovedSeen, seen_meeting, seen_move
from bot.seen.posts import (
    CallSeen,
    DigestSeen,
    ProposedSeen,
    StandingSeen,
)
from bot.slots import is_late
from bot.telling.rules import comes_too_late, reads_along_no_more
from bot.timetable import ends_at, is_closed, meeting_to_come, next_meeting, today_in
from storage.consortia import Consortium
from storage.meetings import MeetingState, meeting_by_id
from storage.posts import Post
from storage.tenancy import Session


def standing(session: Session, consortium: Consortium, post: Post, now: datetime) -> StandingSeen | None:
    """Where it stands in a channel that was the shared one before, it says so; it is sent to none."""
    if post.place != consortium.channel_id:
        return StandingSeen(consortium.name, None) if post.ts is not None else None
    meeting = next_meeting(session, consortium, now)
    told = agenda.told_agenda(session, consortium, meeting, now, agenda.NONE_SHOWN)
    return StandingSeen(
        consortium.name, agenda.coming(session, consortium, now), on_agenda=told.on_agenda.count
    )


def published(session: Session, consortium: Consortium, post: Post, now: datetime) -> PublishedSeen | None:
    """Where it waited until its meeting was over, it is no news."""
    meeting = meeting_by_id(session, post.subject_id)
    if meeting is None or post.place != consortium.channel_id:
        return None
    if post.ts is None and is_closed(consortium, meeting, now):
        return None
    seen = agenda.published_agenda(session, meeting)
    return replace(seen, duties=told_duties(session, meeting)) if seen else None


def call(session: Session, consortium: Consortium, post: Post, now: datetime) -> CallSeen | None:
    meeting = meeting_to_come(session, consortium, post.subject_id, now)
    if meeting is None:
        return None
    told = agenda.told_agenda(session, consortium, meeting, now)
    is_the_last = is_last(consortium, meeting, post.due_at)
    told = agenda.with_turns(session, meeting, told) if is_the_last else told
    return CallSeen(
        replace(told, duties=told_duties(session, meeting)),
        _late_since(post, now),
        told_on=today_in(consortium, post.sent_at or now),
        is_last=is_the_last,
    )


def digest(session: Session, consortium: Consortium, post: Post, now: datetime) -> DigestSeen | None:
    news = digests.digest_until(session, consortium, post.due_at, post.sent_at or now)
    return DigestSeen(news, _late_since(post, now)) if news.is_news else None


def proposed_meeting(
    session: Session, _consortium: Consortium, post: Post, _now: datetime
) -> ProposedSeen | None:
    """Those who decide no longer have no buttons; who left the shared channel does not see either when and where it is."""
    meeting = meeting_by_id(session, post.subject_id)
    if meeting is None:
        return None
    is_open = meeting.state == MeetingState.PROPOSED
    if is_open and comes_too_late(session, post, meeting.host):
        return None
    is_for_hosts = post.place in places_to_decide(session, meeting.host)
    is_shown = is_for_hosts or not reads_along_no_more(session, post.place)
    return ProposedSeen(seen_meeting(meeting) if is_shown else None, is_for_hosts=is_for_hosts)


def moved_meeting(session: Session, consortium: Consortium, post: Post, now: datetime) -> MovedSeen | None:
    """Where it is by now where and when people thought, it is no news."""
    meeting = meeting_to_come(session, consortium, post.subject_id, now)
    if meeting is None:
        return None
    move = seen_move(meeting)
    return None if post.ts is None and move.is_back else move


def cancelled_meeting(
    session: Session, consortium: Consortium, post: Post, now: datetime
) -> CancelledSeen | None:
    """The word itself, with what comes next. Once its day has passed, or if we meet as before after all, it is no news."""
    meeting = meeting_by_id(session, post.subject_id)
    if meeting is None or meeting.state != MeetingState.CANCELLED:
        return None
    seen = cancelled(session, consortium, meeting, now)
    is_no_news = seen.is_undone or ends_at(consortium, seen.known) <= now
    return None if post.ts is None and is_no_news else seen


def taken_back(session: Session, post: Post) -> CancelledSeen | None:
    """What stands where it told of a meeting that is cancelled by now. What was not told is owed no longer; who left reads nothing new."""
    meeting = meeting_by_id(session, post.subject_id)
    if meeting is None or post.ts is None or reads_along_no_more(session, post.place):
        return None
    return seen_cancelled(session, meeting)


def _late_since(post: Post, now: datetime) -> datetime | None:
    """When it was due, if it comes late."""
    return post.due_at if is_late(post.due_at, post.sent_at or now) else None
