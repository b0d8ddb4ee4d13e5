"""Cancelling a meeting: whoever was told of it hears so, and what was brought for it goes on to the next."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.cards import redraw_cards
from bot.carry_over import gather_items, go_on
from bot.doors import redraw_doors
from bot.errors import NothingChanged, Words
from bot.meetings import OF_A_MEETING, meeting_not_begun, redraw_what_was_cancelled
from bot.people import Actor, places_to_decide
from bot.rotation import turn_over
from bot.seen.meetings import CancelledSeen, ToCancelSeen, seen_meeting, seen_move
from bot.timetable import next_meeting
from storage import outbox
from storage.consortia import Consortium, rotation
from storage.items import Item, ItemState, items_of_meeting, lock_items
from storage.meetings import Meeting, MeetingState, meeting_on
from storage.outbox import Debt
from storage.post_kinds import PostKind
from storage.posts import is_out, newest_is_out, places_owed
from storage.tenancy import Session

SAY_SO = (PostKind.CANCELLED_MEETING, PostKind.CANCELLED_FOR_ONE)
UNTIL_CANCELLED = [kind for kind in OF_A_MEETING if kind not in SAY_SO]
"""What tells of a meeting, until it is cancelled."""
SAID_IN_THE_CHANNEL = (PostKind.CALL, PostKind.AGENDA, PostKind.MOVED_MEETING)
GOES_ON = (ItemState.WAITING, ItemState.ON_AGENDA, ItemState.HELD)


def meeting_to_cancel(session: Session, actor: Actor, meeting_id: int, now: datetime) -> ToCancelSeen:
    """The meeting, as the form that cancels it shows it. Raises NothingChanged if it can't be cancelled any more."""
    meeting = meeting_not_begun(session, actor, meeting_id, now)
    items = items_of_meeting(session, meeting, *GOES_ON)
    return ToCancelSeen(
        seen_meeting(meeting), len(items), _is_known_to_all(session, actor.consortium, meeting, now)
    )


def cancel(
    session: Session, actor: Actor, meeting_id: int, now: datetime, day: date | None = None
) -> CancelledSeen:
    """Nobody counts on it any more. `day`: when it was, as whoever cancels it has read.

    Raises NothingChanged if it has begun, is over, is gone or was cancelled, or if it has moved since.
    """
    meeting = meeting_not_begun(session, actor, meeting_id, now)
    _must_be_on(meeting, day)
    lock_items(session, meeting)
    items = items_of_meeting(session, meeting, *GOES_ON)
    debts = _words(session, actor, meeting, items, now)
    for kind in UNTIL_CANCELLED:
        outbox.withhold_all(session, kind, subject_id=meeting.id)
    meeting.state, meeting.cancelled_at = MeetingState.CANCELLED, now
    for item in items:
        if item.state == ItemState.ON_AGENDA:
            go_on(session, item)
    session.flush()
    outbox.show_anew(session, PostKind.OUTCOME, subject_ids=[item.id for item in items])
    redraw_what_was_cancelled(session, meeting.day)
    for item in items_of_meeting(session, meeting, *ItemState):
        redraw_cards(session, item)
    redraw_doors(session, actor.consortium.id)
    outbox.owe_all_again(session, debts, now)
    _see_to_the_next(session, actor.consortium, now)
    return cancelled(session, actor.consortium, meeting, now)


def cancelled(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> CancelledSeen:
    """That it is, and what comes next."""
    upcoming = next_meeting(session, consortium, now)
    return replace(
        seen_cancelled(session, meeting),
        upcoming=seen_meeting(upcoming) if upcoming else None,
        tells_what_is_next=True,
    )


def seen_cancelled(session: Session, meeting: Meeting) -> CancelledSeen:
    move = seen_move(meeting)
    is_told = newest_is_out(session, PostKind.MOVED_MEETING, subject_id=meeting.id)
    seen = CancelledSeen(move.meeting, None if is_told else move.before)
    again = meeting_on(session, seen.known.day)
    return replace(seen, again=seen_meeting(again) if again else None)


def _must_be_on(meeting: Meeting, day: date | None) -> None:
    if day not in (None, meeting.day):
        raise NothingChanged(
            "This meeting has moved. It is on {day} now.",
            day=meeting.day,
            then=Words("To cancel it all the same, press the button once more."),
        )


def _see_to_the_next(session: Session, consortium: Consortium, now: datetime) -> None:
    """As after a meeting. While nobody could host one, what was brought waits."""
    if rotation(session):
        turn_over(session, consortium, now)
    else:
        gather_items(session, consortium, now)


def _words(
    session: Session, actor: Actor, meeting: Meeting, items: Iterable[Item], now: datetime
) -> list[Debt]:
    """What those are owed who were told of it. Who cancels it knows."""
    told = [
        *places_owed(session, PostKind.REMINDER, subject_id=meeting.id),
        *(item.proposer.user_id for item in items),
        *places_to_decide(session, meeting.host),
    ]
    debts = [
        Debt(
            PostKind.CANCELLED_FOR_ONE,
            PostKind.CANCELLED_FOR_ONE.key(meeting=meeting.id, place=place),
            meeting.id,
            place,
        )
        for place in dict.fromkeys(told)
        if place != actor.person.user_id
    ]
    if _is_known_to_all(session, actor.consortium, meeting, now):
        key = PostKind.CANCELLED_MEETING.key(meeting=meeting.id)
        debts.insert(0, Debt(PostKind.CANCELLED_MEETING, key, meeting.id, actor.consortium.channel_id))
    return debts


def _is_known_to_all(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> bool:
    """Something in the shared channel tells of it: the message with the buttons names the next one."""
    is_next = meeting is next_meeting(session, consortium, now)
    return is_next or any(is_out(session, kind, subject_id=meeting.id) for kind in SAID_IN_THE_CHANNEL)
