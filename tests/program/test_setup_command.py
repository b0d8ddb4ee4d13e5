"""python -m bot setup FILE, as an operator types it: it says what it changed, and what stands in Slack beside the file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cancelling import cancel
from bot.meetings import change
from program import setup_command
from program.setup_command import LOOK, RUN
from storage.database import Database
from storage.heartbeats import beat
from tests.bot.test_consortia import FIRST_MEETING
from tests.builders import Scene, an_arrangement
from tests.clock import FrozenClock
from tests.commands import told_to
from tests.keys import KEYS
from tests.story import PLAN

SUNSET = PLAN[PLAN.index('[[collaborative]]\nname = "Sunset"') : PLAN.index("[[meeting]]")]
NAME = "Sister Peace Initiatives"
ALWAYS_SAID = ("Mission has no curators, so admins decide when it hosts.", f"{LOOK} {RUN}")
Apply = Callable[..., list[str]]


@pytest.fixture
def applied(
    database: Database,
    clock: FrozenClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Apply:
    """The file with some of its words replaced; what is said of it, but for what is always said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("KEYS", KEYS)
    monkeypatch.setattr(setup_command, "time_now", lambda _: clock())
    say = told_to(monkeypatch, capsys)

    def apply(changes: dict[str, str] | None = None) -> list[str]:
        text = PLAN
        for old, new in (changes or {}).items():
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
        ended = say("setup", "plan.toml")
        assert (ended.status, ended.log) == (0, "")
        return [line for line in ended.said.splitlines() if line not in ALWAYS_SAID]

    return apply


def test_the_first_time_it_says_all_that_is_set_up(applied: Apply) -> None:
    assert applied() == [
        f"{NAME} is set up.",
        *(f"{host} hosts in its turn from now on." for host in ("CCSJ", "Bayview", "Mission", "Sunset")),
        "Admins: added U0ADMIN.",
        "Curators of CCSJ: added U0CURATOR, U0DEPUTY.",
        "Members of CCSJ: added U0MEMBER.",
        "Curators of Bayview: added U0RUTH.",
        "Members of Bayview: added U0KOFI.",
        "Curators of Sunset: added U0SAM.",
        "Added: the meeting on 2027-01-21 at 10:00, which CCSJ hosts.",
    ]


def test_the_same_file_again_says_that_nothing_changed(applied: Apply) -> None:
    applied()
    assert applied() == [f"{NAME} is as the file says.", "Nothing changed."]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({f'"{NAME}"': '"Sisters"'}, ["name is Sisters now, and was Sister Peace Initiatives."]),
        ({"quiet = false": "quiet = true"}, ["quiet is true now, and was false."]),
        ({"28, 14, 7, 1": "28, 1"}, ["days_before is 28, 1 now, and was 28, 14, 7, 1."]),
        ({"[calls]": '[calls]\nat = "11:00"'}, ["at of calls is 11:00 now, and was 10:00."]),
        ({"told_after_minutes = 5": ""}, ["told_after_minutes is nothing now, and was 5."]),
        ({'name = "Mission"': 'name = "Valencia"'}, ["Valencia hosts in its turn from now on.", "Mission has left the rotation.", "Valencia has no curators, so admins decide when it hosts."]),
        ({"Bayview": "Swap", "Mission": "Bayview", "Swap": "Mission"}, ["The hosts have another order: CCSJ, Mission, Bayview, Sunset."]),
        ({"4 Noriega St": "5 Noriega St"}, ["The office of Sunset is 5 Noriega St, San Francisco now, and was 4 Noriega St, San Francisco."]),
        ({'name = "Sunset"': 'name = "Sunset"\nchannel = "C0HOSTS"'}, ["The channel of Sunset is C0HOSTS now, and was nothing."]),
        ({'admins = ["U0ADMIN"]': 'admins = ["U0NEW"]'}, ["Admins: added U0NEW; taken out U0ADMIN."]),
        ({"2027-01-21": "2027-01-28"}, ["The meeting on 2027-01-21: date is 2027-01-28 now."]),
        ({'host = "CCSJ"': 'host = "Sunset"'}, ["The meeting on 2027-01-21: office is 4 Noriega St, San Francisco now, host is Sunset now."]),
    ],
)  # fmt: skip
def test_it_says_in_a_line_each_what_the_file_changed(
    applied: Apply, changes: dict[str, str], said: list[str]
) -> None:
    applied()
    assert [line for line in applied(changes) if not line.endswith("as the file says.")][: len(said)] == said


def test_a_file_that_says_twice_when_proposers_are_told_is_told_what_counts(applied: Apply) -> None:
    both = {"[decisions]": '[decisions]\ntold_at = "17:00"'}
    assert "The minutes count for proposers, and told_at for all else." in " ".join(applied(both))
    assert "told_at" not in " ".join(applied())


def test_a_meeting_whose_date_and_host_changed_is_another_and_the_one_before_is_told_of(
    applied: Apply,
) -> None:
    applied()
    assert applied({"2027-01-21": "2027-02-04", 'host = "CCSJ"': 'host = "Sunset"'})[1:] == [
        "Added: the meeting on 2027-02-04 at 10:00, which Sunset hosts.",
        "The file does not name the meeting on 2027-01-21, which CCSJ hosts. If it is not wanted, cancel it in /agenda setup.",
    ]


def test_a_meeting_taken_out_of_the_file_is_told_of_until_it_is_cancelled(
    applied: Apply, database: Database, clock: FrozenClock
) -> None:
    applied()
    for _ in range(2):
        assert applied({FIRST_MEETING: ""})[2].startswith("The file does not name the meeting on 2027-01-21")
    with database.transaction() as session:
        scene = Scene.found(session, clock)
        cancel(session, scene.actor("U0ADMIN"), scene.meeting.id, scene.now)
    assert applied({FIRST_MEETING: ""})[1:] == ["Nothing changed."]


def test_a_meeting_that_a_host_has_moved_in_slack_still_stands_in_the_file(
    applied: Apply, database: Database, clock: FrozenClock
) -> None:
    applied()
    with database.transaction() as session:
        scene = Scene.found(session, clock)
        change_to = an_arrangement(day=scene.meeting.day.replace(day=28))
        change(session, scene.actor("U0CURATOR"), scene.meeting.id, change_to, scene.now)
    assert applied()[1:] == ["Nothing changed."]


def test_who_left_the_rotation_and_still_hosts_is_told_of(applied: Apply) -> None:
    hosts_second = {'host = "CCSJ"': 'host = "Sunset"'}
    applied(hosts_second)
    said = applied({SUNSET: "", FIRST_MEETING: ""})
    assert said[1] == "Sunset has left the rotation."
    assert (
        "Sunset has left the rotation, and still hosts the meeting on 2027-01-21. Name another host in the file, or in /agenda setup."
        in said
    )


def test_a_workspace_that_was_mistyped_is_said_to_be_gone(applied: Apply) -> None:
    applied({'team = "T0SISTER"': 'team = "T0MISTYPED"'})
    assert "What was set up for the workspace T0MISTYPED is gone: nobody has ever used it." in applied()


@pytest.mark.parametrize(("team", "said"), [("T0SISTER", [LOOK]), ("T0BAY", [])])
def test_a_bot_that_runs_need_not_be_started(
    applied: Apply, database: Database, clock: FrozenClock, team: str, said: list[str]
) -> None:
    applied()
    with database.transaction() as session:
        beat(session, "replica", clock(), team)
    assert applied()[2:] == said


def test_who_decides_for_a_host_without_curators_is_said(
    applied: Apply,
) -> None:
    assert "Sunset has no curators, so admins decide when it hosts." in applied(
        {'curators = ["U0SAM"]': "curators = []"}
    )
