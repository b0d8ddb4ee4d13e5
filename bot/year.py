"""The year: who hosts when, as far as meetings are set or proposed, and after that as hosting order goes on."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from bot.hosting import meetings_to_come
from bot.open_swaps import open_swaps
from bot.people import Actor, decides_or_keeps
from bot.rotation import beginning_after, turns_after
from bot.seen.lists import Seen
from bot.seen.meetings import seen_meeting
from bot.seen.year import TurnSeen, YearSeen
from bot.swaps import swaps_of
from storage.consortia import rotation
from storage.meetings import Meeting, last_meeting
from storage.tenancy import Session

A_YEAR = 4
"""Turns: each quarter has one."""
MOST_SHOWN = 12


def who_hosts_when(session: Session, actor: Actor, now: datetime) -> YearSeen:
    """The turns of a year, or all meetings to come if there are more; and who hosts after them."""
    turns = [
        _of_a_meeting(session, actor, one, now) for one in meetings_to_come(session, actor.consortium, now)
    ]
    turns += islice(_as_order_goes_on(session, actor, now), max(A_YEAR - len(turns), 0))
    return YearSeen(
        Seen(tuple(turns)).first(MOST_SHOWN),
        after_that=_after_that(session, turns),
        swaps=tuple(swaps_of(session, actor, now)),
    )


def after(
    session: Session, actor: Actor, deed: Callable[[Session, Actor], object], now: datetime
) -> YearSeen:
    """What somebody asks or answers, and who hosts when by then."""
    deed(session, actor)
    return who_hosts_when(session, actor, now)


def _of_a_meeting(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> TurnSeen:
    seen = seen_meeting(meeting)
    return TurnSeen(meeting.day, seen.host, seen, may_ask=_may_ask(session, actor, meeting, now))


def _may_ask(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> bool:
    """Each host asks one other at a time."""
    has_asked = any(swap.meeting is meeting for swap in open_swaps(session, actor.consortium, now))
    has_others = any(one is not meeting.host for one in rotation(session))
    return has_others and not has_asked and decides_or_keeps(session, actor, meeting)


def _as_order_goes_on(session: Session, actor: Actor, now: datetime) -> Iterator[TurnSeen]:
    last = last_meeting(session)
    if last is None or not rotation(session):
        return
    for day, host in turns_after(session, actor.consortium, last, now):
        yield TurnSeen(day, host.name)


def _after_that(session: Session, turns: Sequence[TurnSeen]) -> tuple[str, ...]:
    """Those in hosting order whose turn is none of these."""
    hosts, hosted = rotation(session), {turn.host for turn in turns}
    last = next((one for one in hosts if turns and one.name == turns[-1].host), None)
    in_order = beginning_after(hosts, last) if last else hosts
    return tuple(one.name for one in in_order if one.name not in hosted)
