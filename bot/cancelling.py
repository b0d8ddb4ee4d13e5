"""Cancelling a meeting: whoever was told of it hears so, and what was brought for it goes on to the next."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.cards import redraw_cards
from bot.carry_over import gather_items, go_on
from bot.doors import redraw_doors
from bot.errors import Words
from bot.expected import (
    SAY_SO,
    UNTIL_CANCELLED,
    cancelled_on,
    redraw_what_was_cancelled,
    seen_cancelled,
)
from bot.meetings_to_change import meeting_not_begun, must_be_on
from bot.people import Actor, places_to_decide
from bot.rotation import turn_over
from bot.seen.meetings import CancelledSeen, ToCancelSeen, seen_meeting
from bot.swap_posts import let_swaps_lapse
from bot.timetable import next_meeting
from bot.undelivered import others_can_look
from storage import outbox, waiting
from storage.coming import those_coming
from storage.consortia import Consortium, rotation
from storage.items import Item, ItemState, items_of_meeting, lock_items
from storage.meetings import Meeting, MeetingState, cancelled_meetings
from storage.outbox import Debt
from storage.post_kinds import PostKind
from storage.posts import Post, is_out, places_owed, withheld_about
from storage.tenancy import Session

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
    must_be_on(meeting, day, then=Words("To cancel it all the same, press the button once more."))
    lock_items(session, meeting)
    items = items_of_meeting(session, meeting, *GOES_ON)
    twins = cancelled_on(session, seen_cancelled(session, meeting).known.day)
    for twin in twins:
        _withhold_all(session, twin, SAY_SO)
    debts = _words(session, actor, meeting, items, twins, now)
    _withhold_all(session, meeting, UNTIL_CANCELLED)
    meeting.state, meeting.cancelled_at = MeetingState.CANCELLED, now
    let_swaps_lapse(session, meeting)
    meeting.revise(now)
    for item in items:
        if item.state == ItemState.ON_AGENDA:
            go_on(session, item)
    session.flush()
    outbox.refresh_all(session, PostKind.OUTCOME, subject_ids=[item.id for item in items])
    redraw_what_was_cancelled(session, actor.consortium, now)
    for item in items_of_meeting(session, meeting, *ItemState):
        redraw_cards(session, item)
    redraw_doors(session, actor.consortium.id)
    outbox.owe_all_again(session, debts, now)
    _see_to_the_next(session, actor.consortium, now)
    others_can_look(session, actor.consortium, now)
    return cancelled(session, actor.consortium, meeting, now)


def cancelled(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> CancelledSeen:
    """That it is, and what comes next."""
    upcoming = next_meeting(session, consortium, now)
    return replace(
        seen_cancelled(session, meeting),
        upcoming=seen_meeting(upcoming) if upcoming else None,
        tells_what_is_next=True,
    )


def _see_to_the_next(session: Session, consortium: Consortium, now: datetime) -> None:
    """As after a meeting. While nobody could host one, what was brought waits."""
    if rotation(session):
        turn_over(session, consortium, now)
    else:
        gather_items(session, consortium, now)


def _words(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    items: Iterable[Item],
    twins: Sequence[Meeting],
    now: datetime,
) -> list[Debt]:
    """What those are owed who were told of it, or of a meeting on its day that was cancelled before. Who cancels it knows."""
    told = [
        *(post.place for post in _not_told(session, PostKind.CANCELLED_FOR_ONE, twins) if post.is_direct),
        *places_owed(session, PostKind.REMINDER, subject_id=meeting.id),
        *places_owed(session, PostKind.CALENDAR_FILE, subject_id=meeting.id),
        *(one.person.user_id for one in those_coming(session, meeting)),
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
    is_known = _is_known_to_all(session, actor.consortium, meeting, now)
    if is_known or _not_told(session, PostKind.CANCELLED_MEETING, twins):
        key = PostKind.CANCELLED_MEETING.key(meeting=meeting.id)
        debts.insert(0, Debt(PostKind.CANCELLED_MEETING, key, meeting.id, actor.consortium.channel_id))
    return debts


def _is_known_to_all(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> bool:
    """Something in the shared channel tells of it: the message with the buttons names the next one."""
    is_next = meeting is next_meeting(session, consortium, now)
    is_told = any(is_out(session, kind, subject_id=meeting.id) for kind in SAID_IN_THE_CHANNEL)
    return (
        is_next
        or is_told
        or any(_tells_everybody_of(meeting, post) for post in waiting.of_unknown_fate(session))
        or any(_names_the_next(session, one, meeting) for one in cancelled_meetings(session))
    )


def _tells_everybody_of(meeting: Meeting, post: Post) -> bool:
    return post.kind in SAID_IN_THE_CHANNEL and post.subject_id == meeting.id


def _names_the_next(session: Session, before: Meeting, meeting: Meeting) -> bool:
    """Whether the word that one was cancelled may have named this one as the next."""
    was_known = before.cancelled_at is not None and meeting.known_since <= before.cancelled_at
    is_later = before.day < meeting.day
    return is_later and was_known and is_out(session, PostKind.CANCELLED_MEETING, subject_id=before.id)


def _withhold_all(session: Session, meeting: Meeting, kinds: Iterable[PostKind]) -> None:
    for kind in kinds:
        outbox.withhold_all(session, kind, subject_id=meeting.id)


def _not_told(session: Session, kind: PostKind, meetings: Iterable[Meeting]) -> list[Post]:
    """The words of this kind that nobody has read."""
    return [post for meeting in meetings for post in withheld_about(session, kind, subject_id=meeting.id)]
