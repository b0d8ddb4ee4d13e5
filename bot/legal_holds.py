"""Legal holds: while one lasts nothing is deleted. An admin says why, and up to which day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.errors import UserError
from bot.people import Actor, places_of_keepers, places_to_tell_keepers
from bot.seen.legal_holds import HoldSeen, ToHoldSeen
from bot.timetable import first_day_to_come, today_in
from storage import outbox
from storage.consortia import Consortium, Places, consortium_at
from storage.database import Base
from storage.erasures import note_down, note_of_hold, said_at
from storage.items import Item
from storage.legal_holds import LegalHold, hold_by_id, newest_hold
from storage.people import Person
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.set_aside import set_aside, set_aside_published
from storage.tenancy import Session
from storage.waiting_to_be_erased import count_those_who_want_to_be_erased

LONGEST = timedelta(days=5 * 366)
"""What lies beyond was mistyped. A hold that lasts can be made longer."""
ENDS_SOON = timedelta(days=7)
"""Local days before its end, on which admins are reminded."""


def lasting_hold(session: Session, consortium: Consortium, now: datetime) -> LegalHold | None:
    hold = newest_hold(session)
    return hold if hold is not None and hold.lasts_on(first_day_to_come(consortium, now)) else None


def to_hold(session: Session, actor: Actor, now: datetime) -> ToHoldSeen:
    """What its form shows. A hold that ends today can still be made longer."""
    today = today_in(actor.consortium, now)
    return ToHoldSeen(hold_seen(session, actor.consortium, now), today, today + LONGEST)


def hold_seen(session: Session, consortium: Consortium, now: datetime) -> HoldSeen | None:
    hold = lasting_hold(session, consortium, now)
    return _seen(session, consortium, hold, now) if hold else None


def hold(session: Session, actor: Actor, reason: str, until: date, now: datetime) -> None:
    """Delete nothing up to the end of that local day. What lasts already gets this reason and this day.

    Raises UserError if the day is over, or too far away.
    """
    begin_or_change(session, actor.consortium, actor.person, reason, until, now)


def begin_or_change(
    session: Session, consortium: Consortium, by: Person | None, reason: str, until: date, now: datetime
) -> None:
    """What is deleted just now is deleted before, and nothing after."""
    consortium_at(session, consortium.id, Places.CHANGE)
    _must_be_within_reach(consortium, until, now)
    last_up_to(session, consortium, by, reason, until, now)


def last_up_to(
    session: Session, consortium: Consortium, by: Person | None, reason: str, until: date, now: datetime
) -> None:
    """The same, also where nobody knows which day it is there."""
    hold = lasting_hold(session, consortium, now)
    is_another_day = hold is None or hold.until != until
    hold = hold or _begun(session, by, until, now)
    hold.reason, hold.until = reason, until
    if is_another_day:
        note_down(session, [note_of_hold(session, hold)], now)
    session.flush()
    _redraw(session, hold)
    _tell_the_others(session, hold, by, now)


def _begun(session: Session, by: Person | None, until: date, now: datetime) -> LegalHold:
    hold = LegalHold(until=until, began_at=now, began_by_id=by.id if by else None)
    session.add(hold)
    session.flush()
    return hold


def must_not_be_held(session: Session, consortium: Consortium, now: datetime) -> None:
    """Raises UserError while one lasts."""
    hold = lasting_hold(session, consortium, now)
    if hold is not None:
        raise UserError(
            "Nothing is erased now: a hold lasts up to {day}. An admin, or python -m bot hold --end, lets it end.",
            day=hold.until,
        )


def let_it_end(session: Session, consortium: Consortium, now: datetime) -> None:
    """Today is its last day. Raises UserError if none lasts."""
    hold = lasting_hold(session, consortium, now)
    if hold is None:
        raise UserError("No hold lasts.")
    begin_or_change(session, consortium, None, hold.reason or "", today_in(consortium, now), now)


def put_by(session: Session, consortium: Consortium, records: Iterable[Base], now: datetime) -> None:
    """The words in these rows are about to be taken away: while a hold lasts, they are set aside for its end."""
    if lasting_hold(session, consortium, now) is not None:
        set_aside(session, records, now)


def put_by_published(session: Session, consortium: Consortium, items: Sequence[Item], now: datetime) -> None:
    """The same of what agendas that were published tell of these items."""
    if lasting_hold(session, consortium, now) is not None:
        set_aside_published(session, items, now)


def look_after_its_end(session: Session, consortium: Consortium, now: datetime) -> None:
    """Admins are reminded once of each end that comes near. Once it is over, what told of it says so; and no longer where it is not over after all, as a clock or the time zone was wrong."""
    hold, today = newest_hold(session), first_day_to_come(consortium, now)
    if hold is None:
        return
    if hold.is_over_noticed == hold.lasts_on(today):
        hold.is_over_noticed = not hold.is_over_noticed
        _redraw(session, hold)
    if hold.lasts_on(today) and hold.until - today <= ENDS_SOON and not _is_news(session, consortium, hold):
        _remind(session, hold, now)


def _is_news(session: Session, consortium: Consortium, hold: LegalHold) -> bool:
    """Whoever did not say its end was told of it within these days."""
    said = said_at(session, hold)
    return said is not None and hold.until - first_day_to_come(consortium, said) <= ENDS_SOON


def _remind(session: Session, hold: LegalHold, now: datetime) -> None:
    for place in places_to_tell_keepers(session):
        key = PostKind.HOLD_ENDS.key(hold=hold.id, until=hold.until, place=place)
        outbox.owe(session, PostKind.HOLD_ENDS, key, subject_id=hold.id, place=place, due=now)


def redraw_holds(session: Session, consortium: Consortium, now: datetime) -> None:
    """More wait for its end, or fewer."""
    hold = lasting_hold(session, consortium, now)
    if hold is not None:
        _redraw(session, hold)


def told(session: Session, consortium: Consortium, post: Post, now: datetime) -> HoldSeen | None:
    """To an admin: as it is by now."""
    hold = hold_by_id(session, post.subject_id)
    return _as_told(session, consortium, hold, post, now) if hold else None


def told_of_its_end(session: Session, consortium: Consortium, post: Post, now: datetime) -> HoldSeen | None:
    """An end that was moved, or that is over, is not news."""
    hold = hold_by_id(session, post.subject_id)
    if hold is None or (post.ts is None and not _is_its_end(hold, post, consortium, now)):
        return None
    return _as_told(session, consortium, hold, post, now)


def _as_told(
    session: Session, consortium: Consortium, hold: LegalHold, post: Post, now: datetime
) -> HoldSeen:
    """Who is no admin any more does not read why."""
    seen = _seen(session, consortium, hold, now)
    return seen if post.place in places_of_keepers(session) else replace(seen, reason=None)


def _redraw(session: Session, hold: LegalHold) -> None:
    outbox.refresh_kinds(session, (PostKind.LEGAL_HOLD, PostKind.HOLD_ENDS), subject_id=hold.id)


def _is_its_end(hold: LegalHold, post: Post, consortium: Consortium, now: datetime) -> bool:
    is_the_same = f":{hold.until}:" in post.key
    return is_the_same and hold.lasts_on(first_day_to_come(consortium, now))


def _seen(session: Session, consortium: Consortium, hold: LegalHold, now: datetime) -> HoldSeen:
    today = first_day_to_come(consortium, now)
    return HoldSeen(
        id=hold.id,
        until=hold.until,
        reason=hold.reason,
        began_on=first_day_to_come(consortium, hold.began_at),
        began_by=hold.began_by.name if hold.began_by else None,
        lasts=hold.lasts_on(today),
        ends_today=hold.until == today,
        waiting=count_those_who_want_to_be_erased(session),
    )


def _must_be_within_reach(consortium: Consortium, until: date, now: datetime) -> None:
    today = today_in(consortium, now)
    if until < today:
        raise UserError("{day} is over. Please choose a later day.", field="until", day=until)
    if until > today + LONGEST:
        raise UserError("That is more than five years away. Please choose an earlier day.", field="until")


def _tell_the_others(session: Session, hold: LegalHold, by: Person | None, now: datetime) -> None:
    """Admins. Each new end is told anew: what is to be deleted after it can't be brought back."""
    for place in places_to_tell_keepers(session):
        if by is None or place != by.user_id:
            key = PostKind.LEGAL_HOLD.key(hold=hold.id, until=hold.until, place=place)
            outbox.owe_again(session, PostKind.LEGAL_HOLD, key, subject_id=hold.id, place=place, due=now)
