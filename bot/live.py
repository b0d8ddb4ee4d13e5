"""The live meeting: somebody starts it, says what had its turn, and ends it. Nobody keeps how long an item took."""

from collections.abc import Collection
from datetime import datetime

from bot.agenda import seen_agenda
from bot.audiences import EVERYBODY, hosts
from bot.curating import curates
from bot.decisions import add_to_agenda
from bot.errors import Moment, NothingChanged
from bot.leading import EARLY, goes_on
from bot.meetings_to_change import meeting_to_change
from bot.notes import redraw_notes
from bot.people import Actor
from bot.results import Written, note
from bot.seen.agenda import Rooms
from bot.seen.live import ToStartSeen
from bot.seen.meetings import MeetingSeen, seen_meeting
from bot.seen.results import Became
from bot.timetable import next_meeting, starts_at
from bot.word_to_proposers import tell_now
from storage import outbox
from storage.consortia import Consortium
from storage.items import Item, ItemState, agenda_of_meeting, items_of_meeting, lock_item, lock_items
from storage.live import LiveMeeting, live_meetings, live_of
from storage.meetings import Meeting, lock_meeting
from storage.post_kinds import PostKind
from storage.results import results_of_meeting
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
        _take_the_next(session, live, now)
    return live


def owe_live(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    """One message in each channel that is the shared one while they meet."""
    key = PostKind.LIVE.key(meeting=meeting.id, channel=consortium.channel_id)
    place = consortium.channel_id
    outbox.owe_again(
        session, PostKind.LIVE, key, subject_id=meeting.id, place=place, due=now, comes_back=True
    )
    redraw_live(session, meeting)


def done(session: Session, actor: Actor, meeting_id: int, item_id: int, now: datetime) -> None:
    """The item that is on is done, and the next one comes on. Raises NothingChanged if the meeting has gone on, or is not live."""
    live = _live(session, actor, meeting_id, item_id, now)
    known = results_of_meeting(session, live.meeting).get(item_id)
    written = Written(Became.DONE, known.outcome if known else None)
    note(session, actor, live.meeting, lock_item(session, item_id), written, now)
    redraw_notes(session, live.meeting)
    _had_its_turn(session, live, now)


def put_off(session: Session, actor: Actor, meeting_id: int, item_id: int, now: datetime) -> None:
    """The item that is on comes once more, after all others. Raises NothingChanged if there are none, and as `done` does."""
    live = _live(session, actor, meeting_id, item_id, now)
    if not what_comes(live, agenda_of_meeting(session, live.meeting)):
        raise NothingChanged("No other item is left, so this one stays on.")
    _take_the_next(session, live, now)
    live.put_off = [*live.put_off, item_id]
    redraw_live(session, live.meeting)


def go_on(session: Session, actor: Actor, meeting_id: int, item_id: int, now: datetime) -> None:
    """The next item comes on. What became of the one before, nobody has said. `item_id` is 0 while none is on. Raises NothingChanged as `done` does."""
    _had_its_turn(session, _live(session, actor, meeting_id, item_id, now), now)


def end(session: Session, actor: Actor, meeting_id: int, now: datetime) -> None:
    """It is over, whatever the clock says. Raises NothingChanged if it is not live."""
    live = _going_on(session, actor, meeting_id, now)
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


def what_comes(live: LiveMeeting, agenda: Collection[Item]) -> list[Item]:
    """Of the agenda what has yet to have its turn, but for the item that is on; then what was put off, as long as it is on the agenda."""
    by_id = {item.id: item for item in agenda if item.id not in (live.item_id, *live.had_turn)}
    again = [by_id.pop(item_id) for item_id in live.put_off if item_id in by_id]
    return [*by_id.values(), *again]


def redraw_live(session: Session, meeting: Meeting) -> None:
    outbox.refresh(session, PostKind.LIVE, subject_id=meeting.id)


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


def _live(session: Session, actor: Actor, meeting_id: int, item_id: int, now: datetime) -> LiveMeeting:
    """The live meeting, by a button that was made while this item was on."""
    live = _going_on(session, actor, meeting_id, now)
    if (live.item_id or 0) != item_id:
        raise NothingChanged("The meeting has gone on: another item is on by now.")
    return live


def _going_on(session: Session, actor: Actor, meeting_id: int, now: datetime) -> LiveMeeting:
    """Nobody else says how it goes on until the transaction ends."""
    meeting = lock_meeting(session, meeting_id)
    live = live_of(session, meeting) if meeting else None
    if live is None or not goes_on(actor.consortium, live, now):
        raise NothingChanged("This meeting is not live.")
    return live


def _had_its_turn(session: Session, live: LiveMeeting, now: datetime) -> None:
    if live.item_id is not None:
        live.had_turn = [*live.had_turn, live.item_id]
    _take_the_next(session, live, now)
    redraw_live(session, live.meeting)


def _take_the_next(session: Session, live: LiveMeeting, now: datetime) -> None:
    coming = what_comes(live, agenda_of_meeting(session, live.meeting))
    live.item_id, live.since = coming[0].id if coming else None, now
    live.put_off = [one for one in live.put_off if one != live.item_id]
    session.flush()
