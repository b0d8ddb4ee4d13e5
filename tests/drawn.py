"""A post as it would be sent now."""

from datetime import datetime

from handlers.blocks.kit import Message
from handlers.blocks.surfaces import MESSAGE
from handlers.delivery.kinds import draw as drawn
from handlers.delivery.kinds import view
from storage.posts import Post
from storage.tenancy import Session


def draw(session: Session, post: Post, now: datetime) -> Message | None:
    seen = view(session, post, now)
    return None if seen is None else Message(**MESSAGE.shows(drawn(post.kind, seen)))
