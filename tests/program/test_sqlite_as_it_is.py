"""A SQLite file as people have it: what is wrong is said in one line, which says what, and nothing is half made."""

import asyncio
import json
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from program.doctor.examination import examine
from program.settings import Settings
from storage import sqlite, sqlite_troubles, troubles
from storage.troubles import DatabaseTrouble
from storage.upkeep.one_process import AlreadyRunning, only_one_process
from tests.clock import FrozenClock
from tests.commands import Say, told_to
from tests.nobody import nobody_special
from tests.processes import Process, bot_does, bot_process, settings_for
from tests.story import SHARED, Story, plan_ahead

COMMANDS = (
    ("migrate",),
    ("setup", "plan.toml"),
    ("rotate-keys",),
    ("restored",),
    ("backup", "new.db"),
)
LETTER = b"This is a letter. " * 1000


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that somebody else than root can reach."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "plan.toml").write_text(plan_ahead(), encoding="utf-8")
        yield Path(name)


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> Say:
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.setattr(sqlite, "SECONDS_FOR_A_LOCK", 0.05)
    monkeypatch.chdir(folder)
    return told_to(monkeypatch, capsys)


def a_database(file: Path) -> None:
    with closing(sqlite.open_file(file, "rwc")) as connection:
        connection.execute("CREATE TABLE kept (note TEXT)")


def a_file_to_read(folder: Path) -> str:
    a_database(folder / "agenda.db")
    (folder / "agenda.db").chmod(0o400)
    return f"sqlite:///{folder}/agenda.db"


def a_closed_file(folder: Path) -> str:
    a_database(folder / "agenda.db")
    (folder / "agenda.db").chmod(0)
    return f"sqlite:///{folder}/agenda.db"


def a_folder_to_read(folder: Path) -> str:
    (folder / "theirs").mkdir()
    a_database(folder / "theirs" / "agenda.db")
    (folder / "theirs" / "agenda.db").chmod(0o666)
    (folder / "theirs").chmod(0o555)
    return f"sqlite:///{folder}/theirs/agenda.db"


def a_folder_to_read_without_a_file(folder: Path) -> str:
    (folder / "theirs").mkdir(mode=0o555)
    return f"sqlite:///{folder}/theirs/agenda.db"


def a_closed_folder(folder: Path) -> str:
    (folder / "theirs").mkdir()
    a_database(folder / "theirs" / "agenda.db")
    (folder / "theirs").chmod(0)
    return f"sqlite:///{folder}/theirs/agenda.db"


def a_link_to_itself(folder: Path) -> str:
    (folder / "a.db").symlink_to(folder / "b.db")
    (folder / "b.db").symlink_to(folder / "a.db")
    return f"sqlite:///{folder}/a.db"


def a_name_too_long(folder: Path) -> str:
    return f"sqlite:///{folder}/{'agenda' * 50}.db"


def a_folder_of_that_name(folder: Path) -> str:
    (folder / "agenda.db").mkdir()
    return f"sqlite:///{folder}/agenda.db"


def a_letter(folder: Path) -> str:
    (folder / "agenda.db").write_bytes(LETTER)
    (folder / "agenda.db").chmod(0o666)
    return f"sqlite:///{folder}/agenda.db"


def a_file_with_two_names(folder: Path) -> str:
    """As `cp -l` makes one, which is no copy."""
    a_database(folder / "agenda.db")
    (folder / "agenda.db").chmod(0o666)
    (folder / "backups").mkdir()
    (folder / "backups" / "agenda.db").hardlink_to(folder / "agenda.db")
    return f"sqlite:///{folder}/agenda.db"


def no_folder(folder: Path) -> str:
    return f"sqlite:///{folder}/nowhere/agenda.db"


def a_file_for_a_folder(folder: Path) -> str:
    (folder / "file").write_bytes(LETTER)
    return f"sqlite:///{folder}/file/agenda.db"


def options(folder: Path) -> str:
    return f"sqlite:///{folder}/agenda.db?mode=ro"


def half_a_name(folder: Path) -> str:
    return f"sqlite:///{folder}/agenda%00.db"


HARDSHIPS: dict[str, tuple[Callable[[Path], str], troubles.Told]] = {
    "a file that can only be read": (a_file_to_read, sqlite_troubles.FILE_NOT_OURS),
    "a file that can't even be read": (a_closed_file, sqlite_troubles.FILE_NOT_OURS),
    "a folder that can only be read": (a_folder_to_read, sqlite_troubles.FOLDER_NOT_OURS),
    "a folder that can only be read, and no file": (
        a_folder_to_read_without_a_file,
        sqlite_troubles.FOLDER_NOT_OURS,
    ),
    "a folder that nobody else may look into": (a_closed_folder, sqlite_troubles.FOLDER_NOT_OURS),
    "a link that leads to itself": (a_link_to_itself, sqlite_troubles.DOES_NOT_OPEN),
    "a name that is too long": (a_name_too_long, sqlite_troubles.DOES_NOT_OPEN),
    "a folder in place of a file": (a_folder_of_that_name, sqlite_troubles.A_FOLDER),
    "a file that is no database": (a_letter, sqlite_troubles.NO_FILE_OF_OURS),
    "a file with two names": (a_file_with_two_names, sqlite_troubles.LINKED),
    "no folder": (no_folder, sqlite_troubles.NO_FOLDER),
    "a file in place of the folder": (a_file_for_a_folder, sqlite_troubles.NO_FOLDER),
    "options": (options, sqlite_troubles.NO_OPTIONS),
    "a name that ends in its middle": (half_a_name, troubles.NO_ADDRESS),
}


STILL_READ = {"a file that can only be read", "a folder that can only be read"}
"""What is in these may be backed up."""


def files_in(folder: Path) -> dict[str, int]:
    """With their lengths. The lock is beside every file that somebody wanted to open, and says nothing."""
    there = (path for path in folder.rglob("*") if path.suffix != ".lock" and path.is_file())
    return {str(path): path.stat().st_size for path in there}


@pytest.mark.parametrize("hardship", HARDSHIPS)
def test_what_is_wrong_is_one_line_for_every_command_and_the_doctor(
    folder: Path,
    says: Say,
    monkeypatch: pytest.MonkeyPatch,
    clock: FrozenClock,
    hardship: str,
) -> None:
    plant, told = HARDSHIPS[hardship]
    monkeypatch.setenv("DATABASE_URL", plant(folder))
    before = files_in(folder)
    with nobody_special(folder, *folder.iterdir()):
        for command in COMMANDS[: -1 if hardship in STILL_READ else None]:
            ended = says(*command)
            assert (command, ended.status, ended.said) == (command, 2, "")
            assert ended.log == f"{DatabaseTrouble(*told)}\n"
        diagnosis = asyncio.run(examine(clock()))
    assert files_in(folder) == before
    of_database = [found for found in diagnosis.findings if found.check.startswith("database")]
    assert [(found.trouble.says, found.trouble.next_step) for found in of_database] == [told]


def test_a_file_that_another_program_holds_is_named(
    folder: Path, says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder}/agenda.db")
    with closing(sqlite.open_file(folder / "agenda.db", "rwc")) as another:
        another.execute("BEGIN EXCLUSIVE")
        for command in COMMANDS[:-1]:
            ended = says(*command)
            assert (ended.status, ended.log) == (2, f"{DatabaseTrouble(*sqlite_troubles.LOCKED)}\n")


def test_no_command_brings_a_file_up_to_date_under_an_older_bot_that_runs(
    folder: Path, says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would go on writing as it knows how to."""
    url = f"sqlite:///{folder}/agenda.db"
    monkeypatch.setenv("DATABASE_URL", url)
    a_database(folder / "agenda.db")
    with only_one_process(url):
        for command in COMMANDS[:-1]:
            ended = says(*command)
            assert (command, ended.status, ended.log) == (command, 2, f"{AlreadyRunning()}\n")
    with closing(sqlite.open_file(folder / "agenda.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("kept",)]


def test_a_backup_that_can_t_be_written_says_which_file_and_why(
    folder: Path, says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder}/agenda.db")
    says("migrate")
    (folder / "theirs").mkdir(mode=0o555)
    with nobody_special(folder, *folder.iterdir()):
        ended = says("backup", "theirs/new.db")
    assert (ended.status, ended.said) == (1, "")
    assert ended.log.endswith("draft can't be written: Permission denied.\n")
    assert ended.log.count("\n") == 1


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of its own, of a megabyte."""
    disk = folder / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:  # noqa: S603 - our own words
        pytest.skip("only root may mount a disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)  # noqa: S603, S607 - the same


@pytest.fixture
def mounted_alone(folder: Path) -> Iterator[Path]:
    """A file that stands in another folder, too, as a container may be given it."""
    a_database(folder / "agenda.db")
    there = folder / "in a container" / "agenda.db"
    there.parent.mkdir()
    there.touch()
    mounting = ["mount", "--bind", str(folder / "agenda.db"), str(there)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:  # noqa: S603 - our own words
        pytest.skip("only root may mount a file")
    yield there
    subprocess.run(["umount", str(there)], check=True)  # noqa: S603, S607 - the same


def test_a_file_that_is_mounted_without_its_folder_is_named(
    mounted_alone: Path, says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{mounted_alone}")
    for command in COMMANDS:
        ended = says(*command)
        assert (ended.status, ended.log) == (2, f"{DatabaseTrouble(*sqlite_troubles.MOUNTED_ALONE)}\n")


def fill(disk: Path) -> None:
    """To the last byte, as a log that grows does."""
    with suppress(OSError), (disk / "ballast").open("ab", buffering=0) as ballast:
        while True:
            ballast.write(b"x" * 4096)


async def fills_up(disk: Path, bot: Process) -> None:
    """Until the bot says so. Each time that its WAL was brought into the file there is room for the next."""
    while troubles.FULL[0] not in (await bot.health("readyz"))[1]:
        fill(disk)
        await asyncio.sleep(0.02)


def make_room(disk: Path) -> None:
    (disk / "ballast").unlink()


def test_a_full_disk_is_named_and_leaves_nothing_half_made(
    small_disk: Path, says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{small_disk}/agenda.db")
    fill(small_disk)
    for command in (("migrate",), ("setup", "plan.toml")):
        ended = says(*command)
        assert (ended.status, ended.said) == (2, "")
        assert ended.log == f"{DatabaseTrouble(*troubles.FULL)}\n"
    make_room(small_disk)
    assert says("setup", "plan.toml").status == 0


def test_a_disk_that_can_only_be_read_is_named(
    small_disk: Path, says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{small_disk}/agenda.db")
    says("migrate")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)  # noqa: S603, S607 - the same
    ended = says("migrate")
    assert (ended.status, ended.log) == (2, f"{DatabaseTrouble(*sqlite_troubles.READ_ONLY_DISK)}\n")


def test_a_disk_on_which_only_the_keys_have_no_room_is_named(
    small_disk: Path, says: Say, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder}/agenda.db")
    monkeypatch.setenv("KEYS_FILE", f"{small_disk}/agenda.keys")
    fill(small_disk)
    ended = says("migrate")
    assert (ended.status, ended.log.count("\n")) == (2, 1)
    assert "agenda.keys, can't be written: No space left on device." in ended.log
    assert {path.name for path in small_disk.iterdir()} - {"agenda.keys.lock"} == {"ballast"}


@pytest.mark.parametrize("name", ["a.db", "a.db/agenda.keys"], ids=["the file", "its folder"])
def test_keys_whose_link_leads_to_itself_are_named(
    says: Say, monkeypatch: pytest.MonkeyPatch, folder: Path, name: str
) -> None:
    a_link_to_itself(folder)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder}/agenda.db")
    monkeypatch.setenv("KEYS_FILE", str(folder / name))
    for command in (("migrate",), ("rotate-keys",), ("setup", "plan.toml")):
        ended = says(*command)
        assert (ended.status, ended.said, ended.log.count("\n")) == (2, "", 1)
        assert "leads to itself. Put that right, or name another in KEYS_FILE." in ended.log


@pytest.mark.slow
async def test_a_bot_whose_disk_fills_up_says_so_and_goes_on_when_there_is_room(
    slack_of_today: Story, small_disk: Path, folder: Path
) -> None:
    given = settings_for(slack_of_today, f"sqlite:///{small_disk}/agenda.db") | {"TICK_SECONDS": "0.1"}
    assert (await bot_does(folder, given, "setup", "plan.toml")).status == 0
    async with bot_process(folder, given) as bot:
        await bot.comes_to(200)
        await slack_of_today.in_channel("The agenda of")

        await fills_up(small_disk, bot)
        assert await bot.health("livez") == (200, "ok")
        refused = await slack_of_today.asks("U0MEMBER", SHARED, "/agenda add Rents")
        assert "I can't get at my notes at the moment." in refused.text
        assert "/agenda add Rents" in refused.text

        make_room(small_disk)
        await bot.comes_to(200)
        kept = await slack_of_today.asks("U0MEMBER", SHARED, "/agenda add Rents")
        assert "Rents" in kept.text
        bot.told(signal.SIGTERM)
        ended = await bot.ended()
    assert ended.status == 0
    lines = [json.loads(line) for line in ended.log.splitlines()]
    full = [line for line in lines if line.get("reason") == troubles.FULL[0]]
    assert {"a job failed", "a turn failed"} <= {line["event"] for line in full}
    traced = [line for line in lines if "exceptions" in line]
    assert [
        line for line in traced if "TimeoutError" not in str(line)
    ] == []  # of a job that a busy machine cut off
    assert "the database can be written again" in {line["event"] for line in lines}


@pytest.mark.slow
async def test_a_bot_whose_file_is_moved_away_says_so_and_goes_on_with_the_copy_that_is_put_there(
    slack_of_today: Story, folder: Path
) -> None:
    given = settings_for(slack_of_today, f"sqlite:///{folder}/agenda.db") | {"TICK_SECONDS": "0.1"}
    assert (await bot_does(folder, given, "setup", "plan.toml")).status == 0
    async with bot_process(folder, given) as bot:
        await bot.comes_to(200)
        await slack_of_today.in_channel("The agenda of")

        away = (folder / "agenda.db").rename(folder / "away.db")
        assert await bot.comes_to(503) == sqlite_troubles.MOVED[0]
        refused = await slack_of_today.asks("U0MEMBER", SHARED, "/agenda add Rents")
        assert "I can't get at my notes at the moment." in refused.text

        shutil.copy(away, folder / "agenda.db")
        await bot.comes_to(200)
        await slack_of_today.asks("U0MEMBER", SHARED, "/agenda add Rents")
        with closing(sqlite.open_file(folder / "agenda.db", "ro")) as connection:
            assert connection.execute("SELECT title FROM item").fetchall() == [("Rents",)]
        bot.told(signal.SIGTERM)
        assert (await bot.ended()).status == 0
