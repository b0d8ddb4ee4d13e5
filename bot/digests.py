"""Digests: once a week, what is new, what was decided, and what comes next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.agenda import Agenda, next_agenda
from bot.calendar import local_day, zone
from bot.series import owe_slots
from bot.slots import digest_slots, owed
from storage import outbox
from storage.consortia import Consortium
from storage.items import Item, ItemState, submitted_between, told_between
from storage.outbox import PostKind
from storage.schedules import looked_after_until
from storage.tenancy import Session
from storage.tips import count_tips_between

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Digest:
    """The news of the time after `since` and up to `until`, and the next meeting's agenda."""

    since: datetime
    until: datetime
    new: list[Item]
    added: list[Item]
    held: list[Item]
    not_taken: list[Item]
    tips: int
    agenda: Agenda

    @property
    def is_news(self) -> bool:
        return bool(self.new or self.added or self.held or self.not_taken or self.tips)


def digest_until(
    session: Session, consortium: Consortium, until: datetime, now: datetime | None = None
) -> Digest:
    """The digest that is due at `until`: it covers all since the one before. What comes next is told as of `now`."""
    since = outbox.last_due(session, PostKind.DIGEST, before=until)
    since = since or consortium.created_at
    told = told_between(session, since, until)
    return Digest(
        since=since,
        until=until,
        new=_nameable(submitted_between(session, since, until)),
        added=[item for item in told if item.state == ItemState.ON_AGENDA],
        held=[item for item in told if item.state == ItemState.HELD],
        not_taken=[item for item in told if item.state == ItemState.NOT_TAKEN],
        tips=count_tips_between(session, since, until),
        agenda=next_agenda(session, consortium, now or until),
    )


def _nameable(items: list[Item]) -> list[Item]:
    """What was not taken is counted, and never named: also not as new."""
    return [item for item in items if item.told_state != ItemState.NOT_TAKEN]


def owe_due_digest(session: Session, consortium: Consortium, now: datetime) -> None:
    """Write down the digest that is due now, if any."""
    here = zone(consortium.timezone)
    since = max(consortium.scheduled_since, _unlooked_after_since(session, consortium, now))
    slots = digest_slots(
        consortium.id,
        consortium.digest_weekday,
        consortium.digest_at,
        here,
        local_day(since, here),
        local_day(now, here) + A_WEEK,
    )
    owe_slots(session, consortium, PostKind.DIGEST, owed(slots, since, now), now, subject_id=consortium.id)


def _unlooked_after_since(session: Session, consortium: Consortium, now: datetime) -> datetime:
    """Some weeks back, where those that were owed may yet be missed; longer, if nobody looked for longer."""
    known = looked_after_until(session, PostKind.DIGEST)
    return min(now - 4 * A_WEEK, known or consortium.scheduled_since)
