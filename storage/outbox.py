"""Posts: messages that the bot owes a place, and what became of them.

A post is a living message: it is sent once, and when its subject changes it is owed again, as an edit. What it says is
drawn when it is sent, so the newest state wins and a burst of changes becomes one edit.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import ForeignKey, Index, Select, and_, case, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, insert_if_new, one_of


class PostKind(StrEnum):
    STANDING = "standing"  # the doors in the shared channel
    CARD = "card"
    OUTCOME = "outcome"
    AGENDA = "agenda"
    CALL = "call"
    DIGEST = "digest"
    PROPOSED_MEETING = "proposed meeting"


class PostState(StrEnum):
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  # it may be there, and the bot has no way to look
    FAILED = "failed"  # Slack refused it for good
    MISSED = "missed"  # too late to be of use
    NOT_NEEDED = "not needed"


class Post(Base):
    """One message owed to a place: a channel, or a person's direct messages by user id."""

    __tablename__ = "post"
    __table_args__ = (
        Index("ix_post_state_due", "state", "due_at"),
        Index("ix_post_subject", "consortium_id", "kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consortium_id: Mapped[int] = mapped_column(ForeignKey("consortium.id"))
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[PostKind] = mapped_column(one_of(PostKind))
    subject_id: Mapped[int]
    place: Mapped[str]
    due_at: Mapped[datetime]
    state: Mapped[PostState] = mapped_column(one_of(PostState))
    reference: Mapped[str]  # opaque; Slack keeps it with the message, and the bot finds the message by it
    wanted: Mapped[int] = mapped_column(default=1)
    shown: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    first_tried_at: Mapped[datetime | None]
    last_tried_at: Mapped[datetime | None]
    may_be_there: Mapped[bool] = mapped_column(default=False)
    channel_id: Mapped[str | None]
    ts: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]


def owe(
    session: Session,
    kind: PostKind,
    key: str,
    *,
    consortium_id: int,
    subject_id: int,
    place: str,
    due: datetime,
    state: PostState = PostState.DUE,
) -> bool:
    """Write the debt down, once for ever under its key; say whether it was new."""
    return insert_if_new(
        session,
        Post,
        consortium_id=consortium_id,
        key=key,
        kind=kind,
        subject_id=subject_id,
        place=place,
        due_at=due,
        state=state,
        reference=uuid4().hex,
        wanted=1,
        shown=0,
        fence=0,
        attempts=0,
        may_be_there=False,
    )


def refresh(session: Session, kind: PostKind, *, consortium_id: int, subject_id: int) -> None:
    """What these posts say has changed: those that are out are owed once more, as edits."""
    session.execute(
        update(Post)
        .where(Post.consortium_id == consortium_id, Post.kind == kind, Post.subject_id == subject_id)
        .where(Post.state.in_([PostState.DUE, PostState.SENDING, PostState.SENT]))
        .values(
            wanted=Post.wanted + 1,
            state=case((Post.state == PostState.SENT, PostState.DUE), else_=Post.state),
        )
    )


def withhold(session: Session, key: str) -> bool:
    """Take back a post that surely nobody has seen; say whether there was still time."""
    taken_back = session.execute(
        update(Post)
        .where(Post.key == key, Post.state == PostState.DUE, Post.ts.is_(None), ~Post.may_be_there)
        .values(state=PostState.NOT_NEEDED)
        .returning(Post.id)
    )
    return taken_back.first() is not None


def hasten(
    session: Session, kind: PostKind, *, consortium_id: int, subject_ids: list[int], now: datetime
) -> None:
    """What was to be said later about these subjects is due now."""
    session.execute(
        update(Post)
        .where(Post.consortium_id == consortium_id, Post.kind == kind, Post.subject_id.in_(subject_ids))
        .where(Post.state == PostState.DUE, Post.due_at > now)
        .values(due_at=now)
    )


def claim(session: Session, now: datetime, lease: timedelta, busy: set[str], limit: int = 20) -> list[Post]:
    """Take the first due post of each place that is free. Whoever holds a claim holds its `fence`.

    A post whose lease ran out may have been sent by somebody who could not say so any more.
    """
    first_by_place: dict[str, Post] = {}
    for post in session.scalars(_ripe(now, busy).limit(limit)):
        first_by_place.setdefault(post.place, post)
    claimed = list(first_by_place.values())
    for post in claimed:
        post.may_be_there = post.may_be_there or post.state == PostState.SENDING
        post.state = PostState.SENDING
        post.lease_until = now + lease
        post.fence += 1
    return claimed


def _ripe(now: datetime, busy: set[str]) -> Select[Post]:
    waiting = and_(Post.state == PostState.DUE, Post.not_before > now)
    free = and_(Post.place.not_in(busy), Post.place.not_in(select(Post.place).where(waiting)))
    due = and_(Post.state == PostState.DUE, Post.due_at <= now)
    abandoned = and_(Post.state == PostState.SENDING, Post.lease_until < now)
    return (
        select(Post)
        .where(free, or_(due, abandoned))
        .order_by(Post.due_at, Post.id)
        .with_for_update(skip_locked=True)
    )


def held_claim(session: Session, post_id: int, fence: int) -> Post | None:
    """The post, if the claim with this fence still holds."""
    return session.scalar(
        select(Post).where(Post.id == post_id, Post.fence == fence, Post.state == PostState.SENDING)
    )


def post_by_key(session: Session, key: str) -> Post | None:
    return session.scalar(select(Post).where(Post.key == key))


def last_due(session: Session, kind: PostKind, *, consortium_id: int, before: datetime) -> datetime | None:
    """When the one before was due that had its say: sent, or with nothing to say."""
    return session.scalar(
        select(Post.due_at)
        .where(Post.consortium_id == consortium_id, Post.kind == kind, Post.due_at < before)
        .where(Post.state != PostState.MISSED)
        .order_by(Post.due_at.desc())
        .limit(1)
    )
