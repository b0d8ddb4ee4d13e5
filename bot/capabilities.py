"""What the bot may not do where it is installed: it is not offered, and admins hear so once."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.people import Actor, places_of_keepers, places_to_tell_keepers
from bot.seen.capabilities import NotGrantedSeen
from storage import outbox
from storage.capabilities import Capability
from storage.consortia import Consortium
from storage.happenings import Withheld
from storage.lately import taken_up_separately_between
from storage.post_facts import NOBODY
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session

STILL_TALKED_ABOUT = timedelta(days=90)
"""The threads that are drawn anew where people may talk in group messages from now on, or no longer."""


def may(consortium: Consortium, capability: Capability) -> bool:
    return capability not in consortium.lacks


def note_what_is_lacking(
    session: Session, consortium: Consortium, lacking: Collection[Capability], now: datetime
) -> None:
    """As Slack tells it by now. What is granted after all is offered again, and admins who did not hear yet hear nothing."""
    before, since = {Capability(one) for one in consortium.lacks}, {*lacking}
    consortium.lacks = sorted(since)
    session.flush()
    for capability in sorted(since - before):
        tell_keepers(session, consortium, capability, now)
    for capability in sorted(before - since):
        _tell_nobody(session, capability, now)
    if Capability.GROUP_MESSAGES in before ^ since:
        _redraw_threads(session, now)


def note_a_refusal(session: Session, actor: Actor, capability: Capability, now: datetime) -> None:
    """Slack has refused it to somebody who wanted it, for want of a scope."""
    tell_keepers(session, actor.consortium, capability, now)


def tell_keepers(session: Session, consortium: Consortium, capability: Capability, now: datetime) -> None:
    """Once for ever."""
    for place in places_to_tell_keepers(session):
        key = _key(consortium, capability, place)
        outbox.owe_again(session, PostKind.NOT_GRANTED, key, subject_id=consortium.id, place=place, due=now)


def not_granted(_session: Session, _consortium: Consortium, post: Post, _now: datetime) -> NotGrantedSeen:
    return NotGrantedSeen(_told_in(post))


def _told_in(post: Post) -> Capability:
    """Its key tells."""
    _kind, _consortium_id, capability, *_more = post.key.split(":")
    return Capability(capability)


def _tell_nobody(session: Session, capability: Capability, now: datetime) -> None:
    """Neither those who keep the settings, nor who will, where it is held for them."""
    for place in (*places_of_keepers(session), NOBODY):
        for post in outbox.untold_in(session, place, [PostKind.NOT_GRANTED]):
            if _told_in(post) is capability:
                post.live_through(Withheld(), now)


def _key(consortium: Consortium, capability: Capability, place: str) -> str:
    return PostKind.NOT_GRANTED.key(consortium=consortium.id, capability=capability, admin=place)


def _redraw_threads(session: Session, now: datetime) -> None:
    talked_about = taken_up_separately_between(session, now - STILL_TALKED_ABOUT, now)
    outbox.refresh_all(session, PostKind.SEPARATE_TALK, subject_ids=[item.id for item in talked_about])
