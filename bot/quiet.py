"""Quiet: when a new message may make a sound, and which stand together in one. An edit makes none."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from enum import Enum
from typing import NamedTuple

from bot.calendar import instant, is_working_day, local_day, next_working_day, zone
from bot.expected import expected_days
from bot.slots import LATE_AFTER
from bot.timetable import has_known_zone, last_word_at, starts_at
from storage import rests
from storage.consortia import Consortium
from storage.happenings import RestEnded
from storage.items import item_by_id
from storage.meetings import Meeting, meeting_by_id
from storage.outcomes import Outcome, PutOff
from storage.post_facts import PUT_OFF, posted_at
from storage.post_kinds import About, PostKind
from storage.posts import Post
from storage.questions import question_by_id
from storage.swaps import swap_by_id
from storage.tenancy import Session
from storage.together import messages_since, newest_that_stands

WAKES, SLEEPS = time(8), time(20)
"""Local time, Monday to Friday."""
TOLD_TOGETHER = (PostKind.OUTCOME, PostKind.RECONSIDERED)
"""What proposers hear, with all others at the hour for that where an admin has set no minutes."""
TOLD_AFTER_MEETINGS = (PostKind.AFTER_MEETING, PostKind.NOTES)
"""What is told at the hour for that, and its host may send earlier."""
A_SECOND, HALF_AN_HOUR = timedelta(seconds=1), timedelta(minutes=30)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
MOST_IN_A_WEEK = 3
"""Messages that a person who does not host gets in seven days without asking."""


class Rings(Enum):
    """When a new message of its kind may make a sound."""

    AT_ONCE = "at any hour: somebody asked for it, or it may be of no use in the morning"
    AT_ONCE_IF_SOON = "at any hour in the seven days before its meeting, else in waking hours"
    AT_ITS_HOUR = "at the hour that somebody has set for it; if it is late, in waking hours"
    IN_WAKING_HOURS = "in waking hours"


class Budget(Enum):
    """Whose patience a new message of its kind uses."""

    WHOEVER_ASKED = "nobody's: they asked for it"
    EVERYBODY = "the shared channel's"
    PERSON = "its reader's"
    HOST = "that of somebody who decides for the host"
    ADMIN = "an admin's"


class Merges(Enum):
    """Into what a new message of its kind merges."""

    INTO_NOTHING = "nothing"
    INTO_THE_DAYS = "the message that its reader got on the same day"
    BESIDE_ANOTHER = "nothing: it comes with the next message to the channel"
    INTO_THE_NEXT = "the next of its kind, where something else was told in the channel that week"


class Noise(NamedTuple):
    """The three words for how loud a kind is."""

    rings: Rings
    uses: Budget
    merges: Merges


Noises = Mapping[PostKind, Noise]


def put_off_for_quiet(
    session: Session, consortium: Consortium, post: Post, noises: Noises, now: datetime
) -> Outcome | None:
    """What becomes of a post that is not there yet, if a new message may make no sound now: the bot waits with it."""
    if not is_quiet(consortium):
        return None
    until = _may_ring(session, consortium, post, noises, now)
    return PutOff((until - now).total_seconds()) if until > now else None


def end_rests_for_a_later_time(
    session: Session, consortium: Consortium, noises: Noises, now: datetime
) -> None:
    """The clock was ahead: nothing waits for a morning that only it has seen."""
    if not is_quiet(consortium):
        return
    for post in rests.put_off_beyond(session, waking(consortium, now)):
        if post.not_before is not None and post.not_before > _may_ring(
            session, consortium, post, noises, now
        ):
            post.live_through(RestEnded(frozenset({PUT_OFF})), now)


def message_of_the_day(
    session: Session, consortium: Consortium, post: Post, noises: Noises, now: datetime
) -> Post | None:
    """What its reader got today already, for it to stand together with, if it is of a kind that does.

    Who is told of a decision at night could not be told otherwise in the morning, so that waits. What is to ring at once, since its
    meeting is soon, is a message of its own, and so is what is told again, which would stand there twice. After a restore nobody knows who else stands in a message of before.
    """
    noise = noises[post.kind]
    if not is_quiet(consortium) or noise.merges is not Merges.INTO_THE_DAYS or post.is_told_again:
        return None
    if _is_soon(session, consortium, post, noise.rings, now):
        return None
    if noise.uses is Budget.PERSON and _awake(consortium, post, noise.rings, now) > now:
        return None
    midnight = begin_of_day(consortium, now)
    since = max(midnight, consortium.gap_until or midnight)
    merging = [kind for kind, noise in noises.items() if noise.merges is Merges.INTO_THE_DAYS]
    return newest_that_stands(session, post.place, merging, since=since)


def begin_of_day(consortium: Consortium, moment: datetime) -> datetime:
    """Its local midnight."""
    here = zone(consortium.timezone)
    return instant(local_day(moment, here), time(), here)


def is_quiet(consortium: Consortium) -> bool:
    """Where nobody knows its time zone, nobody knows when it is night."""
    return consortium.is_quiet and has_known_zone(consortium)


def _may_ring(
    session: Session, consortium: Consortium, post: Post, noises: Noises, now: datetime
) -> datetime:
    """When a new message about this may make a sound: now, or later. What would be of no use then may do so now."""
    noise = noises[post.kind]
    if noise.rings is Rings.AT_ONCE or _is_soon(session, consortium, post, noise.rings, now):
        return now
    moments = [_awake(consortium, post, noise.rings, now), now]
    if noise.uses is Budget.PERSON:
        moments.insert(0, max(moments[0], _has_had_peace(session, consortium, post.place, noises, now)))
    if moments[0] == now:
        return now
    return _in_time(consortium, post.kind, _meeting_of(session, post), moments)


def _is_soon(session: Session, consortium: Consortium, post: Post, rings: Rings, now: datetime) -> bool:
    """Whether its meeting is in the seven days to come, or people thought so before it moved."""
    meeting = _meeting_of(session, post) if rings is Rings.AT_ONCE_IF_SOON else None
    if meeting is None:
        return False
    today = local_day(now, zone(consortium.timezone))
    return any(today <= day <= today + A_WEEK for day in expected_days(session, meeting))


def expected(consortium: Consortium, post: Post, meeting: Meeting) -> datetime:
    """When a word about this meeting that rings in waking hours will be told, as far as anybody knows by now."""
    if not is_quiet(consortium):
        return post.due_at
    awake = _awake(consortium, post, Rings.IN_WAKING_HOURS, post.due_at)
    told = _in_time(consortium, post.kind, meeting, [awake, post.due_at])
    return max(told, post.not_before or told) if post.life.is_put_off else told


def _in_time(
    consortium: Consortium, kind: PostKind, meeting: Meeting | None, moments: Sequence[datetime]
) -> datetime:
    """The first of these moments at which it is of use for the meeting. The last one is the earliest.

    Decisions are told half an hour before the last call tells the agenda, or at least before it does.
    """
    earliest = moments[-1]
    if meeting is None or starts_at(consortium, meeting) <= earliest:
        return moments[0]
    latest = [starts_at(consortium, meeting) - A_SECOND]
    last_word = last_word_at(consortium, meeting) if kind in TOLD_TOGETHER else None
    if last_word is not None and earliest < last_word:
        latest = [last_word - HALF_AN_HOUR, last_word - A_SECOND]
    in_time = (moment for last in latest for moment in moments if moment <= last)
    return next(in_time, earliest)


def _awake(consortium: Consortium, post: Post, rings: Rings, moment: datetime) -> datetime:
    """The first moment from then on at which its reader is awake. The hour that somebody has set for it is one."""
    is_set = rings is Rings.AT_ITS_HOUR or is_due_at_a_set_hour(consortium, post)
    is_its_hour = is_set and post.due_at <= moment <= post.due_at + LATE_AFTER
    return moment if is_its_hour else waking(consortium, moment)


def is_due_at_a_set_hour(consortium: Consortium, post: Post) -> bool:
    """Whether it is due at an hour that admins have set for it, and not when somebody sent it or gave it to its reader."""
    here = zone(consortium.timezone)
    day = local_day(post.due_at, here)
    return post.due_at in {instant(day, hour, here) for hour in _set_hours(consortium, post.kind)}


def _set_hours(consortium: Consortium, kind: PostKind) -> tuple[time, ...]:
    """Those for a kind that rings in waking hours otherwise. A reminder of a follow-up is due at the hour of the calls, or as the notes go."""
    if kind == PostKind.FOLLOW_UP:
        return (consortium.call_at, consortium.told_at)
    is_told_so = kind in TOLD_TOGETHER and consortium.told_after_minutes is None
    return (consortium.told_at,) if is_told_so or kind in TOLD_AFTER_MEETINGS else ()


def _has_had_peace(
    session: Session, consortium: Consortium, place: str, noises: Noises, now: datetime
) -> datetime:
    """When its reader has got no more than so many in a week."""
    unasked = [kind for kind, noise in noises.items() if noise.uses is Budget.PERSON]
    messages = messages_since(session, place, unasked, since=now - A_WEEK)
    if len(messages) < MOST_IN_A_WEEK:
        return now
    return waking(consortium, posted_at(messages[-MOST_IN_A_WEEK]) + A_WEEK)


def _meeting_of(session: Session, post: Post) -> Meeting | None:
    if post.kind.about == About.MEETING:
        return meeting_by_id(session, post.subject_id)
    if post.kind.about == About.POST:
        about = session.get(Post, post.subject_id)
        return _meeting_of(session, about) if about else None
    if post.kind.about == About.QUESTION:
        question = question_by_id(session, post.subject_id)
        return question.item.meeting if question else None
    if post.kind.about == About.SWAP:
        swap = swap_by_id(session, post.subject_id)
        return swap.first_meeting if swap else None
    item = item_by_id(session, post.subject_id) if post.kind.about == About.ITEM else None
    return item.meeting if item else None


def waking(consortium: Consortium, moment: datetime) -> datetime:
    """The first moment from then on at which people are awake and at work."""
    here = zone(consortium.timezone)
    wall = moment.astimezone(here)
    works = is_working_day(wall.date())
    if works and WAKES <= wall.time() < SLEEPS:
        return moment
    day = wall.date() if works and wall.time() < WAKES else wall.date() + A_DAY
    return instant(next_working_day(day), WAKES, here)


def told_after(consortium: Consortium, decided: datetime) -> datetime:
    """When a proposer is told of a decision: after some minutes, or with all others at the hour for that on a working day."""
    if consortium.told_after_minutes is not None:
        return decided + timedelta(minutes=consortium.told_after_minutes)
    here = zone(consortium.timezone)
    day = next_working_day(local_day(decided, here))
    told = instant(day, consortium.told_at, here)
    return told if decided < told else instant(next_working_day(day + A_DAY), consortium.told_at, here)
