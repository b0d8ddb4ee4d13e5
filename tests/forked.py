"""A process forked from one that has everything loaded already: it is there at once, where a new one takes seconds to load the bot."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

forking = multiprocessing.get_context("forkserver")
# The clock of a machine of its own before all that reads clocks, and then all that a bot may need.
forking.set_forkserver_preload(["tests.machine", "tests.reliability.replica"])


class Forked:
    """It runs `does`. It is waited for on the event loop: multiprocessing asks after all its children whenever one is started, and a thread that asks at the same time loses the exit status."""

    def __init__(self, does: Callable[..., None], *given: Any) -> None:
        self._process = forking.Process(target=does, args=given, daemon=True)
        self._process.start()

    @property
    def returncode(self) -> int | None:
        """None as long as it runs."""
        return self._process.exitcode

    def send_signal(self, what: signal.Signals) -> None:
        if self._process.is_alive() and self._process.pid is not None:
            os.kill(self._process.pid, what)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Its exit status."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        return self._process.exitcode or 0


def is_written_to(path: Path, stream: TextIO) -> None:
    """From now on, whatever this process says there: it goes on behind what the file holds."""
    os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT), stream.fileno())
