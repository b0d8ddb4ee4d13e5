"""What each kind of post says: drawn when it is sent, from how things are then. None: it is owed no longer."""

from collections.abc import Callable
from datetime import datetime

from bot import agenda, decisions, digests
from bot.people import places_to_decide
from bot.slots import is_late
from bot.timetable import starts_at, today_in
from bot.undelivered import item_about
from handlers.blocks import calls as draw_calls
from handlers.blocks import decisions as draw_decisions
from handlers.blocks import digests as draw_digests
from handlers.blocks import meetings as draw_meetings
from handlers.blocks import publication as draw_publication
from handlers.blocks import standing as draw_standing
from handlers.blocks import undelivered as draw_undelivered
from handlers.blocks.kit import Message
from handlers.blocks.people import called
from handlers.words import _
from storage import outbox
from storage.consortia import Consortium
from storage.items import Item, ItemState, lock_item
from storage.meetings import lock_meeting
from storage.outbox import Post, PostKind, PostState
from storage.people import person_behind, person_by_id
from storage.tenancy import Session

Drawer = Callable[[Session, Consortium, Post, datetime], Message | None]


def draw(session: Session, post: Post, now: datetime) -> Message | None:
    consortium = session.get_one(Consortium, post.consortium_id)
    if _is_for_nobody(session, consortium, post):
        return None
    return DRAWERS[post.kind](session, consortium, post, now)


def after_its_end(session: Session, post: Post, now: datetime) -> None:
    """What it means for the post's subject: a decision is settled when its proposer was told, or can't be."""
    if post.kind == PostKind.OUTCOME:
        item = lock_item(session, post.subject_id)
        if item is not None and _is_of_this_decision(item, post):
            decisions.mark_told(session, item, now)


def _is_for_nobody(session: Session, _consortium: Consortium, post: Post) -> bool:
    """Whether it is for somebody who was deactivated, or who turned out to be a bot."""
    person = person_behind(session, post.place)
    return person is not None and not person.takes_part


def is_replaced(post: Post) -> bool:
    """Whether it is posted anew where somebody has deleted it, when there is more to say."""
    return post.kind in (PostKind.AGENDA, PostKind.STANDING)


def _standing(_session: Session, consortium: Consortium, post: Post, _now: datetime) -> Message | None:
    return draw_standing.standing(consortium) if post.place == consortium.channel_id else None


def _card(session: Session, consortium: Consortium, post: Post, _now: datetime) -> Message | None:
    item = lock_item(session, post.subject_id)
    if item is None or item.meeting is None:
        return None
    is_for_hosts = post.place in places_to_decide(session, item.meeting.host)
    outcome = outbox.post_by_key(session, decisions.outcome_key(item))
    was_reached = outcome is None or outcome.state not in (PostState.FAILED, PostState.UNKNOWN)
    was_reached = was_reached and item.proposer.takes_part
    return draw_decisions.card(item, consortium.timezone, is_for_hosts=is_for_hosts, was_reached=was_reached)


def _outcome(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> Message | None:
    item = lock_item(session, post.subject_id)
    if item is None or item.meeting is None or not _is_of_this_decision(item, post):
        return None
    return draw_decisions.outcome(item, item.meeting.host.name)


def _reconsidered(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> Message | None:
    item = lock_item(session, post.subject_id)
    if item is None or item.meeting is None or item.state != ItemState.WAITING:
        return None
    is_newest = post.key == decisions.reconsidered_key(item)
    return draw_decisions.reconsidered(item, item.meeting.host.name) if is_newest else None


def _carried_over(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> Message | None:
    item = lock_item(session, post.subject_id)
    if item is None or item.meeting is None or item.state == ItemState.WITHDRAWN:
        return None
    return draw_decisions.carried_over(item, item.meeting)


def _withdrawal(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> Message | None:
    item = lock_item(session, post.subject_id)
    return draw_decisions.withdrawal(item) if item else None


def _is_of_this_decision(item: Item, post: Post) -> bool:
    return item.state in decisions.DECIDED and post.key == decisions.outcome_key(item)


def _agenda(session: Session, consortium: Consortium, post: Post, _now: datetime) -> Message | None:
    meeting = lock_meeting(session, post.subject_id)
    if meeting is None or post.place != consortium.channel_id:
        return None
    return draw_publication.published(agenda.hosts_agenda(session, consortium, meeting))


def _call(session: Session, consortium: Consortium, post: Post, now: datetime) -> Message | None:
    meeting = lock_meeting(session, post.subject_id)
    if meeting is None or starts_at(consortium, meeting) <= now:
        return None
    stands = agenda.told_agenda(session, consortium, meeting)
    return draw_calls.call(stands, meeting, today_in(consortium, now), _late_since(post, now))


def _digest(session: Session, consortium: Consortium, post: Post, now: datetime) -> Message | None:
    news = digests.digest_until(session, consortium, post.due_at, now)
    if not news.is_news:
        return None
    return draw_digests.digest(news, today_in(consortium, now), late_since=_late_since(post, now))


def _proposed_meeting(
    session: Session, _consortium: Consortium, post: Post, _now: datetime
) -> Message | None:
    meeting = lock_meeting(session, post.subject_id)
    return draw_meetings.proposed_meeting(meeting) if meeting else None


def _undelivered(session: Session, consortium: Consortium, post: Post, _now: datetime) -> Message | None:
    lost = session.get(Post, post.subject_id)
    if lost is None or lost.error is None:
        return None
    where = _in_words(session, consortium, lost.place)
    return draw_undelivered.undelivered(lost.kind, where, lost.error)


def _unsure(session: Session, consortium: Consortium, post: Post, _now: datetime) -> Message | None:
    lost = session.get(Post, post.subject_id)
    if lost is None:
        return None
    item = item_about(session, lost)
    about = draw_undelivered.Lost(
        lost.id, lost.kind, _in_words(session, consortium, lost.place), item.title if item else None
    )
    if lost.state == PostState.UNKNOWN:
        return draw_undelivered.unsure(about)
    by = person_by_id(session, lost.answered_by_id) if lost.answered_by_id else None
    return draw_undelivered.settled(
        about, called(by.name if by else None), is_there=bool(lost.is_said_to_be_there)
    )


def _in_words(session: Session, consortium: Consortium, place: str) -> str:
    if place == consortium.channel_id:
        return _("the shared channel")
    person = person_behind(session, place)
    return called(person.name) if person else _("the channel of those who decide")


def _moved_meeting(session: Session, consortium: Consortium, post: Post, now: datetime) -> Message | None:
    meeting = lock_meeting(session, post.subject_id)
    if meeting is None or starts_at(consortium, meeting) <= now:
        return None
    return draw_meetings.moved_meeting(meeting)


def _late_since(post: Post, now: datetime) -> datetime | None:
    """When it was due, if it comes late."""
    return post.due_at if is_late(post.due_at, post.sent_at or now) else None


DRAWERS: dict[PostKind, Drawer] = {
    PostKind.STANDING: _standing,
    PostKind.CARD: _card,
    PostKind.OUTCOME: _outcome,
    PostKind.AGENDA: _agenda,
    PostKind.CALL: _call,
    PostKind.DIGEST: _digest,
    PostKind.PROPOSED_MEETING: _proposed_meeting,
    PostKind.MOVED_MEETING: _moved_meeting,
    PostKind.RECONSIDERED: _reconsidered,
    PostKind.CARRIED_OVER: _carried_over,
    PostKind.WITHDRAWAL: _withdrawal,
    PostKind.UNDELIVERED: _undelivered,
    PostKind.UNSURE: _unsure,
}
