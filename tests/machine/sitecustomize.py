"""Python reads this as it starts, where the folder is on its path: it becomes a machine whose clock stands in files.

`passed` holds the seconds that have passed in the story beside the real ones, `wrong` those by which this machine shows more.
"""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

MACHINE = Path(os.environ["MACHINE"])
_really, _passing = time.time, time.clock_gettime


def _seconds(name: str) -> float:
    return float((MACHINE / name).read_text())


time.time = lambda: _really() + _seconds("passed") + _seconds("wrong")
time.clock_gettime = lambda which: _passing(which) + _seconds("passed")

from program import clock  # noqa: E402 - it takes the machine's clock as it finds it

clock.real_clock = lambda: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=time.time())
