"""The kinds of posts: each in one record, with everything that delivery has to know of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Generic, NamedTuple, TypeVar

import structlog

from bot import decisions, overtaken, posts
from bot import reminders as reminding
from bot.errors import Words
from bot.quiet import Budget, Merges, Noise, Rings, message_of_the_day, put_off_for_quiet
from bot.seen.posts import LostSeen
from handlers.blocks import calls, channels, digests, meetings, publication, reminders, standing, undelivered
from handlers.blocks import decisions as draw_decisions
from handlers.blocks.kit import Message
from handlers.blocks.together import together
from handlers.words import in_words
from storage.consortia import Consortium
from storage.outcomes import Outcome
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session
from storage.together import those_together_with

View = TypeVar("View")
A_DAY = timedelta(days=1)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Kind(Generic[View]):
    """One kind of message that the bot may owe.

    `view` reads what it has to say, in a transaction; None: it is owed no longer. `draw` puts that into blocks, after it.
    `among_others` draws it where it shares a message with others, if it takes less room there. `noise`: when a new one may ring, whose patience it uses, and into what it merges.
    `called` is how people call it; None if nobody is ever told that it did not get through. `is_told_once`: if it can't be
    edited any more, nobody needs a second message. `is_replaced`: whether it is posted anew where somebody has deleted it
    and there is more to say: what people still press is, what they were told once is not. `after_its_end` is what it means for its subject that it was sent, or can't be sent.
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
    overtaken: Callable[[Session, Consortium, Post, datetime], Outcome | None] = overtaken.never


def view(session: Session, post: Post, now: datetime) -> Any:
    """What the post has to say, as things are; None: nothing any more."""
    consortium = session.get_one(Consortium, post.consortium_id)
    if posts.is_for_nobody(session, post) or posts.was_for_the_channel_before(consortium, post):
        return None
    return KINDS[post.kind].view(session, consortium, post, now)


class Part(NamedTuple):
    """What one post has to say in a message. `reference`: by which it is found there."""

    kind: PostKind
    seen: Any
    reference: str


Parts = Sequence[Part]
"""What a message has to say: of each post that stands in it, in order."""


def drawn(parts: Parts, own: str) -> Message:
    """What can't be drawn of others is left out, and not of the post with the `own` reference."""
    if len(parts) == 1:
        [part] = parts
        return KINDS[part.kind].draw(part.seen)
    all_ = [_among_others(part, own) for part in parts]
    return together([one for one in all_ if one is not None])


class Joining(NamedTuple):
    """A message in which others stand, and what it says when this post stands in it, too."""

    channel_id: str
    ts: str
    parts: Parts


class Saying(NamedTuple):
    """What a post has to say: in a message of its own, or that it stands in; and which it may join, if it is not there yet."""

    parts: Parts
    own: str
    joining: Joining | None = None

    def drawn(self) -> Message:
        return drawn(self.parts, self.own)


def _among_others(part: Part, own: str) -> Message | None:
    record = KINDS[part.kind]
    try:
        return (record.among_others or record.draw)(part.seen)
    except Exception:
        if part.reference == own:
            raise
        log.exception("a post could not be drawn among others", kind=part.kind)
        return None


def saying_and_instead(session: Session, post: Post, now: datetime) -> tuple[Saying | None, Outcome | None]:
    """What the post has to say, and what becomes of it if it is not there yet, where it is not to be posted now."""
    if post.ts is not None:
        parts = _parts(session, those_together_with(session, post), post, now)
        return (Saying(parts, post.reference) if parts else None), None
    own = _parts(session, [post], post, now)
    if not own:
        return None, None
    consortium = session.get_one(Consortium, post.consortium_id)
    overtaken_by = KINDS[post.kind].overtaken(session, consortium, post, now)
    if overtaken_by is not None:
        return Saying(own, post.reference), overtaken_by
    noises = {kind: record.noise for kind, record in KINDS.items()}
    day_s = message_of_the_day(session, consortium, post, noises, now)
    joining = _joining(session, day_s, post, now) if day_s is not None else None
    put_off = put_off_for_quiet(session, consortium, post, noises, now)
    return Saying(own, post.reference, joining), put_off


def _joining(session: Session, stands: Post, post: Post, now: datetime) -> Joining | None:
    together = [*those_together_with(session, stands), post]
    parts = _parts(session, together, post, now)
    is_alone = len(parts) == 1 or stands.ts is None
    return None if is_alone else Joining(stands.stands_in, stands.ts or "", parts)


def _parts(session: Session, together: Sequence[Post], post: Post, now: datetime) -> Parts:
    """Others that have a trouble are left out: what is wrong with one is no trouble of another.

    If this one has a trouble itself, so are others of which the newest words were not shown yet: the trouble may be theirs.
    """
    is_in_trouble = post.error is not None or post.attempts != 0 or post.hindrances != 0

    def stands(other: Post) -> bool:
        is_current = other.shown_version == other.wanted_version
        return bool(other.shown_version) and other.error is None and (is_current or not is_in_trouble)

    parts = []
    for one in together:
        if one.id == post.id or stands(one):
            seen = view(session, one, now) if one.id == post.id else _view_of_another(session, one, now)
            if seen is not None:
                parts.append(Part(one.kind, seen, one.reference))
    return parts


def looked_for_since(post: Post) -> datetime:
    """What joins others may stand in a message of earlier that day."""
    since = post.first_tried_at or post.due_at
    return since - A_DAY if KINDS[post.kind].noise.merges is Merges.INTO_THE_DAYS else since


def _view_of_another(session: Session, other: Post, now: datetime) -> Any:
    try:
        return view(session, other, now)
    except Exception:
        log.exception("a post could not be read among others", kind=other.kind, post=other.id)
        return None


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
        Noise(Rings.AT_ONCE, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The call for items"),
        is_told_once=True,
        overtaken=overtaken.by_a_newer_call,
    ),
    PostKind.DIGEST: Kind(
        posts.digest,
        digests.digest,
        Noise(Rings.AT_ONCE, Budget.EVERYBODY, Merges.INTO_THE_NEXT),
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
    PostKind.REMINDER: Kind(
        reminding.reminder,
        reminders.reminder,
        Noise(Rings.AT_ONCE, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
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
