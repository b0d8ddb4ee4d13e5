"""What Slack takes: some fifty edits a minute (Tier 3), each of which takes a while."""

import asyncio
import math
from collections import deque
from collections.abc import Callable
from time import monotonic

from playground.slack.faults import Fault, Held, RateLimited

MOST, A_MINUTE = 50, 60.0
TAKES = 0.15
"""Seconds until an edit is answered."""


class FiftyAMinute:
    """The weather of a small Slack, by the name of the method that is called."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._taken: deque[float] = deque()

    def __call__(self, method: str) -> Fault | None:
        if method != "chat.update":
            return None
        now = self._clock()
        while self._taken and self._taken[0] <= now - A_MINUTE:
            self._taken.popleft()
        if len(self._taken) >= MOST:
            return RateLimited(math.ceil(self._taken[0] + A_MINUTE - now))
        self._taken.append(now)
        return Held(lambda: asyncio.sleep(TAKES))
