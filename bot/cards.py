"""Cards: how those who decide for a host are asked, about an item or about their meeting."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from bot.comings_and_goings import following_who_does_what
from bot.held import follow_keepers, hand_over, pass_on, places_or_nobody
from bot.notes import ask_those_who_decide_now
from bot.open_swaps import open_swaps
from bot.people import A_QUARTER, places_of_keepers, places_to_decide, those_who_host
from bot.question_posts import redraw_questions
from bot.swap_posts import redraw_swap
from bot.timetable import first_day_to_come, has_known_zone, last_words_since
from bot.undelivered import host_of, hosts_asked_to_look, others_can_look
from storage import outbox
from storage.consortia import Collaborative, Consortium, Places, consortium_at
from storage.follow_ups import FollowUp, once_declined_follow_ups_of
from storage.items import Item, ItemState, items_of_meeting
from storage.meetings import Meeting, MeetingState, meetings_from
from storage.outbox import Debt
from storage.people import Person
from storage.post_kinds import About, PostKind
from storage.posts import Post
from storage.results import results_that_tell_of
from storage.swaps import Swap
from storage.tenancy import Session

ASKED_OF_HOSTS = (
    PostKind.CARD,
    PostKind.STILL_WAITING,
    PostKind.PROPOSED_MEETING,
    PostKind.WITHDRAWAL,
    PostKind.UNSURE,
    PostKind.CANCELLED_FOR_ONE,
    PostKind.AFTER_MEETING,
    PostKind.FOLLOW_UP_DECLINED,
    PostKind.SWAP,
    PostKind.HELP_OFFERED,
)
"""What goes to those who decide for a host: their place is the end of its key."""
COUNT_WHAT_WAITS = (PostKind.STILL_WAITING, PostKind.HELP_OFFERED, PostKind.HELP_WANTED)
STILL_PRESSED = (PostKind.CARD, PostKind.PROPOSED_MEETING)
"""What comes back where somebody has deleted it."""


def owe_cards(session: Session, item: Item, now: datetime) -> None:
    """One card for each who decides, for each meeting the item is proposed for; once more where somebody has deleted it. About what is joined to another nobody is asked."""
    if item.meeting is not None and item.joined_to_id is None:
        key = partial(card_key, item, item.meeting)
        _owe_each(session, item.meeting.host, PostKind.CARD, key, about=item.id, now=now)


def card_key(item: Item, meeting: Meeting, place: str) -> str:
    return PostKind.CARD.key(item=item.id, meeting=meeting.id, place=place)


def tell_of_withdrawal(session: Session, item: Item, now: datetime) -> None:
    """A card drawn anew notifies nobody, and the hosts counted on this item."""
    if item.meeting is not None:
        key = partial(PostKind.WITHDRAWAL.key, item=item.id)
        outbox.refresh(session, PostKind.WITHDRAWAL, subject_id=item.id)
        _owe_each(session, item.meeting.host, PostKind.WITHDRAWAL, key, about=item.id, now=now)


def tell_that_nobody_has(session: Session, follow_up: FollowUp, now: datetime) -> None:
    """Those who decide for the host of its meeting look for somebody else."""
    key = partial(PostKind.FOLLOW_UP_DECLINED.key, follow_up=follow_up.id, number=follow_up.declines)
    _owe_each(session, follow_up.meeting.host, PostKind.FOLLOW_UP_DECLINED, key, about=follow_up.id, now=now)


def ask_to_swap(session: Session, swap: Swap, now: datetime) -> None:
    """Those who decide for the other host. Who asked for it knows."""
    key = partial(PostKind.SWAP.key, swap=swap.id)
    _owe_each(session, swap.other, PostKind.SWAP, key, about=swap.id, now=now, but=swap.asked_by)


def redraw_cards(session: Session, item: Item) -> None:
    """And those of what goes together with it, and what lists it among others."""
    for one in (item, *item.goes_with):
        outbox.refresh(session, PostKind.CARD, subject_id=one.id)
    if item.meeting is not None:
        redraw_lists(session, item.meeting)
    for result in results_that_tell_of(session, item) if item.is_carried_over else ():
        outbox.refresh(session, PostKind.NOTES, subject_id=result.meeting_id)


def redraw_lists(session: Session, meeting: Meeting) -> None:
    """What tells the host how many wait, and everybody what is on the agenda."""
    outbox.refresh_kinds(session, (*COUNT_WHAT_WAITS, PostKind.LIVE), subject_id=meeting.id)
    consortium = session.get_one(Consortium, meeting.consortium_id)
    since = last_words_since(consortium, meeting) if has_known_zone(consortium) else None
    outbox.refresh(session, PostKind.CALL, subject_id=meeting.id, due_since=since)


def take_back_cards(session: Session, item: Item) -> None:
    """Its author took it back. Whom nobody has asked about it yet is not asked; the others see that it was withdrawn."""
    outbox.withhold_all(session, PostKind.CARD, subject_id=item.id)
    redraw_cards(session, item)
    redraw_questions(session, item)


def deal_cards(session: Session, meeting: Meeting, now: datetime) -> None:
    redraw_lists(session, meeting)
    for item in items_of_meeting(session, meeting, *ItemState):
        outbox.refresh(session, PostKind.CARD, subject_id=item.id)
        if item.state == ItemState.WAITING:
            owe_cards(session, item, now)


def _deal_cards_anew(session: Session, consortium: Consortium, host: Collaborative, now: datetime) -> None:
    """Others decide for the host now: they get what it is asked, and the cards of those before lose their buttons."""
    upcoming = meetings_from(session, first_day_to_come(consortium, now))
    for meeting in upcoming:
        if meeting.host is host:
            deal_cards(session, meeting, now)
            outbox.refresh(session, PostKind.PROPOSED_MEETING, subject_id=meeting.id)
            ask_to_confirm(session, meeting, now)
    once_declined = once_declined_follow_ups_of(session, host)
    outbox.refresh_all(
        session, PostKind.FOLLOW_UP_DECLINED, subject_ids=[follow_up.id for follow_up in once_declined]
    )
    for follow_up in once_declined:
        if follow_up.declined_at is not None and follow_up.declined_at >= now - A_QUARTER:
            tell_that_nobody_has(session, follow_up, now)
    for swap in open_swaps(session, consortium, now):
        if swap.other is host:
            redraw_swap(session, swap)
            ask_to_swap(session, swap, now)
    if has_known_zone(consortium):
        ask_those_who_decide_now(session, consortium, host, now)


@contextmanager
def following_those_who_decide(session: Session, consortium: Consortium, now: datetime) -> Iterator[None]:
    """What changes within may change who decides, or where they are asked: what is asked of them follows.

    Meanwhile nobody owes them anything.
    """
    consortium_at(session, consortium.id, Places.CHANGE)
    hosts = dict.fromkeys([*those_who_host(session, now), *hosts_asked_to_look(session, consortium, now)])
    asked_before = [(host, places_to_decide(session, host)) for host in hosts]
    told_before = places_of_keepers(session)
    with following_who_does_what(session, consortium, now):
        yield
    follow_keepers(session, told_before, now)
    for host, places in asked_before:
        follow_those_who_decide(session, consortium, host, places, now)


def follow_those_who_decide(
    session: Session, consortium: Consortium, host: Collaborative, asked_before: list[str], now: datetime
) -> None:
    """Where others decide for the host now, or are asked elsewhere, they get what surely stands in no place of before."""
    places = places_to_decide(session, host)
    if places == asked_before:
        return
    for place in asked_before:
        for post in outbox.untold_in(session, place, ASKED_OF_HOSTS) if place not in places else []:
            if goes_to_hosts(post) and _is_for(session, consortium, host, post, now):
                pass_on(session, post, places, now)
    hand_over(session, consortium, now)
    _deal_cards_anew(session, consortium, host, now)
    others_can_look(session, consortium, now)


def goes_to_hosts(post: Post) -> bool:
    """Whether it is for whoever decides. That a meeting is cancelled one person hears as such, whoever decides by now."""
    is_their_own = post.kind == PostKind.CANCELLED_FOR_ONE and post.is_direct
    return post.kind in ASKED_OF_HOSTS and not is_their_own


def _is_for(session: Session, consortium: Consortium, host: Collaborative, post: Post, now: datetime) -> bool:
    about = session.get(Post, post.subject_id) if post.kind.about == About.POST else post
    return about is not None and host_of(session, consortium, about, now) is host


def tell_who_hosts(session: Session, meeting: Meeting, now: datetime, but: Person | None = None) -> None:
    """Those who decide for the host, in the message that also asks them to confirm what the rotation proposes.

    `but`: somebody who knows, and needs a message of their own only to confirm it.
    """
    but = None if meeting.state == MeetingState.PROPOSED else but
    key = partial(PostKind.PROPOSED_MEETING.key, meeting=meeting.id)
    _owe_each(session, meeting.host, PostKind.PROPOSED_MEETING, key, about=meeting.id, now=now, but=but)


def tell_anew_who_hosts(session: Session, meeting: Meeting, now: datetime, but: Person | None = None) -> None:
    """Those who decide for the host, and were told before that it does, and then that another does. From the others that is taken back."""
    places = places_to_decide(session, meeting.host)
    outbox.take_back(session, PostKind.PROPOSED_MEETING, subject_id=meeting.id, but=places)
    for place in places:
        if not (but and place == but.user_id):
            key = PostKind.PROPOSED_MEETING.key(meeting=meeting.id, place=place)
            outbox.tell_anew(session, key, now)


def ask_to_confirm(session: Session, meeting: Meeting, now: datetime) -> None:
    if meeting.state == MeetingState.PROPOSED:
        tell_who_hosts(session, meeting, now)


def _owe_each(
    session: Session,
    host: Collaborative,
    kind: PostKind,
    key: Callable[..., str],
    *,
    about: int,
    now: datetime,
    but: Person | None = None,
) -> None:
    """The post, at each place where those who decide for the host are asked."""
    knows = but.user_id if but else None
    places = [place for place in places_or_nobody(kind, places_to_decide(session, host)) if place != knows]
    debts = [Debt(kind, key(place=place), about, place) for place in places]
    outbox.owe_all_again(session, debts, now, comes_back=kind in STILL_PRESSED)
