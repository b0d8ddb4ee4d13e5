"""Claims: who sends a post, for how long, and what is left to do where two have sent it."""

from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select

from storage.outbox import Post, PostState
from storage.tenancy import Session, across_consortia


def claim(session: Session, now: datetime, lease: timedelta, busy: set[str], limit: int = 20) -> list[Post]:
    """Take the first due post of each place that is free. Whoever holds a claim holds its `fence`.

    A post whose lease ran out may have been sent by somebody who could not say so any more.
    """
    with across_consortia(session):
        claimed = list(session.scalars(_ripe(now, busy).limit(limit)))
        for post in claimed:
            post.may_be_there = post.may_be_there or post.state == PostState.SENDING
            post.tried = post.tried if post.may_be_there else post.wanted
            post.state = PostState.SENDING
            post.first_tried_at = post.first_tried_at or now
            post.lease_until = now + lease
            post.fence += 1
    return claimed


def _ripe(now: datetime, busy: set[str]) -> Select[Post]:
    """The first of each free place. Another's place is not free, and neither is one that has to wait: posts keep their order."""
    resting = and_(Post.state == PostState.DUE, Post.not_before > now)
    taken = and_(Post.state == PostState.SENDING, Post.lease_until >= now)
    due = and_(Post.state == PostState.DUE, Post.due_at <= now)
    abandoned = and_(Post.state == PostState.SENDING, Post.lease_until < now)
    free = and_(Post.place.not_in(busy), Post.place.not_in(select(Post.place).where(or_(resting, taken))))
    in_order = func.row_number().over(partition_by=Post.place, order_by=(Post.due_at, Post.id))
    queued = select(Post.id, in_order.label("turn")).where(free, or_(due, abandoned)).subquery()
    return (
        select(Post)
        .where(Post.id.in_(select(queued.c.id).where(queued.c.turn == 1)), or_(due, abandoned))
        .order_by(Post.due_at, Post.id)
        .with_for_update(skip_locked=True)
    )


def held_claim(session: Session, post_id: int, fence: int) -> Post | None:
    """The post, if the claim with this fence still holds; locked, so that no change of its subject slips by."""
    return session.scalar(
        select(Post)
        .where(Post.id == post_id, Post.fence == fence, Post.state == PostState.SENDING)
        .with_for_update()
    )


def claim_sweeps(session: Session, now: datetime, lease: timedelta, limit: int = 20) -> list[Post]:
    """Take the posts that may stand there twice by now. Whoever has not swept within the lease has failed."""
    ripe = select(Post).where(Post.state == PostState.SENT, Post.sweep_at <= now).order_by(Post.sweep_at)
    with across_consortia(session):
        claimed = list(session.scalars(ripe.limit(limit).with_for_update(skip_locked=True)))
        for post in claimed:
            post.sweep_at = now + lease
    return claimed


def swept(session: Session, claimed: Post, keep: str) -> None:
    """All copies but `keep` are gone. If another one was edited meanwhile, it is swept once more."""
    post = session.get_one(Post, claimed.id, with_for_update=True, populate_existing=True)
    if post.fence != claimed.fence or post.stray_ts != claimed.stray_ts:
        return
    post.sweep_at, post.stray_ts = None, None
    if post.ts != keep:
        post.ts, post.shown, post.state = keep, 0, PostState.DUE


def note_stray(session: Session, claimed: Post, channel_id: str, ts: str, now: datetime) -> None:
    """Somebody sent it although their claim had run out: whoever holds it now adopts this copy, or sweeps it up."""
    post = session.get_one(Post, claimed.id, with_for_update=True, populate_existing=True)
    post.channel_id = post.channel_id or channel_id
    post.stray_ts, post.sweep_at = ts, now


def note_stale_edit(session: Session, claimed: Post) -> None:
    """Somebody edited it although their claim had run out: what stands there may be older than what was shown since."""
    post = session.get_one(Post, claimed.id, with_for_update=True, populate_existing=True)
    post.wanted += 1
    post.state = PostState.DUE if post.state == PostState.SENT else post.state
