"""What posts about follow-ups have to say, as things are; None: nothing any more."""

from datetime import datetime

from bot.audiences import hosts, reader
from bot.people import places_to_decide
from bot.seen.follow_ups import AskedToFollowUpSeen, DeclinedSeen, seen_follow_up
from bot.timetable import today_in
from storage.consortia import Consortium
from storage.follow_ups import follow_up_by_id
from storage.meetings import MeetingState
from storage.posts import Post
from storage.tenancy import Session


def reminder(
    session: Session, consortium: Consortium, post: Post, now: datetime
) -> AskedToFollowUpSeen | None:
    """Of what its reader has to do. Where they do not have it any more, what was sent says so."""
    follow_up = follow_up_by_id(session, post.subject_id)
    theirs = follow_up if follow_up and follow_up.owner.user_id == post.place else None
    is_to_do = theirs is not None and theirs.is_open and theirs.meeting.state != MeetingState.CANCELLED
    if post.ts is None and not is_to_do:
        return None
    seen = seen_follow_up(theirs, reader(theirs.owner_id)) if theirs else None
    return AskedToFollowUpSeen(seen, today_in(consortium, now))


def declined(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> DeclinedSeen | None:
    """Who decides no longer is told nothing new, and what they read shows it no more."""
    follow_up = follow_up_by_id(session, post.subject_id)
    if follow_up is None:
        return DeclinedSeen(None, is_for_hosts=True) if post.ts is not None else None
    is_for_hosts = post.place in places_to_decide(session, follow_up.meeting.host)
    if post.ts is None and not (is_for_hosts and follow_up.is_declined):
        return None
    host = hosts(follow_up.meeting.host_id)
    return DeclinedSeen(seen_follow_up(follow_up, host) if is_for_hosts else None, is_for_hosts)
