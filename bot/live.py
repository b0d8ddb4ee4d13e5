"""The live meeting: somebody starts it, and ends it. Nobody keeps how long an item took."""

from collections.abc import Collection
from datetime import datetime

from bot.agenda import seen_agenda
from bot.audiences import EVERYBODY, hosts
from bot.curating import curates
from bot.decisions import add_to_agenda
from bot.errors import Moment, NothingChanged
from bot.leading import EARLY, goes_on, live_to_lead, redraw_live
from bot.meetings_to_change import meeting_to_change
from bot.people import Actor
from bot.seen.agenda import Rooms
from bot.seen.live import ToStartSeen
from bot.seen.meetings import MeetingSeen, seen_meeting
from bot.timetable import next_meeting, starts_at
from bot.turns import take_the_next
from bot.word_to_proposers import tell_now
from storage import outbox
from storage.consortia import Consortium
from storage.items import Item, ItemState, agenda_of_meeting, items_of_meeting, lock_items
from storage.live import LiveMeeting, live_meetings, live_of
from storage.meetings import Meeting
from storage.post_kinds import PostKind
from storage.tenancy import Session

MOST_TAKEN_UP = 10
"""Items that wait and may be taken up at its start (Slack's checkboxes take no more)."""
SHOWN: Rooms = {ItemState.ON_AGENDA: 15, ItemState.WAITING: MOST_TAKEN_UP}


def to_start(session: Session, actor: Actor, meeting_id: int | None, now: datetime) -> ToStartSeen:
    """The agenda, and what waits, of the next meeting where none is named. Who takes notes sees what was told, as everybody does. Raises NothingChanged if it is live, over, gone or cancelled."""
    meeting = _meeting_to_start(session, actor, meeting_id, now)
    audience = hosts(meeting.host_id) if curates(session, actor, meeting, now) else EVERYBODY
    agenda = seen_agenda(session, actor.consortium, meeting, audience, now, SHOWN)
    opens_at = starts_at(actor.consortium, meeting) - EARLY
    return ToStartSeen(
        seen_meeting(meeting),
        agenda.on_agenda,
        agenda.waiting,
        Moment(opens_at, actor.consortium.timezone) if now < opens_at else None,
    )


def start(
    session: Session, actor: Actor, meeting_id: int, taken_up: Collection[int], now: datetime
) -> MeetingSeen:
    """Begin, or go on after somebody has ended it. Of the items that wait those with the ids of `taken_up` are for today. What is on the agenda counts as told.

    Raises NothingChanged if it is live, if it is too early or over, or if the meeting is gone or cancelled.
    """
    meeting = _meeting_to_start(session, actor, meeting_id, now)
    _must_not_be_early(actor, meeting, now)
    lock_items(session, meeting)
    for item in _waiting(session, meeting):
        if item.id in taken_up:
            add_to_agenda(session, actor, item.id, now)
    tell_now(session, agenda_of_meeting(session, meeting), now)
    live = live_of(session, meeting) or _begun(session, meeting, now)
    live.ended_at = None
    session.flush()
    owe_live(session, actor.consortium, meeting, now)
    return seen_meeting(meeting)


def _begun(session: Session, meeting: Meeting, now: datetime) -> LiveMeeting:
    """With its opening, or at once with the first item."""
    live = LiveMeeting(meeting=meeting, started_at=now, since=now, told_at=now, had_turn=[], put_off=[])
    session.add(live)
    session.flush()
    if not seen_meeting(meeting).opening:
        take_the_next(session, live, now)
        live.came_after = None
    return live


def owe_live(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    """One message in each channel that is the shared one while they meet."""
    key = PostKind.LIVE.key(meeting=meeting.id, channel=consortium.channel_id)
    place = consortium.channel_id
    outbox.owe_again(
        session, PostKind.LIVE, key, subject_id=meeting.id, place=place, due=now, comes_back=True
    )
    redraw_live(session, meeting)


def end(session: Session, actor: Actor, meeting_id: int, now: datetime) -> None:
    """It is over, whatever the clock says. Raises NothingChanged if it is not live."""
    live = live_to_lead(session, actor, meeting_id, now)
    live.ended_at = now
    redraw_live(session, live.meeting)


def keep_time(session: Session, consortium: Consortium, now: datetime) -> None:
    """Tell each minute how much is left of the day, and end what nobody has ended."""
    for live in live_meetings(session):
        is_on = goes_on(consortium, live, now)
        if is_on and now.replace(second=0, microsecond=0) <= live.told_at:
            continue
        live.told_at, live.ended_at = now, None if is_on else now
        redraw_live(session, live.meeting)


def _meeting_to_start(session: Session, actor: Actor, meeting_id: int | None, now: datetime) -> Meeting:
    coming = next_meeting(session, actor.consortium, now) if meeting_id is None else None
    meeting = meeting_to_change(session, actor, meeting_id or (coming.id if coming else 0), now)
    live = live_of(session, meeting)
    if live is not None and goes_on(actor.consortium, live, now):
        raise NothingChanged("The meeting is live: look in the shared channel.")
    return meeting


def _must_not_be_early(actor: Actor, meeting: Meeting, now: datetime) -> None:
    opens_at = starts_at(actor.consortium, meeting) - EARLY
    if now < opens_at:
        opens = Moment(opens_at, actor.consortium.timezone)
        raise NothingChanged("It is early. You can start this meeting from {opens} on.", opens=opens)


def _waiting(session: Session, meeting: Meeting) -> list[Item]:
    waiting = items_of_meeting(session, meeting, ItemState.WAITING)
    return [item for item in waiting if item.joined_to_id is None]
