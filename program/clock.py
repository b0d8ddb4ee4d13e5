"""The time: the real one, or in the playground's story one that runs ahead of it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]


def real_clock() -> datetime:
    return datetime.now(UTC)


def story_clock(offset_file: Path) -> Clock:
    """A clock ahead of the real one by the seconds that the file holds at each look; none while it is absent."""

    def now() -> datetime:
        ahead = float(offset_file.read_text()) if offset_file.exists() else 0.0
        return real_clock() + timedelta(seconds=ahead)

    return now
