"""The look back: how much came in and was on the agenda by quarter, what became of it, and how long it waited. Counts of all items together."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from statistics import median_low

from bot.curating import curates
from bot.errors import Moment, UserError
from bot.notes import are_sent
from bot.people import Actor, may_decide, may_keep_settings
from bot.quiet import is_quiet, waking
from bot.seen.agenda import Planned
from bot.seen.knowing import DECIDED
from bot.seen.look_back import AskedForLookBackSeen, Fate, FateSeen, LookBackSeen, QuarterSeen
from bot.seen.results import Became
from bot.timetable import ends_at, last_held, meetings_held, next_meeting, today_in
from storage import outbox
from storage.consortia import Consortium
from storage.items import Item, ItemState
from storage.look_back import CameIn, came_in_between
from storage.meetings import Meeting
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.results import items_with_results, results_of_meeting
from storage.tenancy import Session

QUARTERS = 4
"""As many of the last meetings that were held. With each a quarter ends, and another begins."""
FEWEST_TO_HALVE = 2
A_DAY = timedelta(days=1)
AT_A_MEETING = {Became.DONE: Fate.DONE, Became.AGAIN: Fate.AGAIN, Became.NOT_NEEDED: Fate.NOT_NEEDED}
BY_STATE = {
    ItemState.ON_AGENDA: Fate.ON_AGENDA,
    ItemState.HELD: Fate.HELD,
    ItemState.NOT_TAKEN: Fate.NOT_TAKEN,
    ItemState.WAITING: Fate.WAITING,
    ItemState.RESTING: Fate.RESTING,
    ItemState.SOLVED: Fate.SOLVED,
    ItemState.WITHDRAWN: Fate.WITHDRAWN,
}


def may_look_back(session: Session, actor: Actor, now: datetime) -> bool:
    """Who decides about the next meeting, or for the host of the last one; and admins."""
    if may_keep_settings(session, actor):
        return True
    to_come, last = next_meeting(session, actor.consortium, now), last_held(session, actor.consortium, now)
    is_of_next = to_come is not None and curates(session, actor, to_come, now)
    return is_of_next or (last is not None and may_decide(session, actor, last.host))


def is_offered(session: Session, actor: Actor, now: datetime) -> bool:
    """Whether they may, and there is something to look back at."""
    return last_held(session, actor.consortium, now) is not None and may_look_back(session, actor, now)


def look_back(session: Session, actor: Actor, now: datetime) -> LookBackSeen:
    return look_back_of(session, actor.consortium, now)


def look_back_of(session: Session, consortium: Consortium, now: datetime) -> LookBackSeen:
    """As everybody may know it: a meeting's results count once everybody has its notes, and a decision once it was told."""
    held = meetings_held(session, consortium, now, most=QUARTERS + 1)
    meetings, before = held[:QUARTERS][::-1], held[QUARTERS:]
    if not meetings:
        return LookBackSeen(consortium.channel_id)
    told = {meeting.id for meeting in meetings if are_sent(session, consortium, meeting, now)}
    ends = [ends_at(consortium, meeting) for meeting in meetings]
    after = ends_at(consortium, before[0]) if before else None
    came_in = came_in_between(session, after, ends[-1], told)
    counts = Counter(bisect_left(ends, one.at) for one in came_in)
    fates = Counter(_fate(one, meetings) for one in came_in)
    return LookBackSeen(
        consortium.channel_id,
        tuple(
            _quarter(session, meeting, counts[number], is_told=meeting.id in told)
            for number, meeting in enumerate(meetings)
        ),
        tuple(FateSeen(fate, fates[fate]) for fate in Fate if fates[fate]),
        _waited_days(came_in),
    )


def ask_for_it(session: Session, actor: Actor, now: datetime) -> AskedForLookBackSeen:
    """Owe it to whoever asks, once a day. Raises UserError if there is nothing to look back at."""
    kind, place, ours = PostKind.LOOK_BACK, actor.person.user_id, actor.consortium
    key = kind.key(consortium=ours.id, day=today_in(ours, now), place=place)
    return AskedForLookBackSeen(is_for_everybody=False, is_new=_owe(session, ours, kind, key, place, now))


def post_it(session: Session, actor: Actor, now: datetime) -> AskedForLookBackSeen:
    """Owe it to the shared channel, once a day, in waking hours. Raises UserError if there is nothing to look back at."""
    kind, ours = PostKind.LOOK_BACK_FOR_ALL, actor.consortium
    comes_at = waking(ours, now) if is_quiet(ours) else now
    key = kind.key(consortium=ours.id, day=today_in(ours, comes_at))
    is_new = _owe(session, ours, kind, key, ours.channel_id, now)
    waits_until = Moment(comes_at, ours.timezone) if comes_at > now else None
    return AskedForLookBackSeen(is_for_everybody=True, is_new=is_new, waits_until=waits_until)


def look_back_to_send(
    session: Session, consortium: Consortium, post: Post, now: datetime
) -> LookBackSeen | None:
    """As things are when it is sent. What was to go to another shared channel goes nowhere."""
    is_for_us = post.is_direct or post.place == consortium.channel_id
    return look_back_of(session, consortium, now) if is_for_us else None


def _owe(
    session: Session, consortium: Consortium, kind: PostKind, key: str, place: str, now: datetime
) -> bool:
    """Whether it was not owed before."""
    if last_held(session, consortium, now) is None:
        raise UserError("No meeting has been held yet. After the first one you can look back at it.")
    return outbox.owe_again(
        session, kind, key, subject_id=consortium.id, place=place, due=now, comes_back=True
    )


def _quarter(session: Session, meeting: Meeting, came_in: int, *, is_told: bool) -> QuarterSeen:
    items = items_with_results(session, meeting)
    results = results_of_meeting(session, meeting) if is_told else {}
    became = Counter(results[item.id].became for item in items if item.id in results)
    return QuarterSeen(
        meeting.day,
        came_in,
        on_agenda=len(items),
        planned=Planned.of(_minutes(item, meeting) for item in items),
        talked_about=became[Became.DONE] + became[Became.AGAIN],
        not_reached=became[Became.NOT_REACHED],
        not_needed=became[Became.NOT_NEEDED],
        not_written=len(items) - became.total(),
    )


def _minutes(item: Item, meeting: Meeting) -> int | None:
    """As its host planned it. Of what has gone on since, as it was brought: the next host plans anew."""
    placed = item.placed_minutes if item.meeting_id == meeting.id else None
    return placed or item.minutes


def _fate(one: CameIn, held: Sequence[Meeting]) -> Fate:
    if one.became is not None and one.became in AT_A_MEETING:
        return AT_A_MEETING[one.became]
    state = one.state if one.is_told or one.state not in DECIDED else ItemState.WAITING
    if state == ItemState.WAITING and one.became is Became.NOT_REACHED:
        return Fate.NOT_REACHED
    if state == ItemState.ON_AGENDA and any(one.meeting_id == meeting.id for meeting in held):
        return Fate.NOT_WRITTEN
    return BY_STATE[state]


def _waited_days(came_in: Collection[CameIn]) -> int | None:
    """In whole days, so that it is true of half of them and not of fewer."""
    waits = [one.answered_at - one.at for one in came_in if one.answered_at and _is_answered(one)]
    return max(median_low(waits), timedelta()) // A_DAY + 1 if len(waits) >= FEWEST_TO_HALVE else None


def _is_answered(one: CameIn) -> bool:
    return one.is_told and one.state in DECIDED
