"""What posts about separate talks have to say, as things are; None: nothing any more."""

from datetime import datetime

from bot.audiences import EVERYBODY
from bot.capabilities import may
from bot.seen.items import seen_item
from bot.seen.separate_talks import TalkSeen, ThreadSeen
from bot.separate_talks import seen_talk
from bot.talkers import ids_of, talkers_about
from storage.capabilities import Capability
from storage.consortia import Consortium
from storage.items import Item, item_by_id
from storage.posts import Post
from storage.tenancy import Session


def thread(session: Session, consortium: Consortium, post: Post, _now: datetime) -> ThreadSeen | None:
    """What is before its host again is not opened; above a thread that is, that is said. One in a channel that was the shared one before stays as it is."""
    if post.place != consortium.channel_id:
        return None
    item = item_by_id(session, post.subject_id)
    seen = seen_item(item, EVERYBODY) if item else None
    if item is None or seen is None or (post.ts is None and not item.is_talked_about_separately):
        return None
    is_over = not item.is_talked_about_separately
    may_group = may(consortium, Capability.GROUP_MESSAGES)
    return ThreadSeen(seen, ids_of(talkers_about(session, item)), is_over, may_group=may_group)


def group(session: Session, consortium: Consortium, post: Post, _now: datetime) -> TalkSeen | None:
    item = item_by_id(session, post.subject_id)
    return seen_talk(session, consortium, item) if item and _is_to_be_told(item, post) else None


def _is_to_be_told(item: Item, post: Post) -> bool:
    return item.is_talked_about_separately or post.ts is not None
