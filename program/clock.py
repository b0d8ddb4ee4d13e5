"""The time: the machine's, one that no hand can move while the bot runs, or in the playground a story's that runs ahead."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from handlers.slack.held_clock import Clock

_PASSING = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Where there is one that goes on while the machine sleeps, that one."""


def real_clock() -> datetime:
    return datetime.now(UTC)


def steady_clock() -> Clock:
    """What the machine shows now, and from then on the time that passes, whatever is done to the machine's clock."""
    began, at = real_clock(), time.clock_gettime(_PASSING)
    return lambda: began + timedelta(seconds=time.clock_gettime(_PASSING) - at)


def story_clock(offset_file: Path) -> Clock:
    """A clock ahead of the real one by the seconds that the file holds at each look; none while it is absent."""

    def now() -> datetime:
        ahead = float(offset_file.read_text()) if offset_file.exists() else 0.0
        return real_clock() + timedelta(seconds=ahead)

    return now
