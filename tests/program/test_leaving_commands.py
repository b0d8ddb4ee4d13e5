"""How to leave, as an operator does it: with everything in a file, and without a trace in the database's files."""

import csv
import json
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select, text

from bot.decisions import leave_out
from bot.hosting import give
from bot.inert import as_json
from bot.leaving import erase, those_called
from bot.legal_holds import last_up_to
from bot.seats import leave_rotation
from bot.tips import keep
from handlers.blocks.removal import neutral
from program.leaving import erasing
from program.leaving.erasing import STAYS_IN_FILES
from storage.consortia import Consortium, consortium_of, every_consortium
from storage.database import Database
from storage.erasures import Noted
from storage.items import Item, Reason
from storage.people import Person
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.sqlite import file_of, open_file, wal_of
from storage.tenancy import across_consortia, enter
from storage.upkeep import wiping
from storage.upkeep.erasure_file import read_notes
from storage.upkeep.one_process import only_one_process
from storage.upkeep.records import Base
from storage.upkeep.wiping import Wiped
from tests.builders import Scene, a_scene, deliver
from tests.clock import FrozenClock
from tests.commands import Say, told_to
from tests.conftest import BEGINNING, NewDatabase
from tests.handlers.steps import on_postgres, on_sqlite
from tests.keys import KEYS, RING
from tests.servers import Databases, PostgresServer
from tests.story import free_port

CANARY = "canary-5d20"
BEGINS = FrozenClock(BEGINNING)()
PRIYA = "T0SISTER/U0MEMBER"
WORDS = (CANARY, "Priya Nair", "U0MEMBER")


@pytest.fixture(scope="session")
def staged(databases: Databases, migrated: str) -> str:
    """A template in which two consortia are set up."""
    database = Database(databases.create(migrated), RING)
    with database.transaction() as session:
        a_scene(session, FrozenClock(BEGINNING))
    database.close()
    return database.engine.url.render_as_string(hide_password=False)


@pytest.fixture
def kept(new_database: NewDatabase, staged: str, clock: FrozenClock) -> Iterator[Database]:
    """Of Priya an item with all its words, a tip and a decision; of others as much that looks alike."""
    database = Database(new_database(staged), RING)
    with database.transaction() as session:
        scene = Scene.found(session, clock)
        _says(scene, "U0MEMBER", CANARY)
        _says(scene, "U0SAM", "of Sam")
    yield database
    database.close()


def _says(scene: Scene, who: str, words: str) -> None:
    scene.propose(f"{words} title", by=who, details=f"{words} details" * 100, links=words, lead=words)
    keep(scene.session, scene.actor(who), words, f"{words} tip", scene.now)
    other = scene.propose("Budget", by="U0DEPUTY")
    host = scene.actor("U0CURATOR")
    leave_out(scene.session, host, other.id, scene.now, Reason.OTHER, "a note")


@pytest.fixture
def say(
    kept: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Say:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", kept.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("KEYS", KEYS)
    monkeypatch.setenv("SLACK_API_URL", f"http://127.0.0.1:{free_port()}/api/")
    return told_to(monkeypatch, capsys)


def _in_files(database: Database, postgres: PostgresServer | None) -> dict[str, int]:
    """How often each of the words stands in the files of the database, as they lie on the disk."""
    file = file_of(database.engine.url)
    if file is not None:
        files = [one for one in (file, wal_of(file)) if one.exists()]
    else:
        assert postgres is not None
        files = list(_files_of(database, postgres))
    content = b"".join(one.read_bytes() for one in files)
    return {word: content.count(word.encode()) for word in WORDS}


def _files_of(database: Database, postgres: PostgresServer) -> Iterator[Path]:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        one = connection.execute(text("SELECT pg_relation_filepath('item')")).scalar_one()
    return (file for file in (postgres._folder / "data" / one).parent.iterdir() if file.is_file())


@pytest.fixture
def server(kept: Database, request: pytest.FixtureRequest) -> PostgresServer | None:
    is_sqlite = file_of(kept.engine.url) is not None
    return None if is_sqlite else request.getfixturevalue("postgres")


def test_who_is_erased_is_gone_from_the_files_beside_a_bot_that_has_them_open(
    say: Say, kept: Database, server: PostgresServer | None
) -> None:
    """Also from what Postgres samples for its statistics."""
    with kept.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    assert all(_in_files(kept, server).values())

    for workspace in ("T0SISTER", "T0NOISE"):
        done = say("erase", "U0MEMBER", "--workspace", workspace, "--yes")
        assert (done.status, done.log) == (0, "")
    assert _in_files(kept, server) == dict.fromkeys(WORDS, 0)
    with kept.transaction() as session, across_consortia(session):
        assert len(session.scalars(select(Consortium)).all()) == 2
    again = say("erase", "U0MEMBER", "--yes")
    assert (again.status, again.said.splitlines()[0]) == (0, "U0MEMBER is erased already.")


def test_a_person_leaves_the_consortium_that_is_named_and_no_other(
    say: Say, kept: Database, tmp_path: Path
) -> None:
    before = _known_people(kept, "T0NOISE")
    exported = say("export", "U0MEMBER", "ours.json", "--workspace", "T0SISTER")
    assert (exported.status, "Noise" in (tmp_path / "ours.json").read_text()) == (0, False)
    told = say("erase", "U0MEMBER", "--workspace", "T0SISTER", "--yes")
    assert (told.status, "T0NOISE" in told.said) == (0, False)
    assert "U0MEMBER" not in _known_people(kept, "T0SISTER")
    assert _known_people(kept, "T0NOISE") == before


@pytest.mark.parametrize(
    ("named", "refusal"),
    [
        ((), "There are several. Say which: --workspace T0NOISE or T0SISTER.\n"),
        (("--workspace", "T0NOWHERE"), "Nothing is set up for T0NOWHERE.\n"),
    ],
    ids=["in none", "in one that is not here"],
)
def test_nobody_leaves_where_it_is_not_clear_which_consortium(
    say: Say, kept: Database, tmp_path: Path, named: tuple[str, ...], refusal: str
) -> None:
    before = [_known_people(kept, workspace) for workspace in ("T0SISTER", "T0NOISE")]
    for command in (("export", "U0MEMBER", "all.json"), ("erase", "U0MEMBER", "--yes")):
        refused = say(*command, *named)
        assert (refused.status, refused.said, refused.log) == (1, "", refusal)
    assert [_known_people(kept, workspace) for workspace in ("T0SISTER", "T0NOISE")] == before
    assert not (tmp_path / "all.json").exists()


def _known_people(database: Database, workspace: str) -> list[str]:
    """The user ids of all who are known in the consortium of this workspace."""
    with database.transaction() as session:
        consortium = consortium_of(session, workspace)
        assert consortium is not None
        enter(session, consortium.id)
        return sorted(person.user_id for person in session.scalars(select(Person)))


def test_a_consortium_is_gone_from_the_files_and_the_other_stays(
    say: Say, kept: Database, server: PostgresServer | None
) -> None:
    refused = say("erase", "--consortium", "--yes")
    assert (refused.status, "Say which: --workspace T0NOISE or T0SISTER." in refused.log) == (1, True)
    done = say("erase", "--consortium", "--workspace", "T0SISTER", "--yes")
    assert (done.status, done.log) == (0, "")
    assert _in_files(kept, server)[CANARY] == 0
    with kept.transaction() as session:
        assert [one.team_id for one in session.scalars(select(Consortium))] == ["T0NOISE"]


def test_an_export_is_a_new_file_for_its_owner_alone(say: Say, tmp_path: Path) -> None:
    done = say("export", PRIYA)
    file = tmp_path / "agenda-export-U0MEMBER.json"
    assert (done.status, done.log) == (0, "")
    assert (
        done.said
        == "agenda-export-U0MEMBER.json holds all that is kept of T0SISTER/U0MEMBER. Nobody but you may read it.\n"
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    [kept] = json.loads(file.read_text())["kept"]
    assert [item["title"] for item in kept["items brought"]] == [f"{CANARY} title"]
    again = say("export", PRIYA)
    assert (again.status, again.log) == (
        1,
        "agenda-export-U0MEMBER.json is there already. Name another file.\n",
    )
    assert (
        say("export", PRIYA, "nowhere/a.json").log
        == "nowhere/a.json can't be written: No such file or directory.\n"
    )


def test_a_consortiums_export_goes_where_it_is_told(say: Say, tmp_path: Path) -> None:
    assert say("export", "--consortium", "--workspace", "T0SISTER", "ours.json").status == 0
    exported = json.loads((tmp_path / "ours.json").read_text())
    assert [one["name"] for one in exported["consortium"]] == ["Sister Peace Initiatives"]
    assert "Noise" not in repr(exported)


def test_a_collaborative_takes_everything_along_in_files_in_which_nothing_acts(
    say: Say, kept: Database, tmp_path: Path
) -> None:
    with kept.transaction() as session:
        scene = Scene.found(session, FrozenClock(BEGINNING))
        scene.propose("=1+1", by="U0MEMBER")
    done = say("export", "--collaborative", "CCSJ", "ours.zip", "--workspace", "T0SISTER")
    assert (done.status, done.log) == (0, "")
    with ZipFile(tmp_path / "ours.zip") as files:
        everything = json.loads(files.read("everything.json"))
        sheet = files.read("items brought.csv").decode("utf-8-sig")
    titles = [row["title"] for row in csv.DictReader(StringIO(sheet, newline=""))]
    assert {f"{CANARY} title", "'=1+1"} < set(titles)
    assert "=1+1" in [row["title"] for row in everything["items brought"]]
    assert "of Sam" not in sheet + repr(everything)
    refused = say("export", "--collaborative", "Nowhere", "b.zip")
    assert (refused.status, refused.log) == (1, "No collaborative here is called Nowhere.\n")


def test_a_collaborative_is_gone_from_the_files(
    say: Say, kept: Database, server: PostgresServer | None
) -> None:
    erase = ("erase", "--collaborative", "CCSJ", "--workspace", "T0SISTER")
    refused = say(*erase, "--yes")
    assert (refused.status, "still has its place in hosting order" in refused.log) == (1, True)
    with kept.transaction() as session:
        scene = Scene.found(session, FrozenClock(BEGINNING))
        mission = scene.collaborative("Mission")
        give(session, scene.actor("U0ADMIN"), scene.meeting.id, mission.id, scene.now)
        leave_rotation(session, scene.collaborative("CCSJ"))
    with kept.transaction() as session:
        scene = Scene.found(session, FrozenClock(BEGINNING))
        scene.actor("U0ADMIN").person.collaborative = scene.collaborative("CCSJ")
    asked = say(*erase)
    assert (asked.status, "Nobody else keeps the settings." in asked.said) == (1, True)
    done = say(*erase, "--yes")
    assert (done.status, done.log) == (0, "")
    assert _in_files(kept, server)[CANARY] == 0


def test_while_a_hold_lasts_who_wants_to_be_erased_waits(
    say: Say, kept: Database, server: PostgresServer | None
) -> None:
    ours = ("--workspace", "T0SISTER")
    held = say("hold", "--until", "2030-06-30", "--reason", "A lawsuit", *ours)
    assert (held.status, held.log) == (0, "")
    assert "A hold lasts up to Sunday, June 30, 2030." in held.said
    waits = say("erase", "U0MEMBER", "--yes", *ours)
    assert (waits.status, "Nothing is erased now: a hold lasts up to" in waits.said) == (1, True)
    refused = say("erase", "--consortium", "--yes", *ours)
    assert (refused.status, "Nothing is erased now" in refused.log) == (1, True)
    assert _in_files(kept, server)[CANARY] > 0
    assert say("hold", "--end", *ours).said.startswith("The hold ends today.")


def test_who_waited_and_was_erased_by_the_bot_is_gone_from_the_files_once_it_is_run_again(
    say: Say, kept: Database, server: PostgresServer | None
) -> None:
    for consortium in kept.do(every_consortium):
        with kept.transaction(consortium.id) as session:
            erase(session, consortium, those_called(session, "", "U0MEMBER"), neutral(), BEGINS)
    done = say("erase", PRIYA, "--yes")
    assert (done.status, done.log) == (0, "")
    assert _in_files(kept, server) == dict.fromkeys(WORDS, 0)


@on_sqlite
@pytest.mark.parametrize("what", [PRIYA, "--consortium"])
def test_nothing_is_erased_while_the_file_of_what_was_erased_is_damaged(
    say: Say, kept: Database, tmp_path: Path, what: str
) -> None:
    (tmp_path / "agenda.erased").write_text("person 0f\n")
    refused = say("erase", what, "--workspace", "T0SISTER", "--yes")
    assert (refused.status, "Line 1 of agenda.erased is damaged." in refused.log) == (2, True)
    assert "U0MEMBER" in _known_people(kept, "T0SISTER")


@on_sqlite
def test_the_line_that_a_consortium_was_erased_is_told_where_it_can_not_be_written(
    say: Say, tmp_path: Path
) -> None:
    (tmp_path / "agenda.erased.lock").mkdir()
    done = say("erase", "--consortium", "--workspace", "T0SISTER", "--yes")
    [line] = [line for line in done.said.splitlines() if line.startswith("consortium ")]
    (tmp_path / "agenda.erased").write_text(f"{line}\n")
    assert [note.what for note in read_notes(tmp_path / "agenda.erased")] == [Noted.CONSORTIUM]


@on_sqlite
def test_a_hold_that_begins_while_it_is_asked_keeps_the_consortium(
    say: Say, kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def types(_asked: str) -> str:
        with kept.transaction() as session:
            scene = Scene.found(session, FrozenClock(BEGINNING))
            last_up_to(session, scene.consortium, None, "A lawsuit", date(2099, 1, 1), scene.now)
        return "T0SISTER"

    monkeypatch.setattr(erasing.sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", types)
    refused = say("erase", "--consortium", "--workspace", "T0SISTER")
    assert (refused.status, "Nothing is erased now" in refused.log) == (1, True)
    assert "U0MEMBER" in _known_people(kept, "T0SISTER")


@pytest.mark.parametrize(
    "arguments",
    [("--until", "2030-06-30"), ("--reason", "Why"), ("--end", "--until", "2030-06-30", "--reason", "Why")],
    ids=" ".join,
)
def test_a_hold_needs_a_day_and_a_reason_or_neither(say: Say, arguments: tuple[str, ...]) -> None:
    refused = say("hold", *arguments, "--workspace", "T0SISTER")
    assert (refused.status, refused.said) == (1, "")


def test_nothing_is_erased_before_somebody_said_so(
    say: Say, kept: Database, server: PostgresServer | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = say("erase", PRIYA)
    assert (told.status, told.log) == (1, "")
    for line in (
        "  items brought: 1",
        "  what worked: 1",
        "Nothing was erased. To do it, add --yes.",
    ):
        assert line in told.said.splitlines()
    monkeypatch.setattr(erasing.sys.stdin, "isatty", lambda: True)
    for typed, is_erased in (("yes", False), (PRIYA, True)):
        monkeypatch.setattr("builtins.input", lambda _asked, typed=typed: typed)
        assert ("is erased" in say("erase", PRIYA).said) == is_erased
        assert (_in_files(kept, server)[CANARY] == 0) == is_erased


@on_sqlite
def test_it_says_so_where_somebody_reads_from_the_wal_all_the_while(
    say: Say, kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiping, "SECONDS_TO_WAIT", 0.1)
    file = file_of(kept.engine.url)
    assert file is not None
    with closing(open_file(file)) as reader:
        reader.isolation_level = None
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM item").fetchall()
        done = say("erase", PRIYA, "--yes")
    assert (done.status, STAYS_IN_FILES[Wiped.NOT_WHILE_IN_USE] in done.said) == (1, True)


@on_postgres
def test_it_says_so_where_the_role_of_the_bot_does_not_own_the_database(
    say: Say, kept: Database, server: PostgresServer | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept.engine.begin() as connection:
        connection.execute(text("CREATE ROLE tenant LOGIN"))
        connection.execute(text("GRANT USAGE, CREATE ON SCHEMA public TO tenant"))
        for table in (*Base.metadata.sorted_tables, "alembic_version"):
            connection.execute(text(f"ALTER TABLE {table} OWNER TO tenant"))
        connection.execute(text("ANALYZE"))
    as_tenant = kept.engine.url.set(username="tenant").render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", as_tenant)
    done = say("erase", PRIYA, "--yes")
    assert (done.status, STAYS_IN_FILES[Wiped.NOT_BY_US] in done.said) == (1, True)
    assert _in_files(kept, server)[CANARY] > 0
    with kept.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for clean in ("REASSIGN OWNED BY tenant TO CURRENT_USER", "DROP OWNED BY tenant", "DROP ROLE tenant"):
            connection.execute(text(clean))


@on_sqlite
def test_a_consortium_is_not_erased_under_a_bot_that_runs(say: Say, kept: Database) -> None:
    with only_one_process(kept.engine.url.render_as_string(hide_password=False)):
        refused = say("erase", "--consortium", "--workspace", "T0SISTER", "--yes")
    assert (refused.status, "End it first" in refused.log) == (2, True)


def test_what_is_told_of_peoples_words_steers_no_terminal(say: Say, kept: Database) -> None:
    with kept.transaction() as session, across_consortia(session):
        for person in session.scalars(select(Person).where(Person.user_id == "U0MEMBER")):
            person.name = "\x1b[2JPriya\u202e"
    said = say("erase", PRIYA).said
    assert "\\u001b[2JPriya\\u202e (T0SISTER/U0MEMBER)" in said


def test_it_says_whom_it_needs_to_know(say: Say) -> None:
    for command in ("export", "erase"):
        assert say(command).log.startswith("Say whose: ")
        assert say(command, "U0NOBODY").log == "Nobody here is known as U0NOBODY.\n"
    assert say("export", "--consortium", "--workspace", "T0GONE").log == "Nothing is set up for T0GONE.\n"


def test_nothing_in_an_export_acts_in_whatever_opens_it() -> None:
    """Markup, what steers a terminal, and what turns the direction of a line; all of it reads back as it was."""
    text_ = "<script>\x1b[2J\x9b\u202e\u2028\U000e0041\ud800\n & café 議程 👩‍👧"
    written = as_json({"title": text_})
    assert not set("<>&\x1b\x9b\u202e\u2028\U000e0041\ud800\u200d") & set(written)
    assert "café 議程" in written
    assert json.loads(written) == {"title": text_}
    assert written.encode()


@pytest.mark.slow
@on_postgres
def test_a_command_that_waits_for_a_bot_which_waits_for_it_does_it_anew(say: Say, kept: Database) -> None:
    first, last = _cards_of_priya(kept)
    has_it = threading.Event()

    def bot_at_work() -> None:
        with kept.transaction() as session, across_consortia(session):
            session.execute(
                text("SET LOCAL deadlock_timeout = '1h'")
            )  # so that it is the command that gives way
            session.get_one(Post, last, with_for_update=True)
            has_it.set()
            _wait_until_somebody_waits(kept)
            session.get_one(Post, first, with_for_update=True)

    thread = threading.Thread(target=bot_at_work)
    thread.start()
    has_it.wait()
    done = say("erase", PRIYA, "--workspace", "T0SISTER", "--yes")
    thread.join()
    assert (done.status, done.log) == (0, "")


def _cards_of_priya(kept: Database) -> tuple[int, int]:
    """The first and the last, as they stand in Slack."""
    with kept.transaction() as session, across_consortia(session):
        priya = session.query(Person).filter_by(user_id="U0MEMBER", team_id="T0SISTER").one()
        items = [item.id for item in session.query(Item).filter_by(proposer_id=priya.id)]
        cards = select(Post).where(Post.kind == PostKind.CARD, Post.subject_id.in_(items)).order_by(Post.id)
        posts = session.scalars(cards).all()
        for number, post in enumerate(posts):
            deliver(post, FrozenClock(BEGINNING)(), ts=f"{number}.1")
        return posts[0].id, posts[-1].id


def _wait_until_somebody_waits(kept: Database) -> None:
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with kept.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
        while not watching.scalar(waiting):
            time.sleep(0.01)


@pytest.mark.parametrize("command", ["export", "erase"])
def test_of_two_groups_that_are_named_at_once_neither_leaves(say: Say, tmp_path: Path, command: str) -> None:
    with pytest.raises(SystemExit):
        say(command, "--collaborative", "CCSJ", "--consortium", "--workspace", "T0SISTER")
    assert list(tmp_path.glob("agenda-export*")) == []
