"""What holds for posts of several kinds: whom they are for, when they come too late, and which are posted anew."""

from bot.cards import card_key
from bot.people import places_to_decide
from storage.consortia import Collaborative, Consortium
from storage.items import ItemState, item_by_id
from storage.meetings import MeetingState, meeting_by_id
from storage.people import person_behind
from storage.post_kinds import PostKind
from storage.posts import Post, has_newer
from storage.tenancy import Session


def is_for_nobody(session: Session, post: Post) -> bool:
    """Whether it is for somebody who was deactivated, or turned out to be a bot. Who has left the shared channel is told nothing new, but what they ask for about themselves."""
    person = person_behind(session, post.place)
    if person is None:
        return False
    is_news = post.ts is None and post.kind != PostKind.ABOUT_ME
    return not person.takes_part or (is_news and person.left_at is not None)


def always(_session: Session, _post: Post) -> bool:
    return True


def never(_session: Session, _post: Post) -> bool:
    return False


def asks_for_a_decision(session: Session, post: Post) -> bool:
    """Whether it is the card by which those in its place decide about an item that waits."""
    item = item_by_id(session, post.subject_id)
    if item is None or item.meeting is None or item.state != ItemState.WAITING or item.joined_to_id:
        return False
    return post.key == card_key(item, item.meeting, post.place) and post.place in places_to_decide(
        session, item.meeting.host
    )


def asks_to_confirm(session: Session, post: Post) -> bool:
    """Whether those in its place are asked about a meeting that nobody has confirmed yet, and in no newer message."""
    meeting = meeting_by_id(session, post.subject_id)
    if meeting is None or meeting.state != MeetingState.PROPOSED or has_newer(session, post):
        return False
    return post.place in places_to_decide(session, meeting.host)


def was_for_the_channel_before(consortium: Consortium, post: Post) -> bool:
    """Whether the shared channel was another one when it was told: it stays there as it is."""
    goes_with_the_channel = not (post.is_direct or post.kind.is_owed_in_each_place)
    return goes_with_the_channel and post.place != consortium.channel_id


def reads_along(session: Session, place: str) -> bool:
    """Whether only somebody reads that place who is in the shared channel."""
    person = person_behind(session, place)
    return person is not None and person.reads_along


def reads_along_no_more(session: Session, place: str) -> bool:
    person = person_behind(session, place)
    return person is not None and not person.reads_along


def comes_too_late(session: Session, post: Post, host: Collaborative) -> bool:
    """Whether others are asked for the host now, and those in its place have not surely got it."""
    return post.ts is None and post.place not in places_to_decide(session, host)
