"""python -m bot, called in this process: as fast as a function, and with what it printed and its status."""

import sys
from collections.abc import Callable

import pytest

from program import command_line
from tests.processes import Ended

Say = Callable[..., Ended]


def told_to(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """A function that runs a command to its end; not for `run`, which takes the log for itself."""
    monkeypatch.setattr(command_line.os, "umask", lambda _: None)

    def does(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["bot", *arguments])
        capsys.readouterr()
        status = command_line.main()
        printed = capsys.readouterr()
        return Ended(status, printed.out, printed.err)

    return does
