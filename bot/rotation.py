"""Rotation: whose turn it is to host, and the next quarterly meeting after one is over."""

from dataclasses import replace
from datetime import date, datetime

from bot.calendar import next_quarterly
from bot.cards import ask_to_confirm
from bot.carry_over import gather_items
from bot.errors import UserError
from bot.meetings import Arrangement, arrange, arrangement_of, rearrange
from bot.timetable import ends_at, next_meeting, today_in
from storage.consortia import Collaborative, Consortium, rotation
from storage.meetings import (
    Meeting,
    MeetingState,
    last_cancelled_after,
    last_meeting,
    meeting_before,
    meetings_from,
)
from storage.tenancy import Session


def turn_over(session: Session, consortium: Consortium, now: datetime) -> None:
    """After a meeting: see that there is a next one, and that what is left goes to it.

    Raises UserError if there is no collaborative to host it.
    """
    last = last_meeting(session)
    if last is not None and _is_behind(session, consortium, last, now):
        _propose_next(session, consortium, last, now)
    gather_items(session, consortium, now)


def _is_behind(session: Session, consortium: Consortium, last: Meeting, now: datetime) -> bool:
    """Its day is over; or it was cancelled, and no other is to come."""
    was_cancelled = last.state == MeetingState.CANCELLED
    is_past = last.day < today_in(consortium, now)
    return is_past or (was_cancelled and next_meeting(session, consortium, now) is None)


def proposes_tomorrow(session: Session, consortium: Consortium, now: datetime) -> bool:
    """Whether the last meeting is of today: once its day is over, the next one is proposed."""
    last = last_meeting(session)
    return last is not None and last.day == today_in(consortium, now)


def whose_turn(session: Session, day: date) -> Collaborative:
    """Who hosts on that day, as the rotation goes. Raises UserError if there is no collaborative."""
    earlier = [meeting for meeting in meetings_from(session, date.min) if meeting.day < day]
    if earlier:
        return host_after(session, earlier[-1].host)
    hosts = rotation(session)
    if not hosts:
        raise UserError("A meeting needs a host: add the first {collaborative}.", field="host")
    return hosts[0]


def pass_turn_on(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    """Who hosts this meeting has had their turn: one that is proposed to them right after it goes on to the next host."""
    following = next((one for one in meetings_from(session, meeting.day) if one is not meeting), None)
    if following is None or following.state != MeetingState.PROPOSED or following.host is not meeting.host:
        return
    host = host_after(session, meeting.host)
    office = host.office if following.office == meeting.host.office else following.office
    there = replace(arrangement_of(following), office=office)
    rearrange(session, consortium, following, host, there, now, MeetingState.PROPOSED)


def host_after(session: Session, host: Collaborative) -> Collaborative:
    """Whose turn it is after `host`; one that has left the rotation is followed by its first.

    Raises UserError if there is no collaborative.
    """
    hosts = rotation(session)
    if not hosts:
        raise UserError("There is no {collaborative} yet that could host a meeting.")
    ids = [collaborative.id for collaborative in hosts]
    return hosts[(ids.index(host.id) + 1) % len(hosts)] if host.id in ids else hosts[0]


def _propose_next(session: Session, consortium: Consortium, last: Meeting, now: datetime) -> None:
    """The next quarterly meeting that is still to come, at the office of the next host."""
    meeting_day = next_quarterly(last.day)
    while meeting_day < today_in(consortium, now):
        meeting_day = next_quarterly(meeting_day)
    host = _skipped_host(session, consortium, meeting_day) or whose_turn(session, meeting_day)
    arrangement = Arrangement(meeting_day, last.starts, last.minutes, host.office)
    meeting = arrange(session, consortium, host, arrangement, now, MeetingState.PROPOSED)
    ask_to_confirm(session, meeting, now)


def _skipped_host(session: Session, consortium: Consortium, day: date) -> Collaborative | None:
    """Who was to host the meeting that was cancelled last, after all that stand: they still have their turn, if they have not hosted since."""
    before = meeting_before(session, day)
    skipped = last_cancelled_after(session, before.day if before else date.min)
    if skipped is None or skipped.host.position is None or _has_hosted_since(session, consortium, skipped):
        return None
    return skipped.host


def _has_hosted_since(session: Session, consortium: Consortium, cancelled: Meeting) -> bool:
    """Another meeting, after this one was cancelled."""
    at = cancelled.cancelled_at
    own = [one for one in meetings_from(session, date.min) if one.host is cancelled.host]
    return at is not None and any(ends_at(consortium, one) > at for one in own)
