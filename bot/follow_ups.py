"""Follow-ups: who does what by when, as the host of a meeting writes it down."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.after_meeting import Listed, item_to_write_about, meeting_that_is_over, page_of
from bot.audiences import hosts
from bot.errors import Name, NothingChanged, UserError
from bot.follow_up_reminders import TELL_OF_ONE, redraw_follow_up, remind_its_owner
from bot.legal_holds import put_by
from bot.notes import redraw_notes
from bot.participation import Identity, known_as
from bot.people import Actor, call
from bot.results import Written, note
from bot.seen.follow_ups import ToAgreeSeen
from bot.seen.items import seen_item
from bot.seen.results import AfterSeen, Became, ResultSeen
from bot.timetable import today_in
from storage import outbox
from storage.consortia import Consortium
from storage.follow_ups import FollowUp, lock_follow_up
from storage.items import lock_item
from storage.people import Person, Who, person_met
from storage.post_kinds import PostKind
from storage.tenancy import Session

MOST_OF_AN_ITEM = 4
PROPOSED = timedelta(days=14)
FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Agreed:
    """Who does what, until which local day. `identity`: what Slack tells of its owner."""

    words: str
    owner: Who
    due_on: date
    identity: Identity


def to_agree(
    session: Session, actor: Actor, one: Listed, now: datetime, follow_up_id: int | None = None
) -> ToAgreeSeen:
    """A follow-up as its form shows it: a new one, or the one with this id.

    Raises NothingChanged if the item is not one of the meeting's, if the follow-up is gone, or if there are too many of the item.
    """
    if follow_up_id is None:
        new = _with_room(item_to_write_about(session, actor, one, now))
        due_on = today_in(actor.consortium, now) + PROPOSED
        return ToAgreeSeen(new.item.title, due_on, actor.consortium.channel_id)
    meeting = meeting_that_is_over(session, actor, one.meeting_id, now)
    known = _known(session, follow_up_id, one)
    item = seen_item(known.item, hosts(meeting.host_id))
    owner = None if known.is_declined else known.owner.who
    today = today_in(actor.consortium, now)
    due_on = known.due_on if known.due_on >= today or owner else today + PROPOSED
    return ToAgreeSeen(item.title if item else None, due_on, actor.consortium.channel_id, known.words, owner)


def agree(
    session: Session,
    actor: Actor,
    one: Listed,
    agreed: Agreed,
    now: datetime,
    follow_up_id: int | None = None,
) -> AfterSeen:
    """Write it down, or change what is written. Its owner is reminded the working day before. What has a follow-up was talked about.

    Raises UserError if its day is over or too far away, or if its owner has left the shared channel; NothingChanged as `to_agree` does.
    """
    meeting = meeting_that_is_over(session, actor, one.meeting_id, now)
    known = _known(session, follow_up_id, one) if follow_up_id is not None else None
    if known is None or known.due_on != agreed.due_on:
        must_be_ahead(actor.consortium, agreed.due_on, now)
    owner = _owner(session, agreed)
    if known is None:
        item = _with_room(item_to_write_about(session, actor, one, now))
        if item.became is None:
            note(session, actor, meeting, lock_item(session, one.item_id), Written(Became.DONE), now)
        known = FollowUp(meeting_id=meeting.id, item_id=one.item_id, declines=0)
        session.add(known)
    is_theirs_already = known.owner_id == owner.id and not known.is_declined
    if not is_theirs_already:
        known.declined_at = known.done_at = None
    if not is_theirs_already or known.due_on != agreed.due_on:
        known.put_off_to = known.put_off_at = None
    if known.words != agreed.words:
        known.written_by_id = actor.person.id
    known.words, known.owner_id, known.due_on, known.written_at = agreed.words, owner.id, agreed.due_on, now
    session.flush()
    session.refresh(known)
    outbox.withhold_all(session, PostKind.FOLLOW_UP_DECLINED, subject_id=known.id)
    remind_its_owner(session, actor.consortium, known, now, is_given=not is_theirs_already)
    if not is_theirs_already:
        outbox.take_back(session, PostKind.FOLLOW_UP, subject_id=known.id, but=[owner.user_id])
    redraw_follow_up(session, known)
    redraw_notes(session, meeting)
    return page_of(session, actor.consortium, meeting, now, one.page)


def take_out(session: Session, actor: Actor, one: Listed, follow_up_id: int, now: datetime) -> AfterSeen:
    """It is not to be done after all. Raises NothingChanged if it is gone."""
    meeting = meeting_that_is_over(session, actor, one.meeting_id, now)
    known = _known(session, follow_up_id, one)
    for kind in TELL_OF_ONE:
        outbox.withhold_all(session, kind, subject_id=known.id)
    redraw_follow_up(session, known)
    put_by(session, actor.consortium, [known], now)
    session.delete(known)
    session.flush()
    redraw_notes(session, meeting)
    return page_of(session, actor.consortium, meeting, now, one.page)


def must_be_ahead(consortium: Consortium, day: date, now: datetime) -> None:
    """Raises UserError if the local day is over, or more than a year away."""
    today = today_in(consortium, now)
    if day < today:
        raise UserError("{day} is over. Please choose a later day.", field="due_on", day=day)
    if is_too_far(consortium, day, now):
        raise UserError(
            "{day} is more than a year away. Please choose an earlier day.", field="due_on", day=day
        )


def is_too_far(consortium: Consortium, day: date, now: datetime) -> bool:
    return day > today_in(consortium, now) + FARTHEST


def must_be_there(name: str | None) -> UserError:
    return UserError(
        "{name} is not in the shared channel. Please choose somebody who is there.",
        field="owner",
        name=Name(name),
    )


def gone() -> NothingChanged:
    return NothingChanged("This follow-up is no longer here.")


def _with_room(item: ResultSeen) -> ResultSeen:
    """The item, if it may have one more. Raises NothingChanged if not."""
    if len(item.follow_ups) >= MOST_OF_AN_ITEM:
        raise NothingChanged("An item has {most} follow-ups at most.", most=MOST_OF_AN_ITEM)
    return item


def _known(session: Session, follow_up_id: int, one: Listed) -> FollowUp:
    known = lock_follow_up(session, follow_up_id)
    if known is None or (known.meeting_id, known.item_id) != (one.meeting_id, one.item_id):
        raise gone()
    return known


def _owner(session: Session, agreed: Agreed) -> Person:
    owner = known_as(session, agreed.owner, agreed.identity) or person_met(session, agreed.owner)
    call(session, {agreed.owner.user_id: agreed.identity.name})
    if owner.left_at is not None:
        raise must_be_there(owner.name)
    return owner
