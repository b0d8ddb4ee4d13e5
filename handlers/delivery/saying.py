"""What a post has to say, by itself and together with others in one message."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import structlog

from bot.quiet import Merges, begin_of_day, message_of_the_day, put_off_for_quiet
from handlers.blocks.kit import Message
from handlers.blocks.surfaces import MESSAGE
from handlers.blocks.together import one_under_the_other, together
from handlers.delivery.kinds import KINDS, NOISES, draw, view
from storage.consortia import Consortium
from storage.outcomes import Outcome
from storage.post_facts import posted_at
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session
from storage.together import references_at, those_together_with

A_DAY = timedelta(days=1)

log = structlog.get_logger(__name__)


class Part(NamedTuple):
    """What a post has to say in a message, as of a `version` of it. `is_own`: the message is drawn for its sake."""

    post_id: int
    version: int
    kind: PostKind
    seen: Any
    is_own: bool


class Beside(NamedTuple):
    """A message in which others stand, and what is to be drawn there when this post stands beside them. `references`: of all who do."""

    channel_id: str
    ts: str
    parts: Sequence[Part]
    references: Sequence[str]


class Saying(NamedTuple):
    """What stands in its message, in order; and beside whom it may stand, if it is not there yet.

    `known`: the references of all that its place is owed, if a restore may have lost somebody who stands there.
    """

    parts: Sequence[Part]
    beside: Beside | None = None
    known: Sequence[str] | None = None


class Drawn(NamedTuple):
    """What a message says. `others`: by post, which version of theirs it shows."""

    message: Message
    others: Mapping[int, int]


def drawn(parts: Sequence[Part]) -> Drawn:
    """What can't be drawn of others is left out."""
    if len(parts) == 1:
        [part] = parts
        return Drawn(draw(part.kind, part.seen), {})
    messages = [(part, _among_others(part, is_folded=True)) for part in parts]
    shown = [(part, message) for part, message in messages if message is not None]
    elsewhere = [place for place, (part, _) in enumerate(shown) if KINDS[part.kind].is_whole_elsewhere]
    return Drawn(
        together([message for _, message in shown], elsewhere),
        {part.post_id: part.version for part, _ in shown if not part.is_own},
    )


def has_room_for(parts: Sequence[Part]) -> bool:
    """Whether one message holds them all, also when what is decided is undone."""
    messages = [_among_others(part, is_folded=False) for part in parts]
    return MESSAGE.holds(one_under_the_other([message for message in messages if message is not None]))


def _among_others(part: Part, *, is_folded: bool) -> Message | None:
    try:
        return draw(part.kind, part.seen, among_others=is_folded)
    except Exception:
        if part.is_own:
            raise
        log.exception("a post could not be drawn among others", kind=part.kind)
        return None


def saying_and_instead(session: Session, post: Post, now: datetime) -> tuple[Saying | None, Outcome | None]:
    """What the post has to say, and what becomes of it if it is not there yet, where it is not to be posted now."""
    parts = _parts(session, those_together_with(session, post), post, now)
    if not parts:
        return None, None
    consortium = session.get_one(Consortium, post.consortium_id)
    if post.ts is not None:
        known = references_at(session, post.place) if _may_others_be_lost(consortium, post) else None
        return Saying(parts, known=known), None
    overtaken_by = KINDS[post.kind].overtaken(session, consortium, post, now)
    if overtaken_by is not None:
        return Saying(parts), overtaken_by
    beside = _beside(session, consortium, post, now)
    return Saying(parts, beside), put_off_for_quiet(session, consortium, post, NOISES, now)


def _may_others_be_lost(consortium: Consortium, post: Post) -> bool:
    """Whether others may stand in its message of whom a restored database knows nothing."""
    if consortium.gap_since is None or consortium.gap_until is None or post.ts is None:
        return False
    is_shared = NOISES[post.kind].merges is Merges.INTO_THE_DAYS  # also if it was not quiet yet at the backup
    day = begin_of_day(consortium, consortium.gap_since)
    return is_shared and day <= posted_at(post.ts) < consortium.gap_until


def _beside(session: Session, consortium: Consortium, post: Post, now: datetime) -> Beside | None:
    """Also what is left out there keeps its reference, by which a restored database finds it."""
    if post.life.stands_aside:  # those messages take no edit just now
        return None
    stands = message_of_the_day(session, consortium, post, NOISES, now)
    if stands is None or stands.ts is None:
        return None
    all_ = [*those_together_with(session, stands), post]
    parts = _parts(session, all_, post, now)
    return Beside(stands.stands_in, stands.ts, parts, [one.reference for one in all_])


def _parts(session: Session, all_: Sequence[Post], post: Post, now: datetime) -> list[Part]:
    """Others that have a trouble are left out: what is wrong with one is no trouble of another.

    If this one has a trouble itself, so are others of which the newest words were not shown yet: the trouble may be theirs.
    """
    is_in_trouble = post.error is not None or post.attempts != 0 or post.hindrances != 0

    def stands(other: Post) -> bool:
        is_current = other.shown_version == other.wanted_version
        return bool(other.shown_version) and other.error is None and (is_current or not is_in_trouble)

    shown = [one for one in all_ if one.id == post.id or stands(one)]
    seen = [
        (one, view(session, one, now) if one.id == post.id else _of_another(session, one, now))
        for one in shown
    ]
    return [
        Part(one.id, one.wanted_version, one.kind, what, is_own=one.id == post.id)
        for one, what in seen
        if what is not None
    ]


def _of_another(session: Session, other: Post, now: datetime) -> Any:
    try:
        return view(session, other, now)
    except Exception:
        log.exception("a post could not be read among others", kind=other.kind, post=other.id)
        return None


def looked_for_since(post: Post) -> datetime:
    """What joins others may stand in a message of earlier that day."""
    since = post.first_tried_at or post.due_at
    return since - A_DAY if KINDS[post.kind].noise.merges is Merges.INTO_THE_DAYS else since
