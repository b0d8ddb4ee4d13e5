"""What a person has to do after meetings, and what they say about it: done, later, or not mine."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.audiences import reader
from bot.cards import tell_that_nobody_has
from bot.errors import NothingChanged, Words
from bot.follow_up_reminders import redraw_follow_up, remind_its_owner
from bot.follow_ups import gone, is_too_far
from bot.notes import redraw_notes
from bot.people import Actor
from bot.seen.follow_ups import FollowUpSeen, OwnFollowUpsSeen, seen_follow_up, seen_follow_ups
from bot.timetable import today_in
from storage import outbox
from storage.consortia import Consortium
from storage.follow_ups import (
    FollowUp,
    count_open_follow_ups_of,
    lock_follow_up,
    open_follow_ups_of,
    put_off_after,
)
from storage.post_kinds import PostKind
from storage.post_life import CLOCKS_DIFFER_BY
from storage.posts import Post
from storage.tenancy import Session

OWN_ON_A_PAGE = 10
A_WEEK = timedelta(days=7)


class Read(NamedTuple):
    """A follow-up as its owner read it. `edition` is nothing where a button of before does not say it."""

    follow_up_id: int
    edition: str = ""


Said = Callable[[Session, Actor, Read, datetime], FollowUpSeen]


def own_follow_ups(session: Session, actor: Actor, now: datetime, page: int = 0) -> OwnFollowUpsSeen:
    """A page of what the person has to do, the soonest first. Of a page that is not there, the last."""
    count = count_open_follow_ups_of(session, actor.person)
    page = min(page, max(count - 1, 0) // OWN_ON_A_PAGE)
    before = page * OWN_ON_A_PAGE
    here = open_follow_ups_of(session, actor.person, after=before, most=OWN_ON_A_PAGE)
    shown = seen_follow_ups(here, reader(actor.person.id))
    rest = replace(shown, before=before, more=count - before - len(here))
    return OwnFollowUpsSeen(rest, page, today_in(actor.consortium, now))


def done(session: Session, actor: Actor, read: Read, now: datetime) -> FollowUpSeen:
    """It is done. Raises NothingChanged if the person does not have it to do, or if it is another by now than they read."""
    known = _to_do(session, read)
    known.done_at = now
    return _said(session, actor, known, now)


def later(session: Session, actor: Actor, read: Read, now: datetime) -> FollowUpSeen:
    """A week later, for its owner alone: the notes keep the day that was agreed. Raises NothingChanged as `done` does."""
    known = _to_do(session, read)
    day = max(known.day, today_in(actor.consortium, now)) + A_WEEK
    if is_too_far(actor.consortium, day, now):
        raise NothingChanged("This is put off for a year already.")
    known.put_off_to, known.put_off_at = day, now
    return _said(session, actor, known, now)


def decline(session: Session, actor: Actor, read: Read, now: datetime) -> FollowUpSeen:
    """It is not theirs: the host's team is told, and gives it to somebody else. Raises NothingChanged as `done` does."""
    known = _to_do(session, read)
    known.give_back(now)
    tell_that_nobody_has(session, known, now)
    redraw_notes(session, known.meeting)
    return _said(session, actor, known, now)


def take_up_again(session: Session, actor: Actor, read: Read, now: datetime) -> FollowUpSeen:
    """It is to be done by them after all. Raises NothingChanged if they have it to do already, or if it is another by now."""
    known = _locked(session, read)
    if known.is_open:
        raise NothingChanged("This is on your list.")
    known.done_at = known.declined_at = None
    outbox.withhold_all(session, PostKind.FOLLOW_UP_DECLINED, subject_id=known.id)
    redraw_notes(session, known.meeting)
    return _said(session, actor, known, now)


def give_back_what_is_nobodys(session: Session, post: Post, now: datetime) -> None:
    """Its owner could not be reminded, since they are gone: the host's team looks for somebody else."""
    follow_up = lock_follow_up(session, post.subject_id)
    if follow_up is None or not follow_up.is_open or post.ts is not None:
        return
    owner = follow_up.owner
    is_gone = owner.left_at is not None or not owner.takes_part
    if owner.user_id == post.place and is_gone:
        follow_up.give_back(now)
        session.flush()
        tell_that_nobody_has(session, follow_up, now)
        redraw_notes(session, follow_up.meeting)


def bring_back_what_was_put_off(session: Session, consortium: Consortium, now: datetime) -> None:
    """A clock that was ahead put it off from the day that it showed: it is a week later than its day, or than today."""
    today = today_in(consortium, now)
    for known in put_off_after(session, now + CLOCKS_DIFFER_BY):
        day = max(known.due_on, today) + A_WEEK
        known.put_off_to, known.put_off_at = min(known.put_off_to or day, day), now
        session.flush()
        remind_its_owner(session, consortium, known, now)
        redraw_follow_up(session, known)


def said_on_page(
    session: Session, actor: Actor, read: Read, now: datetime, said: Said, page: int
) -> tuple[FollowUpSeen, OwnFollowUpsSeen]:
    """Say it, and give what is left on that page of one's own follow-ups."""
    one = said(session, actor, read, now)
    session.flush()
    return one, own_follow_ups(session, actor, now, page)


def _to_do(session: Session, read: Read) -> FollowUp:
    known = _locked(session, read)
    if known.done_at is not None:
        raise NothingChanged("You said that this is done.")
    if known.is_declined:
        raise NothingChanged("You said that this is not yours.")
    return known


def _locked(session: Session, read: Read) -> FollowUp:
    known = lock_follow_up(session, read.follow_up_id)
    if known is None:
        raise gone()
    if read.edition not in ("", str(known.edition)):
        raise NothingChanged(
            "The host has written this follow-up anew.",
            then=Words("Press “See my follow-ups” to read it as it is now."),
        )
    return known


def _said(session: Session, actor: Actor, known: FollowUp, now: datetime) -> FollowUpSeen:
    session.flush()
    remind_its_owner(session, actor.consortium, known, now)
    redraw_follow_up(session, known)
    seen = seen_follow_up(known, reader(known.owner_id))
    if seen is None:
        raise gone()
    return seen
