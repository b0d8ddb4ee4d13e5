"""The posts of a series: what waits of it, what was told, and what one leaves to the next."""

from datetime import datetime

from sqlalchemy import and_, func, or_, select

from storage.happenings import Changed
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import IS_TOLD, OVER, UNSEEN, UNSENT, Post, post_by_key
from storage.tenancy import Session

_HAS_ITS_SAY = and_(
    Post.state.not_in([PostState.MISSED, PostState.FAILED]),
    or_(IS_TOLD, Post.state != PostState.NOT_NEEDED),
)
"""What never came leaves its news to the next one, and so does what had nothing to say."""


def is_unsent(session: Session, key: str) -> bool:
    """Whether nothing has become of it yet: it waits, was refused, or was never owed."""
    post = post_by_key(session, key)
    return post is None or post.state in UNSENT


def waiting(session: Session, kind: PostKind) -> list[Post]:
    """What is owed of this kind, and surely nobody has seen."""
    owed_still = select(Post).where(Post.kind == kind, Post.state == PostState.DUE, UNSEEN)
    return list(session.scalars(owed_still.order_by(Post.due_at, Post.id)))


def slots_known(session: Session, kind: PostKind, *, subject_id: int) -> list[tuple[str, datetime]]:
    """The keys of what is not over yet of a series, and of the newest that was told, each with when it was due."""
    about = and_(Post.kind == kind, Post.subject_id == subject_id)
    newest_told = select(func.max(Post.due_at)).where(about, IS_TOLD).scalar_subquery()
    is_open = and_(Post.state.not_in(OVER), ~IS_TOLD)
    known = select(Post.key, Post.due_at).where(
        about, or_(is_open, and_(IS_TOLD, Post.due_at == newest_told))
    )
    return [(key, due) for key, due in session.execute(known)]


def last_due(session: Session, kind: PostKind, *, before: datetime) -> datetime | None:
    """When the one before was due that was told, or may be."""
    return session.scalar(
        select(Post.due_at)
        .where(Post.kind == kind, Post.due_at < before, _HAS_ITS_SAY)
        .order_by(Post.due_at.desc())
        .limit(1)
    )


def refresh_the_next(session: Session, post: Post, now: datetime) -> None:
    """The one of its series that was told after it, or is to be, says now what this one never did."""
    following = (
        select(Post)
        .where(Post.kind == post.kind, Post.subject_id == post.subject_id)
        .where(Post.due_at > post.due_at, _HAS_ITS_SAY)
        .order_by(Post.due_at)
        .limit(1)
    )
    following = following.with_for_update().execution_options(populate_existing=True)
    for one in session.scalars(following):
        one.live_through(Changed(), now)


def looked_after_until(session: Session, kind: PostKind) -> datetime | None:
    """When the newest post of this kind was due that was written down at all: as owed, or as missed."""
    return session.scalar(select(func.max(Post.due_at)).where(Post.kind == kind))
