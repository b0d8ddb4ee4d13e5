"""The kinds of posts: each in one record, with everything that delivery has to know of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Generic, TypeVar

from bot import before_closing, decisions, overtaken, posts
from bot import reminders as reminding
from bot.errors import Words
from bot.quiet import Budget, Merges, Noise, Rings
from bot.seen.posts import LostSeen
from handlers.blocks import before_closing as draw_before_closing
from handlers.blocks import (
    calls,
    channels,
    digests,
    erased,
    meetings,
    publication,
    reminders,
    standing,
    undelivered,
)
from handlers.blocks import decisions as draw_decisions
from handlers.blocks.kit import Message
from handlers.words import in_words
from storage.consortia import Consortium
from storage.outcomes import Outcome
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session

View = TypeVar("View")


@dataclass(frozen=True)
class Kind(Generic[View]):
    """One kind of message that the bot may owe.

    `view` reads what it has to say, in a transaction; None: it is owed no longer. `draw` puts that into blocks, after it.
    `among_others` draws it where it shares a message with others, if it takes less room there. `noise`: when a new one may ring, whose patience it uses, and into what it merges.
    `called` is how people call it; None if nobody is ever told that it did not get through. `is_told_once`: if it can't be
    edited any more, nobody needs a second message. `is_replaced`: whether it is posted anew where somebody has deleted it
    and there is more to say: what people still press is, what they were told once is not. `after_its_end` is what it means for its subject that it was sent, or can't be sent.
    `when_put_off`: what follows where the bot itself waits with it.
    `overtaken`: what becomes of it instead of being posted, where it comes too late or another says the same.
    """

    view: Callable[[Session, Consortium, Post, datetime], View | None]
    draw: Callable[[View], Message]
    noise: Noise
    among_others: Callable[[View], Message] | None = None
    called: Words | None = None
    is_told_once: bool = False
    is_replaced: Callable[[Session, Post], bool] = posts.never
    after_its_end: Callable[[Session, Post, datetime], None] | None = None
    when_put_off: Callable[[Session, Post, datetime], None] | None = None
    overtaken: Callable[[Session, Consortium, Post, datetime], Outcome | None] = overtaken.never


class Emptied:
    """What is left to say where words were erased, and nothing else is to be said in their place."""


EMPTIED = Emptied()


def view(session: Session, post: Post, now: datetime) -> Any:
    """What the post has to say, as things are; None: nothing any more."""
    seen = _view(session, post, now)
    return EMPTIED if seen is None and post.was_emptied and post.ts is not None else seen


def draw(kind: PostKind, seen: Any, *, among_others: bool = False) -> Message:
    """The message. Among others it takes less room, where it can."""
    if seen is EMPTIED:
        return erased.emptied()
    record = KINDS[kind]
    return ((record.among_others if among_others else None) or record.draw)(seen)


def _view(session: Session, post: Post, now: datetime) -> Any:
    consortium = session.get_one(Consortium, post.consortium_id)
    if posts.is_for_nobody(session, post) or posts.was_for_the_channel_before(consortium, post):
        return None
    return KINDS[post.kind].view(session, consortium, post, now)


def _by_name(draw: Callable[[LostSeen, str], Message]) -> Callable[[LostSeen], Message]:
    """The drawer of a post about another post, which it names as people call it."""

    @wraps(draw)
    def drawn(lost: LostSeen) -> Message:
        called = KINDS[lost.kind].called
        return draw(lost, in_words(called) if called else "")

    return drawn


KINDS: Mapping[PostKind, Kind[Any]] = {
    PostKind.STANDING: Kind(
        posts.standing,
        standing.standing,
        Noise(Rings.AT_ONCE, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
        called=Words("The message with the buttons"),
        is_replaced=posts.always,
    ),
    PostKind.CARD: Kind(
        posts.card,
        draw_decisions.card,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("A question to those who decide"),
        among_others=draw_decisions.folded_card,
        is_replaced=posts.asks_for_a_decision,
    ),
    PostKind.OUTCOME: Kind(
        posts.outcome,
        draw_decisions.outcome,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("What became of an item"),
        after_its_end=decisions.settle,
        when_put_off=decisions.tell_when_it_is_told,
    ),
    PostKind.AGENDA: Kind(
        posts.published,
        publication.published,
        Noise(Rings.AT_ONCE, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The agenda"),
        is_replaced=posts.always,
    ),
    PostKind.CALL: Kind(
        posts.call,
        calls.call,
        Noise(Rings.AT_ITS_HOUR, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The call for items"),
        is_told_once=True,
        overtaken=overtaken.by_a_newer_call,
    ),
    PostKind.DIGEST: Kind(
        posts.digest,
        digests.digest,
        Noise(Rings.AT_ITS_HOUR, Budget.EVERYBODY, Merges.INTO_THE_NEXT),
        called=Words("The message “This week”"),
        is_told_once=True,
        overtaken=overtaken.by_a_newer_digest,
    ),
    PostKind.PROPOSED_MEETING: Kind(
        posts.proposed_meeting,
        meetings.proposed_meeting,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("A question about the next meeting"),
        is_replaced=posts.asks_to_confirm,
    ),
    PostKind.MOVED_MEETING: Kind(
        posts.moved_meeting,
        meetings.moved_meeting,
        Noise(Rings.AT_ONCE, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The news that a meeting has moved"),
        overtaken=overtaken.by_a_newer,
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
    ),
    PostKind.REMINDER: Kind(
        reminding.reminder,
        reminders.reminder,
        Noise(Rings.AT_ITS_HOUR, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
        called=Words("A reminder of the meeting"),
        is_told_once=True,
        overtaken=overtaken.by_a_doubt,
    ),
    PostKind.RECONSIDERED: Kind(
        posts.reconsidered,
        draw_decisions.reconsidered,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The news that an item is before the host again"),
    ),
    PostKind.CARRIED_OVER: Kind(
        posts.carried_over,
        draw_decisions.carried_over,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The news that an item goes on to the next meeting"),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.WITHDRAWAL: Kind(
        posts.withdrawal,
        draw_decisions.withdrawal,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("The news that an item was withdrawn"),
    ),
    PostKind.UNDELIVERED: Kind(
        posts.undelivered,
        _by_name(undelivered.undelivered),
        Noise(Rings.IN_WAKING_HOURS, Budget.ADMIN, Merges.INTO_THE_DAYS),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.CHANNEL: Kind(
        posts.channel,
        channels.channel,
        Noise(Rings.IN_WAKING_HOURS, Budget.ADMIN, Merges.INTO_THE_DAYS),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.UNSURE: Kind(
        posts.unsure,
        _by_name(undelivered.unsure),
        Noise(Rings.AT_ONCE, Budget.HOST, Merges.INTO_NOTHING),
        overtaken=overtaken.by_a_newer,
    ),
}

NOISES = {kind: record.noise for kind, record in KINDS.items()}
