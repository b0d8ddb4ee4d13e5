"""Digests: once a week, what is new, what was decided, and what comes next."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from bot import calls
from bot.agenda import coming
from bot.audiences import EVERYBODY
from bot.calendar import local_day, zone
from bot.people import Actor
from bot.seen.digests import Digest
from bot.seen.items import seen_items
from bot.seen.knowing import stands_for_itself
from bot.seen.lists import Seen, seen_of
from bot.seen.separate_talks import TalkSeen
from bot.separate_talks import seen_talk
from bot.series import owe_slots, owed_of_series
from bot.slots import Owed, Slot, digest_slots
from bot.timetable import is_over
from storage.consortia import Consortium
from storage.items import Item, ItemState
from storage.lately import submitted_between, taken_up_separately_between, told_between
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.series import last_due, looked_after_until, waiting
from storage.tenancy import Session
from storage.tips import count_tips_between
from storage.together import messages_since

LATELY, A_WEEK = timedelta(days=6), timedelta(days=7)


def digest_until(
    session: Session, consortium: Consortium, until: datetime, now: datetime | None = None
) -> Digest:
    """The digest that is due at `until`: it covers all since the one before. What comes next is told as of `now`, and what was for a meeting that is over by then is no news."""
    since = last_due(session, PostKind.DIGEST, before=until)
    since = since or consortium.created_at

    def of_use(items: Iterable[Item]) -> list[Item]:
        return [one for one in items if one.meeting is None or not is_over(consortium, one.meeting, until)]

    told = of_use(told_between(session, since, until))
    listed = _with_company(told)
    return Digest(
        since=since,
        until=until,
        new=seen_items(
            _with_company(_not_separate(of_use(submitted_between(session, since, until)))), EVERYBODY
        ),
        added=seen_items((item for item in listed if item.state == ItemState.ON_AGENDA), EVERYBODY),
        held=seen_items((item for item in listed if item.state == ItemState.HELD), EVERYBODY),
        separate=_separate(session, consortium, since, until),
        not_taken=sum(_was_left_out(item) for item in told),
        tips=count_tips_between(session, since, until),
        coming=coming(session, consortium, now or until),
    )


def _separate(session: Session, consortium: Consortium, since: datetime, until: datetime) -> Seen[TalkSeen]:
    items = taken_up_separately_between(session, since, until)
    return seen_of(seen_talk(session, consortium, item) for item in items)


def _not_separate(items: Iterable[Item]) -> list[Item]:
    """What is talked about separately is told as such."""
    return [item for item in items if not item.is_talked_about_separately]


def _was_left_out(item: Item) -> bool:
    return item.state == ItemState.NOT_TAKEN and not item.is_talked_about_separately


def _with_company(items: Sequence[Item]) -> list[Item]:
    """What everybody knows to be joined to one of them is named with that one."""
    return [item for item in items if item.joined_to not in items or stands_for_itself(item, EVERYBODY)]


def preview(session: Session, actor: Actor, now: datetime) -> Digest:
    """What the next digest would say, had it to go out now."""
    return digest_until(session, actor.consortium, now)


def owe_due_digest(session: Session, consortium: Consortium, now: datetime) -> None:
    """Write down the digest that is due now, if any, and those for which it is too late."""
    owe_slots(
        session,
        consortium,
        PostKind.DIGEST,
        _owed(session, consortium, now),
        now,
        subject_id=consortium.id,
        is_empty=lambda due: (
            not digest_until(session, consortium, due).is_news or gives_way(session, consortium, due, due)
        ),
    )


def gives_way(session: Session, consortium: Consortium, due: datetime, now: datetime) -> bool:
    """Whether the channel has just got an agenda or notes, or gets a call before the next digest, which then covers this time."""
    if not consortium.is_quiet:
        return False
    place = consortium.channel_id
    told = messages_since(session, place, [PostKind.AGENDA, PostKind.NOTES], since=due - LATELY)
    called = messages_since(session, place, [PostKind.CALL], since=due)
    is_on_its_way = any(not call.life.stands_aside for call in waiting(session, PostKind.CALL))
    is_called = bool(told or called or is_on_its_way)
    return is_called or calls.is_one_due(session, consortium, now, due + A_WEEK)


def is_past_use(session: Session, consortium: Consortium, digest: Post, now: datetime) -> bool:
    """Whether a newer one is due, or the next is near."""
    due = _owed(session, consortium, now).due
    return due is None or due.key != digest.key


def slots_of_digests(consortium: Consortium, first_day: date, last_day: date) -> list[Slot]:
    """The earliest first."""
    here, at = zone(consortium.timezone), consortium.digest_at
    return digest_slots(consortium.id, consortium.digest_weekday, at, here, first_day, last_day)


def _owed(session: Session, consortium: Consortium, now: datetime) -> Owed:
    here = zone(consortium.timezone)
    since = max(consortium.scheduled_since, _unlooked_after_since(session, consortium, now))
    slots = slots_of_digests(consortium, local_day(since, here), local_day(now, here) + A_WEEK)
    return owed_of_series(session, consortium, PostKind.DIGEST, slots, since, now, subject_id=consortium.id)


def _unlooked_after_since(session: Session, consortium: Consortium, now: datetime) -> datetime:
    """Some weeks back, where those that were owed may yet be missed; longer, if nobody looked for longer."""
    known = looked_after_until(session, PostKind.DIGEST)
    return min(now - 4 * A_WEEK, known or consortium.scheduled_since)
