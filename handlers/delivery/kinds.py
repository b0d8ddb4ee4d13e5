"""The kinds of posts: each in one record, with everything that delivery has to know of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any

from bot import (
    before_closing,
    calendar_entries,
    documents,
    notes,
    overtaken,
    own_follow_ups,
    question_posts,
    separate_talks,
    word_to_proposers,
)
from bot import reminders as reminding
from bot.errors import Words
from bot.expected import is_of_cancelled_meeting
from bot.quiet import Budget, Merges, Noise, Rings
from bot.seen.meetings import CancelledSeen
from bot.seen.posts import LostSeen
from bot.telling import (
    about_delivery,
    about_follow_ups,
    about_help,
    about_items,
    about_meetings,
    about_questions,
    about_separate_talks,
    about_swaps,
    rules,
)
from handlers.blocks import before_closing as draw_before_closing
from handlers.blocks import calendar_entries as draw_calendar_entries
from handlers.blocks import calls, channels, digests, meetings, publication, reminders, standing, undelivered
from handlers.blocks import decisions as draw_decisions
from handlers.blocks import documents as draw_documents
from handlers.blocks import follow_ups as draw_follow_ups
from handlers.blocks import freshness as draw_freshness
from handlers.blocks import notes as draw_notes
from handlers.blocks import outcomes as draw_outcomes
from handlers.blocks import preparing as draw_preparing
from handlers.blocks import questions as draw_questions
from handlers.blocks import removal as draw_removal
from handlers.blocks import separate_talks as draw_separate_talks
from handlers.blocks import swaps as draw_swaps
from handlers.blocks.kit import Message
from handlers.delivery.kind import Kind, in_turn
from handlers.files.calendar_entries import calendar_file
from handlers.files.documents import document_file
from handlers.words import in_words
from storage.consortia import Consortium
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session

CLEARED = object()
"""What a post has to say that still shows words that were removed, and has nothing else to say."""


def view(session: Session, post: Post, now: datetime) -> Any:
    """What the post has to say, as things are; None: nothing any more.

    What told of a meeting that is cancelled by now says so. What has nothing to say and shows words that were removed, says only that.
    """
    seen = _view(session, post, now)
    return CLEARED if seen is None and post.shows_removed_words else seen


def draw(kind: PostKind, seen: Any, *, among_others: bool = False) -> Message:
    """`among_others`: in little room, if the kind has a way for that."""
    if seen is CLEARED:
        return draw_removal.cleared()
    if isinstance(seen, CancelledSeen):
        return meetings.cancelled(seen)
    record = KINDS[kind]
    return ((record.among_others if among_others else None) or record.draw)(seen)


def _view(session: Session, post: Post, now: datetime) -> Any:
    consortium = session.get_one(Consortium, post.consortium_id)
    if rules.is_for_nobody(session, post) or rules.was_for_the_channel_before(consortium, post):
        return None
    if is_of_cancelled_meeting(session, post):
        return about_meetings.taken_back(session, post)
    stays_as_it_is = KINDS[post.kind].file is not None and post.ts is not None
    return None if stays_as_it_is else KINDS[post.kind].view(session, consortium, post, now)


def _by_name(draw: Callable[[LostSeen, str], Message]) -> Callable[[LostSeen], Message]:
    """The drawer of a post about another post, which it names as people call it."""

    @wraps(draw)
    def drawn(lost: LostSeen) -> Message:
        called = KINDS[lost.kind].called
        return draw(lost, in_words(called) if called else "")

    return drawn


KINDS: Mapping[PostKind, Kind[Any]] = {
    PostKind.STANDING: Kind(
        about_meetings.standing,
        standing.standing,
        Noise(Rings.AT_ONCE, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
        called=Words("The message with the buttons"),
        is_replaced=rules.always,
    ),
    PostKind.CARD: Kind(
        about_items.card,
        draw_decisions.card,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("A question to those who decide"),
        among_others=draw_decisions.folded_card,
        is_replaced=rules.asks_for_a_decision,
    ),
    PostKind.OUTCOME: Kind(
        about_items.outcome,
        draw_outcomes.outcome,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("What became of an item"),
        after_its_end=word_to_proposers.settle,
        when_put_off=word_to_proposers.tell_when_it_is_told,
    ),
    PostKind.AGENDA: Kind(
        about_meetings.published,
        publication.published,
        Noise(Rings.AT_ONCE, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The agenda"),
        is_replaced=rules.always,
        after_its_end=separate_talks.come_along,
    ),
    PostKind.CALL: Kind(
        about_meetings.call,
        calls.call,
        Noise(Rings.AT_ITS_HOUR, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The call for items"),
        is_told_once=True,
        after_its_end=separate_talks.come_along,
        overtaken=overtaken.by_a_newer_call,
    ),
    PostKind.DIGEST: Kind(
        about_meetings.digest,
        digests.digest,
        Noise(Rings.AT_ITS_HOUR, Budget.EVERYBODY, Merges.INTO_THE_NEXT),
        called=Words("The message “This week”"),
        is_told_once=True,
        after_its_end=separate_talks.come_along,
        overtaken=overtaken.by_a_newer_digest,
    ),
    PostKind.PROPOSED_MEETING: Kind(
        about_meetings.proposed_meeting,
        meetings.proposed_meeting,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("A question about the next meeting"),
        is_replaced=rules.asks_to_confirm,
    ),
    PostKind.MOVED_MEETING: Kind(
        about_meetings.moved_meeting,
        meetings.moved_meeting,
        Noise(Rings.AT_ONCE_IF_SOON, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The news that a meeting has moved"),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.CANCELLED_MEETING: Kind(
        about_meetings.cancelled_meeting,
        meetings.cancelled,
        Noise(Rings.AT_ONCE_IF_SOON, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The news that a meeting is cancelled"),
    ),
    PostKind.CANCELLED_FOR_ONE: Kind(
        about_meetings.cancelled_meeting,
        meetings.cancelled,
        Noise(Rings.AT_ONCE_IF_SOON, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The news that a meeting is cancelled"),
    ),
    PostKind.STILL_WAITING: Kind(
        before_closing.still_waiting,
        draw_before_closing.still_waiting,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("What waits for the host"),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.NOTHING_YET: Kind(
        before_closing.nothing_yet,
        draw_before_closing.nothing_yet,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The question whether somebody has something to bring"),
        overtaken=overtaken.by_a_doubt,
    ),
    PostKind.HELP_OFFERED: Kind(
        about_help.offered,
        draw_preparing.offered,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("The question whether some help would be good"),
    ),
    PostKind.HELP_WANTED: Kind(
        about_help.wanted,
        draw_preparing.wanted,
        Noise(Rings.IN_WAKING_HOURS, Budget.ADMIN, Merges.INTO_THE_DAYS),
        called=Words("The news that a host would like some help"),
    ),
    PostKind.AFTER_MEETING: Kind(
        notes.after_meeting,
        draw_notes.after_meeting,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("The question what became of the items"),
    ),
    PostKind.NOTES: Kind(
        notes.notes,
        draw_notes.notes,
        Noise(Rings.IN_WAKING_HOURS, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The notes of a meeting"),
        is_told_once=True,
        after_its_end=in_turn(notes.redraw_question, separate_talks.come_along),
    ),
    PostKind.FOLLOW_UP: Kind(
        about_follow_ups.reminder,
        draw_follow_ups.reminder,
        Noise(Rings.IN_WAKING_HOURS, Budget.WHOEVER_ASKED, Merges.INTO_THE_DAYS),
        called=Words("A reminder of a follow-up"),
        is_told_once=True,
        after_its_end=own_follow_ups.give_back_what_is_nobodys,
        overtaken=overtaken.by_a_doubt,
    ),
    PostKind.FOLLOW_UP_DECLINED: Kind(
        about_follow_ups.declined,
        draw_follow_ups.declined,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("The news that nobody has a follow-up"),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.REMINDER: Kind(
        reminding.reminder,
        reminders.reminder,
        Noise(Rings.AT_ITS_HOUR, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
        called=Words("A reminder of the meeting"),
        is_told_once=True,
        overtaken=overtaken.by_a_doubt,
    ),
    PostKind.CALENDAR_FILE: Kind(
        calendar_entries.calendar_file,
        draw_calendar_entries.without_file,
        Noise(Rings.AT_ONCE, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
        file=calendar_file,
        called=Words("A calendar file"),
        is_told_once=True,
    ),
    PostKind.DOCUMENT: Kind(
        documents.file_of_document,
        draw_documents.without_file,
        Noise(Rings.AT_ONCE, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
        file=document_file,
        called=Words("A file to print or hand on"),
        is_told_once=True,
    ),
    PostKind.RECONSIDERED: Kind(
        about_items.reconsidered,
        draw_outcomes.reconsidered,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The news that an item is before the host again"),
    ),
    PostKind.CARRIED_OVER: Kind(
        about_items.carried_over,
        draw_outcomes.carried_over,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The news that an item goes on to the next meeting"),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.STILL_WANTED: Kind(
        about_items.still_wanted,
        draw_freshness.still_wanted,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The question whether an item is still wanted"),
    ),
    PostKind.QUESTION: Kind(
        about_questions.asked,
        draw_questions.asked,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("A question about an item"),
        is_replaced=about_questions.asks_for_an_answer,
        after_its_end=question_posts.redraw_its_card,
    ),
    PostKind.SWAP: Kind(
        about_swaps.asked,
        draw_swaps.asked,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The question whether a host would swap"),
        is_replaced=about_swaps.asks_for_an_answer,
    ),
    PostKind.SWAP_ANSWER: Kind(
        about_swaps.answered,
        draw_swaps.answered,
        Noise(Rings.IN_WAKING_HOURS, Budget.WHOEVER_ASKED, Merges.INTO_THE_DAYS),
        called=Words("The answer of another host"),
    ),
    PostKind.SEPARATE_TALK: Kind(
        about_separate_talks.thread,
        draw_separate_talks.thread,
        Noise(Rings.IN_WAKING_HOURS, Budget.EVERYBODY, Merges.BESIDE_ANOTHER),
        called=Words("The thread about an item"),
        after_its_end=separate_talks.tell_where_it_is,
    ),
    PostKind.GROUP_TALK: Kind(
        about_separate_talks.group,
        draw_separate_talks.group,
        Noise(Rings.IN_WAKING_HOURS, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
        called=Words("The first word in a group message"),
        is_told_once=True,
    ),
    PostKind.NO_GROUPS: Kind(
        about_separate_talks.no_groups,
        draw_separate_talks.no_groups,
        Noise(Rings.IN_WAKING_HOURS, Budget.ADMIN, Merges.INTO_THE_DAYS),
        called=Words("The news that group messages are not allowed"),
    ),
    PostKind.WITHDRAWAL: Kind(
        about_items.withdrawal,
        draw_decisions.withdrawal,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("The news that an item was withdrawn"),
    ),
    PostKind.WORDS_REMOVED: Kind(
        about_items.words_removed,
        draw_removal.words_removed,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The news that words of an item were removed"),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.TIP_REMOVED: Kind(
        about_items.tip_removed,
        draw_removal.tip_removed,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The news that words that somebody shared were removed"),
    ),
    PostKind.UNDELIVERED: Kind(
        about_delivery.undelivered,
        _by_name(undelivered.undelivered),
        Noise(Rings.IN_WAKING_HOURS, Budget.ADMIN, Merges.INTO_THE_DAYS),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.CHANNEL: Kind(
        about_delivery.channel,
        channels.channel,
        Noise(Rings.IN_WAKING_HOURS, Budget.ADMIN, Merges.INTO_THE_DAYS),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.UNSURE: Kind(
        about_delivery.unsure,
        _by_name(undelivered.unsure),
        Noise(Rings.AT_ONCE, Budget.HOST, Merges.INTO_NOTHING),
        overtaken=overtaken.by_a_newer,
    ),
}

NOISES = {kind: record.noise for kind, record in KINDS.items()}
