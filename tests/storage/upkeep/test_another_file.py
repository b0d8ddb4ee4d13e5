"""A SQLite file that is moved, or replaced by another, under a bot that runs: it works on what is there, once that was looked at."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage import followed_file, sqlite
from storage.consortia import every_consortium
from storage.database import Database
from storage.sqlite_troubles import MOVED, NO_FILE_OF_OURS
from storage.tenancy import enter
from storage.troubles import DatabaseTrouble, Told
from storage.upkeep import open_database
from storage.upkeep.backup import back_up, put_back
from storage.upkeep.one_process import AlreadyRunning, lock_of, only_one_process
from storage.upkeep.open_database import KeySource, opened
from tests.builders import a_consortium, a_person, an_item
from tests.keys import KEYS

pytestmark = pytest.mark.slow

SOURCE = KeySource(Path("no-such-file"), KEYS)


@pytest.fixture
def file(tmp_path: Path, migrated_file: Path) -> Path:
    return Path(shutil.copy(migrated_file, tmp_path / "agenda.db"))


@pytest.fixture
def at_work(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """At any moment all is in the file, as it is when nobody has spoken for a while."""
    monkeypatch.setattr(followed_file, "LONGEST_IN_THE_WAL", 0.0)
    url = f"sqlite:///{file}"
    with only_one_process(url), opened(url, SOURCE, alone=True) as database:
        writes(database, "T0FIRST")
        yield database


def writes(database: Database, team: str) -> None:
    with database.transaction() as session:
        a_consortium(session, team_id=team, channel_id=f"C0{team}")


def kept_in(file: Path) -> set[str]:
    with closing(sqlite.open_file(file, "ro")) as connection:
        return {team for (team,) in connection.execute("SELECT team_id FROM consortium")}


def a_copy_of(file: Path) -> Path:
    copy = file.with_name("copy.db")
    copy.touch()
    sqlite.copy(file, copy, seconds=1)
    return copy


def moved_and_copied_back(file: Path) -> None:
    shutil.copy(file.rename(file.with_name("away.db")), file)


def copied_over(file: Path) -> None:
    a_copy_of(file).replace(file)


def written_over(file: Path) -> None:
    """As by `cp`: it is the same file, with another content."""
    shutil.copyfile(a_copy_of(file), file)


def moved_to_another_disk_and_back(file: Path) -> None:
    away = Path(shutil.copy2(file, file.with_name("away.db")))
    file.unlink()
    shutil.copy2(away, file)


def moved_and_moved_back(file: Path) -> None:
    file.rename(file.with_name("away.db")).rename(file)


@pytest.mark.parametrize(
    "befalls",
    [
        moved_and_copied_back,
        copied_over,
        written_over,
        moved_to_another_disk_and_back,
        moved_and_moved_back,
    ],
)
def test_what_is_written_next_is_in_the_file_that_is_there(
    at_work: Database, file: Path, befalls: Callable[[Path], None]
) -> None:
    befalls(file)
    writes(at_work, "T0SECOND")
    assert kept_in(file) == {"T0FIRST", "T0SECOND"}


def test_a_file_that_was_moved_away_has_all_that_was_written_into_it(at_work: Database, file: Path) -> None:
    copy = a_copy_of(file)
    writes(at_work, "T0SECOND")
    away = file.rename(file.with_name("away.db"))
    copy.replace(file)
    writes(at_work, "T0THIRD")
    assert kept_in(away) == {"T0FIRST", "T0SECOND"}
    assert kept_in(file) == {"T0FIRST", "T0THIRD"}


def test_what_is_read_next_is_what_is_there(at_work: Database, file: Path) -> None:
    copy = a_copy_of(file)
    writes(at_work, "T0SECOND")
    copy.replace(file)
    with at_work.transaction() as session:
        assert [one.team_id for one in every_consortium(session)] == ["T0FIRST"]


@pytest.fixture
def has_just_written(file: Path) -> Iterator[Database]:
    """The WAL holds what the file does not, yet."""
    url = f"sqlite:///{file}"
    with only_one_process(url), opened(url, SOURCE, alone=True) as database:
        writes(database, "T0FIRST")
        writes(database, "T0SECOND")
        assert sqlite.journals_of(file)
        yield database


needs_a_wal = pytest.mark.skipif(not sqlite.wal_is_safe(), reason="this SQLite writes no WAL")


@needs_a_wal
def test_the_wal_of_what_was_moved_to_another_disk_is_played_into_nothing_and_kept(
    has_just_written: Database, file: Path
) -> None:
    moved_to_another_disk_and_back(file)
    there, wal = file.read_bytes(), sqlite.wal_of(file).read_bytes()
    for _ in range(2):
        with pytest.raises(DatabaseTrouble) as trouble:
            writes(has_just_written, "T0NOWHERE")
        assert (trouble.value.says, trouble.value.then) == open_database.BESIDE_ANOTHERS_JOURNAL
    has_just_written.close()
    assert (file.read_bytes(), sqlite.wal_of(file).read_bytes()) == (there, wal)


def test_while_it_is_away_that_is_said_and_none_is_made_in_its_place(at_work: Database, file: Path) -> None:
    away = file.rename(file.with_name("away.db"))
    for team in ("T0SECOND", "T0THIRD"):
        with pytest.raises(DatabaseTrouble) as trouble:
            writes(at_work, team)
        assert (trouble.value.says, trouble.value.then) == MOVED
    assert not file.exists()
    away.rename(file)
    writes(at_work, "T0FOURTH")
    assert kept_in(file) == {"T0FIRST", "T0FOURTH"}


def test_where_it_is_moved_between_the_look_at_it_and_its_opening_none_is_made(
    tmp_path: Path, file: Path
) -> None:
    file.touch()
    with closing(Database(f"sqlite:///{file}")) as database:
        followed_file.follows_its_file(database.engine, file, look=file.unlink)
        file.rename(tmp_path / "away.db")
        file.touch()
        with pytest.raises(DatabaseTrouble) as trouble:
            database.engine.connect()
    assert (trouble.value.says, trouble.value.then) == MOVED
    assert not file.exists()


def test_where_it_is_moved_while_something_is_written_nothing_of_that_is_kept(
    at_work: Database, file: Path
) -> None:
    copy = a_copy_of(file)
    with pytest.raises(DatabaseTrouble) as trouble, at_work.transaction() as session:  # noqa: PT012 - all of one transaction
        every_consortium(session)
        copy.replace(file)
        a_consortium(session, team_id="T0SECOND", channel_id="C0SECOND")
    assert (trouble.value.says, trouble.value.then) == MOVED
    writes(at_work, "T0THIRD")
    assert kept_in(file) == {"T0FIRST", "T0THIRD"}


def of_another_version(other: Path, _file: Path) -> None:
    with closing(sqlite.open_file(other)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()


def empty(other: Path, _file: Path) -> None:
    other.write_bytes(b"")


def no_database(other: Path, _file: Path) -> None:
    other.write_bytes(b"This is a letter. " * 1000)


def under_other_keys(other: Path, _file: Path) -> None:
    other.unlink()
    with (
        opened(f"sqlite:///{other}", KeySource(other.with_name("other.keys"))) as database,
        database.transaction() as session,
    ):
        consortium = a_consortium(session)
        enter(session, consortium.id)
        an_item(session, a_person(session, consortium)).note = "canary"


def beside_a_journal(_other: Path, file: Path) -> None:
    file.with_name(f"{file.name}-journal").write_bytes(b"of the one before")


def beside_another_lock(_other: Path, file: Path) -> None:
    lock_of(file).rename(file.with_name("away.lock"))
    lock_of(file).touch()


@pytest.mark.parametrize(
    ("other_is", "told"),
    [
        (of_another_version, open_database.OF_ANOTHER_VERSION),
        (empty, open_database.OF_ANOTHER_VERSION),
        (no_database, NO_FILE_OF_OURS),
        (under_other_keys, open_database.UNDER_OTHER_KEYS),
        (beside_a_journal, open_database.BESIDE_ANOTHERS_JOURNAL),
        (beside_another_lock, open_database.BESIDE_ANOTHER_LOCK),
    ],
)
def test_another_that_can_t_be_worked_on_is_left_alone(
    at_work: Database, file: Path, other_is: Callable[[Path, Path], None], told: Told
) -> None:
    other = a_copy_of(file)
    other_is(other, file)
    away = file.rename(file.with_name("away.db"))
    other.replace(file)
    before = file.read_bytes()
    for _ in range(2):
        with pytest.raises(DatabaseTrouble) as trouble:
            writes(at_work, "T0SECOND")
        assert (trouble.value.says, trouble.value.then) == told
    assert file.read_bytes() == before

    away.replace(file)
    writes(at_work, "T0THIRD")
    assert kept_in(file) == {"T0FIRST", "T0THIRD"}


@pytest.mark.skipif(
    not hasattr(os, "O_PATH"), reason="only Linux keeps the number of a file that nobody opens"
)
def test_no_other_file_gets_the_number_of_the_one_that_was_removed(file: Path, at_work: Database) -> None:
    """Some systems give it to the next that is made, which would be taken for the one before."""
    number = sqlite.identity_of(file)
    file.unlink()
    with pytest.raises(DatabaseTrouble):
        writes(at_work, "T0NOWHERE")
    for one in range(20):
        another = file.with_name(f"another{one}")
        another.touch()
        assert sqlite.identity_of(another) != number


@pytest.fixture
def link(file: Path) -> Path:
    """To the file, from another folder."""
    away = file.parent / "by another name"
    away.mkdir()
    (away / "link.db").symlink_to(file)
    return away / "link.db"


@pytest.mark.usefixtures("at_work")
def test_by_a_link_to_the_file_another_bot_is_refused_too(link: Path) -> None:
    with pytest.raises(AlreadyRunning), only_one_process(f"sqlite:///{link}"):
        pass


def test_the_wal_is_looked_for_beside_the_file_and_not_beside_a_link_to_it(file: Path, link: Path) -> None:
    other = file.with_name("other.db")
    for place in (file, other):
        with opened(f"sqlite:///{place}", SOURCE) as database:
            writes(database, "T0FIRST" if place is file else "T0OTHER")
    url = f"sqlite:///{link}"
    with only_one_process(url), opened(url, SOURCE, alone=True) as database:
        writes(database, "T0AHEAD")
        file.unlink()
        shutil.copy(other, file)
        with pytest.raises(DatabaseTrouble):
            writes(database, "T0LATER")


def test_a_backup_is_put_back_where_the_link_leads(file: Path, link: Path) -> None:
    with opened(f"sqlite:///{link}", SOURCE) as database:
        writes(database, "T0FIRST")
    back_up(f"sqlite:///{link}", file.with_name("backup.db"))
    file.rename(file.with_name("away.db"))
    put_back(file.with_name("backup.db"), f"sqlite:///{link}", SOURCE, lambda _: None)
    assert link.is_symlink()
    assert kept_in(file) == {"T0FIRST"}
