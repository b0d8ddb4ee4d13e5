"""Scheduled posts: the slots of a series, written down as what the shared channel is owed."""

from typing import Any

from bot.slots import Owed
from storage import Session, outbox
from storage.consortia import Consortium
from storage.outbox import PostKind


def owe_slots(
    session: Session, consortium: Consortium, kind: PostKind, slots: Owed, *, subject_id: int
) -> None:
    """The one that is due is owed, once for ever under its key; those that are past use are noted as missed."""
    about: dict[str, Any] = {
        "consortium_id": consortium.id,
        "subject_id": subject_id,
        "place": consortium.channel_id,
    }
    for slot in slots.missed:
        outbox.miss(session, kind, slot.key, due=slot.due, **about)
    if slots.due is not None:
        outbox.owe(session, kind, slots.due.key, due=slots.due.due, **about)
