"""Claims: who sends a post, for how long, and what is left to do where two have sent it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Integer, Select, and_, bindparam, case, func, not_, or_, select

from storage.channels import channel_at
from storage.database import UtcDateTime
from storage.happenings import (
    CarriedAlong,
    Claimed,
    FilesFound,
    Happening,
    StaleEditNoted,
    StrayNoted,
    SweepClaimed,
    Swept,
)
from storage.post_facts import NOBODY, PUT_OFF, TRIES_IN_ORDER, PostState
from storage.post_kinds import GOES_FIRST
from storage.post_life import SWEPT_IN
from storage.posts import Post
from storage.tenancy import Session, prepared
from storage.together import those_together_with


def claim(session: Session, now: datetime, lease: timedelta, busy: set[str], limit: int = 20) -> list[Post]:
    """Take the first due post of each place that is free. Whoever holds a claim holds its `fence`.

    What is due elsewhere is another bot's, with another token: a session of one consortium claims that one's alone.
    """
    claimed = list(session.scalars(_RIPE, {"now": now, "busy": [*busy, NOBODY], "most": limit}))
    for post in claimed:
        post.live_through(Claimed(lease), now)
    return claimed


def _ripe() -> Select[Post]:
    """The first of each free place. Another's place is not free, and neither is one that has to wait: posts keep their order.

    None waits for a post that stands aside, that is put off, or that goes first; and what goes first waits for none that rests.
    """
    now = bindparam("now", type_=UtcDateTime())
    busy: BindParameter[list[str]] = bindparam("busy", expanding=True)
    is_in_line = and_(
        Post.hindrances < TRIES_IN_ORDER, Post.error.is_distinct_from(PUT_OFF), Post.kind.not_in(GOES_FIRST)
    )
    resting = and_(Post.state == PostState.DUE, Post.not_before > now, is_in_line)
    taken = and_(Post.state == PostState.SENDING, Post.lease_until >= now)
    has_rested = or_(Post.not_before.is_(None), Post.not_before <= now)
    due = and_(Post.state == PostState.DUE, Post.due_at <= now, has_rested)
    abandoned = and_(Post.state == PostState.SENDING, Post.lease_until < now)
    # By an index the database finds posts in a state. It does not see that both cases below are about two states alone.
    is_open = Post.state.in_([PostState.DUE, PostState.SENDING])
    goes_first = Post.kind.in_(GOES_FIRST)
    is_at_rest = Post.place.in_(select(Post.place).where(is_open, resting))
    is_taken = Post.place.in_(select(Post.place).where(is_open, taken))
    free = and_(is_open, Post.place.not_in(busy), not_(is_taken), or_(goes_first, not_(is_at_rest)))
    order = (case((goes_first, 0), else_=1), Post.due_at, Post.id)
    in_order = func.row_number().over(partition_by=Post.place, order_by=order)
    queued = select(Post.id, in_order.label("turn")).where(free, or_(due, abandoned)).subquery()
    return (
        select(Post)
        .where(Post.id.in_(select(queued.c.id).where(queued.c.turn == 1)), is_open, or_(due, abandoned))
        .order_by(*order)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
    )


_RIPE = prepared(_ripe())


_HELD = prepared(
    select(Post)
    .where(Post.id == bindparam("id"), Post.fence == bindparam("fence"), Post.state == PostState.SENDING)
    .with_for_update()
)


def held_claim(session: Session, post_id: int, fence: int) -> Post | None:
    """The post, if the claim with this fence still holds; locked, so that no change of its subject slips by."""
    return session.scalar(_HELD, {"id": post_id, "fence": fence})


def note(session: Session, claimed: Post, happening: Happening, now: datetime) -> bool:
    """What happens to it while it is sent, if the claim still holds; say whether."""
    post = held_claim(session, claimed.id, claimed.fence)
    if post is not None:
        post.live_through(happening, now)
    return post is not None


def note_files(session: Session, claimed: Post, file_ids: Collection[str], now: datetime) -> None:
    """Files that stand there for it, whoever has it by now."""
    _locked(session, claimed).live_through(FilesFound(frozenset(file_ids)), now)


def claim_sweeps(session: Session, now: datetime, lease: timedelta, limit: int = 20) -> list[Post]:
    """Take the posts that may stand there twice by now. Whoever has not swept within the lease has failed."""
    # Nearly all posts are sent, so an index of states helps nobody. A plain column would make SQLite take one.
    is_out = and_(Post.ts.is_not(None), func.coalesce(Post.state, "").in_(SWEPT_IN))
    ripe = select(Post).where(is_out, Post.sweep_at <= now).order_by(Post.sweep_at)
    claimed = list(session.scalars(ripe.limit(limit).with_for_update(skip_locked=True)))
    for post in claimed:
        post.live_through(SweepClaimed(lease), now)
    return [post for post in claimed if post.sweep_at is not None]


def swept(session: Session, claimed: Post, keep: str, now: datetime) -> None:
    """All copies but `keep` are gone. What stood together with it goes on in that one."""
    post = _locked(session, claimed)
    together, before = those_together_with(session, post), post.ts
    post.live_through(Swept(keep, claimed.fence, claimed.stray_ts), now)
    for other in together if post.ts != before else []:
        if other is not post:
            other.live_through(CarriedAlong(keep), now)


def note_stray(session: Session, claimed: Post, channel_id: str, ts: str, now: datetime) -> Post:
    """Somebody sent it although their claim had run out. It gives the post as it is now.

    What they sent to a place that was replaced meanwhile is left there.
    """
    post = _locked(session, claimed)
    has_new_id = channel_at(session, claimed.place) is None
    if post.place == claimed.place or has_new_id:
        post.live_through(StrayNoted(channel_id, ts), now)
    return post


def note_stale_edit(session: Session, claimed: Post, now: datetime) -> None:
    """Somebody edited it although their claim had run out."""
    _locked(session, claimed).live_through(StaleEditNoted(), now)


def _locked(session: Session, claimed: Post) -> Post:
    """The post as it is now, which may be another's by now. Raises NoResultFound where there is none."""
    return session.get_one(Post, claimed.id, with_for_update=True, populate_existing=True)
