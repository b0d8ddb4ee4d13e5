"""Scheduled posts: the slots of a series, written down as what the shared channel is owed."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from bot.calendar import local_day, zone
from bot.slots import Owed, Slot, owed
from bot.undelivered import tell_admins
from storage import outbox
from storage.consortia import Consortium
from storage.post_kinds import PostKind
from storage.posts import Post, post_by_key
from storage.series import is_unsent, refresh_the_next, slots_known
from storage.tenancy import Session


def owed_of_series(
    session: Session,
    consortium: Consortium,
    kind: PostKind,
    slots: Iterable[Slot],
    since: datetime,
    now: datetime,
    *,
    subject_id: int,
    ends: datetime | None = None,
) -> Owed:
    """What its schedule asks for by now, and what waits of it since the schedule was another: of all that only the newest."""
    here = zone(consortium.timezone)
    known = slots_known(session, kind, subject_id=subject_id)
    written = [Slot(key, due, local_day(due, here)) for key, due in known]
    return owed(slots, since, now, ends, written)


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
        if not is_unsent(session, slot.key):
            continue
        if is_empty(slot.due):
            outbox.pass_over(session, kind, slot.key, due=slot.due, **about)
        elif outbox.miss(session, kind, slot.key, due=slot.due, **about):
            _note_miss(session, slot.key, now)
    if slots.due is not None:
        outbox.owe(session, kind, slots.due.key, due=slots.due.due, **about)


def give_up(session: Session, post: Post, now: datetime) -> None:
    """It is too late for what waits, of whatever series it was."""
    debt: dict[str, Any] = {"subject_id": post.subject_id, "place": post.place, "due": post.due_at}
    if outbox.miss(session, post.kind, post.key, **debt):
        _note_miss(session, post.key, now)


def _note_miss(session: Session, key: str, now: datetime) -> None:
    post = post_by_key(session, key)
    if post is not None:
        note_missed(session, post, now)


def note_missed(session: Session, post: Post, now: datetime) -> None:
    """Admins hear of it, and what it was to say goes into the next one."""
    refresh_the_next(session, post, now)
    tell_admins(session, post, now)
