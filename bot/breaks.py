"""The break of a live meeting: it stands before the item before which the agenda has it, until that one has come on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.seen.live import BreakSeen
from bot.seen.meetings import seen_meeting
from bot.timing import schedule
from storage.items import Item
from storage.live import LiveMeeting


def length_of(item: Item) -> int | None:
    """As its host planned it, or as it was brought."""
    return item.placed_minutes or item.minutes


def break_to_come(
    live: LiveMeeting, agenda: Sequence[Item], coming: Sequence[Item], is_free: datetime
) -> BreakSeen | None:
    """`is_free`: the local time at which what is on should be over. Nobody knows when the break is after an item of unknown length."""
    after = _after_the_break(live, agenda)
    was_on = {live.item_id, *live.had_turn, *live.put_off}
    if not after or was_on & {item.id for item in after}:
        return None
    before = list(coming).index(after[0])
    lengths = [length_of(item) for item in coming[:before]]
    begins = is_free + timedelta(minutes=sum(filter(None, lengths)))
    return BreakSeen(
        seen_meeting(live.meeting).timing.breaks, before, begins.time() if all(lengths) else None
    )


def _after_the_break(live: LiveMeeting, agenda: Sequence[Item]) -> Sequence[Item]:
    """What the agenda has after it."""
    turns = schedule(seen_meeting(live.meeting).timing, map(length_of, agenda))
    first = next((place for place, turn in enumerate(turns) if turn.comes_after_break), len(turns))
    return agenda[first:]
