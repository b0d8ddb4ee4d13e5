"""Rotation: whose turn it is to host, and the next quarterly meeting after one is over."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

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
    return in_turn(rotation(session), _hosts_before(session, day))


def in_turn(hosts: Sequence[Collaborative], hosted: Sequence[Collaborative]) -> Collaborative:
    """The next in hosting order after who `hosted` last. Those whose turn came earlier, in exchange, have had it.

    Raises UserError if there is no collaborative.
    """
    if not hosts:
        raise UserError("A meeting needs a host: add the first {collaborative}.", field="host")
    in_order = beginning_after(hosts, hosted[-1]) if hosted else hosts
    for passed_over, host in enumerate(in_order):
        lately = min(passed_over + 2, len(hosts) - 1)
        if host not in hosted[len(hosted) - lately :]:
            return host
    return in_order[0]


def beginning_after(hosts: Sequence[Collaborative], host: Collaborative) -> list[Collaborative]:
    """Hosting order, from the one after `host` on. One that has left it is followed by its first."""
    after = hosts.index(host) + 1 if host in hosts else 0
    return [*hosts[after:], *hosts[:after]]


class Turn(NamedTuple):
    """Whose turn it is to host, on a day on which no meeting is set yet."""

    day: date
    host: Collaborative


def turns_after(session: Session, consortium: Consortium, last: Meeting, now: datetime) -> Iterator[Turn]:
    """The quarterly meetings that follow on the last one, without end, as hosting order goes on. Raises UserError if there is no collaborative."""
    hosts, day = rotation(session), next_quarterly(last.day)
    while day < today_in(consortium, now):
        day = next_quarterly(day)
    hosted = _hosts_before(session, day)
    turn = Turn(day, _skipped_host(session, consortium, day) or in_turn(hosts, hosted))
    while True:
        yield turn
        hosted.append(turn.host)
        turn = Turn(next_quarterly(turn.day), in_turn(hosts, hosted))


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
    return beginning_after(hosts, host)[0]


def _hosts_before(session: Session, day: date) -> list[Collaborative]:
    """Of each meeting before that local day, the earliest first."""
    return [meeting.host for meeting in meetings_from(session, date.min) if meeting.day < day]


def _propose_next(session: Session, consortium: Consortium, last: Meeting, now: datetime) -> None:
    """The next quarterly meeting that is still to come, at the office of the next host."""
    meeting_day, host = next(turns_after(session, consortium, last, now))
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
