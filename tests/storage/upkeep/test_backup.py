"""A backup of a SQLite database is whole, made while somebody writes, put back as it was, and has nothing sealed in the clear."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, event, make_url, select, text, update

from storage import sqlite
from storage.consortia import Consortium
from storage.database import Database, connect
from storage.items import Item, Reason
from storage.keys import KeysAreWrong, a_key
from storage.people import Person
from storage.sqlite import file_of
from storage.tenancy import Session, enter
from storage.tips import Tip
from storage.troubles import DatabaseTrouble
from storage.upkeep.backup import BackupFailed, back_up, examine, put_back
from storage.upkeep.migrating import config
from storage.upkeep.one_process import AlreadyRunning, only_one_process
from storage.upkeep.open_database import KeySource, opened
from storage.upkeep.schema import DatabaseIsNewer, _for_migrations
from tests.builders import NOON, a_consortium, a_person, an_item
from tests.keys import KEYS
from tests.servers import PostgresServer

pytestmark = pytest.mark.slow

CANARY = "canary-5d20"
BACKUPS = 50
SOURCE = KeySource(Path("not there"), KEYS)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/agenda.db"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "backup.db"


@pytest.fixture
def elsewhere(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/restored.db"


@pytest.fixture
def kept(url: str, migrated_file: Path) -> Iterator[Database]:
    """One with an item that was not taken."""
    shutil.copy(migrated_file, file_of(make_url(url)))
    with opened(url, SOURCE) as database:
        with database.transaction() as session:
            item = an_item(session, somebody(session))
            item.reason, item.note = Reason.OTHER, CANARY
        yield database


def somebody(session: Session) -> Person:
    consortium = a_consortium(session)
    enter(session, consortium.id)
    return a_person(session, consortium)


def leave_it(_: Database) -> None:
    pass


def files_beside(backup: Path) -> set[str]:
    """Without what lies beside the database that is open: its WAL, the index of that, and its lock."""
    return {file.name for file in backup.parent.iterdir()} - {
        f"agenda.db{ending}" for ending in ("-wal", "-shm", ".lock")
    }


@pytest.mark.usefixtures("kept")
def test_a_backup_holds_everything_for_its_owner_alone(url: str, backup: Path) -> None:
    contents = back_up(url, backup)
    assert contents.rows | {"item": 1, "person": 1, "consortium": 1} == contents.rows
    assert contents.keys == {"tests"}
    assert backup.stat().st_mode & 0o777 == 0o600
    assert examine(backup, SOURCE) == contents
    assert files_beside(backup) == {"agenda.db", "backup.db"}


def test_what_was_put_back_is_what_was_there(kept: Database, url: str, backup: Path, elsewhere: str) -> None:
    back_up(url, backup)
    with kept.transaction(1) as session:
        session.execute(update(Item).values(title="Later"))

    put_back(backup, elsewhere, SOURCE, leave_it)
    with opened(elsewhere, SOURCE) as database, database.transaction(1) as session:
        item = session.scalars(select(Item)).one()
        assert (item.title, item.reason, item.note) == ("Budget cuts", Reason.OTHER, CANARY)
        assert session.connection().execute(text("PRAGMA integrity_check")).scalar() == "ok"
    assert Path(elsewhere.removeprefix("sqlite:///")).stat().st_mode & 0o777 == 0o600


def test_nothing_sealed_stands_in_the_clear_in_any_file(url: str, backup: Path) -> None:
    """Also while a transaction is under way, when the journal holds what was there before."""
    seen: dict[str, bytes] = {}

    def look(_: object = None) -> None:
        seen.update({file.name: file.read_bytes() for file in backup.parent.iterdir()})

    with opened(url, SOURCE) as database:
        event.listen(database.engine, "commit", look)
        with database.transaction() as session:
            item = an_item(session, somebody(session), title="shown to all")
            item.reason, item.note = Reason.ALREADY_COVERED, CANARY
        for note in (f"{CANARY} again", CANARY * 100, None):
            with database.transaction(1) as session:
                session.get_one(Item, item.id).note = note
                session.flush()
                session.connection().execute(text("PRAGMA cache_spill=1"))
        back_up(url, backup)
        look()
    assert set(seen) >= {"agenda.db", "backup.db"}
    assert any(name.startswith("agenda.db-") for name in seen), "no journal was seen"
    assert b"shown to all" in seen["agenda.db"] + seen.get("agenda.db-wal", b"")
    for name, content in seen.items():
        assert CANARY.encode() not in content, name
        assert Reason.ALREADY_COVERED.value.encode() not in content, name


def test_plain_texts_from_before_are_gone_from_the_file_once_sealed(url: str, backup: Path) -> None:
    """Sealed they are longer, so that rows move and leave room behind in which the old ones would still stand."""
    with opened(url, SOURCE) as database, database.transaction() as session:
        person = somebody(session)
        items = [an_item(session, person) for _ in range(100)]
        session.connection().execute(update(Item.__table__).values(note=CANARY * 20))
    file = Path(url.removeprefix("sqlite:///"))
    assert CANARY.encode() in file.read_bytes()

    with opened(url, SOURCE) as database, database.transaction(1) as session:
        assert session.get_one(Item, items[0].id).note == CANARY * 20
    back_up(url, backup)
    for each in (file, backup):
        assert CANARY.encode() not in each.read_bytes()


def test_nothing_sealed_stands_in_the_clear_in_postgres(postgres: PostgresServer) -> None:
    address = postgres.create()
    with opened(address, SOURCE) as database:
        with database.transaction() as session:
            item = an_item(session, somebody(session), title="shown to all")
            item.reason, item.note = Reason.ALREADY_COVERED, CANARY
        with database.transaction(1) as session:
            session.get_one(Item, item.id).note = f"{CANARY} again"
        pages = _bytes_of_items(database.engine)
    assert b"shown to all" in pages
    assert CANARY.encode() not in pages
    assert Reason.ALREADY_COVERED.value.encode() not in pages
    postgres.drop(address)


def _bytes_of_items(engine: Engine) -> bytes:
    """The table's file, with what is overwritten too, and all that Postgres has logged."""
    with engine.connect() as connection, connection.execution_options(isolation_level="AUTOCOMMIT"):
        connection.execute(text("CHECKPOINT"))
        table = connection.scalar(text("SELECT pg_read_binary_file(pg_relation_filepath('item'))"))
        segment = text(
            "SELECT pg_read_binary_file('pg_wal/' || name) FROM pg_ls_waldir() ORDER BY modification DESC LIMIT 1"
        )
        return bytes(table) + bytes(connection.scalar(segment))


@pytest.mark.usefixtures("kept")
def test_no_file_is_overwritten(url: str, backup: Path) -> None:
    backup.write_text("precious")
    with pytest.raises(BackupFailed, match=f"{backup} is there already"):
        back_up(url, backup)
    assert backup.read_text() == "precious"
    assert files_beside(backup) == {"agenda.db", "backup.db"}


@pytest.mark.usefixtures("kept")
def test_where_there_is_no_folder_there_is_no_backup(url: str, backup: Path) -> None:
    with pytest.raises(BackupFailed, match="There is no folder"):
        back_up(url, backup.parent / "nowhere" / "backup.db")


def test_a_database_that_is_not_there_is_not_backed_up(url: str, backup: Path) -> None:
    with pytest.raises(DatabaseTrouble, match="There is no database file"):
        back_up(url, backup)
    assert files_beside(backup) == set()


def test_a_postgres_is_for_its_own_tools(backup: Path) -> None:
    url = "postgresql+psycopg://db/agenda"
    with pytest.raises(BackupFailed, match=r"pg_dump.*README"):
        back_up(url, backup)
    with pytest.raises(BackupFailed, match=r"pg_restore.*README"):
        put_back(backup, url, SOURCE, leave_it)


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 4096, None])
def test_what_is_no_backup_is_not_put_back(backup: Path, elsewhere: str, content: bytes | None) -> None:
    if content is not None:
        backup.write_bytes(content)
    with pytest.raises(BackupFailed, match=str(backup)) as refused:
        put_back(backup, elsewhere, SOURCE, leave_it)
    assert "\n" not in str(refused.value)
    assert files_beside(backup) - {"restored.db.lock"} == ({"backup.db"} if content is not None else set())


@pytest.mark.usefixtures("kept")
def test_a_damaged_backup_is_refused(url: str, backup: Path, elsewhere: str) -> None:
    back_up(url, backup)
    damaged = bytearray(backup.read_bytes())
    for page in range(4096, len(damaged), 4096):
        damaged[page : page + 64] = b"\xff" * 64
    backup.write_bytes(damaged)
    for attempt in (lambda: examine(backup), lambda: put_back(backup, elsewhere, SOURCE, leave_it)):
        with pytest.raises(BackupFailed, match=str(backup)):
            attempt()


@pytest.mark.usefixtures("kept")
def test_a_row_that_points_nowhere_is_damage_too(url: str, backup: Path) -> None:
    back_up(url, backup)
    with closing(sqlite.open_file(backup)) as connection:
        connection.execute("DELETE FROM person")
        connection.commit()
    with pytest.raises(BackupFailed, match="is damaged"):
        examine(backup)


def test_a_backup_of_a_newer_version_is_refused(kept: Database, url: str, backup: Path) -> None:
    with kept.transaction() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseIsNewer, match="9999"):
        back_up(url, backup)
    assert not backup.exists()


def test_a_sealed_cell_that_does_not_open_is_found(kept: Database, url: str, backup: Path) -> None:
    with kept.transaction() as session:
        session.connection().execute(update(Item.__table__).values(note=Item.__table__.c.reason))
    back_up(url, backup)
    assert [str(cell) for cell in examine(backup, SOURCE).closed] == ["item.note of row 1"]


@pytest.mark.usefixtures("kept")
def test_without_its_keys_a_backup_is_not_put_back(
    url: str, backup: Path, elsewhere: str, tmp_path: Path
) -> None:
    back_up(url, backup)
    for source in (KeySource(tmp_path / "lost.keys"), KeySource(tmp_path, _lines_of_another_key())):
        with pytest.raises(KeysAreWrong, match="tests"):
            put_back(backup, elsewhere, source, leave_it)
    assert files_beside(backup) == {"agenda.db", "backup.db", "restored.db.lock"}


def _lines_of_another_key() -> str:
    return KEYS.replace("tests", a_key()[0])


@pytest.mark.usefixtures("kept")
def test_a_database_that_is_there_is_not_overwritten(url: str, backup: Path) -> None:
    back_up(url, backup)
    with pytest.raises(BackupFailed, match=r"agenda\.db.* would be overwritten"):
        put_back(backup, url, SOURCE, leave_it)


@pytest.mark.usefixtures("kept")
def test_a_journal_that_is_left_is_not_played_into_another_database(
    url: str, backup: Path, elsewhere: str
) -> None:
    back_up(url, backup)
    (backup.parent / "restored.db-journal").write_text("left")
    with pytest.raises(BackupFailed, match=r"restored\.db-journal would be overwritten"):
        put_back(backup, elsewhere, SOURCE, leave_it)


@pytest.mark.usefixtures("kept")
def test_nothing_is_put_back_while_a_bot_is_at_work(url: str, backup: Path, elsewhere: str) -> None:
    back_up(url, backup)
    with only_one_process(elsewhere), pytest.raises(AlreadyRunning):
        put_back(backup, elsewhere, SOURCE, leave_it)
    put_back(backup, elsewhere, SOURCE, leave_it)


@pytest.mark.usefixtures("kept")
def test_what_could_not_be_prepared_is_not_put_back(url: str, backup: Path, elsewhere: str) -> None:
    def fail(_: Database) -> None:
        raise LookupError

    back_up(url, backup)
    with pytest.raises(LookupError):
        put_back(backup, elsewhere, SOURCE, fail)
    assert files_beside(backup) == {"agenda.db", "backup.db", "restored.db.lock"}


def test_an_older_backup_is_brought_to_the_newest_schema(backup: Path, elsewhere: str) -> None:
    engine = connect(f"sqlite:///{backup}")
    _bring_to(engine, "0002")
    engine.dispose()
    assert examine(backup, SOURCE).revision == "0002"
    put_back(backup, elsewhere, SOURCE, leave_it)
    with opened(elsewhere, SOURCE) as database, database.transaction(1) as session:
        item = session.scalars(select(Item)).one()
        assert (item.reason, item.note) == (Reason.TOO_FULL, CANARY)
        assert len(session.scalars(select(Consortium)).one().namespace) == 32


def _bring_to(engine: Engine, revision: str) -> None:
    """As a version before sealing left it, with an item that was not taken."""
    with _for_migrations(engine) as connection:
        command.upgrade(config(connection), revision)
        connection.execute(
            text(
                "INSERT INTO consortium (id, team_id, name, channel_id, timezone, call_days, call_at, closes_days_before,"
                " digest_weekday, digest_at, told_after_minutes, created_at, scheduled_since) VALUES (1, 'T0SISTER', 'Sister',"
                " 'C0SHARED', 'UTC', '[]', '10:00', 7, 'monday', '09:00', 5, :now, :now)"
            ),
            {"now": "2026-11-23 20:00:00"},
        )
        connection.execute(
            text(
                "INSERT INTO person (id, consortium_id, team_id, user_id, is_admin, is_bot) VALUES (1, 1, 'T0SISTER', 'U1', 0, 0)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO item (id, consortium_id, proposer_id, title, state, is_late, is_carried_over, created_at, reason, note,"
                " decisions) VALUES (1, 1, 1, 'Budget cuts', 'not taken', 0, 0, :now, 'too full', :note, 1)"
            ),
            {"now": "2026-11-23 20:00:00", "note": CANARY},
        )


def test_every_backup_under_writes_restores_whole(url: str, backup: Path) -> None:
    """Nothing that was committed before it is missing, and nothing in it is half done: tips come in pairs."""
    with opened(url, SOURCE) as database, database.transaction() as session:
        somebody(session)
    with _writing(url) as committed:
        for number in range(BACKUPS):
            file = backup.with_name(f"{number}.db")
            before = committed()
            back_up(url, file)
            restored = f"sqlite:///{backup.parent}/restored-{number}.db"
            contents = put_back(file, restored, SOURCE, leave_it)
            assert contents.rows["tip"] % 2 == 0
            with closing(Database(restored)) as database, database.transaction(1) as session:
                pairs = session.scalars(select(Tip.topic).order_by(Tip.id)).all()
            assert pairs == [str(pair // 2) for pair in range(len(pairs))]
            assert len(pairs) >= 2 * before
        assert before > BACKUPS


@contextmanager
def _writing(url: str) -> Iterator:
    """A process that commits one pair of tips after the other; gives what tells how many pairs are committed."""
    reading, told = os.pipe()
    os.set_blocking(reading, False)
    child = os.fork()
    if child == 0:
        os.close(reading)
        _write_and_leave(url, told)
    count = 0

    def committed() -> int:
        nonlocal count
        with suppress(BlockingIOError):  # nothing new
            count += len(os.read(reading, 1 << 20))
        return count

    try:
        yield committed
        assert os.waitpid(child, os.WNOHANG) == (0, 0), "the writer failed"
    finally:
        os.kill(child, signal.SIGKILL)
        os.close(reading)
        os.close(told)
    os.waitpid(child, 0)


def _write_and_leave(url: str, told: int) -> None:
    try:
        with closing(Database(url)) as database:
            for pair in range(10**9):
                with database.transaction(1) as session:
                    for _ in range(2):
                        session.add(_tip(str(pair)))
                        session.flush()
                os.write(told, b".")
                time.sleep(0.002)  # SQLite has no queue: who never pauses lets nobody in
    finally:
        os._exit(1)


def _tip(topic: str) -> Tip:
    return Tip(consortium_id=1, person_id=1, topic=topic, text="x" * 2000, findable=topic, created_at=NOON)


def test_of_a_file_that_is_another_programs_there_is_no_backup(tmp_path: Path) -> None:
    file = tmp_path / "theirs.db"
    with closing(sqlite.open_file(file, "rwc")) as connection:
        connection.execute("CREATE TABLE kept (note TEXT)")
    with pytest.raises(DatabaseTrouble, match="not a database of this bot"):
        back_up(f"sqlite:///{file}", tmp_path / "backup.db")
    assert not (tmp_path / "backup.db").exists()
