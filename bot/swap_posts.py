"""What is told of swaps, besides what is told of each new host: it follows what becomes of them."""

from datetime import datetime

from bot.open_swaps import is_open
from storage import outbox
from storage.consortia import Collaborative, Consortium
from storage.meetings import Meeting
from storage.post_kinds import PostKind
from storage.swaps import Swap, SwapState, lock_swap, swaps_about, unanswered_swaps
from storage.tenancy import Session

TELL_OF_SWAPS = (PostKind.SWAP, PostKind.SWAP_ANSWER)


def let_swaps_lapse(session: Session, meeting: Meeting) -> None:
    """It has another host, or was cancelled: nobody can agree any more to what was asked about it, and what was agreed may be so no longer."""
    for swap in swaps_about(session, meeting):
        if swap.state == SwapState.OPEN:
            swap.state = SwapState.LAPSED
            redraw_swap(session, swap)
        elif swap.state == SwapState.AGREED:
            redraw_swap(session, swap)
    session.flush()


def redraw_swaps_between(session: Session, host: Collaborative) -> None:
    """What is asked of this host, and of others by it."""
    for swap in unanswered_swaps(session):
        if host in (swap.host, swap.other):
            redraw_swap(session, swap)


def notice_what_has_lapsed(session: Session, consortium: Consortium, now: datetime) -> None:
    """A meeting of these has begun, or a host has left, without a word from anybody: nobody is asked any more."""
    lapsed = (swap.id for swap in unanswered_swaps(session) if not is_open(consortium, swap, now))
    for swap in filter(None, (lock_swap(session, number) for number in lapsed)):
        if swap.state == SwapState.OPEN:  # nobody has answered it meanwhile
            swap.state = SwapState.LAPSED
            redraw_swap(session, swap)


def redraw_swaps_about(session: Session, meeting: Meeting) -> None:
    """Also those that were answered: they tell its day."""
    numbers = [swap.id for swap in swaps_about(session, meeting)]
    for kind in TELL_OF_SWAPS:
        outbox.refresh_all(session, kind, subject_ids=numbers)


def redraw_swap(session: Session, swap: Swap) -> None:
    outbox.refresh(session, PostKind.SWAP, subject_id=swap.id)


def owe_answer(session: Session, swap: Swap, now: datetime) -> None:
    """To who asked."""
    place = swap.asked_by.user_id
    key = PostKind.SWAP_ANSWER.key(swap=swap.id)
    outbox.owe(session, PostKind.SWAP_ANSWER, key, subject_id=swap.id, place=place, due=now)
