"""How tests wait: for what happens, however long that takes. Only a hang is ended."""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 300
"""So long that only a hang takes longer, also on a busy machine."""
MILLISECONDS = SECONDS * 1000
"""The same for a browser, which can't wait without a limit."""
SLOW = 3
"""So many times as long may those take that are marked slow."""


class Hangs(Exception):
    """The test waits for what never happens."""


async def until(true: Callable[[], bool]) -> None:
    """Wait for what tells nobody when it changes, as a database does not; it is asked in a thread."""
    while not await asyncio.to_thread(true):  # noqa: ASYNC110 - the same
        await asyncio.sleep(0.01)


async def for_ever() -> None:
    """The small Slack's patience with an answer, where it is not time that is tried."""
    await asyncio.Event().wait()


@contextmanager
def ended_when_it_hangs(seconds: int) -> Iterator[None]:
    """Raises Hangs in the main thread after so many seconds, and shows where each task stands."""
    before = signal.signal(signal.SIGALRM, _ends)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _ends(_signal: int, _frame: FrameType | None) -> None:
    try:
        tasks = asyncio.all_tasks()
    except RuntimeError:  # no loop runs
        tasks = set()
    for task in tasks:
        task.print_stack(file=sys.stderr)
    raise Hangs
