"""What time itself brings about: for each consortium, at every tick of the clock. Done once more than needed, it changes nothing."""

from collections.abc import Callable
from datetime import datetime

from bot import (
    before_closing,
    calls,
    digests,
    doors,
    held,
    keep_times,
    legal_holds,
    live,
    rotation,
    swap_posts,
    undelivered,
)
from storage.consortia import Consortium
from storage.tenancy import Session

CLOCKWORK: dict[str, Callable[[Session, Consortium, datetime], None]] = {
    "after a meeting, propose the next": rotation.turn_over,
    "notice what is over": doors.notice_what_is_over,
    "tell how much is left of a live meeting": live.keep_time,
    "notice what has lapsed": swap_posts.notice_what_has_lapsed,
    "call for items": calls.owe_due_calls,
    "remind before items close": before_closing.remind_before_closing,
    "weekly digest": digests.owe_due_digest,
    "ask about what may have arrived": undelivered.ask_anew,
    "hand over what was held": held.hand_over,
    "look after the end of a legal hold": legal_holds.look_after_its_end,
    "delete what was kept long enough": keep_times.delete_what_was_kept_long_enough,
}
