"""Places: where each post is owed now, and how what is owed elsewhere gets there."""

from datetime import datetime

from bot.cards import card_key, goes_to_hosts
from bot.held import TOLD_TO_KEEPERS, pass_on, places_of_those_told
from bot.people import places_to_decide
from bot.undelivered import host_of, places_to_look
from storage.consortia import Consortium
from storage.gaps import gap_of_post
from storage.happenings import PlaceReplaced
from storage.items import item_by_id
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session


def bring_where_it_is_owed(session: Session, consortium: Consortium, post: Post, now: datetime) -> None:
    """Others may have changed places while it was written down, and did not see it then. What nobody was told goes where it is owed now.

    One that is told once goes there itself. One that is owed in each place is owed there in its stead.
    """
    places = _places_now(session, consortium, post, now)
    if post.place in places:
        return
    if post.key.endswith(f":{post.place}"):
        pass_on(session, post, places, now)
    else:
        [post.place] = places
        post.live_through(PlaceReplaced(gap_of_post(session, post, post.due_at)), now)


def _places_now(session: Session, consortium: Consortium, post: Post, now: datetime) -> list[str]:
    if post.kind.is_of_a_group or _is_of_another_meeting(session, post):
        return [post.place]
    if post.kind == PostKind.UNSURE:
        lost = session.get(Post, post.subject_id)
        return places_to_look(session, consortium, lost, now) if lost else [post.place]
    if goes_to_hosts(post):
        host = host_of(session, consortium, post, now)
        return places_to_decide(session, host) if host else [post.place]
    if post.kind in TOLD_TO_KEEPERS:
        return places_of_those_told(session, post)
    return [post.place] if post.is_direct else [consortium.channel_id]


def _is_of_another_meeting(session: Session, post: Post) -> bool:
    """A card of a meeting that its item is no longer of: there is another, of its new one."""
    if post.kind != PostKind.CARD:
        return False
    item = item_by_id(session, post.subject_id)
    return item is None or item.meeting is None or post.key != card_key(item, item.meeting, post.place)
