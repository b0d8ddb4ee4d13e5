"""The file's meetings: known by the day that the file gave them, and changed only in what the file changed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.errors import UserError
from bot.meetings import Arrangement, arrange, arrangement_of, must_be_to_come, rearrange
from bot.plan import plan
from bot.rotation import whose_turn
from bot.timetable import is_over, today_in
from storage.consortia import Collaborative, Consortium, collaborative_named
from storage.meetings import Meeting, MeetingState, meetings_from
from storage.tenancy import Session

HALF_A_QUARTER = timedelta(days=45)

Match = Callable[[Meeting, plan.Meeting], bool]


def meet_as_planned(
    session: Session, consortium: Consortium, described: Sequence[plan.Meeting], now: datetime
) -> None:
    """A meeting whose day the file changed is moved, with its items, not doubled. What people changed in Slack stays.

    Raises UserError if a host is no collaborative, if two meetings would be on one day, or if a day has passed that is
    not known from before.
    """
    in_order = sorted(described, key=lambda one: one.date)
    known = _recognized(session, consortium, in_order, now)
    for one in in_order:
        _plan_meeting(session, consortium, one, known.get(one.date), now)


def _recognized(
    session: Session, consortium: Consortium, described: Sequence[plan.Meeting], now: datetime
) -> dict[date, Meeting]:
    """Which meeting each date of the file is about: the surest matches first, and of several the nearest."""
    free = meetings_from(session, date.min)
    known: dict[date, Meeting] = {}
    for matches in _matches(consortium, now):
        for one in described:
            alike = [meeting for meeting in free if one.date not in known and matches(meeting, one)]
            if alike:
                known[one.date] = min(alike, key=lambda meeting: _distance(meeting, one))
                free.remove(known[one.date])
    return known


def _matches(consortium: Consortium, now: datetime) -> tuple[Match, ...]:
    def is_to_come(meeting: Meeting, one: plan.Meeting) -> bool:
        return one.date >= today_in(consortium, now) and not is_over(consortium, meeting, now)

    def had_another_date(meeting: Meeting, one: plan.Meeting) -> bool:
        """Its own date is in the file no longer, or it would have been recognized by that."""
        is_hosts = one.host in (None, meeting.host.name)
        return meeting.planned is not None and is_hosts and is_to_come(meeting, one)

    def settles_the_proposed(meeting: Meeting, one: plan.Meeting) -> bool:
        is_proposed = meeting.state == MeetingState.PROPOSED and is_to_come(meeting, one)
        return is_proposed and _distance(meeting, one) < HALF_A_QUARTER

    return (
        lambda meeting, one: meeting.planned is not None and _day_of(meeting) == one.date,
        lambda meeting, one: meeting.day == one.date,
        had_another_date,
        settles_the_proposed,
    )


def _distance(meeting: Meeting, one: plan.Meeting) -> timedelta:
    return abs(_day_of(meeting) - one.date)


def _day_of(meeting: Meeting) -> date:
    """The day that the file gave it; else its own."""
    return date.fromisoformat(meeting.planned["day"]) if meeting.planned else meeting.day


def _plan_meeting(
    session: Session, consortium: Consortium, one: plan.Meeting, meeting: Meeting | None, now: datetime
) -> None:
    host = _planned_host(session, one, meeting)
    arrangement = Arrangement(one.date, one.starts, one.minutes, one.office or host.office)
    if meeting is None or one.date not in (meeting.day, _day_of(meeting)):
        must_be_to_come(consortium, arrangement, now)
    if meeting is None:
        meeting = arrange(session, consortium, host, arrangement, now)
    else:
        _follow(session, consortium, meeting, host, arrangement, now)
    meeting.planned = _written(arrangement, host)


def _follow(
    session: Session,
    consortium: Consortium,
    meeting: Meeting,
    host: Collaborative,
    wanted: Arrangement,
    now: datetime,
) -> None:
    """Change the meeting in what the file says otherwise than before. One that is over stays as it was."""
    if is_over(consortium, meeting, now):
        return
    before = meeting.planned or {}
    new = {key for key, value in _written(wanted, host).items() if before.get(key) != value}
    if new:
        changes: dict[str, Any] = {key: value for key, value in vars(wanted).items() if key in new}
        host = host if "host" in new else meeting.host
        rearrange(session, consortium, meeting, host, replace(arrangement_of(meeting), **changes), now)


def _written(arrangement: Arrangement, host: Collaborative) -> dict[str, Any]:
    """What the file said, as JSON can hold it."""
    days_and_hours = {"day": arrangement.day.isoformat(), "starts": arrangement.starts.isoformat()}
    return vars(arrangement) | days_and_hours | {"host": host.id}


def _planned_host(session: Session, one: plan.Meeting, meeting: Meeting | None) -> Collaborative:
    """The host that the file names; else who hosts it already; else whose turn it is."""
    if one.host is not None:
        named = collaborative_named(session, one.host)
        if named is None:
            raise UserError("{host} is no collaborative, so it can't host.", host=one.host)
        return named
    return meeting.host if meeting else whose_turn(session, one.date)
