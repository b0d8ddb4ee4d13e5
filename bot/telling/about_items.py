"""What posts about an item or a tip have to say, as things are; None: nothing any more."""

from dataclasses import replace
from datetime import datetime

from bot.audiences import EVERYBODY, Audience, reader
from bot.cards import card_key
from bot.carry_over import carried_over_key
from bot.freshness import as_own
from bot.items_to_change import why_it_stays
from bot.people import Actor, places_to_decide
from bot.question_posts import question_key
from bot.quiet import expected
from bot.seen.items import NOBODY_ELSE, ItemSeen, OwnSeen, hosts_of, seen_item
from bot.seen.lists import Seen
from bot.seen.meetings import seen_meeting
from bot.seen.posts import (
    CardSeen,
    CarriedOverSeen,
    OutcomeSeen,
)
from bot.seen.questions import NONE_ASKED, QuestionSeen, seen_questions
from bot.seen.tips import TipSeen, seen_tip
from bot.separate_talks import is_open, thread_about
from bot.telling.rules import comes_too_late, reads_along
from bot.timetable import is_closed, is_over
from bot.who_says_me_too import me_too_of
from bot.word_to_proposers import is_told_by, outcome_key, reconsidered_key
from storage.consortia import Consortium
from storage.items import TAKEN_OFF, Item, ItemState, item_by_id
from storage.meetings import Meeting, meetings_from
from storage.post_facts import PostState
from storage.posts import Post, post_by_key
from storage.questions import questions_of_item
from storage.tenancy import Session
from storage.tips import tip_by_id


def card(session: Session, consortium: Consortium, post: Post, now: datetime) -> CardSeen | None:
    """Those who decide no longer see what everybody sees, and that others decide now. One for each meeting: the others are not sent.

    In a place whose readers may not be in the shared channel it tells nothing of the item.
    """
    item = item_by_id(session, post.subject_id)
    if item is None or item.meeting is None:
        return None
    is_of_another_meeting = post.key != card_key(item, item.meeting, post.place)
    is_for_hosts = post.place in places_to_decide(session, item.meeting.host)
    if post.ts is None and (is_of_another_meeting or not is_for_hosts or item.joined_to_id):
        return None
    if is_for_hosts:
        seen = seen_item(item, hosts_of(item), with_reason=True)
    else:
        seen = seen_item(item, EVERYBODY) if reads_along(session, post.place) else None
    told = post_by_key(session, outcome_key(item))
    return CardSeen(
        seen,
        seen_meeting(item.meeting),
        consortium.timezone,
        is_for_hosts=is_for_hosts and not is_of_another_meeting,
        was_reached=_was_reached(item, told),
        had_left=_had_left(item, told),
        is_closed=is_closed(consortium, item.meeting, now),
        told_at=_is_told_at(consortium, item.meeting, told),
        is_of_nobody=item.proposer.erased_at is not None,
        questions=_asked(session, item) if is_for_hosts else NONE_ASKED,
        me_too=me_too_of(session, item, hosts_of(item)) if is_for_hosts else NOBODY_ELSE,
    )


def _asked(session: Session, item: Item) -> Seen[QuestionSeen]:
    """What was asked about it, and whether its author heard of what they have not answered yet."""
    asked = seen_questions(questions_of_item(session, item), hosts_of(item))
    return replace(asked, shown=tuple(_with_its_fate(session, item, one) for one in asked.shown))


def _with_its_fate(session: Session, item: Item, one: QuestionSeen) -> QuestionSeen:
    post = post_by_key(session, question_key(one.id)) if one.is_open else None
    return replace(one, had_left=_had_left(item, post), was_reached=_was_reached(item, post))


def outcome(session: Session, consortium: Consortium, post: Post, now: datetime) -> OutcomeSeen | None:
    """It tells the decision itself, so its reader sees what the hosts see. What was told before the meeting stays as it was told."""
    item = item_by_id(session, post.subject_id)
    if item is None or item.meeting is None:
        return None
    if not is_told_by(post, item):
        return _taken_up_again(item) if post.ts is not None else None
    told = Audience(reader_id=item.proposer_id, host_id=item.meeting.host_id)
    seen = seen_item(item, told, with_reason=True)
    if seen is None:
        return None
    comes_after_it = is_over(consortium, item.meeting, post.sent_at or now)
    # What was not taken is named to nobody but those it is between.
    is_left_out = item.state == ItemState.NOT_TAKEN and item.separate_since is None
    return OutcomeSeen(
        seen.alone if is_left_out else seen,
        comes_after_it,
        may_take_up=is_left_out,
        is_talk_open=is_open(session, consortium, item),
        thread=thread_about(session, consortium, item),
    )


def _taken_up_again(item: Item) -> OutcomeSeen | None:
    """What is left to say of a decision that was told and taken back: the host is asked once more."""
    seen = seen_item(item, reader(item.proposer_id)) if item.state == ItemState.WAITING else None
    return OutcomeSeen(seen) if seen else None


def reconsidered(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> ItemSeen | None:
    item = item_by_id(session, post.subject_id)
    if item is None or item.meeting is None or item.state != ItemState.WAITING:
        return None
    is_newest = post.key == reconsidered_key(item)
    return seen_item(item, reader(item.proposer_id)) if is_newest else None


def carried_over(
    session: Session, consortium: Consortium, post: Post, now: datetime
) -> CarriedOverSeen | None:
    """Where it did not go on after all, it stays with the meeting that was held."""
    item = item_by_id(session, post.subject_id)
    if item is None or item.meeting is None:
        return None
    stays = is_over(consortium, item.meeting, now) and _has_come_back(session, item, item.meeting, post)
    if (stays and post.ts is None) or (not stays and item.state in (*TAKEN_OFF, ItemState.RESTING)):
        return None
    seen = seen_item(item, reader(item.proposer_id))
    return CarriedOverSeen(seen, stays) if seen else None


def still_wanted(session: Session, consortium: Consortium, post: Post, now: datetime) -> OwnSeen | None:
    """What waits no longer is not asked about. What was asked says what became of it."""
    item = item_by_id(session, post.subject_id)
    own = as_own(Actor(consortium, item.proposer), item, now) if item else None
    is_to_ask = own is not None and own.is_asked and not own.is_wanted
    return own if is_to_ask or post.ts is not None else None


def _has_come_back(session: Session, item: Item, meeting: Meeting, post: Post) -> bool:
    """Whether it is with a meeting before the one to which it was to go on."""
    following = [one for one in meetings_from(session, meeting.day) if one is not meeting]
    return post.key in {carried_over_key(item, one) for one in following}


def withdrawal(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> ItemSeen | None:
    item = item_by_id(session, post.subject_id)
    if item is None or item.meeting is None or comes_too_late(session, post, item.meeting.host):
        return None
    return seen_item(item, hosts_of(item))


def words_removed(session: Session, consortium: Consortium, post: Post, now: datetime) -> OwnSeen | None:
    item = item_by_id(session, post.subject_id)
    if item is None or not item.removals:
        return None
    seen = seen_item(item, reader(item.proposer_id))
    can_change = why_it_stays(Actor(consortium, item.proposer), item, now) is None
    return OwnSeen(seen, can_change) if seen else None


def tip_removed(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> TipSeen | None:
    tip = tip_by_id(session, post.subject_id)
    return seen_tip(tip) if tip else None


def _was_reached(item: Item, told: Post | None) -> bool:
    """Whether the proposer heard, as far as anybody knows, of the newest decision."""
    is_lost = told is not None and told.state in (PostState.FAILED, PostState.UNKNOWN)
    return not is_lost and item.proposer.takes_part


def _had_left(item: Item, told: Post | None) -> bool:
    """Whether the proposer was not told because they had left the shared channel, also if they are back by now."""
    if told is None:
        return item.proposer.left_at is not None
    has_heard = told.ts is not None or told.state == PostState.SENT or told.shown_version > 0
    was_passed_over = told.state == PostState.NOT_NEEDED and item.proposer.takes_part
    return not has_heard and (was_passed_over or item.proposer.left_at is not None)


def _is_told_at(consortium: Consortium, meeting: Meeting, told: Post | None) -> datetime | None:
    """When the proposer is told of the newest decision, where that is yet to come."""
    is_to_come = told is not None and told.state == PostState.DUE and told.ts is None
    return expected(consortium, told, meeting) if told is not None and is_to_come else None
