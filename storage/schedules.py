"""Series of posts: how far they have been looked after."""

from datetime import datetime

from sqlalchemy import func, select

from storage.outbox import Post
from storage.post_kinds import PostKind
from storage.tenancy import Session


def looked_after_until(session: Session, kind: PostKind) -> datetime | None:
    """When the newest post of this kind was due that was written down at all: as owed, or as missed."""
    return session.scalar(select(func.max(Post.due_at)).where(Post.kind == kind))
