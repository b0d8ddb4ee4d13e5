"""Meetings: which is next, when its items close, and how one follows another."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.calendar import closing_day, instant, local_day, next_quarterly, zone
from bot.cards import owe_cards, redraw_cards
from bot.errors import UserError
from bot.people import Actor, places_to_decide
from bot.words import _, day
from storage import Session, outbox
from storage.consortia import Collaborative, Consortium, rotation
from storage.items import ItemState, items_of_meeting, items_without_meeting
from storage.meetings import Meeting, MeetingState, last_meeting, meeting_by_id, meeting_on, meetings_from
from storage.outbox import PostKind


@dataclass(frozen=True)
class Arrangement:
    """When and where a meeting is; `day` and `starts` are local to the consortium."""

    day: date
    starts: time
    minutes: int
    office: str


def today_in(consortium: Consortium, now: datetime) -> date:
    """The local day of the consortium."""
    return local_day(now, zone(consortium.timezone))


def starts_at(consortium: Consortium, meeting: Meeting) -> datetime:
    return instant(meeting.day, meeting.starts, zone(consortium.timezone))


def ends_at(consortium: Consortium, meeting: Meeting) -> datetime:
    return starts_at(consortium, meeting) + timedelta(minutes=meeting.minutes)


def closes_on(consortium: Consortium, meeting: Meeting) -> date:
    """The last local day on which an item is not late."""
    return closing_day(meeting.day, consortium.closes_days_before)


def is_late(consortium: Consortium, meeting: Meeting, now: datetime) -> bool:
    return today_in(consortium, now) > closes_on(consortium, meeting)


def next_meeting(session: Session, consortium: Consortium, now: datetime) -> Meeting | None:
    """The nearest meeting that is not over."""
    today = today_in(consortium, now)
    # One that began yesterday may run past midnight.
    nearby = meetings_from(session, consortium, today - timedelta(days=1))
    return next((meeting for meeting in nearby if ends_at(consortium, meeting) > now), None)


def host_after(session: Session, consortium: Consortium, host: Collaborative) -> Collaborative:
    """Whose turn it is after `host`; one that has left the rotation is followed by its first."""
    hosts = rotation(session, consortium)
    if not hosts:
        raise UserError(_("There is no collaborative yet that could host a meeting."))
    ids = [collaborative.id for collaborative in hosts]
    return hosts[(ids.index(host.id) + 1) % len(hosts)] if host.id in ids else hosts[0]


def arrange(
    session: Session,
    consortium: Consortium,
    host: Collaborative,
    arrangement: Arrangement,
    now: datetime,
    state: MeetingState = MeetingState.SET,
) -> Meeting:
    """Write a new meeting down; items that waited for one are proposed for it."""
    _day_must_be_free(session, consortium, arrangement.day, meeting=None)
    meeting = Meeting(
        consortium_id=consortium.id,
        host_id=host.id,
        host=host,
        day=arrangement.day,
        starts=arrangement.starts,
        minutes=arrangement.minutes,
        office=arrangement.office,
        state=state,
        known_since=now,
    )
    session.add(meeting)
    session.flush()
    gather_items(session, consortium, now)
    return meeting


def confirm(session: Session, actor: Actor, meeting_id: int, now: datetime) -> Meeting:
    meeting = found(session, actor, meeting_id)
    if meeting.state == MeetingState.SET:
        raise UserError(
            _("The meeting on {day} is confirmed already. Nothing was changed.").format(day=day(meeting.day))
        )
    meeting.state = MeetingState.SET
    announce_change(session, actor.consortium, meeting, now)
    return meeting


def change(
    session: Session, actor: Actor, meeting_id: int, arrangement: Arrangement, now: datetime
) -> Meeting:
    """Move a meeting, with its items; from a proposed one it becomes a set one."""
    meeting = found(session, actor, meeting_id)
    if arrangement.day < today_in(actor.consortium, now):
        raise UserError(_("{day} has passed. Choose a day to come.").format(day=day(arrangement.day)), "day")
    rearrange(session, actor.consortium, meeting, meeting.host, arrangement, now)
    return meeting


def rearrange(
    session: Session,
    consortium: Consortium,
    meeting: Meeting,
    host: Collaborative,
    arrangement: Arrangement,
    now: datetime,
) -> bool:
    """Give a meeting another day, time, length, office or host; say whether anything changed."""
    before = (_arrangement_of(meeting), meeting.host_id, meeting.state)
    if (arrangement, host.id, MeetingState.SET) == before:
        return False
    _day_must_be_free(session, consortium, arrangement.day, meeting)
    if meeting.day != arrangement.day:
        meeting.known_since = now  # calls count from here: none is owed for days that were past before
    meeting.day, meeting.starts = arrangement.day, arrangement.starts
    meeting.minutes, meeting.office = arrangement.minutes, arrangement.office
    meeting.host, meeting.host_id, meeting.state = host, host.id, MeetingState.SET
    session.flush()
    announce_change(session, consortium, meeting, now)
    return True


def announce_change(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    """Everything that speaks of the meeting is drawn anew, and a new host gets the cards."""
    for kind in (PostKind.AGENDA, PostKind.PROPOSED_MEETING):
        outbox.refresh(session, kind, consortium_id=consortium.id, subject_id=meeting.id)
    for item in items_of_meeting(session, meeting, *ItemState):
        redraw_cards(session, item)
    gather_items(session, consortium, now)


def deal_cards_anew(session: Session, consortium: Consortium, now: datetime) -> None:
    """Those who decide are others now: they get the cards, and those of the others lose their buttons."""
    meeting = next_meeting(session, consortium, now)
    for item in items_of_meeting(session, meeting, ItemState.WAITING) if meeting else []:
        redraw_cards(session, item)
        owe_cards(session, consortium, item, now)


def turn_over(session: Session, consortium: Consortium, now: datetime) -> None:
    """After the last meeting's day: propose the next quarterly one, with the next host, and bring along what is left."""
    last = last_meeting(session, consortium)
    if last is None or last.day >= today_in(consortium, now):
        return
    host = host_after(session, consortium, last.host)
    meeting_day = next_quarterly(last.day)
    while meeting_day < today_in(consortium, now):
        meeting_day = next_quarterly(meeting_day)
    arrangement = Arrangement(meeting_day, last.starts, last.minutes, host.office)
    meeting = arrange(session, consortium, host, arrangement, now, MeetingState.PROPOSED)
    for place in places_to_decide(session, consortium, host):
        outbox.owe(
            session,
            PostKind.PROPOSED_MEETING,
            f"proposed:{meeting.id}:{place}",
            consortium_id=consortium.id,
            subject_id=meeting.id,
            place=place,
            due=now,
        )


def gather_items(session: Session, consortium: Consortium, now: datetime) -> None:
    """Undecided and held items of meetings that are over, and those that waited for a meeting, go to the next one."""
    meeting = next_meeting(session, consortium, now)
    if meeting is None:
        return
    for item in items_without_meeting(session, consortium):
        item.meeting, item.meeting_id = meeting, meeting.id
    for past in _meetings_over(session, consortium, now):
        for item in items_of_meeting(session, past, ItemState.WAITING, ItemState.HELD):
            redraw_cards(session, item)
            item.meeting, item.meeting_id = meeting, meeting.id
            item.state, item.is_carried_over, item.is_late = ItemState.WAITING, True, False
            item.decided_by, item.decided_at, item.told_at = None, None, None
    session.flush()
    for item in items_of_meeting(session, meeting, ItemState.WAITING):
        owe_cards(session, consortium, item, now)


def found(session: Session, actor: Actor, meeting_id: int) -> Meeting:
    meeting = meeting_by_id(session, actor.consortium, meeting_id)
    if meeting is None:
        raise UserError(_("This meeting is no longer here. Nothing was changed."))
    return meeting


def _meetings_over(session: Session, consortium: Consortium, now: datetime) -> list[Meeting]:
    known = meetings_from(session, consortium, date.min)
    return [meeting for meeting in known if ends_at(consortium, meeting) <= now]


def _arrangement_of(meeting: Meeting) -> Arrangement:
    return Arrangement(meeting.day, meeting.starts, meeting.minutes, meeting.office)


def _day_must_be_free(
    session: Session, consortium: Consortium, wanted: date, meeting: Meeting | None
) -> None:
    there = meeting_on(session, consortium, wanted)
    if there is not None and there is not meeting:
        raise UserError(_("There is a meeting on {day} already.").format(day=day(wanted)), "day")
