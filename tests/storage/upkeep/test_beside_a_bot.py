"""A command on the same SQLite file while a bot works with it: what either has answered stays, whoever ends first."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage import followed_file, sqlite
from storage.database import Database
from storage.upkeep.open_database import KeySource, opened
from tests.builders import a_consortium
from tests.keys import KEYS

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[3]
SOURCE = KeySource(Path("no-such-file"), KEYS)
A_COMMAND = """\
import sys
from pathlib import Path
from storage import followed_file
from storage.upkeep.open_database import KeySource, opened
from tests.builders import a_consortium
from tests.keys import KEYS

followed_file.LONGEST_IN_THE_WAL = float(sys.argv[2])
with opened(sys.argv[1], KeySource(Path("no-such-file"), KEYS)) as database:
    for team in sys.stdin:
        with database.transaction() as session:
            a_consortium(session, team_id=team.strip(), channel_id=f"C0{team.strip()}")
        print(team.strip(), flush=True)
"""


class Command:
    """Another process. It writes what it is told, and says so when it is committed."""

    def __init__(self, file: Path, longest: float) -> None:
        given = [sys.executable, "-c", A_COMMAND, f"sqlite:///{file}", str(longest)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(given, cwd=PROJECT, stdin=pipe, stdout=pipe, text=True)  # noqa: S603 - our own program

    def writes(self, team: str) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{team}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == f"{team}\n"

    def ends(self) -> None:
        self._process.communicate()
        assert self._process.returncode == 0


@pytest.fixture
def file(tmp_path: Path, migrated_file: Path) -> Path:
    return Path(shutil.copy(migrated_file, tmp_path / "agenda.db"))


@pytest.fixture(params=[0.0, 1000.0])
def longest(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> float:
    """All is brought into the file at once, or not at all."""
    monkeypatch.setattr(followed_file, "LONGEST_IN_THE_WAL", request.param)
    return float(request.param)


def writes(database: Database, team: str) -> None:
    with database.transaction() as session:
        a_consortium(session, team_id=team, channel_id=f"C0{team}")


def kept_in(file: Path) -> set[str]:
    with closing(sqlite.open_file(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {team for (team,) in connection.execute("SELECT team_id FROM consortium")}


@pytest.fixture
def at_work(file: Path, longest: float) -> Iterator[Database]:
    with opened(f"sqlite:///{file}", SOURCE) as database:
        writes(database, "T0ONE")
        yield database


@pytest.mark.parametrize("ends_first", ["the command", "the bot"])
def test_what_both_have_written_stays(at_work: Database, file: Path, longest: float, ends_first: str) -> None:
    command = Command(file, longest)
    for first, second in (("T0TWO", "T0THREE"), ("T0FOUR", "T0FIVE")):
        command.writes(first)
        writes(at_work, second)
    if ends_first == "the bot":
        at_work.close()
        command.writes("T0LAST")
        command.ends()
    else:
        command.ends()
        writes(at_work, "T0LAST")
        at_work.close()
    assert kept_in(file) == {"T0ONE", "T0TWO", "T0THREE", "T0FOUR", "T0FIVE", "T0LAST"}


def test_a_file_that_was_touched_has_all_that_was_written(at_work: Database, file: Path) -> None:
    writes(at_work, "T0TWO")
    os.utime(file)
    writes(at_work, "T0THREE")
    at_work.close()
    assert kept_in(file) == {"T0ONE", "T0TWO", "T0THREE"}
