"""What posts about help with a meeting have to say, as things are; None: nothing any more."""

from datetime import datetime

from bot.curating import able_to_help, places_able_to_help
from bot.people import places_of_keepers, places_to_decide
from bot.preparing import stands
from bot.seen.meetings import seen_meeting
from bot.seen.posts import HelpOfferedSeen, HelpWantedSeen
from bot.timetable import meeting_to_come
from storage.consortia import Consortium
from storage.posts import Post
from storage.tenancy import Session


def offered(session: Session, consortium: Consortium, post: Post, now: datetime) -> HelpOfferedSeen | None:
    """Those who decide no longer see only that others decide now. Where nothing waits, or nobody could help, nobody is asked."""
    meeting = meeting_to_come(session, consortium, post.subject_id, now)
    if meeting is None:
        return None
    is_for_hosts = post.place in places_to_decide(session, meeting.host)
    waiting = stands(session, meeting).waiting
    is_settled = meeting.prepared_with is not None or meeting.help_wanted is not None
    is_of_use = waiting and not is_settled and able_to_help(session, meeting)
    if post.ts is None and not (is_for_hosts and is_of_use):
        return None
    return HelpOfferedSeen(seen_meeting(meeting) if is_for_hosts else None, waiting, meeting.help_wanted)


def wanted(session: Session, consortium: Consortium, post: Post, now: datetime) -> HelpWantedSeen | None:
    """Admins no longer see only that others keep the settings now. Of the host's own team nobody is told anew."""
    meeting = meeting_to_come(session, consortium, post.subject_id, now)
    if meeting is None:
        return None
    is_for_keepers = post.place in places_of_keepers(session)
    waiting = stands(session, meeting).waiting
    is_wanted = meeting.help_wanted is True and meeting.prepared_with is None
    is_able = post.place in places_able_to_help(session, meeting)
    if post.ts is None and not (is_able and is_wanted and waiting):
        return None
    return HelpWantedSeen(seen_meeting(meeting) if is_for_keepers else None, waiting, is_wanted=is_wanted)
