"""Signs of life: when a database was surely still in use."""

from datetime import datetime

from sqlalchemy import func, select

from storage.consortia import Consortium
from storage.inbox import Input
from storage.posts import Post
from storage.tenancy import Session, across_consortia

SIGNS = (Consortium.created_at, Input.at, Post.sent_at)


def last_sign_of_life(session: Session, now: datetime) -> datetime | None:
    """The last moment that it tells of; a backup of it was made then or later. What lies ahead of now tells of a wrong clock."""
    with across_consortia(session):
        moments = [session.scalar(select(func.max(sign)).where(sign <= now)) for sign in SIGNS]
    return max((moment for moment in moments if moment is not None), default=None)
