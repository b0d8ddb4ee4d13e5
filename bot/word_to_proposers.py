"""What proposers hear of decisions, and when: at their hour, and in time for the meeting."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.cards import redraw_cards
from bot.doors import redraw_doors
from bot.question_posts import redraw_questions
from bot.quiet import TOLD_TOGETHER, told_after
from bot.seen.items import DECIDED
from bot.separate_talks import open_talk
from bot.timetable import ends_at, last_word_at, starts_at
from storage import outbox
from storage.consortia import Consortium
from storage.items import Item, ItemState, items_of_meeting, lock_item
from storage.live import is_live
from storage.meetings import Meeting
from storage.post_kinds import PostKind
from storage.posts import Post, is_on_its_way, post_by_key
from storage.tenancy import Session

HALF_AN_HOUR, AN_HOUR = timedelta(minutes=30), timedelta(hours=1)
RIGHT_BEFORE = timedelta(minutes=5)


def takes_back_untold(session: Session, item: Item) -> bool:
    """Take the word to the proposer back; say whether nobody but the host has heard of the decision, or will."""
    return item.told_at is None and outbox.withhold(session, outcome_key(item))


def count_what_may_have_been_told(session: Session, item: Item) -> None:
    """The item goes to another host: its next decision has a word of its own, if there may be one of this."""
    if item.told_at is None and not takes_back_untold(session, item):
        item.tellings += 1


def mark_told(session: Session, item: Item, now: datetime) -> None:
    """Everyone may know of it now. Who was told by a published agenda still gets a word of their own, and was told before."""
    if item.told_at is None:
        item.told_at, item.tellings = now, item.tellings + 1
        redraw_questions(session, item)
        if item.is_talked_about_separately:
            open_talk(session, item, now)
    redraw_cards(session, item)


def tell_now(session: Session, items: Iterable[Item], now: datetime) -> None:
    """Everyone may know that these are decided. Each proposer still gets their own word, at once; it may come after the shared channel's."""
    told = [one for item in items for one in (item, *item.joined)]
    for item in told:
        mark_told(session, item, now)
    ids = [item.id for item in told]
    outbox.hasten(session, PostKind.OUTCOME, subject_ids=ids, now=now)


def settle(session: Session, post: Post, now: datetime) -> None:
    """A decision is settled when its proposer was told, or can't be.

    Then the doors tell of it, also where it was published before: to publish must not keep others from bringing something.
    """
    item = lock_item(session, post.subject_id)
    if item is not None and is_told_by(post, item):
        mark_told(session, item, now)
        redraw_doors(session, item.consortium_id)


def tell_when_it_is_told(session: Session, post: Post, _now: datetime) -> None:
    """The bot waits with the word to the proposer, so the card names another time."""
    outbox.refresh(session, PostKind.CARD, subject_id=post.subject_id)


def tell_in_time(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    """The meeting, or an hour at which something is told, is another: its proposers hear at the hour that holds now while that is of use, and the cards say so.

    What is due by now, or was sent on its way by the host, is not put back.
    """
    items = items_of_meeting(session, meeting, *ItemState)
    latest = (
        now
        if _is_told_to_all(session, consortium, meeting, now)
        else _latest_of_use(consortium, meeting, now)
    )
    for kind in TOLD_TOGETHER:
        outbox.bring_forward(session, kind, subject_ids=[item.id for item in items], latest=latest)
    for item in items:
        if item.decided_at is not None and item.told_at is None:
            due = min(told_after(consortium, item.decided_at), latest)
            outbox.reschedule(session, PostKind.OUTCOME, subject_ids=[item.id], due=due, after=now)
            outbox.refresh(session, PostKind.CARD, subject_id=item.id)


def is_told_by(post: Post, item: Item) -> bool:
    """Whether the post tells of the item's newest decision."""
    return item.state in DECIDED and post.key == outcome_key(item)


def outcome_key(item: Item) -> str:
    """The key of the post that tells of the item's newest decision. What is undone before it was told leaves its key to the next."""
    number = item.tellings if item.told_at is not None else item.tellings + 1
    return PostKind.OUTCOME.key(item=item.id, telling=number)


def reconsidered_key(item: Item) -> str:
    """The key of the post that tells that what the item's proposer heard last no longer stands."""
    return PostKind.RECONSIDERED.key(item=item.id, telling=item.tellings)


def owe_proposer(
    session: Session, consortium: Consortium, item: Item, kind: PostKind, key: str, now: datetime
) -> None:
    due = _when_told(session, consortium, item, now)
    outbox.owe_again(session, kind, key, subject_id=item.id, place=item.proposer.user_id, due=due)


def _when_told(session: Session, consortium: Consortium, item: Item, now: datetime) -> datetime:
    """When there was time to think better of it, or as late as is of use. In a live meeting everybody sees at once what is on its agenda."""
    if item.meeting is not None and is_live(session, item.meeting):
        return now
    due = told_after(consortium, now)
    return min(due, _latest_of_use(consortium, item.meeting, now)) if item.meeting else due


def _latest_of_use(consortium: Consortium, meeting: Meeting, now: datetime) -> datetime:
    """Half an hour before a call tells the agenda; else an hour before the meeting; else right before it begins; else right before it ends, of what was decided in the room."""
    begins, ends = starts_at(consortium, meeting), ends_at(consortium, meeting)
    last_word = last_word_at(consortium, meeting)
    moments = [begins - AN_HOUR, begins - RIGHT_BEFORE, ends - RIGHT_BEFORE]
    if last_word is not None:
        moments.insert(0, last_word - HALF_AN_HOUR)
    return next((moment for moment in moments if now < moment), now)


def _is_told_to_all(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> bool:
    """Whether the call that tells the agenda is late, and on its way."""
    last_word = last_word_at(consortium, meeting)
    is_due = last_word is not None and last_word <= now
    return is_due and is_on_its_way(session, PostKind.CALL, subject_id=meeting.id)


def was_taken_up_again(session: Session, item: Item) -> bool:
    """Whether its proposer was to hear so. It was not said while the item was decided anew, and is owed once more."""
    return post_by_key(session, reconsidered_key(item)) is not None
