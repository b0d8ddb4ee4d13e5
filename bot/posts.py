"""What each post is to say, read when it is sent from how things are then. None: it is owed no longer."""

from datetime import datetime

from bot import agenda, digests
from bot.audiences import EVERYBODY, Audience, reader
from bot.calls import is_last
from bot.cancelling import cancelled
from bot.cards import card_key
from bot.decisions import is_told_by, outcome_key, reconsidered_key
from bot.items import why_it_stays
from bot.people import Actor, places_to_decide, those_who_host
from bot.quiet import expected
from bot.seen.agenda import PublishedSeen, entries_of, seen_published
from bot.seen.items import ItemSeen, OwnSeen, hosts_of, may_see, seen_item
from bot.seen.meetings import CancelledSeen, MovedSeen, seen_meeting, seen_move
from bot.seen.posts import (
    CallSeen,
    CardSeen,
    ChannelSeen,
    DigestSeen,
    LostSeen,
    OutcomeSeen,
    ProposedSeen,
    StandingSeen,
    WhereSeen,
)
from bot.seen.tips import TipSeen, seen_tip
from bot.slots import is_late
from bot.timetable import ends_at, is_closed, is_over, meeting_to_come, next_meeting, today_in
from bot.undelivered import item_about, places_to_answer, places_to_look, question_key
from storage.channels import channel_by_id, channels_of
from storage.consortia import Collaborative, Consortium
from storage.items import Item, ItemState, item_by_id, items_with_ids
from storage.meetings import Meeting, MeetingState, last_publications, meeting_by_id
from storage.people import person_behind, person_by_id
from storage.post_facts import PostState
from storage.post_kinds import About
from storage.posts import Post, post_by_key
from storage.tenancy import Session
from storage.tips import tip_by_id


def is_for_nobody(session: Session, post: Post) -> bool:
    """Whether it is for somebody who was deactivated, or turned out to be a bot. Who has left the shared channel is told nothing new."""
    person = person_behind(session, post.place)
    if person is None:
        return False
    return not person.takes_part or (post.ts is None and person.left_at is not None)


def always(_session: Session, _post: Post) -> bool:
    return True


def never(_session: Session, _post: Post) -> bool:
    return False


def asks_for_a_decision(session: Session, post: Post) -> bool:
    """Whether it is the card by which those in its place decide about an item that waits."""
    item = item_by_id(session, post.subject_id)
    if item is None or item.meeting is None or item.state != ItemState.WAITING:
        return False
    return post.key == card_key(item, item.meeting, post.place) and post.place in places_to_decide(
        session, item.meeting.host
    )


def asks_to_confirm(session: Session, post: Post) -> bool:
    """Whether those in its place are asked about a meeting that nobody has confirmed yet."""
    meeting = meeting_by_id(session, post.subject_id)
    if meeting is None or meeting.state != MeetingState.PROPOSED:
        return False
    return post.place in places_to_decide(session, meeting.host)


def was_for_the_channel_before(consortium: Consortium, post: Post) -> bool:
    """Whether the shared channel was another one when it was told: it stays there as it is."""
    goes_with_the_channel = not (post.is_direct or post.kind.is_owed_in_each_place)
    return goes_with_the_channel and post.place != consortium.channel_id


def standing(session: Session, consortium: Consortium, post: Post, now: datetime) -> StandingSeen | None:
    """Where it stands in a channel that was the shared one before, it says so; it is sent to none."""
    if post.place != consortium.channel_id:
        return StandingSeen(consortium.name, None) if post.ts is not None else None
    meeting = next_meeting(session, consortium, now)
    told = agenda.told_agenda(session, consortium, meeting, now, agenda.NONE_SHOWN)
    return StandingSeen(
        consortium.name, agenda.coming(session, consortium, now), on_agenda=told.on_agenda.count
    )


def card(session: Session, consortium: Consortium, post: Post, now: datetime) -> CardSeen | None:
    """Those who decide no longer see what everybody sees, and that others decide now. One for each meeting: the others are not sent.

    In a place whose readers may not be in the shared channel it tells nothing of the item.
    """
    item = item_by_id(session, post.subject_id)
    if item is None or item.meeting is None:
        return None
    is_of_another_meeting = post.key != card_key(item, item.meeting, post.place)
    is_for_hosts = post.place in places_to_decide(session, item.meeting.host)
    if post.ts is None and (is_of_another_meeting or not is_for_hosts):
        return None
    if is_for_hosts:
        seen = seen_item(item, hosts_of(item), with_reason=True)
    else:
        seen = seen_item(item, EVERYBODY) if _reads_along(session, post.place) else None
    told = post_by_key(session, outcome_key(item))
    return CardSeen(
        seen,
        seen_meeting(item.meeting),
        consortium.timezone,
        is_for_hosts=is_for_hosts and not is_of_another_meeting,
        was_reached=_was_reached(item, told),
        has_left=_has_left(item, told),
        is_closed=is_closed(consortium, item.meeting, now),
        told_at=_is_told_at(consortium, item.meeting, told),
        is_of_nobody=item.proposer.erased_at is not None,
    )


def outcome(session: Session, consortium: Consortium, post: Post, now: datetime) -> OutcomeSeen | None:
    """It tells the decision itself, so its reader sees what the hosts see. What was told before the meeting stays as it was told."""
    item = item_by_id(session, post.subject_id)
    if item is None or item.meeting is None:
        return None
    if not is_told_by(post, item):
        return _taken_up_again(item) if post.ts is not None else None
    told = Audience(reader_id=item.proposer_id, host_id=item.meeting.host_id)
    seen = seen_item(item, told, with_reason=True)
    comes_after_it = is_over(consortium, item.meeting, post.sent_at or now)
    return OutcomeSeen(seen, comes_after_it) if seen else None


def _taken_up_again(item: Item) -> OutcomeSeen | None:
    """What is left to say of a decision that was told and taken back: the host is asked once more."""
    seen = seen_item(item, reader(item.proposer_id)) if item.state == ItemState.WAITING else None
    return OutcomeSeen(seen) if seen else None


def reconsidered(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> ItemSeen | None:
    item = item_by_id(session, post.subject_id)
    if item is None or item.meeting is None or item.state != ItemState.WAITING:
        return None
    is_newest = post.key == reconsidered_key(item)
    return seen_item(item, reader(item.proposer_id)) if is_newest else None


def carried_over(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> ItemSeen | None:
    item = item_by_id(session, post.subject_id)
    if item is None or item.meeting is None or item.state == ItemState.WITHDRAWN:
        return None
    return seen_item(item, reader(item.proposer_id))


def withdrawal(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> ItemSeen | None:
    item = item_by_id(session, post.subject_id)
    if item is None or item.meeting is None or _comes_too_late(session, post, item.meeting.host):
        return None
    return seen_item(item, hosts_of(item))


def words_removed(session: Session, consortium: Consortium, post: Post, now: datetime) -> OwnSeen | None:
    item = item_by_id(session, post.subject_id)
    if item is None or not item.removals:
        return None
    seen = seen_item(item, reader(item.proposer_id))
    can_change = why_it_stays(Actor(consortium, item.proposer), item, now) is None
    return OwnSeen(seen, can_change) if seen else None


def tip_removed(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> TipSeen | None:
    tip = tip_by_id(session, post.subject_id)
    return seen_tip(tip) if tip else None


def published(session: Session, consortium: Consortium, post: Post, now: datetime) -> PublishedSeen | None:
    """Where it waited until its meeting was over, it is no news."""
    meeting = meeting_by_id(session, post.subject_id)
    if meeting is None or post.place != consortium.channel_id:
        return None
    if post.ts is None and is_closed(consortium, meeting, now):
        return None
    publications = last_publications(session, meeting)
    if not publications:
        return None
    listed = items_with_ids(session, [entry.item_id for entry in entries_of(publications[0])])
    return seen_published(meeting, publications, listed, EVERYBODY)


def call(session: Session, consortium: Consortium, post: Post, now: datetime) -> CallSeen | None:
    meeting = meeting_to_come(session, consortium, post.subject_id, now)
    if meeting is None:
        return None
    told = agenda.told_agenda(session, consortium, meeting, now)
    return CallSeen(
        told,
        _late_since(post, now),
        told_on=today_in(consortium, post.sent_at or now),
        is_last=is_last(consortium, meeting, post.due_at),
    )


def digest(session: Session, consortium: Consortium, post: Post, now: datetime) -> DigestSeen | None:
    news = digests.digest_until(session, consortium, post.due_at, post.sent_at or now)
    return DigestSeen(news, _late_since(post, now)) if news.is_news else None


def proposed_meeting(
    session: Session, _consortium: Consortium, post: Post, _now: datetime
) -> ProposedSeen | None:
    """Those who decide no longer have no buttons; who left the shared channel does not see either when and where it is."""
    meeting = meeting_by_id(session, post.subject_id)
    if meeting is None:
        return None
    is_open = meeting.state == MeetingState.PROPOSED
    if is_open and _comes_too_late(session, post, meeting.host):
        return None
    is_for_hosts = post.place in places_to_decide(session, meeting.host)
    is_shown = is_for_hosts or not _reads_along_no_more(session, post.place)
    return ProposedSeen(seen_meeting(meeting) if is_shown else None, is_for_hosts=is_for_hosts)


def moved_meeting(session: Session, consortium: Consortium, post: Post, now: datetime) -> MovedSeen | None:
    """Where it is by now where and when people thought, it is no news."""
    meeting = meeting_to_come(session, consortium, post.subject_id, now)
    if meeting is None:
        return None
    move = seen_move(meeting)
    return None if post.ts is None and move.before == move.meeting else move


def cancelled_meeting(
    session: Session, consortium: Consortium, post: Post, now: datetime
) -> CancelledSeen | None:
    """The word itself, with what comes next. Once its day has passed it is no news."""
    meeting = meeting_by_id(session, post.subject_id)
    if meeting is None or not _was_cancelled(meeting):
        return None
    if post.ts is None and ends_at(consortium, meeting) <= now:
        return None
    return cancelled(session, consortium, meeting, now)


def is_of_cancelled_meeting(session: Session, post: Post) -> bool:
    """Whether it tells of a meeting on which nobody is to count any more."""
    meeting = meeting_by_id(session, post.subject_id) if post.kind.about is About.MEETING else None
    return meeting is not None and _was_cancelled(meeting)


def taken_back(session: Session, post: Post) -> CancelledSeen | None:
    """What stands where it told of a meeting that is cancelled by now. What was not told is owed no longer; who left reads nothing new."""
    meeting = meeting_by_id(session, post.subject_id)
    if meeting is None or post.ts is None or _reads_along_no_more(session, post.place):
        return None
    return CancelledSeen(seen_meeting(meeting))


def _was_cancelled(meeting: Meeting) -> bool:
    return meeting.state == MeetingState.CANCELLED


def undelivered(session: Session, consortium: Consortium, post: Post, _now: datetime) -> LostSeen | None:
    lost = session.get(Post, post.subject_id)
    if lost is None or lost.error is None or lost.life.is_put_off:
        return None
    return LostSeen(
        lost.id,
        lost.kind,
        _where(session, consortium, lost, post.place),
        lost.error,
        is_owed=lost.state in (PostState.DUE, PostState.SENDING),
        stands_aside=lost.life.stands_aside,
    )


def unsure(session: Session, consortium: Consortium, post: Post, now: datetime) -> LostSeen | None:
    """The question whether a message is there; once somebody has said so, who and what. Who may not say so has no buttons."""
    lost = session.get(Post, post.subject_id)
    if lost is None or (post.ts is None and post.place not in places_to_look(session, consortium, lost, now)):
        return None
    is_open = lost.state == PostState.UNKNOWN and post.key == question_key(lost, post.place)
    if not is_open and (lost.answered_by_id is None or post.life.is_unseen):
        return None
    by = person_by_id(session, lost.answered_by_id) if lost.answered_by_id else None
    return LostSeen(
        lost.id,
        lost.kind,
        _where(session, consortium, lost, post.place),
        lost.error,
        title=_title(session, lost, post.place),
        answered_by=by.name if by else None,
        is_there=None if is_open else bool(lost.is_said_to_be_there),
        is_theirs_to_answer=post.place in places_to_answer(session, consortium, lost, now),
    )


def channel(session: Session, consortium: Consortium, post: Post, now: datetime) -> ChannelSeen | None:
    """How it stands. One that is open again before anybody heard of it is not spoken of."""
    known = channel_by_id(session, post.subject_id)
    if known is None or known.channel_id not in channels_of(session, consortium):
        return None
    if known.closed_for is None and post.life.is_unseen:
        return None
    hosts = [one.name for one in those_who_host(session, now) if one.curators_channel_id == known.channel_id]
    return ChannelSeen(
        is_shared_channel=known.channel_id == consortium.channel_id,
        hosts=tuple(hosts),
        closed_for=known.closed_for,
    )


def _reads_along(session: Session, place: str) -> bool:
    """Whether only somebody reads that place who is in the shared channel."""
    person = person_behind(session, place)
    return person is not None and person.reads_along


def _reads_along_no_more(session: Session, place: str) -> bool:
    person = person_behind(session, place)
    return person is not None and not person.reads_along


def _comes_too_late(session: Session, post: Post, host: Collaborative) -> bool:
    """Whether others are asked for the host now, and those in its place have not surely got it."""
    return post.ts is None and post.place not in places_to_decide(session, host)


def _was_reached(item: Item, told: Post | None) -> bool:
    """Whether the proposer heard, as far as anybody knows, of the newest decision."""
    is_lost = told is not None and told.state in (PostState.FAILED, PostState.UNKNOWN)
    return not is_lost and item.proposer.takes_part


def _has_left(item: Item, told: Post | None) -> bool:
    """Whether the proposer was not told because they have left the shared channel."""
    is_there = told is not None and told.ts is not None
    return item.proposer.left_at is not None and not is_there


def _is_told_at(consortium: Consortium, meeting: Meeting, told: Post | None) -> datetime | None:
    """When the proposer is told of the newest decision, where that is yet to come."""
    is_to_come = told is not None and told.state == PostState.DUE and told.ts is None
    return expected(consortium, told, meeting) if told is not None and is_to_come else None


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
    )


def _late_since(post: Post, now: datetime) -> datetime | None:
    """When it was due, if it comes late."""
    return post.due_at if is_late(post.due_at, post.sent_at or now) else None
