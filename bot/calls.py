"""Calls: scheduled requests for items before a meeting."""

from datetime import datetime

from bot.calendar import zone
from bot.meetings import next_meeting, starts_at
from bot.slots import Slot, call_slots, owed
from storage import Session, outbox
from storage.consortia import Consortium
from storage.meetings import Meeting
from storage.outbox import PostKind, PostState


def owe_due_calls(session: Session, consortium: Consortium, now: datetime) -> None:
    """Write down the call that is due now, if any; those that are past use are noted as missed."""
    meeting = next_meeting(session, consortium, now)
    if meeting is None:
        return
    slots = call_slots(
        meeting.id, meeting.day, consortium.call_days, consortium.call_at, zone(consortium.timezone)
    )
    due, missed = owed(slots, since=meeting.known_since, now=now, ends=starts_at(consortium, meeting))
    for slot in missed:
        _owe(session, consortium, meeting, slot, PostState.MISSED)
    if due is not None:
        _owe(session, consortium, meeting, due, PostState.DUE)


def _owe(session: Session, consortium: Consortium, meeting: Meeting, slot: Slot, state: PostState) -> None:
    outbox.owe(
        session,
        PostKind.CALL,
        slot.key,
        consortium_id=consortium.id,
        subject_id=meeting.id,
        place=consortium.channel_id,
        due=slot.due,
        state=state,
    )
