"""What the tests try in part, tried whole: every test that is marked as long, and more of what is generated."""

import os
import subprocess
import sys

from tests.long_forms import LONG
from tests.processes import PROJECT

GENERATED = (
    "tests/bot/test_planned_meetings.py",
    "tests/bot/test_replay.py",
    "tests/handlers/hearing/test_strangers.py",
    "tests/handlers/listeners/test_how_loud.py",
    "tests/handlers/test_user_text.py",
    "tests/program/test_ticker.py",
    "tests/storage/test_life_in_sql.py",
    "tests/test_bad_input.py",
)


def main(_seed: int) -> None:
    """Raises CalledProcessError if one fails."""
    for which in (("--long", "-m", "long"), GENERATED):
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", *which]
        subprocess.run(command, cwd=PROJECT, env=os.environ | {LONG: "1"}, check=True)  # noqa: S603 - our own tests
