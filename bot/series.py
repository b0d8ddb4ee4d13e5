"""Scheduled posts: the slots of a series, written down as what the shared channel is owed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.slots import Owed
from bot.undelivered import tell_admins
from storage import outbox
from storage.consortia import Consortium
from storage.post_kinds import PostKind
from storage.tenancy import Session


def owe_slots(
    session: Session,
    consortium: Consortium,
    kind: PostKind,
    slots: Owed,
    now: datetime,
    *,
    subject_id: int,
    is_empty: Callable[[datetime], bool] = lambda _due: False,
) -> None:
    """The one that is due is owed, once for ever under its key; those that are past use are noted as missed, and admins told.

    What had nothing to say is not missed: `is_empty` tells it of the one that was due then.
    """
    about: dict[str, Any] = {
        "subject_id": subject_id,
        "place": consortium.channel_id,
    }
    for slot in slots.missed:
        if not outbox.is_unsent(session, slot.key):
            continue
        if is_empty(slot.due):
            outbox.pass_over(session, kind, slot.key, due=slot.due, **about)
        elif outbox.miss(session, kind, slot.key, due=slot.due, **about):
            _tell_of_miss(session, slot.key, now)
    if slots.due is not None:
        outbox.owe(session, kind, slots.due.key, due=slots.due.due, **about)


def _tell_of_miss(session: Session, key: str, now: datetime) -> None:
    post = outbox.post_by_key(session, key)
    if post is not None:
        tell_admins(session, post, now)
