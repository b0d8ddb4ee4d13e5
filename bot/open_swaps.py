"""Which swaps can still be agreed to: one rule for whoever asks."""

from datetime import datetime

from bot.timetable import is_to_come
from storage.consortia import Consortium
from storage.swaps import Swap, SwapState, unanswered_swaps
from storage.tenancy import Session


def is_open(consortium: Consortium, swap: Swap, now: datetime) -> bool:
    """Whether it can still be agreed to. Who is out of hosting order gets no meeting by it, neither for theirs nor without one."""
    if swap.state != SwapState.OPEN or swap.host_that_left is not None:
        return False
    return all(is_to_come(consortium, meeting, now) for meeting in swap.meetings)


def open_swaps(session: Session, consortium: Consortium, now: datetime) -> list[Swap]:
    """In the order in which they were asked for."""
    return [swap for swap in unanswered_swaps(session) if is_open(consortium, swap, now)]
