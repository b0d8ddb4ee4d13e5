"""What is said privately before items close: to the host what waits for an answer, and to those who brought nothing that they can."""

from collections.abc import Collection
from datetime import datetime

from bot.agenda import coming, seen_agenda
from bot.audiences import hosts
from bot.calendar import closing_day, instant, zone
from bot.help_posts import offer_help
from bot.people import curators_taking_part, places_to_decide, taking_part
from bot.seen.agenda import Rooms
from bot.seen.posts import NothingYetSeen, StillWaitingSeen
from bot.timetable import closes_on, is_to_come, meeting_to_come, next_meeting, today_in
from storage import outbox
from storage.consortia import Collaborative, Consortium, rotation
from storage.items import TAKEN_OFF, ItemState
from storage.meetings import Meeting
from storage.outbox import Debt
from storage.people import curated_by, person_behind
from storage.post_kinds import PostKind
from storage.posts import Post, newest_due
from storage.shelves import collaboratives_with_items
from storage.tenancy import Session

HOST_HEARS = (3, 0)
"""Local days before items close. By the last one, those who brought something were to be answered."""
OTHERS_HEAR = 3
DAYS_BEFORE = sorted({*HOST_HEARS, OTHERS_HEAR}, reverse=True)
SHOWN: Rooms = {ItemState.WAITING: 5}
NOT_BROUGHT = (ItemState.DRAFT, ItemState.RESTING, *TAKEN_OFF)
BROUGHT = tuple(state for state in ItemState if state not in NOT_BROUGHT)


def remind_before_closing(session: Session, consortium: Consortium, now: datetime) -> None:
    """Owe what is due by now, to those who decide by now. Whether there is anything to say shows when it is sent."""
    meeting = next_meeting(session, consortium, now)
    if meeting is not None:
        since = max(meeting.known_since, consortium.scheduled_since)
        known = [days for days in DAYS_BEFORE if since <= _hour(consortium, meeting, days)]
        remind_on(session, consortium, meeting, known, now)
        offer_help(session, consortium, meeting, now)


def remind_on(
    session: Session, consortium: Consortium, meeting: Meeting, days_before: Collection[int], now: datetime
) -> None:
    """Of these days, which are so many before items close, owe what is due by now."""
    if not is_to_come(consortium, meeting, now):
        return
    passed = [days for days in days_before if _hour(consortium, meeting, days) <= now]
    last = next((days for days in reversed(HOST_HEARS) if days in passed), None)
    if last is not None:
        _remind_host(session, consortium, meeting, last)
    if OTHERS_HEAR in passed and today_in(consortium, now) <= closes_on(consortium, meeting):
        _ask_others(session, consortium, meeting)


def days_to_come(consortium: Consortium, meeting: Meeting, now: datetime) -> list[int]:
    """How many days before items close somebody is yet to hear."""
    return [days for days in DAYS_BEFORE if _hour(consortium, meeting, days) > now]


def still_waiting(
    session: Session, consortium: Consortium, post: Post, now: datetime
) -> StillWaitingSeen | None:
    """Those who decide no longer see only that others decide now."""
    meeting = meeting_to_come(session, consortium, post.subject_id, now)
    if meeting is None:
        return None
    is_for_hosts = post.place in places_to_decide(session, meeting.host)
    agenda = seen_agenda(session, consortium, meeting, hosts(meeting.host_id), now, SHOWN)
    if post.ts is None and not (is_for_hosts and agenda.waiting.count):
        return None
    return StillWaitingSeen(agenda if is_for_hosts else None)


def nothing_yet(session: Session, consortium: Consortium, post: Post, now: datetime) -> NothingYetSeen | None:
    """Who decides for a collaborative no longer, or has something from it by now, is not asked."""
    meeting = meeting_to_come(session, consortium, post.subject_id, now)
    person = person_behind(session, post.place)
    if meeting is None or person is None or not taking_part([person]):
        return None
    if post.ts is None and today_in(consortium, now) > closes_on(consortium, meeting):
        return None
    theirs = curated_by(session, person)
    silent = [one.name for one in _silent(session, meeting) if one in theirs]
    is_answered = not silent and post.ts is None
    return None if is_answered else NothingYetSeen(tuple(silent), coming(session, consortium, now))


def _hour(consortium: Consortium, meeting: Meeting, days: int) -> datetime:
    """That of the calls, so many local days before items close."""
    day = closing_day(closes_on(consortium, meeting), days)
    return instant(day, consortium.call_at, zone(consortium.timezone))


def _remind_host(session: Session, consortium: Consortium, meeting: Meeting, days: int) -> None:
    due = _hour(consortium, meeting, days)
    last = newest_due(session, PostKind.STILL_WAITING, subject_id=meeting.id)
    if last is None or last < due:
        keys = {
            place: PostKind.STILL_WAITING.key(
                meeting=meeting.id, day=meeting.day, days_left=days, place=place
            )
            for place in places_to_decide(session, meeting.host)
        }
        _owe(session, PostKind.STILL_WAITING, keys, meeting, due)


def _ask_others(session: Session, consortium: Consortium, meeting: Meeting) -> None:
    """Once for each meeting. The host has its board."""
    if newest_due(session, PostKind.NOTHING_YET, subject_id=meeting.id) is None:
        silent = [one for one in _silent(session, meeting) if one is not meeting.host]
        asked = [person.user_id for one in silent for person in curators_taking_part(session, one)]
        keys = {place: PostKind.NOTHING_YET.key(meeting=meeting.id, place=place) for place in asked}
        _owe(session, PostKind.NOTHING_YET, keys, meeting, _hour(consortium, meeting, OTHERS_HEAR))


def _silent(session: Session, meeting: Meeting) -> list[Collaborative]:
    """Those in the rotation that brought nothing to this meeting."""
    brought = collaboratives_with_items(session, meeting, *BROUGHT)
    return [one for one in rotation(session) if one.id not in brought]


def _owe(session: Session, kind: PostKind, keys: dict[str, str], meeting: Meeting, due: datetime) -> None:
    outbox.owe_all_again(session, [Debt(kind, key, meeting.id, place) for place, key in keys.items()], due)
