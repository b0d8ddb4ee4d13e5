"""A post as it would be sent now."""

from datetime import datetime

from handlers.blocks.kit import Message
from handlers.blocks.surfaces import MESSAGE
from handlers.delivery.kinds import KINDS, view
from handlers.delivery.kinds import draw as drawn
from handlers.files.file import File
from storage.posts import Post
from storage.tenancy import Session


def draw(session: Session, post: Post, now: datetime) -> Message | None:
    seen = view(session, post, now)
    return None if seen is None else Message(**MESSAGE.shows(drawn(post.kind, seen)))


def file_of(session: Session, post: Post, now: datetime) -> File | None:
    """What goes up with it, if anything does."""
    made = KINDS[post.kind].file
    seen = view(session, post, now) if made else None
    return made(seen) if made and seen is not None else None
