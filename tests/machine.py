"""A machine whose clock stands in files, if the environment names their folder. What is forked for tests has read this before the bot.

`passed` holds the seconds that have passed in the story beside the real ones, `wrong` those by which this machine shows more.
"""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

_really, _passing = time.time, time.clock_gettime


def _seconds(name: str) -> float:
    machine = os.environ.get("MACHINE")
    return float(Path(machine, name).read_text()) if machine else 0.0


time.time = lambda: _really() + _seconds("passed") + _seconds("wrong")
time.clock_gettime = lambda which: _passing(which) + _seconds("passed")

from program import clock  # noqa: E402 - it takes the machine's clock as it finds it

clock.real_clock = lambda: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=time.time())
