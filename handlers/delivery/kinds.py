"""The kinds of posts: each in one record, with everything that delivery has to know of it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any

from bot import capabilities, legal_holds, overtaken
from bot.errors import Words
from bot.expected import is_of_cancelled_meeting
from bot.quiet import Budget, Merges, Noise, Rings
from bot.seen.capabilities import NotGrantedSeen
from bot.seen.meetings import CancelledSeen
from bot.seen.posts import LostSeen
from bot.telling import about_delivery, about_meetings, rules
from handlers.blocks import cancelling, channels, undelivered
from handlers.blocks import capabilities as draw_capabilities
from handlers.blocks import legal_holds as draw_legal_holds
from handlers.blocks import removal as draw_removal
from handlers.blocks.kit import Message
from handlers.delivery.kind import Kind
from handlers.delivery.kinds_about_items import ABOUT_ITEMS
from handlers.delivery.kinds_about_meetings import ABOUT_MEETINGS
from handlers.slack.scopes import TOLD
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
        return cancelling.cancelled(seen)
    record = KINDS[kind]
    return ((record.among_others if among_others else None) or record.draw)(seen)


def draw_with_chart(kind: PostKind, seen: Any) -> Message | None:
    """The same with a chart, if it has one."""
    with_chart = KINDS[kind].with_chart
    return with_chart(seen) if with_chart and seen is not CLEARED else None


def _view(session: Session, post: Post, now: datetime) -> Any:
    consortium = session.get_one(Consortium, post.consortium_id)
    if rules.is_for_nobody(session, post) or rules.was_for_the_channel_before(consortium, post):
        return None
    if is_of_cancelled_meeting(session, post):
        return about_meetings.taken_back(session, post)
    record = KINDS[post.kind]
    stays_as_it_is = record.stays_as_it_is and post.ts is not None
    return None if stays_as_it_is else record.view(session, consortium, post, now)


def _by_name(draw: Callable[[LostSeen, str], Message]) -> Callable[[LostSeen], Message]:
    """The drawer of a post about another post, which it names as people call it."""

    @wraps(draw)
    def drawn(lost: LostSeen) -> Message:
        called = KINDS[lost.kind].called
        return draw(lost, in_words(called) if called else "")

    return drawn


def _with_its_scopes(draw: Callable[[str, Sequence[str]], Message]) -> Callable[[NotGrantedSeen], Message]:
    """The drawer of what the bot may not do, which says it as the table of scopes does."""

    @wraps(draw)
    def drawn(seen: NotGrantedSeen) -> Message:
        told, scopes = TOLD[seen.capability]
        return draw(in_words(told), scopes)

    return drawn


ABOUT_DELIVERY: dict[PostKind, Kind[Any]] = {
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
    PostKind.NOT_GRANTED: Kind(
        capabilities.not_granted,
        _with_its_scopes(draw_capabilities.not_granted),
        Noise(Rings.IN_WAKING_HOURS, Budget.ADMIN, Merges.INTO_THE_DAYS),
        called=Words("The news that Slack does not let me do something"),
    ),
    PostKind.LEGAL_HOLD: Kind(
        legal_holds.told,
        draw_legal_holds.told,
        Noise(Rings.IN_WAKING_HOURS, Budget.ADMIN, Merges.INTO_THE_DAYS),
        called=Words("The news that nothing is deleted"),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.HOLD_ENDS: Kind(
        legal_holds.told_of_its_end,
        draw_legal_holds.ends,
        Noise(Rings.IN_WAKING_HOURS, Budget.ADMIN, Merges.INTO_THE_DAYS),
        called=Words("The news that deleting goes on soon"),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.UNSURE: Kind(
        about_delivery.unsure,
        _by_name(undelivered.unsure),
        Noise(Rings.AT_ONCE, Budget.HOST, Merges.INTO_NOTHING),
        overtaken=overtaken.by_a_newer,
    ),
}

KINDS = ABOUT_MEETINGS | ABOUT_ITEMS | ABOUT_DELIVERY

NOISES = {kind: record.noise for kind, record in KINDS.items()}
