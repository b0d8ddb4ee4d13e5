"""The hours at which things are told, as admins set them: where they change, what waits for them follows."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.before_closing import days_to_come, remind_on
from bot.before_meetings import move_with_meeting
from bot.cards import redraw_lists
from bot.digests import slots_of_digests
from bot.doors import notice_what_is_over
from bot.follow_up_reminders import move_reminders
from bot.notes import days_of_notes, tell_after_meetings
from bot.slots import Slot
from bot.timetable import is_over, next_meeting, slots_of_calls, starts_at, today_in
from bot.word_to_proposers import tell_in_time
from storage import outbox, rests
from storage.consortia import Consortium
from storage.meetings import Meeting, meetings_from
from storage.post_kinds import PostKind
from storage.tenancy import Session

A_WEEK = timedelta(days=7)


class ToCome(NamedTuple):
    """The calls and digests that nobody is owed yet, by their keys, the meeting for which the calls are, how many days before its items close somebody is yet to hear, and by meeting that was held the local day on which its notes go."""

    meeting: Meeting | None
    keys: frozenset[str]
    reminders: Collection[int]
    notes: Mapping[int, date]


def hours_of(consortium: Consortium) -> tuple[object, ...]:
    return (
        consortium.timezone,
        consortium.call_days,
        consortium.call_at,
        consortium.is_quiet,
        consortium.told_at,
        consortium.told_after_minutes,
    )


def to_come(session: Session, consortium: Consortium, now: datetime) -> ToCome:
    """What calls, digests, reminders and notes are to come by the hours that hold now."""
    meeting = next_meeting(session, consortium, now)
    slots = _slots(consortium, meeting, now)
    reminders = days_to_come(consortium, meeting, now) if meeting else []
    keys = frozenset(slot.key for _, _, slot in slots if slot.due > now)
    return ToCome(meeting, keys, reminders, days_of_notes(session, consortium, now))


def owe_what_was_jumped_over(session: Session, consortium: Consortium, before: ToCome, now: datetime) -> None:
    """What was to come `before`, and was due by now by the hours that hold now, is late as any other: it is owed, or past use."""
    for kind, subject_id, slot in _slots(consortium, before.meeting, now):
        if slot.key in before.keys and slot.due <= now:
            place = consortium.channel_id
            outbox.owe(session, kind, slot.key, subject_id=subject_id, place=place, due=slot.due)
    if before.meeting is not None:
        remind_on(session, consortium, before.meeting, before.reminders, now)


def _slots(
    consortium: Consortium, meeting: Meeting | None, now: datetime
) -> Iterable[tuple[PostKind, int, Slot]]:
    """The calls for the meeting that are of use, and the digests of the days around now."""
    today = today_in(consortium, now)
    for slot in slots_of_digests(consortium, today - A_WEEK, today + A_WEEK):
        yield PostKind.DIGEST, consortium.id, slot
    if meeting is not None:
        for slot in slots_of_calls(consortium, meeting):
            if slot.due < starts_at(consortium, meeting):
                yield PostKind.CALL, meeting.id, slot


def follow_hours(
    session: Session, consortium: Consortium, now: datetime, before: ToCome | None = None
) -> None:
    """They are others. What was to be told by those of before is told while it is of use, and the cards say until when.

    `before`: what was to come by those of before, if anybody knows.
    """
    notes = before.notes if before else days_of_notes(session, consortium, now)
    rests.look_anew_at_what_is_put_off(session)
    notice_what_is_over(session, consortium, now)
    tell_after_meetings(session, consortium, notes, now)
    move_reminders(session, consortium, now)
    for meeting in meetings_from(session, today_in(consortium, now) - timedelta(days=1)):
        move_with_meeting(session, consortium, meeting)
        if not is_over(consortium, meeting, now):
            tell_in_time(session, consortium, meeting, now)
            redraw_lists(session, meeting)
