"""Separate talks: what needs no meeting is talked about in a thread of the shared channel, by those who want to."""

from datetime import datetime, timedelta

from bot.audiences import EVERYBODY, reader
from bot.calendar import local_day, zone
from bot.errors import NothingChanged
from bot.items_to_change import may_take_up, own_item
from bot.people import Actor
from bot.seen.items import ItemSeen, must_see, seen_item
from bot.seen.separate_talks import TalkSeen
from bot.slots import digest_slots
from bot.timetable import has_known_zone
from storage import outbox
from storage.consortia import Consortium
from storage.items import Item, item_by_id
from storage.post_kinds import PostKind
from storage.posts import Post, is_on_its_way, newest_in
from storage.series import waiting
from storage.tenancy import Session

TALKS = (PostKind.SEPARATE_TALK, PostKind.GROUP_TALK)
MOST_A_WEEK = 3
"""New threads in the channel. More come a week later."""


def take_up(session: Session, actor: Actor, item_id: int, now: datetime) -> ItemSeen:
    """Its author has a thread opened about it. Raises NothingChanged if it is gone, if a host is to decide about it, or if there is a thread already."""
    item = own_item(session, actor, item_id)
    if item.is_talked_about_separately:
        raise NothingChanged("There is a thread about this item already.")
    if not may_take_up(actor, item, now):
        raise NothingChanged("This item is on the list. Its host decides first.")
    item.separate_since = now
    session.flush()
    _owe(session, actor.consortium, item, now)
    outbox.refresh(session, PostKind.OUTCOME, subject_id=item.id)
    return must_see(item, reader(actor.person.id))


def open_talk(session: Session, item: Item, now: datetime) -> None:
    """Everybody may know by now that it is talked about separately, together with what it is joined to."""
    item.separate_since = now
    session.flush()
    if item.joined_to is None:
        _owe(session, session.get_one(Consortium, item.consortium_id), item, now)
    else:
        redraw_talk(session, item)


def close_talk(session: Session, item: Item) -> None:
    """Its host looks at it again. What was opened says so, and what was not is not opened."""
    item.separate_since = None
    session.flush()
    outbox.withhold_all(session, PostKind.SEPARATE_TALK, subject_id=item.id)
    redraw_talk(session, item)


def leave_talk(session: Session, item: Item) -> None:
    """Nobody talks about it any more. What went together with it is talked about as before, in its thread and in its group messages."""
    others = [one for one in item.joined if one.separate_since is not None]
    if others:
        _leave_others_together(item, others)
        session.flush()
    if others and others[0].is_talked_about_separately:
        outbox.pass_to(session, TALKS, subject_id=item.id, to=others[0].id)
    close_talk(session, item)
    for one in others:
        redraw_talk(session, one)


def _leave_others_together(item: Item, others: list[Item]) -> None:
    """Those of which everybody knows that they are talked about come first."""
    others.sort(key=lambda one: not one.is_talked_about_separately)
    since = [(one, one.joined_at, one.told_before_joined) for one in others]
    item.part()
    first, *rest = since
    for one, joined_at, told_before in rest:
        one.join(first[0], joined_at)
        one.told_before_joined = told_before


def redraw_talk(session: Session, item: Item) -> None:
    for one in item.together:
        outbox.refresh(session, PostKind.SEPARATE_TALK, subject_id=one.id)


def come_along(session: Session, post: Post, now: datetime) -> None:
    """Another message has just come to the channel, and what waits to be opened there comes with it: so the channel calls people once."""
    if post.sent_at is not None:
        items = [talk.subject_id for talk in waiting(session, PostKind.SEPARATE_TALK)[:MOST_A_WEEK]]
        outbox.hasten(session, PostKind.SEPARATE_TALK, subject_ids=items, now=now)


def tell_where_it_is(session: Session, post: Post, _now: datetime) -> None:
    """The thread is open: what told of it before leads to it now."""
    consortium = session.get_one(Consortium, post.consortium_id)
    since = post.due_at - timedelta(days=7)
    outbox.refresh(session, PostKind.DIGEST, subject_id=consortium.id, due_since=since)
    item = item_by_id(session, post.subject_id)
    for one in item.together if item else ():
        outbox.refresh(session, PostKind.OUTCOME, subject_id=one.id)


def seen_talk(session: Session, consortium: Consortium, item: Item) -> TalkSeen | None:
    seen = seen_item(item, EVERYBODY)
    return TalkSeen(seen, thread_about(session, consortium, item)) if seen else None


def thread_about(session: Session, consortium: Consortium, item: Item) -> str | None:
    """Where it is on the web, if it is open and anybody knows."""
    post = _thread(session, consortium, item)
    if post is None or post.ts is None or consortium.address is None:
        return None
    return f"{consortium.address}archives/{post.stands_in}/p{post.ts.replace('.', '')}"


def is_open(session: Session, consortium: Consortium, item: Item) -> bool:
    """Whether its thread is there, and no other is to open."""
    to_open = (is_on_its_way(session, PostKind.SEPARATE_TALK, subject_id=one) for one in _led_by(item))
    return _thread(session, consortium, item) is not None and not any(to_open)


def _thread(session: Session, consortium: Consortium, item: Item) -> Post | None:
    if not item.is_talked_about_separately:
        return None
    return newest_in(session, PostKind.SEPARATE_TALK, _led_by(item), place=consortium.channel_id)


def _led_by(item: Item) -> set[int]:
    """The ids of the items of which a thread may be its own."""
    return {item.id, (item.joined_to or item).id}


def _owe(session: Session, consortium: Consortium, item: Item, now: datetime) -> None:
    """Once in each channel. Where somebody has deleted it, it comes back, and what stands there is drawn anew."""
    channel = consortium.channel_id
    outbox.owe_again(
        session,
        PostKind.SEPARATE_TALK,
        PostKind.SEPARATE_TALK.key(item=item.id, once_in=channel),
        subject_id=item.id,
        place=channel,
        due=_when(session, consortium, now),
        comes_back=True,
    )
    redraw_talk(session, item)


def longest_until_it_opens(session: Session) -> timedelta:
    return timedelta(weeks=_weeks_of_others(session) + 1)


def _weeks_of_others(session: Session) -> int:
    """For how many weeks those that wait are enough."""
    return len(waiting(session, PostKind.SEPARATE_TALK)) // MOST_A_WEEK


def _when(session: Session, consortium: Consortium, now: datetime) -> datetime:
    """With the next “This week”, or a week later for each so many that wait before it. Another message to the channel may take it along."""
    if not has_known_zone(consortium):
        return now
    here = zone(consortium.timezone)
    weeks = _weeks_of_others(session)
    today = local_day(now, here)
    slots = digest_slots(
        consortium.id,
        consortium.digest_weekday,
        consortium.digest_at,
        here,
        today,
        today + timedelta(weeks=weeks + 1),
    )
    return [slot.due for slot in slots if slot.due > now][weeks]
