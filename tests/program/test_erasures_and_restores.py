"""A backup is restored that knows nothing of what was erased since: the file beside the keys does."""

import shutil
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.leaving import Neutral, erase, those_called
from bot.legal_holds import last_up_to
from storage.consortia import every_consortium
from storage.database import Database
from storage.erasures import Note, Noted, every_note
from storage.files import read_text
from storage.items import Item
from storage.upkeep.erasure_file import ErasuresAreWrong, add_notes, read_notes
from storage.upkeep.open_database import KeySource, opened
from tests.builders import NOON, a_consortium, a_person, an_item
from tests.processes import bot_does

NOTE, OTHER = Note(Noted.PERSON, "0f" * 32), Note(Noted.ITEM, "1e" * 32, 2)
NEUTRAL = Neutral("A former member", "An item of a former member", "To do")


def test_notes_stand_in_their_file_once_each_and_in_order(tmp_path: Path) -> None:
    file = tmp_path / "agenda.erased"
    assert read_notes(file) == []
    assert [add_notes(file, notes) for notes in ([NOTE], [NOTE, OTHER], [OTHER, NOTE])] == [True, True, False]
    assert read_notes(file) == [NOTE, OTHER]
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "line",
    [
        *("person", "person x y", f"planet {'0f' * 32} 0", f"person {'0f' * 32} 0 0"),
        *("person 0f 0", f"hold {'0f' * 32} -5", f"hold {'0f' * 32} 99999999999999999999"),
    ],
)
def test_a_damaged_line_is_named_and_nothing_is_written_over_it(tmp_path: Path, line: str) -> None:
    file = tmp_path / "agenda.erased"
    add_notes(file, [NOTE])
    file.write_text(damaged := read_text(file) + line + "\n")
    for attempt in (lambda: read_notes(file), lambda: add_notes(file, [OTHER])):
        with pytest.raises(ErasuresAreWrong, match=r"Line 4 of .*agenda\.erased is damaged"):
            attempt()
    assert read_text(file) == damaged


def test_a_file_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "agenda.erased"
    file.mkdir()
    with pytest.raises(ErasuresAreWrong, match=r"agenda\.erased can't be read: "):
        read_notes(file)


@pytest.fixture
def kept(tmp_path: Path, migrated_file: Path) -> dict[str, str]:
    """The settings of a database with an item."""
    url = f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'agenda.db')}"
    with opened(url, KeySource(tmp_path / "agenda.keys")) as database, database.transaction() as session:
        an_item(session, a_person(session, a_consortium(session)), title="Priya's cousin")
    return {"DATABASE_URL": url}


def title_in(database: Database) -> str:
    with database.transaction(1) as session:
        return session.get_one(Item, 1).title


def move_away(folder: Path) -> None:
    for file in folder.glob("agenda.db*"):
        file.unlink()


async def restores(folder: Path, settings: dict[str, str]) -> str:
    move_away(folder)
    ended = await bot_does(folder, settings, "restore", "backup.db")
    assert (ended.status, ended.log) == (0, "")
    return ended.said


@pytest.mark.slow
async def test_who_was_erased_since_the_backup_is_erased_again(tmp_path: Path, kept: dict[str, str]) -> None:
    await bot_does(tmp_path, kept, "backup", "backup.db")
    erased = await bot_does(tmp_path, kept, "erase", "T0SISTER/U0MEMBER", "--yes")
    assert (erased.status, "erased again" in erased.said) == (0, True)
    assert "What was erased since the backup is erased again: 1." in await restores(tmp_path, kept)
    with opened(kept["DATABASE_URL"], KeySource(tmp_path / "agenda.keys")) as database:
        assert title_in(database) == NEUTRAL.title


@pytest.mark.slow
async def test_who_waits_for_a_hold_of_which_the_backup_knows_nothing_is_told_of(
    tmp_path: Path, kept: dict[str, str]
) -> None:
    await bot_does(tmp_path, kept, "backup", "backup.db")
    await bot_does(tmp_path, kept, "erase", "T0SISTER/U0MEMBER", "--yes")
    with opened(kept["DATABASE_URL"], KeySource(tmp_path / "agenda.keys")) as database:
        [consortium] = database.do(every_consortium)
        until = datetime.now(UTC).date() + timedelta(days=30)
        hold = partial(last_up_to, consortium=consortium, by=None, reason="Why", until=until)
        database.do(partial(hold, now=datetime.now(UTC)), consortium.id)
        add_notes(tmp_path / "agenda.erased", database.do(every_note))
    said = await restores(tmp_path, kept)
    assert "People who wait to be erased until a legal hold ends: 1." in said
    with opened(kept["DATABASE_URL"], KeySource(tmp_path / "agenda.keys")) as database:
        assert title_in(database) == "Priya's cousin"


@pytest.mark.slow
async def test_without_the_file_a_backup_brings_everything_back(tmp_path: Path, kept: dict[str, str]) -> None:
    await bot_does(tmp_path, kept, "backup", "backup.db")
    await bot_does(tmp_path, kept, "erase", "T0SISTER/U0MEMBER", "--yes")
    (tmp_path / "agenda.erased").unlink()
    assert "erased again" not in await restores(tmp_path, kept)


@pytest.mark.slow
async def test_a_consortium_that_was_erased_since_the_backup_goes_again(
    tmp_path: Path, kept: dict[str, str]
) -> None:
    await bot_does(tmp_path, kept, "backup", "backup.db")
    erased = await bot_does(tmp_path, kept, "erase", "--consortium", "--yes")
    assert erased.status == 0
    await restores(tmp_path, kept)
    with opened(kept["DATABASE_URL"], KeySource(tmp_path / "agenda.keys")) as database:
        assert database.do(every_consortium) == []


def test_an_erasure_is_noted_in_the_transaction_that_erases(database: Database) -> None:
    with database.transaction() as session:
        consortium = a_consortium(session)
    with database.transaction(consortium.id) as session:
        a_person(session, consortium)
        erase(session, consortium, those_called(session, "", "U0MEMBER"), NEUTRAL, NOON)
        session.rollback()
    assert database.do(every_note) == []
