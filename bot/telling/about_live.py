"""What the message of a live meeting has to say, as things are; None: nothing any more."""

from datetime import datetime, timedelta

from bot.audiences import EVERYBODY
from bot.breaks import break_to_come, length_of
from bot.calendar import zone
from bot.leading import EARLY, goes_on
from bot.seen.agenda import Planned
from bot.seen.items import seen_item, seen_items
from bot.seen.live import LiveSeen, Stands
from bot.seen.meetings import seen_meeting
from bot.timetable import ends_at, starts_at
from bot.turns import can_go_back, mark_of, what_comes
from storage.consortia import Consortium
from storage.items import Item, agenda_of_meeting
from storage.live import LiveMeeting, is_live, live_of
from storage.meetings import meeting_by_id
from storage.posts import Post
from storage.tenancy import Session

A_MINUTE = timedelta(minutes=1)


def live(session: Session, consortium: Consortium, post: Post, now: datetime) -> LiveSeen | None:
    """Where it stands in a channel that was the shared one before, or where the meeting is over, nothing can be pressed; it is not sent there."""
    meeting = meeting_by_id(session, post.subject_id)
    known = live_of(session, meeting) if meeting else None
    if known is None:
        return None
    stands = _stands(consortium, known, post, now)
    return seen_live(session, consortium, known, now, stands) if stands is Stands.ON or post.ts else None


def _stands(consortium: Consortium, live: LiveMeeting, post: Post, now: datetime) -> Stands:
    if goes_on(consortium, live, now):
        return Stands.ON if post.place == consortium.channel_id else Stands.ELSEWHERE
    is_to_come = now < starts_at(consortium, live.meeting) - EARLY
    return Stands.MOVED if is_to_come else Stands.OVER


def seen_live(
    session: Session, consortium: Consortium, live: LiveMeeting, now: datetime, stands: Stands = Stands.ON
) -> LiveSeen:
    agenda = agenda_of_meeting(session, live.meeting)
    on = next((item for item in agenda if item.id == live.item_id), None)
    coming = what_comes(live, agenda)
    here = zone(consortium.timezone)
    since = live.since.astimezone(here)
    until = _until(consortium, live, on, since)
    return LiveSeen(
        meeting=seen_meeting(live.meeting),
        stands=stands,
        item=seen_item(on, EVERYBODY) if on else None,
        is_opening=live.is_at_its_opening,
        since=since.time(),
        until=until.time() if on and until else None,
        just_now=now - live.since < A_MINUTE,
        coming=seen_items(coming, EVERYBODY),
        left=-((now - ends_at(consortium, live.meeting)) // A_MINUTE),
        planned=Planned.of(map(length_of, [*([on] if on else []), *coming])),
        mark=mark_of(live),
        can_go_back=can_go_back(live, agenda),
        pause=break_to_come(live, agenda, coming, max(until or now, now).astimezone(here)),
    )


def _until(consortium: Consortium, live: LiveMeeting, on: Item | None, since: datetime) -> datetime | None:
    """When what is on should be over, where anybody has said how long it takes. They say hello from the planned beginning on."""
    if on is None and live.is_at_its_opening:
        return starts_at(consortium, live.meeting) + timedelta(minutes=seen_meeting(live.meeting).opening)
    length = length_of(on) if on else None
    return since + timedelta(minutes=length) if length else None


def comes_back(session: Session, post: Post) -> bool:
    """Whether people still press it, as far as is known without a clock."""
    meeting = meeting_by_id(session, post.subject_id)
    return meeting is not None and is_live(session, meeting)


def shows_the_turn(session: Session, post: Post) -> bool:
    """Whether it was posted in this turn. Where it can't be edited, what time alone changes is worth no other message."""
    meeting = meeting_by_id(session, post.subject_id)
    known = live_of(session, meeting) if meeting else None
    return known is not None and post.sent_at is not None and known.since <= post.sent_at
