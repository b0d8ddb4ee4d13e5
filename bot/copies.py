"""Copies: an item that was talked about at a meeting, and comes up again at the next one."""

from bot.cards import take_back_cards
from bot.errors import NothingChanged
from bot.timetable import ends_at
from storage import outbox
from storage.consortia import Consortium
from storage.items import TAKEN_OFF, Item, ItemState, lock_item
from storage.me_too import hand_on_me_too
from storage.meetings import Meeting, meetings_from
from storage.post_kinds import PostKind
from storage.results import Result
from storage.tenancy import Session


def bring_copy(session: Session, meeting: Meeting, item: Item, result: Result) -> None:
    """It waits, as what was left of that meeting does, until it is gathered for the next, with what goes together with it. Once, however often it is said."""
    if result.copy_id is not None:
        return
    copies = {one: _copy(one, meeting) for one in (item, *item.joined)}
    session.add_all(copies.values())
    result.copy = copies[item]
    session.flush()
    for one, copy in copies.items():
        if one is not item:
            copy.join_as(one, copies[item])
        if one.me_toos:
            hand_on_me_too(session, one, copy)
    session.flush()


def _copy(item: Item, meeting: Meeting) -> Item:
    return Item(
        meeting=meeting,
        state=ItemState.WAITING,
        proposer=item.proposer,
        collaborative=item.collaborative,
        on_behalf_of=item.on_behalf_of,
        title=item.title,
        details=item.details,
        wish=item.wish,
        minutes=item.minutes,
        links=item.links,
        lead=item.lead,
        created_at=item.created_at,
        submitted_at=item.submitted_at,
        original_id=item.original_id or item.id,
    )


def take_back_copy(session: Session, consortium: Consortium, meeting: Meeting, result: Result) -> None:
    """There is to be none after all. Raises NothingChanged if another host has decided on it since.

    One that its author has taken back is remembered, and not brought once more.
    """
    copy = lock_item(session, result.copy_id) if result.copy_id is not None else None
    if copy is None or copy.state in TAKEN_OFF:
        return
    must_wait_for_next(session, consortium, meeting, copy)
    result.copy = None
    every = [copy, *copy.joined]
    copy.part()
    for one in every:
        take_back_cards(session, one)
        outbox.withhold_all(session, PostKind.CARRIED_OVER, subject_id=one.id)
        one.meeting, one.state, one.is_carried_over = meeting, ItemState.WITHDRAWN, False
    session.flush()
    for one in every:
        outbox.refresh(session, PostKind.CARRIED_OVER, subject_id=one.id)


def must_wait_for_next(session: Session, consortium: Consortium, meeting: Meeting, item: Item) -> None:
    """It waits for this meeting, or for the one right after it. Raises NothingChanged if a host has decided on it or joined it with another since, or it went on further."""
    following = [one for one in meetings_from(session, meeting.day) if one is not meeting]
    is_next = item.meeting in (meeting, *following[:1])
    end = ends_at(consortium, meeting)
    is_joined_since = any(one.joined_to and not one.was_joined_before(end) for one in item.together)
    if item.state != ItemState.WAITING or not is_next or is_joined_since:
        raise NothingChanged("Another host has decided on this item since. It stays as it is.")
