"""python -m bot agenda: the published agenda for whoever runs the bot, as words, in a file, or one line that says why not."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from bot.cancelling import cancel
from program import agenda_command
from program.agenda_command import BOXES
from storage.database import Database
from tests.bot.hosting import on_agenda, publish
from tests.builders import Scene, a_scene
from tests.clock import FrozenClock
from tests.commands import Say, told_to
from tests.conftest import NewDatabase
from tests.handlers.documents.fonts import NO_FONT_HAS
from tests.handlers.steps import on_sqlite
from tests.keys import KEYS, RING

pytestmark = on_sqlite

WORKSPACE, NAME = "T0SISTER", "Peace in the Bay"


@pytest.fixture
def database(new_database: NewDatabase, migrated: str, clock: FrozenClock) -> Iterator[Database]:
    """Two consortia, and ours with an agenda that is published."""
    database = Database(new_database(migrated), RING)
    with database.transaction() as session:
        scene = a_scene(session, clock)
        scene.consortium.name = NAME
        on_agenda(scene, "Budget cuts :tada:", "=1+1 *b*")
        publish(scene)
        on_agenda(scene, "Not published yet")
    yield database
    database.close()


@pytest.fixture
def say(
    database: Database,
    clock: FrozenClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Say:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("KEYS", KEYS)
    monkeypatch.setattr(agenda_command, "real_clock", clock)
    return told_to(monkeypatch, capsys)


@pytest.mark.parametrize("consortium", [WORKSPACE, NAME, "peace  in the bay"])
def test_it_prints_what_everybody_may_read_in_plain_words(say: Say, consortium: str) -> None:
    done = say("agenda", "--for", consortium)
    assert (done.status, done.log) == (0, "")
    assert done.said.startswith(f"{NAME}\nAgenda for Thu, Jan 21\n\nWhen: ")
    assert "Budget cuts 🎉" in done.said
    assert "Not published yet" not in done.said


def test_it_prints_markdown_and_a_spreadsheet(say: Say) -> None:
    assert "**\\=1+1 \\*b\\***" in say("agenda", "--for", WORKSPACE, "--markdown").said
    assert '"\'=1+1 *b*"' in say("agenda", "--for", WORKSPACE, "--csv").said


def test_it_prints_a_page_into_a_new_file_for_its_owner_alone(say: Say, tmp_path: Path) -> None:
    done = say("agenda", "--for", WORKSPACE, "--pdf", "agenda.pdf")
    assert (done.status, done.said) == (0, "agenda.pdf holds the agenda. Nobody but you may read it.\n")
    file = tmp_path / "agenda.pdf"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pypdfium2.PdfDocument(file) as document:
        assert len(document) == 1

    again = say("agenda", "--for", WORKSPACE, "--pdf", "agenda.pdf")
    assert (again.status, again.said) == (1, "")
    assert again.log == "agenda.pdf is there already. Name another file.\n"


def test_it_says_where_letters_are_missing_on_the_page(
    say: Say, database: Database, clock: FrozenClock
) -> None:
    with database.transaction() as session:
        scene = Scene.found(session, clock)
        on_agenda(scene, NO_FONT_HAS)
        publish(scene)
    assert say("agenda", "--for", WORKSPACE, "--pdf", "agenda.pdf").said.endswith(f"{BOXES}\n")


def test_it_tells_of_a_cancelled_meeting_by_its_day(say: Say, database: Database, clock: FrozenClock) -> None:
    with database.transaction() as session:
        scene = Scene.found(session, clock)
        cancel(session, scene.actor("U0ADMIN"), scene.meeting.id, clock())
    assert "We do not meet on" in say("agenda", "--for", WORKSPACE, "--meeting", "2027-01-21").said
    clock.strikes("2030-01-01 09:00")
    none = say("agenda", "--for", WORKSPACE)
    assert (none.status, none.log) == (1, "The next meeting is not set yet.\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "There are several. Say which: --for T0NOISE or T0SISTER."),
        (["--for", "Nobody"], "Nothing is set up for Nobody."),
        (["--for", WORKSPACE, "--meeting", "2027-01-22"], "There is no meeting on Friday, January 22, 2027."),
        (["--for", WORKSPACE, "--meeting", "soon"], "soon is no day. Write it like 2027-01-21."),
        (
            ["--for", "T0NOISE"],
            "The agenda for Thursday, January 21, 2027 is not published yet. Nothing was changed.",
        ),
        (
            ["--for", WORKSPACE, "--pdf", "no/such/folder.pdf"],
            "no/such/folder.pdf can't be written: No such file or directory.",
        ),
    ],
)
def test_what_it_can_not_do_it_says_in_a_line(say: Say, arguments: list[str], says: str) -> None:
    done = say("agenda", *arguments)
    assert (done.status, done.said) == (1, "")
    assert done.log == f"{says}\n"


def test_a_folder_of_fonts_that_is_not_there_is_told(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTS_FOLDER", "/no/such/folder")
    done = say("agenda", "--for", WORKSPACE)
    assert (done.status, done.said) == (2, "")
    assert done.log.startswith("FONTS_FOLDER is wrong.")
