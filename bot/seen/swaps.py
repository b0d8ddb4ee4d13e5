"""What one host asks another, as an audience sees it: only the two of them, and who asked."""

from dataclasses import dataclass

from bot.audiences import Audience, Level, Thing
from bot.fingerprints import Fingerprint, fingerprint
from bot.seen.meetings import MeetingSeen, seen_meeting
from storage.swaps import Swap, SwapState

__all__ = ["SwapState"]  # for those that draw, which import no storage


@dataclass(frozen=True)
class SwapSeen:
    """That `host` asked the `other` to host the meeting, `in_exchange` for the other's, if there is one.

    `mark` tells what is asked from all else. `is_open`: it can still be agreed to. `holds`: the meetings are hosted so. `host_that_left` would get a meeting by it, and is out of hosting order.
    `may_answer`, `may_take_back`: its reader may.
    """

    id: int
    host: str
    other: str
    meeting: MeetingSeen
    in_exchange: MeetingSeen | None
    state: SwapState
    mark: Fingerprint
    is_open: bool
    holds: bool = False
    host_that_left: str | None = None
    may_answer: bool = False
    may_take_back: bool = False


@dataclass(frozen=True)
class AskedToSwapSeen:
    """What the other is asked. `swap` is None for those who decide no longer."""

    swap: SwapSeen | None


def seen_swap(swap: Swap, audience: Audience, *, is_open: bool) -> SwapSeen | None:
    sides = (
        Thing("swap", swap.id, Level.AUTHOR_AND_HOSTS, swap.asked_by_id, side)
        for side in (swap.host_id, swap.other_id)
    )
    if not any(map(audience.may_see, sides)):
        return None
    return SwapSeen(
        id=swap.id,
        host=swap.host.name,
        other=swap.other.name,
        meeting=seen_meeting(swap.meeting),
        in_exchange=seen_meeting(swap.in_exchange) if swap.in_exchange else None,
        state=swap.state,
        mark=mark_of(swap),
        is_open=is_open,
        holds=swap.holds,
        host_that_left=swap.host_that_left.name if swap.host_that_left else None,
    )


def mark_of(swap: Swap) -> Fingerprint:
    """What is read beside its buttons. By its number alone it may be another: numbers that a restore has lost are given again."""
    days = (meeting.day.isoformat() for meeting in swap.meetings)
    return fingerprint([swap.host.name, swap.other.name, *days])
