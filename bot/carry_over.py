"""Gathering: what has no meeting yet, or was left by one that is over or cancelled, goes to the next."""

from datetime import datetime

from bot.cards import owe_cards, redraw_cards
from bot.doors import redraw_doors
from bot.freshness import ask_once, pass_over, was_passed_over
from bot.question_posts import redraw_questions
from bot.seen.items import DECIDED
from bot.timetable import is_closed, next_meeting, today_in
from bot.word_to_proposers import count_what_may_have_been_told
from storage import outbox
from storage.consortia import Consortium
from storage.items import Item, ItemState
from storage.left_items import items_without_meeting, lock_undecided_until, lock_waiting_for_proposed_after
from storage.meetings import Meeting
from storage.post_kinds import PostKind
from storage.tenancy import Session


def gather_items(session: Session, consortium: Consortium, now: datetime) -> None:
    """What waited for a meeting, and what is undecided or held of those that are over or cancelled, goes to the next one.

    So does what waits for a later one that nobody has confirmed yet. What rests goes along, where its hosts see it, and nobody is
    asked or told.
    """
    meeting = next_meeting(session, consortium, now)
    if meeting is None:
        return
    left, resting = _left_behind(session, consortium, now)
    for_later = lock_waiting_for_proposed_after(session, meeting.day)
    unaware = [item for item in left if item.state != ItemState.HELD or item.told_at is None]
    for item in left:
        passed_over = was_passed_over(consortium, item, now)
        go_on(session, item)
        if passed_over and item.state == ItemState.WAITING:
            pass_over(session, item)
    _rest_together(left)
    _rest_with_next(session, meeting, [*resting, *(one for one in left if one.state == ItemState.RESTING)])
    waiting = [*items_without_meeting(session), *left, *for_later]
    gathered = [item for item in waiting if item.state == ItemState.WAITING]
    if not gathered:
        return
    unaware = [item for item in (*unaware, *for_later) if item.state == ItemState.WAITING]
    for item in gathered:
        item.meeting = meeting
        session.flush()
        redraw_cards(session, item)
        redraw_questions(session, item)
        owe_cards(session, item, now)
    redraw_doors(session, consortium.id)
    for item in unaware:
        _owe_word_to_proposer(session, item, meeting, now)


def go_on(session: Session, item: Item) -> None:
    """It waits again, for the next host. What was decided by the one before stands no more. One without words is of no use to anybody."""
    item.leave_agenda()
    if item.proposer.erased_at is not None:
        item.state = ItemState.WITHDRAWN
        item.part()
        return
    if item.state in DECIDED:
        count_what_may_have_been_told(session, item)
    item.state, item.is_carried_over = ItemState.WAITING, True
    item.is_late = item.came_up = False
    item.decided_by, item.decided_at, item.told_at = None, None, None


def _rest_together(items: list[Item]) -> None:
    """What goes together rests only if each of them does by itself: of a newer one nobody was asked yet."""
    resting = [item for item in items if item.state == ItemState.RESTING]
    for item in resting:
        if any(one not in resting for one in item.together):
            item.state = ItemState.WAITING


def _rest_with_next(session: Session, meeting: Meeting, items: list[Item]) -> None:
    for item in items:
        item.meeting = meeting
        session.flush()
        redraw_cards(session, item)
        redraw_questions(session, item)


def _owe_word_to_proposer(session: Session, item: Item, meeting: Meeting, now: datetime) -> None:
    """They were promised to hear either way, also when the host decided nothing. Who was told that it is kept knows.

    For the second time they are asked with it whether they still want it.
    """
    outbox.refresh(session, PostKind.CARRIED_OVER, subject_id=item.id)
    if ask_once(session, item, now):
        return
    outbox.owe_again(
        session,
        PostKind.CARRIED_OVER,
        carried_over_key(item, meeting),
        subject_id=item.id,
        place=item.proposer.user_id,
        due=now,
    )


def carried_over_key(item: Item, meeting: Meeting) -> str:
    return PostKind.CARRIED_OVER.key(item=item.id, meeting=meeting.id)


def _left_behind(session: Session, consortium: Consortium, now: datetime) -> tuple[list[Item], list[Item]]:
    """What goes on, and what rests."""
    undecided = lock_undecided_until(session, today_in(consortium, now))
    left = [item for item in undecided if item.meeting and is_closed(consortium, item.meeting, now)]
    resting = [item for item in left if item.state == ItemState.RESTING]
    return [item for item in left if item not in resting], resting
