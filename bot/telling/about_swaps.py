"""What posts about swaps have to say, as things are; None: nothing any more."""

from datetime import datetime

from bot.audiences import EVERYBODY, hosts, reader
from bot.open_swaps import is_open
from bot.people import places_to_decide
from bot.seen.swaps import AskedToSwapSeen, SwapSeen, seen_swap
from storage.consortia import Consortium
from storage.posts import Post
from storage.swaps import SwapState, swap_by_id
from storage.tenancy import Session


def asked(session: Session, consortium: Consortium, post: Post, now: datetime) -> AskedToSwapSeen | None:
    """What nobody can agree to any more is not asked. Those who decide no longer see only that others decide now."""
    swap = swap_by_id(session, post.subject_id)
    if swap is None:
        return None
    is_theirs = post.place in places_to_decide(session, swap.other)
    can_be_agreed_to = is_open(consortium, swap, now)
    if post.ts is None and not (is_theirs and can_be_agreed_to):
        return None
    audience = hosts(swap.other_id) if is_theirs else EVERYBODY
    return AskedToSwapSeen(seen_swap(swap, audience, is_open=can_be_agreed_to))


def answered(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> SwapSeen | None:
    swap = swap_by_id(session, post.subject_id)
    return seen_swap(swap, reader(swap.asked_by_id), is_open=False) if swap else None


def asks_for_an_answer(session: Session, post: Post) -> bool:
    """Whether somebody may still answer, as far as is known without a clock."""
    swap = swap_by_id(session, post.subject_id)
    if swap is None or swap.state != SwapState.OPEN:
        return False
    return post.place in places_to_decide(session, swap.other)
