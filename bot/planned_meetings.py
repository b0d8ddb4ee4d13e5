"""The file's meetings: known by the day that the file gave them, and changed only in what the file changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.added_again import day_in_file, follow_what_was_added_again
from bot.errors import UserError
from bot.meetings import Arrangement, arrange, arrangement_of, as_json, must_be_to_come, rearrange
from bot.plan import plan
from bot.plan.faults import Fault, in_lines
from bot.rotation import whose_turn
from bot.seen.meetings import MeetingSeen, seen_meeting
from bot.timetable import is_over, stage_of, today_in
from storage.consortia import Collaborative, Consortium, collaborative_by_id, collaborative_named
from storage.meetings import Meeting, MeetingState, Stage, cancelled_meetings, meeting_on, meetings_from
from storage.tenancy import Session

HALF_A_QUARTER = timedelta(days=45)

Match = Callable[[Meeting, plan.Meeting], bool]


def meet_as_planned(
    session: Session, consortium: Consortium, described: Sequence[plan.Meeting], now: datetime
) -> None:
    """A meeting whose day the file changed is moved, with its items, not doubled. What people changed or cancelled in Slack stays.

    Raises UserError if a host is no collaborative, if two meetings would be on one day, or if a day has passed that is
    not known from before.
    """
    follow_what_was_added_again(session)
    cancelled = _cancelled_still(session, consortium, described, now)
    in_order = sorted((one for one in described if one.date not in cancelled), key=lambda one: one.date)
    known = _recognized(session, consortium, in_order, now)
    _must_be_to_come(consortium, described, [one for one in in_order if _is_new(one, known)], now)
    for one in _as_days_become_free(session, in_order, known):
        _plan_meeting(session, consortium, one, known.get(one.date), now)


def beside_the_file(
    session: Session, consortium: Consortium, described: Sequence[plan.Meeting], now: datetime
) -> list[MeetingSeen]:
    """The meetings to come that people count on, and that the file does not name."""
    named, coming = {one.date for one in described}, meetings_from(session, today_in(consortium, now))
    set_ones = [one for one in coming if stage_of(consortium, one, now) is Stage.SET]
    return [seen_meeting(one) for one in set_ones if not (one.planned and day_in_file(one) in named)]


def _cancelled_still(
    session: Session, consortium: Consortium, described: Sequence[plan.Meeting], now: datetime
) -> set[date]:
    """The dates of meetings that people have cancelled, and of which the file says nothing else since. All other cancelled ones it has let go."""
    said = {one.date: one for one in described}
    still = set()
    for meeting in cancelled_meetings(session):
        day = day_in_file(meeting)
        one = said.get(day) if meeting.planned else None
        has_passed = day < today_in(consortium, now)
        if one is not None and (has_passed or _says_the_same(session, one, meeting.planned or {})):
            still.add(day)
        else:
            meeting.planned = None
    return still


def _says_the_same(session: Session, one: plan.Meeting, before: Mapping[str, Any]) -> bool:
    """In what it says at all: the host and the office that it leaves out may have changed by themselves."""
    named = collaborative_named(session, one.host) if one.host else None
    host = named.id if named else before["host"]
    arrangement = Arrangement(one.date, one.starts, one.minutes, one.office or before["office"])
    return as_json(arrangement) | {"host": host} == before


def _is_new(one: plan.Meeting, known: Mapping[date, Meeting]) -> bool:
    """Whether nobody knows of a meeting on this day."""
    meeting = known.get(one.date)
    return meeting is None or one.date not in (meeting.day, day_in_file(meeting))


def _must_be_to_come(
    consortium: Consortium, described: Sequence[plan.Meeting], new: Sequence[plan.Meeting], now: datetime
) -> None:
    """Raises UserError, with a line for each of the new ones that would be over."""
    faults = []
    for number, one in enumerate(described):
        try:
            if one in new:
                must_be_to_come(consortium, Arrangement(one.date, one.starts, one.minutes, ""), now)
        except UserError as refused:
            faults.append(Fault(("meeting", number), refused.words))
    if faults:
        raise UserError(in_lines({"meeting": [{"date": one.date} for one in described]}, faults))


def _as_days_become_free(
    session: Session, described: Sequence[plan.Meeting], known: Mapping[date, Meeting]
) -> Iterator[plan.Meeting]:
    """The earliest first, but a meeting that goes to the day of another goes after that one. Each is planned before the next is asked for."""
    left = list(described)
    while left:
        fitting = (one for one in left if meeting_on(session, one.date) in (None, known.get(one.date)))
        one = next(fitting, left[0])
        left.remove(one)
        yield one


def _recognized(
    session: Session, consortium: Consortium, described: Sequence[plan.Meeting], now: datetime
) -> dict[date, Meeting]:
    """Which meeting each date of the file is about.

    First, a date with the host of before is about the same meeting. Then, of what is left as many meetings are recognized as can
    be: by their day, whoever hosts now, or else by their host, the nearest. So one date takes a meeting from another date only if
    that one finds a meeting, too: where all are put off by a quarter, each is moved, and where two hosts change places, no
    meeting is. Last, a date settles a proposed meeting that is near.
    """
    known: dict[date, Meeting] = {}
    for matches in _rounds(consortium, now):
        free = [one for one in meetings_from(session, date.min) if one not in known.values()]
        about = _as_many_as_can_be(free, [one for one in described if one.date not in known], matches)
        known |= {day: meeting for meeting, day in about.items()}
    return known


def _rounds(consortium: Consortium, now: datetime) -> tuple[tuple[Match, ...], ...]:
    """What is recognized in an earlier round stays so; in each, the surest matches stand first."""

    def is_to_come(meeting: Meeting, one: plan.Meeting) -> bool:
        return one.date >= today_in(consortium, now) and not is_over(consortium, meeting, now)

    def had_another_date(meeting: Meeting, one: plan.Meeting) -> bool:
        return meeting.planned is not None and _is_hosts(meeting, one) and is_to_come(meeting, one)

    def settles_the_proposed(meeting: Meeting, one: plan.Meeting) -> bool:
        is_proposed = meeting.state == MeetingState.PROPOSED and is_to_come(meeting, one)
        return is_proposed and _distance(meeting, one) < HALF_A_QUARTER

    return (
        (lambda meeting, one: _had_this_date(meeting, one) and _is_hosts(meeting, one),),
        (lambda meeting, one: _is_on_this_day(meeting, one) and _is_hosts(meeting, one),),
        (_had_this_date, _is_on_this_day, had_another_date),
        (settles_the_proposed,),
    )


def _had_this_date(meeting: Meeting, one: plan.Meeting) -> bool:
    return meeting.planned is not None and day_in_file(meeting) == one.date


def _is_on_this_day(meeting: Meeting, one: plan.Meeting) -> bool:
    return meeting.day == one.date


def _is_hosts(meeting: Meeting, one: plan.Meeting) -> bool:
    """Whether the file names its host, or none."""
    return one.host in (None, meeting.host.name)


def _as_many_as_can_be(
    meetings: Sequence[Meeting], described: Sequence[plan.Meeting], matches: Sequence[Match]
) -> dict[Meeting, date]:
    """What each recognized meeting is about. A less sure match is tried only for dates to which no surer one led."""
    about: dict[Meeting, date] = {}
    for sure in range(1, len(matches) + 1):
        ways = {one.date: _ways(meetings, one, matches[:sure]) for one in described}
        for one in sorted(described, key=lambda one: _nearest(ways[one.date], one)):
            if one.date not in about.values():
                _finds_one(one.date, ways, about, set())
    return about


def _ways(meetings: Sequence[Meeting], one: plan.Meeting, matches: Sequence[Match]) -> list[Meeting]:
    """The meetings that this date may be about, the surest first, and of those the nearest."""
    near = sorted(meetings, key=lambda meeting: _distance(meeting, one))
    return [meeting for matches_it in matches for meeting in near if matches_it(meeting, one)]


def _finds_one(
    day: date, ways: Mapping[date, Sequence[Meeting]], about: dict[Meeting, date], tried: set[Meeting]
) -> bool:
    """Whether there is a meeting for this date: a free one, or one whose date finds another. Then it is about this date."""
    for meeting in ways[day]:
        if meeting in tried:
            continue
        tried.add(meeting)
        if meeting not in about or _finds_one(about[meeting], ways, about, tried):
            about[meeting] = day
            return True
    return False


def _distance(meeting: Meeting, one: plan.Meeting) -> timedelta:
    return abs(day_in_file(meeting) - one.date)


def _nearest(meetings: Sequence[Meeting], one: plan.Meeting) -> timedelta:
    return min((_distance(meeting, one) for meeting in meetings), default=timedelta.max)


def _plan_meeting(
    session: Session, consortium: Consortium, one: plan.Meeting, meeting: Meeting | None, now: datetime
) -> None:
    host = _planned_host(session, one, meeting)
    arrangement = Arrangement(one.date, one.starts, one.minutes, one.office or host.office)
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
    return as_json(arrangement) | {"host": host.id}


def _planned_host(session: Session, one: plan.Meeting, meeting: Meeting | None) -> Collaborative:
    """The host that the file names; else of whom it was before; else who hosts it already; else whose turn it is."""
    if one.host is not None:
        named = collaborative_named(session, one.host)
        if named is None:
            raise UserError("{host} is no collaborative, so it can't host.", host=one.host)
        return named
    if meeting is None:
        return whose_turn(session, one.date)
    before = collaborative_by_id(session, meeting.planned["host"]) if meeting.planned else None
    return before or meeting.host
