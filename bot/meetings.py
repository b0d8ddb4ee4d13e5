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
from storage.items import Item, ItemState, items_of_meeting, items_without_meeting, undecided_until
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
    must_be_to_come(actor.consortium, arrangement.day, now)
    rearrange(session, actor.consortium, meeting, meeting.host, arrangement, now)
    return meeting


def must_be_to_come(consortium: Consortium, wanted: date, now: datetime) -> None:
    if wanted < today_in(consortium, now):
        raise UserError(_("{day} has passed. Choose a day to come.").format(day=day(wanted)), "day")


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
    _deal_cards(session, consortium, meeting, now)
    gather_items(session, consortium, now)


def deal_cards_anew(session: Session, consortium: Consortium, host: Collaborative, now: datetime) -> None:
    """Others decide for the host now: they get what it is asked, and the cards of those before lose their buttons."""
    upcoming = meetings_from(session, consortium, today_in(consortium, now))
    for meeting in upcoming:
        if meeting.host is host:
            _deal_cards(session, consortium, meeting, now)
            _ask_to_confirm(session, consortium, meeting, now)


def turn_over(session: Session, consortium: Consortium, now: datetime) -> None:
    """After a meeting: see that there is a next one, and that what is left goes to it."""
    last = last_meeting(session, consortium)
    if last is not None and last.day < today_in(consortium, now):
        _propose_next(session, consortium, last, now)
    gather_items(session, consortium, now)


def gather_items(session: Session, consortium: Consortium, now: datetime) -> None:
    """What waited for a meeting, and what is undecided or held of those that are over, goes to the next one."""
    meeting = next_meeting(session, consortium, now)
    if meeting is None:
        return
    left = _left_behind(session, consortium, now)
    for item in left:
        item.state, item.is_carried_over, item.is_late = ItemState.WAITING, True, False
        item.decided_by, item.decided_at, item.told_at = None, None, None
    for item in items_without_meeting(session, consortium) + left:
        item.meeting = meeting
        session.flush()
        redraw_cards(session, item)
        owe_cards(session, consortium, item, now)


def found(session: Session, actor: Actor, meeting_id: int) -> Meeting:
    meeting = meeting_by_id(session, actor.consortium, meeting_id)
    if meeting is None:
        raise UserError(_("This meeting is no longer here. Nothing was changed."))
    return meeting


def _propose_next(session: Session, consortium: Consortium, last: Meeting, now: datetime) -> None:
    """The next quarterly meeting that is still to come, at the office of the next host."""
    host = host_after(session, consortium, last.host)
    meeting_day = next_quarterly(last.day)
    while meeting_day < today_in(consortium, now):
        meeting_day = next_quarterly(meeting_day)
    arrangement = Arrangement(meeting_day, last.starts, last.minutes, host.office)
    meeting = arrange(session, consortium, host, arrangement, now, MeetingState.PROPOSED)
    _ask_to_confirm(session, consortium, meeting, now)


def _ask_to_confirm(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    if meeting.state != MeetingState.PROPOSED:
        return
    for place in places_to_decide(session, consortium, meeting.host):
        outbox.owe(
            session,
            PostKind.PROPOSED_MEETING,
            f"proposed:{meeting.id}:{place}",
            consortium_id=consortium.id,
            subject_id=meeting.id,
            place=place,
            due=now,
        )


def _deal_cards(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    for item in items_of_meeting(session, meeting, *ItemState):
        redraw_cards(session, item)
        if item.state == ItemState.WAITING:
            owe_cards(session, consortium, item, now)


def _left_behind(session: Session, consortium: Consortium, now: datetime) -> list[Item]:
    undecided = undecided_until(session, consortium, today_in(consortium, now))
    return [item for item in undecided if item.meeting and ends_at(consortium, item.meeting) <= now]


def _arrangement_of(meeting: Meeting) -> Arrangement:
    return Arrangement(meeting.day, meeting.starts, meeting.minutes, meeting.office)


def _day_must_be_free(
    session: Session, consortium: Consortium, wanted: date, meeting: Meeting | None
) -> None:
    there = meeting_on(session, consortium, wanted)
    if there is not None and there is not meeting:
        raise UserError(_("There is a meeting on {day} already.").format(day=day(wanted)), "day")
