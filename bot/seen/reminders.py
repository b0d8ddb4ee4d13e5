"""The answer to a wish to be reminded."""

from dataclasses import dataclass
from datetime import datetime

from bot.seen.meetings import MeetingSeen


@dataclass(frozen=True)
class ReminderSeen:
    """`at` is when it comes; `is_new` tells a first wish from one more, `is_over` that the reminder has had its time."""

    meeting: MeetingSeen
    at: datetime
    timezone: str
    is_new: bool
    is_over: bool
