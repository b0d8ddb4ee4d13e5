"""What posts about other posts and about channels have to say, as things are; None: nothing any more."""

from datetime import datetime

from bot.audiences import EVERYBODY, Audience
from bot.people import places_to_decide, those_who_host
from bot.seen.items import hosts_of, seen_item
from bot.seen.knowing import may_see
from bot.seen.posts import (
    ChannelSeen,
    LostSeen,
    WhereSeen,
)
from bot.undelivered import item_about, places_to_answer, places_to_look, question_key, tells_of_files
from storage.channels import channel_by_id, channels_of
from storage.consortia import Consortium
from storage.items import Item
from storage.people import person_behind, person_by_id
from storage.post_facts import PostState
from storage.posts import Post
from storage.tenancy import Session


def undelivered(session: Session, consortium: Consortium, post: Post, _now: datetime) -> LostSeen | None:
    lost = session.get(Post, post.subject_id)
    if lost is None or lost.error is None or lost.life.is_put_off:
        return None
    is_file = lost.state == PostState.SENT
    if is_file and not tells_of_files(post):
        return None
    return LostSeen(
        lost.id,
        lost.kind,
        _where(session, consortium, lost, post.place),
        lost.error,
        is_owed=lost.state in (PostState.DUE, PostState.SENDING),
        stands_aside=lost.life.stands_aside,
        is_file=is_file,
    )


def unsure(session: Session, consortium: Consortium, post: Post, now: datetime) -> LostSeen | None:
    """The question whether a message is there; once somebody has said so, who and what. Who may not say so has no buttons.

    Where the bot knows by itself what became of it, the question says that.
    """
    lost = session.get(Post, post.subject_id)
    if lost is None or (post.ts is None and post.place not in places_to_look(session, consortium, lost, now)):
        return None
    is_open = lost.state == PostState.UNKNOWN and post.key == question_key(lost, post.place)
    is_settled = lost.state != PostState.UNKNOWN and lost.answered_by_id is None
    if not is_open and (post.life.is_unseen or not (is_settled or lost.answered_by_id)):
        return None
    by = person_by_id(session, lost.answered_by_id) if lost.answered_by_id else None
    return LostSeen(
        lost.id,
        lost.kind,
        _where(session, consortium, lost, post.place),
        lost.error,
        title=_title(session, lost, post.place),
        answered_by=by.name if by else None,
        is_there=None if is_open or is_settled else bool(lost.is_said_to_be_there),
        is_settled=is_settled,
        is_theirs_to_answer=post.place in places_to_answer(session, consortium, lost, now),
    )


def channel(session: Session, consortium: Consortium, post: Post, now: datetime) -> ChannelSeen | None:
    """How it stands. One that is open again, or used no longer, before anybody heard of it is not spoken of."""
    known = channel_by_id(session, post.subject_id)
    if known is None:
        return None
    is_used = known.channel_id in channels_of(session, consortium)
    if post.life.is_unseen and (known.closed_for is None or not is_used):
        return None
    hosts = [one.name for one in those_who_host(session, now) if one.curators_channel_id == known.channel_id]
    return ChannelSeen(
        known.channel_id,
        is_shared_channel=known.channel_id == consortium.channel_id,
        hosts=tuple(hosts),
        closed_for=known.closed_for,
        is_used=is_used,
    )


def _readers(session: Session, item: Item, place: str) -> Audience:
    """Those who decide on the item, if they read that place; otherwise everybody."""
    is_for_hosts = item.meeting is not None and place in places_to_decide(session, item.meeting.host)
    return hosts_of(item) if is_for_hosts else EVERYBODY


def _title(session: Session, lost: Post, place: str) -> str | None:
    """The title of the item it is about, as far as those may see it who read the question in that place."""
    item = item_about(session, lost)
    seen = seen_item(item, _readers(session, item, place)) if item else None
    return seen.title if seen else None


def _where(session: Session, consortium: Consortium, lost: Post, place: str) -> WhereSeen:
    """Who may not see an item learns nothing of whose it is either."""
    person, item = person_behind(session, lost.place), item_about(session, lost)
    is_named = person is not None and (item is None or may_see(item, _readers(session, item, place)))
    return WhereSeen(
        is_shared_channel=lost.place == consortium.channel_id,
        person=person.name if person and is_named else None,
        is_person=person is not None,
        is_group=lost.kind.is_of_a_group,
    )
