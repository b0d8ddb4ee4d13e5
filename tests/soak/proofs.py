"""What the tests try in part, tried whole: every test that is marked as long."""

import subprocess
import sys

from tests.processes import PROJECT


def main(_seed: int) -> None:
    """Raises CalledProcessError if one fails."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--long", "-m", "long"]
    subprocess.run(command, cwd=PROJECT, check=True)  # noqa: S603 - our own tests
